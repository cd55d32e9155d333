"""Reads the text of an annual plan (工作要点) into parts, clauses and items with their ids.

What opens a level: ``一、`` a part; ``（一）`` a clause; ``1.`` a clause directly below a part, an
item below a ``（一）`` clause; ``（1）``, ``1）`` and ``①`` likewise what has no address yet, and
text below an item; a Markdown heading without number what the numbered headings of its level
open. Before the first part everything is preamble, numbers too; a plan that prints no part begins
at its first number and has one part :data:`~site_plugins.domain.plan.WHOLE`.
Where the closing begins:
:mod:`~site_plugins.reading.plans.extent`.

No text is refused, and nothing of it is lost: :meth:`PlanText.strings` joined have exactly the
characters of the source in order, white space and the heading marks of :class:`Opening` aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from site_plugins.domain.plan import WHOLE, Clause, Item, Part, PlanText, Rank
from site_plugins.domain.plan_ids import Matching
from site_plugins.reading.plans.extent import Extent, find_extent
from site_plugins.reading.plans.ids import Numbered, PlanSlip, assign_numbers
from site_plugins.reading.plans.lines import Nature, SourceLine, read_lines
from site_plugins.reading.plans.numbers import Style
from site_plugins.reading.plans.openings import Cut, cut_line

__all__ = ["Opening", "ParsedPlan", "PlanSlip", "parse_plan_text"]


class Opening(Struct, frozen=True, kw_only=True):
    """A line that opens a part, clause or item: its index in ``ParsedPlan.lines``, its cut."""

    index: int
    id: str
    rank: Rank
    cut: Cut


class ParsedPlan(Struct, frozen=True, kw_only=True):
    """A plan, the slips in its numbers by line, and where in the source it was read.

    ``openings`` are in the order of the source and of ``plan.entries()``; the part of a plan
    without parts has none. ``closing`` is the index of the closing's first line, or the number
    of lines. ``matching`` says how fixed ids were found again, see :mod:`~.fixed`; ``former``
    has the old ids that lead to an id.
    """

    plan: PlanText
    slips: tuple[PlanSlip, ...]
    lines: tuple[SourceLine, ...]
    openings: tuple[Opening, ...]
    closing: int
    matching: Matching = field(default_factory=Matching)
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class _Draft(Struct, kw_only=True):
    """A part, clause or item while its lines are gathered."""

    rank: Rank
    line: SourceLine | None
    cut: Cut
    text: list[str] = field(default_factory=list)
    below: list[_Draft] = field(default_factory=list)
    id: str = ""

    @property
    def style(self) -> Style | None:
        """The style of its number, None for a heading without one."""
        return self.line.marker.style if self.line and self.line.marker else None


def parse_plan_text(text: str, first_line: int = 1) -> ParsedPlan:
    """Reads a plan's Markdown; ``first_line`` is the number of its first line in the file."""
    lines = read_lines(text)
    extent = find_extent(lines)
    parts = _gather(lines, extent)
    slips = _give_ids(parts, first_line, has_parts=extent.has_parts)
    openings = [
        Opening(index=draft.line.index, id=draft.id, rank=draft.rank, cut=draft.cut)
        for draft in _walk(parts)
        if draft.line is not None
    ]
    plan = PlanText(
        preamble=_join(lines[: extent.start]),
        parts=tuple(_part(draft, first_line) for draft in parts),
        closing=_join(lines[extent.closing :]),
    )
    return ParsedPlan(
        plan=plan,
        slips=tuple(sorted(slips, key=lambda slip: (slip.line, slip.kind))),
        lines=lines,
        openings=tuple(openings),
        closing=extent.closing,
    )


def _join(lines: Iterable[SourceLine]) -> str:
    return "\n".join(filter(None, map(_line_text, lines)))


def _line_text(line: SourceLine) -> str:
    return line.raw.rstrip() if line.nature is Nature.OPAQUE else line.raw.strip()


def _gather(lines: Sequence[SourceLine], extent: Extent) -> list[_Draft]:
    """The parts with everything below them, in order."""
    parts: list[_Draft] = []
    if not extent.has_parts and extent.start < len(lines):
        parts.append(_Draft(rank="part", line=None, cut=Cut(pieces=())))
    clause: _Draft | None = None
    item: _Draft | None = None
    for line in lines[extent.start : extent.closing]:
        rank = _rank(line, extent, clause, item)
        if rank is None:
            _add_text(item or clause or parts[-1], line)
            continue
        draft = _Draft(rank=rank, line=line, cut=cut_line(line, is_part=rank == "part"))
        draft.text.append(draft.cut.joined("text"))
        if rank == "part":
            parts.append(draft)
            clause = item = None
        elif rank == "clause" or clause is None:
            draft.rank = "clause"
            parts[-1].below.append(draft)
            clause, item = draft, None
        else:
            clause.below.append(draft)
            item = draft
    return parts


