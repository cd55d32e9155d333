"""The shelves on which stands what outputs and checks may look at; see :mod:`.noting`."""

from __future__ import annotations

from collections.abc import (
    Callable,
    Collection,
    ItemsView,
    Iterable,
    Iterator,
    KeysView,
    Mapping,
    Sequence,
    ValuesView,
)
from functools import cached_property, lru_cache
from typing import Generic, TypeVar, overload
from zlib import crc32

from site_plugins.domain.digests import digest_of, digest_of_all
from site_plugins.domain.noting import SECTION_MARK, WHOLE, Notebook

LENGTH = "#"
"""What is looked at where it is asked how many things a shelf has."""

SECTIONS = 64
"""Sections of a shelf that has them."""

_T = TypeVar("_T")


class _Section:
    """A section of a shelf: the keys whose checksum leaves one remainder."""

    __slots__ = ("_all", "_number", "name")

    def __init__(self, name: str, all_sections: _Sections, number: int) -> None:
        self.name = name
        self._all = all_sections
        self._number = number

    @property
    def touched(self) -> Collection[str] | None:
        """See :class:`Shelf`."""
        return self._all.touched(self._number)

    def digest(self) -> str:
        """See :class:`Shelf`; to find it out all keys of the shelf must be gone through."""
        return self._all.digest(self._number) if self.touched is None else ""

    def fact(self, what: str) -> str:
        """See :class:`Shelf`."""
        return self._all.fact(what)


class _Sections:
    """All sections of a shelf.

    Args:
        book: where looks are noted.
        name: of the shelf.
        keys: gives every key whose answer is not that of a key that is not there.
        digest_at: gives the digest of a key's answer.
        fact: gives that of a look.
        touched: the keys, each with the look at it, whose answers may be others than in the last
            build, while the keys are the same; None where that is not known.
    """

    def __init__(
        self,
        book: Notebook,
        name: str,
        keys: Callable[[], Iterable[str]],
        digest_at: Callable[[str], str],
        fact: Callable[[str], str],
        touched: Mapping[str, str] | None,
    ) -> None:
        self._touched: dict[int, list[str]] | None = None
        if touched is not None:
            self._touched = {}
            for key, what in touched.items():
                self._touched.setdefault(_section_of(key), []).append(what)
        self._names = [f"{name}{SECTION_MARK}{number}" for number in range(SECTIONS)]
        self._book = book
        self._keys = keys
        self._digest_at = digest_at
        self._digests: dict[int, str] = {}
        self.fact = fact
        for number, section in enumerate(self._names):
            book.place(_Section(section, self, number))

    def note(self, key: str, what: str) -> None:
        """Note a look at a key."""
        self._book.note(self._names[_section_of(key)], what)

    def touched(self, number: int) -> Collection[str] | None:
        """See :class:`Shelf`, of a section."""
        return self._touched.get(number, ()) if self._touched is not None else None

    def digest(self, number: int) -> str:
        """The digest of a section."""
        digest = self._digests.get(number)
        if digest is None:
            digest = digest_of_all(self._parts[number], self._digest_at)
            self._digests[number] = digest
        return digest

    @cached_property
    def _parts(self) -> Sequence[Sequence[str]]:
        """The keys of each section."""
        parts: list[list[str]] = [[] for _ in self._names]
        keys = tuple(self._keys())
        for key, section in zip(keys, map(_section_of, keys), strict=True):
            parts[section].append(key)
        return parts


@lru_cache(maxsize=1 << 18)
def _section_of(key: str) -> int:
    return crc32(key.encode("utf-8", "surrogatepass")) % SECTIONS


