"""Keeps many byte strings in one piece of memory, which is given back in one piece."""

from __future__ import annotations

from array import array


class ByteStore:
    """A list of byte strings, appended to and read by position."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._ends = array("q", [0])

    def __len__(self) -> int:
        return len(self._ends) - 1

    def append(self, content: bytes) -> None:
        """Add one at the end."""
        self._data += content
        self._ends.append(len(self._data))

    def __getitem__(self, at: int) -> bytes:
        return bytes(self._data[self._ends[at] : self._ends[at + 1]])

    def clear(self) -> None:
        """Forget all of them."""
        self._data = bytearray()
        self._ends = array("q", [0])
