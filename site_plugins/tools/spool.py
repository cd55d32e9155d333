"""Pieces of bytes in a file, for another process that reads them one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

_LENGTH = 8


class Spool(Struct, frozen=True):
    """Gives what was written to ``path``, as often as it is asked; the path alone is sent."""

    path: str

    def write(self, pieces: Iterable[bytes]) -> None:
        """Put the pieces into the file."""
        with open(self.path, "wb") as file:
            for piece in pieces:
                file.write(len(piece).to_bytes(_LENGTH, "little"))
                file.write(piece)

    def __iter__(self) -> Iterator[bytes]:
        """The pieces in their order."""
        with open(self.path, "rb") as file:
            while length := file.read(_LENGTH):
                yield file.read(int.from_bytes(length, "little"))
