"""Text to records, or to problems with file, line and remedy."""
