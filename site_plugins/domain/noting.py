"""Notes what is read: so that a build knows which pages an edit touches, without guessing.

Everything that outputs and checks may look at stands on *shelves*: sequences, mappings and
questions with a name. Whoever makes a page does so under :meth:`Notebook.noting`; each look at a
shelf is then noted as a *fact*: (name of the shelf, what was looked at). A fact has a digest, which
changes when, and only when, the answer would. A page need not be made again while the digests of
all its facts are the same.
"""

from __future__ import annotations

from collections.abc import (
    Callable,
    ItemsView,
    Iterable,
    Iterator,
    KeysView,
    Mapping,
    Sequence,
    ValuesView,
)
from contextlib import contextmanager
from hashlib import blake2b
from typing import Generic, Protocol, TypeVar, overload

Fact = tuple[str, str]
"""(name of a shelf, what was looked at there)."""

WHOLE = "*"
LENGTH = "#"

_T = TypeVar("_T")


def digest_of(*parts: str) -> str:
    """A digest of texts, told apart from any other division of the same characters."""
    written = "\x1f".join(parts)
    return blake2b(written.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


class Shelf(Protocol):
    """What can be looked at."""

    @property
    def name(self) -> str:
        """The shelf's name, unlike any other's."""

    def digest(self) -> str:
        """Changes with anything on the shelf: while it is the same, no fact of it has changed."""

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


class Row(Sequence[_T]):
    """A shelf of things in an order."""

    __slots__ = ("_book", "_digest", "_digests", "_items", "name")

    def __init__(
        self, book: Notebook, name: str, items: Sequence[_T], digests: Sequence[str]
    ) -> None:
        self.name = name
        self._book = book
        self._items = items
        self._digests = digests
        self._digest: str | None = None
        book.place(self)

    @overload
    def __getitem__(self, index: int) -> _T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[_T]: ...
    def __getitem__(self, index: int | slice) -> _T | Sequence[_T]:
        """One of the things, or a stretch of them."""
        if isinstance(index, slice):
            start, stop = index.start or 0, index.stop
            whole = stop is None or stop < 0 or start < 0 or index.step not in (None, 1)
            self._book.note(self.name, WHOLE if whole else f"{start}:{stop}")
        else:
            self._book.note(self.name, str(index))
        return self._items[index]

    def __len__(self) -> int:
        """How many there are."""
        self._book.note(self.name, LENGTH)
        return len(self._items)

    def __bool__(self) -> bool:
        """Whether there are any."""
        self._book.note(self.name, "?")
        return bool(self._items)

    def __iter__(self) -> Iterator[_T]:
        """All of them."""
        self._book.note(self.name, WHOLE)
        return iter(self._items)

    def __eq__(self, other: object) -> bool:
        """Only a shelf itself is equal to it."""
        return self is other

    def __hash__(self) -> int:
        return hash(self.name)

    def digest(self) -> str:
        """See :class:`Shelf`."""
        if self._digest is None:
            self._digest = digest_of(*self._digests)
        return self._digest

    def fact(self, what: str) -> str:
        """See :class:`Shelf`."""
        if what == WHOLE:
            return self.digest()
        if what == LENGTH:
            return str(len(self._items))
        if what == "?":
            return "1" if self._items else "0"
        if ":" in what:
            start, stop = map(int, what.split(":"))
            return digest_of(*self._digests[start:stop])
        at = int(what)
        return self._digests[at] if -len(self._digests) <= at < len(self._digests) else ""


class Table(Mapping[str, _T]):
    """A shelf of things by their keys; ``digest_at`` gives a thing's digest, by its key."""

    __slots__ = ("_book", "_digest", "_digest_at", "_items", "name")

    def __init__(
        self,
        book: Notebook,
        name: str,
        items: Mapping[str, _T],
        digest_at: Callable[[str], str],
    ) -> None:
        self.name = name
        self._book = book
        self._items = items
        self._digest_at = digest_at
        self._digest: str | None = None
        book.place(self)

    def __getitem__(self, key: str) -> _T:
        """The thing of a key."""
        self._book.note(self.name, "=" + key)
        return self._items[key]

    def __contains__(self, key: object) -> bool:
        """Whether there is such a key."""
        self._book.note(self.name, f"={key}")
        return key in self._items

    def __len__(self) -> int:
        """How many there are."""
        self._book.note(self.name, LENGTH)
        return len(self._items)

    def __iter__(self) -> Iterator[str]:
        """Every key; the values count as looked at too."""
        self._book.note(self.name, WHOLE)
        return iter(self._items)

    def values(self) -> ValuesView[_T]:
        """Everything on the shelf."""
        self._book.note(self.name, WHOLE)
        return self._items.values()

    def items(self) -> ItemsView[str, _T]:
        """Everything on the shelf with its key."""
        self._book.note(self.name, WHOLE)
        return self._items.items()

    def keys(self) -> KeysView[str]:
        """Every key."""
        self._book.note(self.name, WHOLE)
        return self._items.keys()

    def __eq__(self, other: object) -> bool:
        """Only a shelf itself is equal to it."""
        return self is other

    def __hash__(self) -> int:
        return hash(self.name)

    def digest(self) -> str:
        """See :class:`Shelf`."""
        if self._digest is None:
            at = self._digest_at
            self._digest = digest_of(*(f"{key}\x1e{at(key)}" for key in self._items))
        return self._digest

    def fact(self, what: str) -> str:
        """See :class:`Shelf`."""
        if what == WHOLE:
            return self.digest()
        if what == LENGTH:
            return str(len(self._items))
        key = what[1:]
        return self._digest_at(key) if key in self._items else "-"


class Question(Generic[_T]):
    """A shelf that answers.

    ``answer`` gives the answer to what is asked, ``fact`` its digest, ``digest`` a digest that
    covers all there is to ask.
    """

    __slots__ = ("_answer", "_book", "_digest", "_digest_now", "_fact", "name")

    def __init__(
        self,
        book: Notebook,
        name: str,
        *,
        answer: Callable[[str], _T],
        fact: Callable[[str], str],
        digest: Callable[[], str],
    ) -> None:
        self.name = name
        self._book = book
        self._answer = answer
        self._fact = fact
        self._digest = digest
        self._digest_now: str | None = None
        book.place(self)

    def __call__(self, what: str) -> _T:
        """The answer."""
        self._book.note(self.name, what)
        return self._answer(what)

    def digest(self) -> str:
        """See :class:`Shelf`."""
        if self._digest_now is None:
            self._digest_now = self._digest()
        return self._digest_now

    def fact(self, what: str) -> str:
        """See :class:`Shelf`."""
        return self._fact(what)
