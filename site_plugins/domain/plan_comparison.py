"""Two plans side by side: which clauses go on, which are new, which are dropped.

Clauses are paired by how much their titles and texts are alike, and nothing else: a pair is a
suggestion, for no plan says which of its clauses comes from which of last year's. The pairing is
deterministic: the most alike first; of equals those that stand nearest to each other, then in the
order of the plans.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import Enum

from msgspec import Struct

from site_plugins.domain.likeness import likeness, pairs_of
from site_plugins.domain.plan import Clause, Part, PlanText
from site_plugins.domain.plan_ids import entry_title

PAIRED = 0.3
"""The least likeness at which two clauses are paired."""

_RESEMBLING = 0.35  # texts less alike are not shown with their differences: all would be marked
_SHORT = 2  # characters; a shorter stretch that two texts share is chance
_LINK = re.compile(r"!?\[([^\]]*)\]\([^()]*\)|\[\^[^\]]*\]|\*\*|__|`")


class Fate(Enum):
    """What became of a clause from one plan to the next."""

    CONTINUED = "continued"
    NEW = "new"
    DROPPED = "dropped"


class ComparedClause(Struct, frozen=True, kw_only=True):
    """A clause of one of the plans.

    ``id`` is its address on the plan's page, ``part`` the title of the part that it stands in,
    ``paragraphs`` its plain text with that of its items, without number and title.
    """

    id: str
    number: str
    title: str
    part_id: str
    part: str
    paragraphs: tuple[str, ...]


class Pair(Struct, frozen=True, kw_only=True):
    """A clause of the later plan and the one of the earlier that it seems to come from.

    One of them is None for what is new or dropped. ``alike`` is from 0.0 to 1.0 and 0.0 there.
    """

    later: ComparedClause | None
    earlier: ComparedClause | None
    alike: float = 0.0

    @property
    def fate(self) -> Fate:
        """What became of the clause."""
        if self.earlier is None:
            return Fate.NEW
        return Fate.DROPPED if self.later is None else Fate.CONTINUED


class Section(Struct, frozen=True, kw_only=True):
    """The pairs of one part of the later plan, or of an earlier part that nothing goes on from.

    ``later`` and ``earlier`` are the parts' titles with their numbers; one may be empty.
    """

    later: str
    earlier: str
    pairs: tuple[Pair, ...]


class Comparison(Struct, frozen=True, kw_only=True):
    """Two plans side by side, in the order of the later; what was dropped stands behind the
    clause that it followed."""

    sections: tuple[Section, ...]

    def pairs(self) -> Iterator[Pair]:
        """Every pair in its order."""
        for section in self.sections:
            yield from section.pairs

    def count(self, fate: Fate) -> int:
        """How many clauses had this fate."""
        return sum(pair.fate is fate for pair in self.pairs())


class Stretch(Struct, frozen=True, array_like=True):
    """A stretch of a text; ``is_same`` says that the other text has it too."""

    text: str
    is_same: bool


def compare_plans(later: PlanText, earlier: PlanText) -> Comparison:
    """Pairs the clauses of two plans."""
    new, old = tuple(_clauses(later)), tuple(_clauses(earlier))
    found = _pair(new, old)
    following = _dropped_behind(old, {o for o, _ in found.values()})
    sections = []
    for part in later.parts:
        pairs: list[Pair] = []
        for index, clause in enumerate(new):
            if clause.part_id == part.id:
                other, alike = found.get(index, (None, 0.0))
                before = old[other] if other is not None else None
                pairs.append(Pair(later=clause, earlier=before, alike=alike))
                if other is not None:
                    pairs += (Pair(later=None, earlier=old[i]) for i in following.pop(other, ()))
        sections.append(
            Section(later=_part_title(part), earlier=_origin(pairs), pairs=tuple(pairs))
        )
    # What is left follows nothing that goes on: whole parts that were dropped.
    left: dict[str, list[Pair]] = {}
    for index in sorted(i for those in following.values() for i in those):
        left.setdefault(old[index].part, []).append(Pair(later=None, earlier=old[index]))
    sections += (Section(later="", earlier=t, pairs=tuple(pairs)) for t, pairs in left.items())
    return Comparison(sections=tuple(section for section in sections if section.pairs))


def differences(one: str, other: str) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """The stretches of two texts, marked where the other has them too.

    Texts that are hardly alike are told as wholly different.
    """
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if likeness(pairs_of(one), pairs_of(other)) < _RESEMBLING:
        return _whole(one), _whole(other)
    blocks = [b for b in matcher.get_matching_blocks() if b.size >= _SHORT]
    return (
        _stretches(one, [(b.a, b.size) for b in blocks]),
        _stretches(other, [(b.b, b.size) for b in blocks]),
    )


def _whole(text: str) -> tuple[Stretch, ...]:
    return (Stretch(text, False),) if text else ()


def _stretches(text: str, same: Sequence[tuple[int, int]]) -> tuple[Stretch, ...]:
    found = []
    at = 0
    for start, size in same:
        found += [Stretch(text[at:start], False), Stretch(text[start : start + size], True)]
        at = start + size
    found.append(Stretch(text[at:], False))
    return tuple(stretch for stretch in found if stretch.text)


def _clauses(plan: PlanText) -> Iterator[ComparedClause]:
    for part in plan.parts:
        for clause in part.clauses:
            yield ComparedClause(
                id=clause.id,
                number=clause.number,
                title=entry_title(clause) if clause.title else "",
                part_id=part.id,
                part=_part_title(part),
                paragraphs=tuple(filter(None, map(str.strip, _paragraphs(clause)))),
            )


def _paragraphs(clause: Clause) -> Iterator[str]:
    yield from _plain(clause.text).split("\n")
    for item in clause.items:
        yield from _plain(item.number + item.title + item.text).split("\n")


def _plain(text: str) -> str:
    return _LINK.sub(r"\1", text)


def _part_title(part: Part) -> str:
    return "" if part.is_whole else part.number + (entry_title(part) if part.title else "")


def _pair(
    new: Sequence[ComparedClause], old: Sequence[ComparedClause]
) -> dict[int, tuple[int, float]]:
    """For each later clause, by index, the earlier one and how much they are alike."""
    old_words = [_words(clause) for clause in old]
    scored = []
    for n, clause in enumerate(new):
        words = _words(clause)
        for o, other in enumerate(old_words):
            alike = _alike(words, other)
            if alike >= PAIRED:
                scored.append((-alike, abs(n - o), n, o))
    found: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for negative, _, n, o in sorted(scored):
        if n not in found and o not in taken:
            found[n] = (o, -negative)
            taken.add(o)
    return found


_Words = tuple[str, "Counter[str]", "Counter[str]"]


def _words(clause: ComparedClause) -> _Words:
    return clause.title, pairs_of(clause.title), pairs_of("\n".join(clause.paragraphs))


def _alike(one: _Words, other: _Words) -> float:
    """Half by the titles, half by the texts; by the one that both have where one is missing."""
    texts = likeness(one[2], other[2])
    if not one[0] or not other[0]:
        return texts
    titles = 1.0 if one[0] == other[0] else likeness(one[1], other[1])
    if not one[2] or not other[2]:
        return titles
    return (titles + texts) / 2


def _dropped_behind(old: Sequence[ComparedClause], kept: set[int]) -> dict[int, list[int]]:
    """The dropped clauses by the kept one of the same part that they followed.

    Those before the first kept one of their part follow it too; a part without any kept clause
    has the key -1 - (index of its first clause).
    """
    following: dict[int, list[int]] = {}
    for index, clause in enumerate(old):
        if index in kept:
            continue
        siblings = [i for i in kept if old[i].part_id == clause.part_id]
        before = max((i for i in siblings if i < index), default=None)
        key = before if before is not None else min(siblings, default=-1 - index)
        following.setdefault(key, []).append(index)
    return following


def _origin(pairs: Sequence[Pair]) -> str:
    """The earlier part that most of the clauses of a section come from."""
    parts = [pair.earlier.part for pair in pairs if pair.earlier is not None and pair.later]
    return max(parts, key=lambda part: (parts.count(part), -parts.index(part)), default="")
