"""What tells a file from what it was, without reading it."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable
from itertools import chain

Stamp = tuple[int, int, int, int]

SETTLED = 2_000_000_000
"""A file that was changed less than so many nanoseconds before it was looked at may have been
changed again within one tick of the file system's clock: its bytes are looked at again."""


def stamp_of(stat: os.stat_result) -> Stamp:
    """Size, times and number of a file: two files with one stamp are taken for the same."""
    return (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


STAMP_SIZE = struct.calcsize("<4Q")
"""Bytes of a stamp that is packed."""

_LOW = (1 << 64) - 1


def packed(rows: Iterable[tuple[int, ...]]) -> bytes:
    """Stamps, or other rows of numbers, as bytes."""
    numbers = list(chain.from_iterable(rows))
    try:
        return struct.pack(f"<{len(numbers)}Q", *numbers)
    except struct.error:
        # The number of a file may be longer, a time may lie before 1970.
        return struct.pack(f"<{len(numbers)}Q", *(number & _LOW for number in numbers))
