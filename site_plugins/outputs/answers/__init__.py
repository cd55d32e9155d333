"""Answers of commands that tell what a text holds."""
