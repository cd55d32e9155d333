"""The annual work plan (工作要点): parts, clauses, items and the ids they are addressed by.

An id is the printed numbers: 二、（二） is ``2-2``, an item 1. below it ``2-2-1``. A plan that
prints no part (一、) has one part of its own kind, :data:`WHOLE`, which is not addressed; its
clauses then carry their printed number alone (``2``, items ``2-1``), because nothing else is
printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

Rank = Literal["part", "clause", "item"]
"""The levels that have an address of their own."""

WHOLE = "0"
"""Id of the only part of a plan without parts; printed numbers begin with 1, so it is unique."""


class Item(Struct, frozen=True, array_like=True, kw_only=True):
    """A numbered line below a clause.

    ``number`` is what the source prints (``1.``, ``（1）``) or empty; ``title`` is the run-in title
    with the 。 or ： that ends it, or empty; ``text`` is the rest, paragraphs joined by ``\\n``,
    inline Markdown as written; ``line`` is its line in the file, from 1.
    """

    id: str
    number: str
    title: str
    text: str
    line: int


class Clause(Struct, frozen=True, array_like=True, kw_only=True):
    """One promise of the plan (（一）, or 1. directly below a part); fields as in :class:`Item`."""

    id: str
    number: str
    title: str
    text: str
    items: tuple[Item, ...]
    line: int


class Part(Struct, frozen=True, array_like=True, kw_only=True):
    """A part (一、): its heading, what stands before its first clause, and its clauses.

    The part of a plan that prints no parts has the id :data:`WHOLE` and neither number, title nor
    text.
    """

    id: str
    number: str
    title: str
    text: str
    clauses: tuple[Clause, ...]
    line: int

    @property
    def is_whole(self) -> bool:
        """Whether this only holds the clauses of a plan without parts."""
        return self.id == WHOLE


class PlanText(Struct, frozen=True, array_like=True, kw_only=True):
    """A plan as adopted: what stands before the first part, the parts, what stands after."""

    preamble: str
    parts: tuple[Part, ...]
    closing: str

    def clauses(self) -> Iterator[Clause]:
        """Every clause in the plan's order."""
        for part in self.parts:
            yield from part.clauses

    def entries(self) -> Iterator[Part | Clause | Item]:
        """Every part, clause and item in the order of the source."""
        for part in self.parts:
            yield part
            for clause in part.clauses:
                yield clause
                yield from clause.items

    def clause(self, clause_id: str) -> Clause | None:
        """The clause of that id, None where there is none."""
        return next((c for c in self.clauses() if c.id == clause_id), None)

    def entry(self, entry_id: str) -> Part | Clause | Item | None:
        """The part, clause or item of that id: whatever has an address on the plan's page."""
        found = (e for e in self.entries() if e.id == entry_id and entry_id != WHOLE)
        return next(found, None)

    def strings(self) -> Iterator[str]:
        """Every text in the order of the source; joined, they are the source's characters."""
        yield self.preamble
        for entry in self.entries():
            yield entry.number
            yield entry.title
            yield entry.text
        yield self.closing


class ItemHtml(Struct, frozen=True, kw_only=True):
    """An item on the page: its paragraphs, the first beginning with its number."""

    id: str
    html: str


class ClauseHtml(Struct, frozen=True, kw_only=True):
    """A clause on the page: its own paragraphs, then its items.

    ``html`` begins with number and title in the first paragraph; ``title`` is plain
    text without the mark that ends it, for lists and labels.
    """

    id: str
    number: str
    title: str
    html: str
    items: tuple[ItemHtml, ...]


class PartHtml(Struct, frozen=True, kw_only=True):
    """A part on the page.

    ``heading_html`` is what goes into its heading, empty for the part of a plan without parts;
    ``intro_html`` are the paragraphs before its first clause.
    """

    id: str
    number: str
    title: str
    heading_html: str
    intro_html: str
    clauses: tuple[ClauseHtml, ...]


class PlanHtml(Struct, frozen=True, kw_only=True):
    """The whole plan on the page; footnotes stand at the end of ``closing_html``."""

    preamble_html: str
    parts: tuple[PartHtml, ...]
    closing_html: str
