"""Ids of a plan's clauses that are fixed: they stay with their clause however the text changes.

A plan's front matter lists them under ``ids:`` with the number and title that the clause had when
the list was written. :func:`match_ids` finds each of them again in the text. In this order,
each step among what the steps before left over:

1. the same title and the same number in the same place;
2. the same title (the same part first, then the order of the text);
3. a similar title on the same level, the most similar first (at least :data:`SIMILAR`);
4. the same number in the same part: the clause may have got another title altogether.

What is left in the text is new: it gets the printed number where no clause ever had that id,
else the next number above all that were ever used beside it. What is left in the list has
vanished.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum

from msgspec import Struct, field

from site_plugins.domain.likeness import likeness, pairs_of
from site_plugins.domain.model.parts import FixedId
from site_plugins.domain.plan import WHOLE, Clause, Item, Part, PlanText

SIMILAR = 0.5
"""The least likeness of two titles that are taken for one, see :mod:`~.likeness`."""

_TITLE_LENGTH = 24
_NO_TITLE = re.compile(r"\[([^\]]*)\]\([^()]*\)|\[\^[^\]]*\]|[*_`\s]")


class Found(Enum):
    """How a clause came to its id."""

    SAME = "same"
    RENUMBERED = "renumbered"  # the same title, another number
    RETITLED = "retitled"  # a similar title
    GUESSED = "guessed"  # the same number in the same part, another title
    NEW = "new"


class Given(Struct, frozen=True, kw_only=True):
    """An id given to a part, clause or item of the text.

    ``printed_id`` is what its printed numbers alone would make, ``number`` and ``title`` are those
    of the text, ``line`` its line in the file; ``fixed`` is the entry of the list it was found by,
    None for what is new.
    """

    id: str
    printed_id: str
    number: str
    title: str
    line: int
    found: Found
    fixed: FixedId | None = None

    def entry(self) -> FixedId:
        """What the list should say of it from now on."""
        was = self.fixed.was if self.fixed is not None else ()
        return FixedId(id=self.id, number=self.number or None, title=self.title or None, was=was)


class Matching(Struct, frozen=True, kw_only=True):
    """The ids of a text in its order, and the fixed ones that it no longer has."""

    given: tuple[Given, ...] = ()
    vanished: tuple[FixedId, ...] = ()
    new_ids: Mapping[str, str] = field(default_factory=dict)
    """From the id that the printed numbers make to the id that holds."""


def entry_title(entry: Part | Clause | Item) -> str:
    """A title for lists: the run-in title, else the beginning of the text; plain, no end mark."""
    title = _NO_TITLE.sub(r"\1", entry.title or entry.text.partition("\n")[0])
    title = title.rstrip("。：:；，")
    return title if entry.title or len(title) <= _TITLE_LENGTH else title[:_TITLE_LENGTH]


def ids_of(plan: PlanText) -> tuple[FixedId, ...]:
    """The ids that a text's printed numbers make, as a list that could be fixed."""
    return tuple(
        FixedId(id=e.id, number=e.number or None, title=entry_title(e) or None)
        for e in plan.entries()
        if e.id != WHOLE
    )


def former_ids(fixed: Iterable[FixedId]) -> dict[str, str]:
    """From each old id (``was:``) to the id that took its place."""
    return {old: entry.id for entry in fixed for old in entry.was}


def match_ids(plan: PlanText, fixed: Sequence[FixedId]) -> Matching:
    """Finds the fixed ids in a text whose ids are those of its printed numbers."""
    places = tuple(_places(plan))
    fixed = tuple({entry.id: entry for entry in reversed(fixed)}.values())[::-1]
    search = _Search(places, fixed)
    search.pair_unchanged()
    search.pair(lambda p, f: (2.0 if p.parent == _parent(f.id) else 1.0) * _same(p, f))
    search.pair_similar()
    search.pair_by_number()
    search.give_new()
    return search.result()


class _Place(Struct, frozen=True):
    """A part, clause or item of the text, its id by printed numbers, and what it stands in."""

    id: str
    parent: str
    number: str
    title: str
    line: int

    @property
    def depth(self) -> int:
        return self.id.count("-")


def _places(plan: PlanText) -> Iterator[_Place]:
    for entry in plan.entries():
        if entry.id != WHOLE:
            title = entry_title(entry)
            yield _Place(entry.id, _parent(entry.id), entry.number, title, entry.line)


def _parent(clause_id: str) -> str:
    return clause_id.rpartition("-")[0]


def _same(place: _Place, fixed: FixedId) -> bool:
    return bool(place.title) and place.title == (fixed.title or "")


