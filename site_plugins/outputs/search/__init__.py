"""Search: the index that the browser's search client reads, in many small files."""
