"""The commands as people run them: real processes on real folders."""
