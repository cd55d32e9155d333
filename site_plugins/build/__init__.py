"""The build: read, resolve, convert, check, render, publish, in this order."""