class _Search:
    """The pairs found so far; a place and a fixed id are each paired once."""

    def __init__(self, places: tuple[_Place, ...], fixed: Sequence[FixedId]) -> None:
        self._places = places
        self._fixed = fixed
        self._pairs: dict[int, tuple[int, Found]] = {}  # place → fixed id
        self._taken: set[int] = set()
        self._ids: dict[str, str] = {}  # id by printed numbers → id that holds

    def _left(self) -> tuple[list[int], list[int]]:
        places = [i for i in range(len(self._places)) if i not in self._pairs]
        return places, [i for i in range(len(self._fixed)) if i not in self._taken]

    def pair_unchanged(self) -> None:
        """Pairs what has the same title where its number says; nearly everything as a rule."""
        entries = {entry.id: index for index, entry in reversed([*enumerate(self._fixed)])}
        for index, place in enumerate(self._places):
            entry = entries.get(place.id)
            if entry is not None and _same(place, self._fixed[entry]):
                self._pairs[index] = (entry, Found.SAME)
                self._taken.add(entry)

    def pair(
        self,
        score: Callable[[_Place, FixedId], float],
        found: Found = Found.RENUMBERED,
    ) -> None:
        """Pairs what has a score, the highest first, then in the order of text and list."""
        places, fixed = self._left()
        scored = (
            (-score(self._places[p], self._fixed[f]), abs(p - f), p, f)
            for p in places
            for f in fixed
        )
        for _, _, place, entry in sorted(row for row in scored if row[0]):
            if place not in self._pairs and entry not in self._taken:
                self._pairs[place] = (entry, found)
                self._taken.add(entry)

    def pair_similar(self) -> None:
        """Pairs similar titles of one level."""
        grams = {text: pairs_of(text) for text in self._titles()}

        def score(place: _Place, fixed: FixedId) -> float:
            if place.depth != fixed.id.count("-"):
                return 0.0
            alike = likeness(grams[place.title], grams[fixed.title or ""])
            return alike if alike >= SIMILAR else 0.0

        self.pair(score, Found.RETITLED)

    def _titles(self) -> set[str]:
        return {p.title for p in self._places} | {f.title or "" for f in self._fixed}

    def pair_by_number(self) -> None:
        """Pairs the same number in the same part, parts before what stands in them."""
        for depth in sorted({place.depth for place in self._places}):
            self.pair(self._numbers_at(depth), Found.GUESSED)

    def _numbers_at(self, depth: int) -> Callable[[_Place, FixedId], float]:
        parents = self._held()

        def score(place: _Place, fixed: FixedId) -> float:
            parent = parents.get(place.parent, place.parent)
            number = place.id.rpartition("-")[2]
            held = f"{parent}-{number}" if parent else number
            same = place.number == (fixed.number or "")
            return float(place.depth == depth and same and held == fixed.id)

        return score

    def _held(self) -> dict[str, str]:
        """The ids found so far, by the id of the printed numbers."""
        return {self._places[p].id: self._fixed[f].id for p, (f, _) in self._pairs.items()}

    def give_new(self) -> None:
        """Gives every place its id; new ones never get one that was used before."""
        self._ids = self._held()
        used = {entry.id for entry in self._fixed} | former_ids(self._fixed).keys()
        for place in self._places:
            if place.id not in self._ids:
                parent = self._ids.get(place.parent, place.parent)
                self._ids[place.id] = given = _free(parent, place.id, used)
                used.add(given)

    def result(self) -> Matching:
        """What was found."""
        given = []
        for index, place in enumerate(self._places):
            entry, found = self._pairs.get(index, (None, Found.NEW))
            fixed = None if entry is None else self._fixed[entry]
            if fixed is not None and found in (Found.SAME, Found.RENUMBERED):
                same = place.number == (fixed.number or "")
                found = Found.SAME if same else Found.RENUMBERED
            given.append(
                Given(
                    id=self._ids[place.id],
                    printed_id=place.id,
                    number=place.number,
                    title=place.title,
                    line=place.line,
                    found=found,
                    fixed=fixed,
                )
            )
        vanished = tuple(f for i, f in enumerate(self._fixed) if i not in self._taken)
        return Matching(given=tuple(given), vanished=vanished, new_ids=dict(self._ids))


def _free(parent: str, printed_id: str, used: set[str]) -> str:
    """The id by printed number below ``parent``, else one above all that were used there."""
    head = f"{parent}-" if parent else ""
    wanted = head + printed_id.rpartition("-")[2]
    if wanted not in used:
        return wanted
    beside = [i.removeprefix(head) for i in used if i.startswith(head)]
    return head + str(max(int(n) for n in beside if n.isdecimal()) + 1)
