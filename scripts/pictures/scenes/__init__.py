"""One module per picture; each has a `draw` that returns the finished canvas."""
