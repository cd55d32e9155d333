"""The annual plan's outputs: its page's text, the answer and the outline of ``plan show``."""
