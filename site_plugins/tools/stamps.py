"""What tells a file from what it was, without reading it."""

from __future__ import annotations

import os

Stamp = tuple[int, int, int, int]

SETTLED = 2_000_000_000
"""A file that was changed less than so many nanoseconds before it was looked at may have been
changed again within one tick of the file system's clock: its bytes are looked at again."""


def stamp_of(stat: os.stat_result) -> Stamp:
    """Size, times and number of a file: two files with one stamp are taken for the same."""
    return (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