class Row(Sequence[_T]):
    """A shelf of things in an order.

    ``find_digests`` gives the digest of each; ``is_still``: they are those of the last build, in
    its order.
    """

    __slots__ = ("_book", "_digest", "_digests_now", "_find_digests", "_is_still", "_items", "name")

    def __init__(
        self,
        book: Notebook,
        name: str,
        items: Sequence[_T],
        find_digests: Callable[[], Sequence[str]],
        *,
        is_still: bool = False,
    ) -> None:
        self.name = name
        self._book = book
        self._items = items
        self._find_digests = find_digests
        self._digests_now: Sequence[str] | None = None
        self._is_still = is_still
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

    @property
    def touched(self) -> Collection[str] | None:
        """See :class:`Shelf`."""
        return () if self._is_still else None

    @property
    def _digests(self) -> Sequence[str]:
        if self._digests_now is None:
            self._digests_now = self._find_digests()
        return self._digests_now

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
    """A shelf of things by their keys; ``digest_at`` gives a thing's digest, by its key.

    Where it is sectioned, ``touched`` says which may be others than in the last build (see
    :class:`_Sections`).
    """

    __slots__ = ("_book", "_digest", "_digest_at", "_items", "_sections", "name")
    touched = None

    def __init__(
        self,
        book: Notebook,
        name: str,
        items: Mapping[str, _T],
        digest_at: Callable[[str], str],
        *,
        is_sectioned: bool = False,
        touched: Iterable[str] | None = None,
    ) -> None:
        self.name = name
        self._book = book
        self._items = items
        self._digest_at = digest_at
        self._digest: str | None = None
        book.place(self)
        self._sections = (
            _Sections(
                book,
                name,
                lambda: items,
                digest_at,
                self.fact,
                {key: "=" + key for key in touched} if touched is not None else None,
            )
            if is_sectioned
            else None
        )

    def look(self, key: str) -> None:
        """Note a look at a key."""
        if self._sections is not None:
            self._sections.note(key, "=" + key)
        else:
            self._book.note(self.name, "=" + key)

    def __getitem__(self, key: str) -> _T:
        """The thing of a key."""
        self.look(key)
        return self._items[key]

    def __contains__(self, key: object) -> bool:
        """Whether there is such a key."""
        self.look(str(key))
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
            self._digest = digest_of_all(self._items, self._digest_at)
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
    covers all there is to ask. With ``keys`` it is sectioned: they are all that can be asked
    with another answer than what nobody knows. ``touched`` says which answers may be others than
    in the last build, None where any may be; of a sectioned one all else must be as it was.
    """

    __slots__ = (
        "_answer",
        "_book",
        "_digest",
        "_digest_now",
        "_fact",
        "_sections",
        "_touched",
        "name",
    )

    def __init__(
        self,
        book: Notebook,
        name: str,
        *,
        answer: Callable[[str], _T],
        fact: Callable[[str], str],
        digest: Callable[[], str] | None = None,
        keys: Callable[[], Iterable[str]] | None = None,
        touched: Callable[[], Collection[str] | None] = lambda: None,
    ) -> None:
        self.name = name
        self._book = book
        self._touched = touched
        self._answer = answer
        self._fact = fact
        self._digest = digest
        self._digest_now: str | None = None
        self._sections: _Sections | None = None
        if keys is not None:
            some = touched()
            looks = dict(zip(some, some, strict=True)) if some is not None else None
            self._sections = _Sections(book, name, keys, fact, fact, looks)
        else:
            book.place(self)

    def look(self, what: str) -> None:
        """Note a look at an answer."""
        if self._sections is not None:
            self._sections.note(what, what)
        else:
            self._book.note(self.name, what)

    def __call__(self, what: str) -> _T:
        """The answer."""
        self.look(what)
        return self._answer(what)

    @property
    def touched(self) -> Collection[str] | None:
        """See :class:`Shelf`."""
        return self._touched()

    def digest(self) -> str:
        """See :class:`Shelf`."""
        if self._digest_now is None:
            if self._digest is not None:
                self._digest_now = self._digest()
            else:
                assert self._sections is not None, "a question has a digest or keys"
                self._digest_now = digest_of(*map(self._sections.digest, range(SECTIONS)))
        return self._digest_now

    def fact(self, what: str) -> str:
        """See :class:`Shelf`."""
        return self._fact(what)
