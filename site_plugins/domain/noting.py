"""Notes what is read: so that a build knows which pages an edit touches, without guessing.

Everything that outputs and checks may look at stands on *shelves*: sequences, mappings and
questions with a name. Whoever makes a page does so under :meth:`Notebook.noting`; each look at a
shelf is then noted as a *fact*: (name of the shelf, what was looked at). A fact has a digest, which
changes when, and only when, the answer would. A page need not be made again while the digests of
all its facts are the same.

Of a shelf with thousands of keys, each looked at by a page of its own, an edit changes a few. Such
a shelf is *sectioned*: a look at a key is noted on one of a fixed number of smaller shelves, and
the facts of a section need not be gone through while its digest is the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

Fact = tuple[str, str]
"""(name of a shelf, what was looked at there)."""

WHOLE = "*"
"""What is looked at where all of a shelf is."""

SECTION_MARK = "\x1e"
"""Stands in the name of a section between that of its shelf and its number."""


def shelf_of(name: str) -> str:
    """The name of the shelf that a section belongs to; of any other shelf its own."""
    return name.partition(SECTION_MARK)[0]


class Shelf(Protocol):
    """What can be looked at."""

    @property
    def name(self) -> str:
        """The shelf's name, unlike any other's."""

    @property
    def touched(self) -> Collection[str] | None:
        """The looks whose answers may be others than in the last build, so that nobody need ask
        about the rest; None where that may be any."""

    def digest(self) -> str:
        """Changes with anything on the shelf: while it is the same, no fact of it has changed.

        Empty where to find it out would take longer than to ask about what was touched.
        """

    def fact(self, what: str) -> str:
        """The digest of the answer that a look at ``what`` gives now."""


class Notebook:
    """Where looks are noted, and the shelves by their names."""

    def __init__(self) -> None:
        self._noted: set[Fact] | None = None
        self.shelves: dict[str, Shelf] = {}

    @contextmanager
    def noting(self) -> Iterator[set[Fact]]:
        """Note every look until the block ends; within another such block, in both."""
        outer, mine = self._noted, set[Fact]()
        self._noted = mine
        try:
            yield mine
        finally:
            self._noted = outer
            if outer is not None:
                outer |= mine

    def note(self, shelf: str, what: str) -> None:
        """Note a look."""
        if self._noted is not None:
            self._noted.add((shelf, what))

    def note_all(self, facts: Iterable[Fact]) -> None:
        """Note the looks that went into something remembered."""
        if self._noted is not None:
            self._noted.update(facts)

    def place(self, shelf: Shelf) -> None:
        """Make a shelf known by its name."""
        self.shelves[shelf.name] = shelf