def _rank(
    line: SourceLine, extent: Extent, clause: _Draft | None, item: _Draft | None
) -> Rank | None:
    """What the line opens where these are open, None for a line of text."""
    if line.index in extent.headings:
        return extent.headings[line.index]
    if line.marker is None or line.nested:
        return None
    style = line.marker.style
    if style is Style.HAN:
        return "part"
    if style is Style.HAN_BRACKET or clause is None or not _is_below(style, clause):
        return "clause"
    # What stands below an item has no address of its own.
    return "item" if item is None or not _is_below(style, item) else None


_SMALL = (Style.ARABIC_BRACKET, Style.HALF_BRACKET, Style.CIRCLED)


def _is_below(style: Style, draft: _Draft) -> bool:
    """Whether a number of this style stands below what is open.

    A heading without a number counts as what is usual there. Nothing orders the smallest styles
    among each other: the one that comes second stands below the first.
    """
    open_style = draft.style or (Style.HAN_BRACKET if draft.rank == "clause" else Style.ARABIC)
    if style in _SMALL and open_style in _SMALL:
        return style is not open_style
    return style.depth > open_style.depth


def _add_text(draft: _Draft, line: SourceLine) -> None:
    # The dashes below a heading that opens something are heading marks as its hashes are.
    opens = draft.line is not None and line.index == draft.line.index + 1
    if not (opens and line.nature is Nature.UNDERLINE):
        draft.text.append(_line_text(line))


def _walk(parts: Iterable[_Draft]) -> Iterable[_Draft]:
    for draft in parts:
        yield draft
        yield from _walk(draft.below)


def _give_ids(parts: Sequence[_Draft], first_line: int, *, has_parts: bool) -> list[PlanSlip]:
    if has_parts:
        slips = _number(parts, "", first_line)
    elif parts:
        parts[0].id, slips = WHOLE, []
    else:
        return []
    last: dict[Style, int] = {}
    for part in parts:
        slips += _number(part.below, part.id if has_parts else "", first_line, last)
        for clause in part.below:
            slips += _number(clause.below, clause.id, first_line)
    return slips


def _number(
    siblings: Sequence[_Draft],
    parent: str,
    first_line: int,
    last: dict[Style, int] | None = None,
) -> list[PlanSlip]:
    """Gives siblings their ids.

    ``last`` has the last number of each style in what stands before them: many plans count their
    clauses through all parts.
    """
    last = {} if last is None else last
    style = siblings[0].style if siblings else None
    goes_on = last[style] + 1 if style is not None and style in last else 1
    numbered = [
        Numbered(
            rank=draft.rank,
            value=draft.line.marker.value if draft.line and draft.line.marker else None,
            printed=draft.cut.joined("number"),
            title=draft.cut.joined("title"),
            line=_line_number(draft, first_line),
        )
        for draft in siblings
    ]
    ids, slips = assign_numbers(numbered, parent, goes_on)
    for draft, given, number in zip(siblings, ids, numbered, strict=True):
        draft.id = given
        if draft.style is not None and number.value is not None:
            last[draft.style] = number.value
    return slips


def _line_number(draft: _Draft, first_line: int) -> int:
    """The line in the file; a part that is not printed stands where its first clause does."""
    if draft.line is None:
        return _line_number(draft.below[0], first_line) if draft.below else first_line
    return draft.line.index + first_line


def _part(draft: _Draft, first_line: int) -> Part:
    return Part(
        id=draft.id,
        number=draft.cut.joined("number"),
        title=draft.cut.joined("title"),
        text=_text(draft),
        clauses=tuple(_clause(clause, first_line) for clause in draft.below),
        line=_line_number(draft, first_line),
    )


def _clause(draft: _Draft, first_line: int) -> Clause:
    return Clause(
        id=draft.id,
        number=draft.cut.joined("number"),
        title=draft.cut.joined("title"),
        text=_text(draft),
        items=tuple(_item(item, first_line) for item in draft.below),
        line=_line_number(draft, first_line),
    )


def _item(draft: _Draft, first_line: int) -> Item:
    return Item(
        id=draft.id,
        number=draft.cut.joined("number"),
        title=draft.cut.joined("title"),
        text=_text(draft),
        line=_line_number(draft, first_line),
    )


def _text(draft: _Draft) -> str:
    return "\n".join(filter(None, draft.text))
