"""A plan's converted text cut at its marks: preamble, parts, clauses, items, closing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from msgspec import Struct

from site_plugins.domain.plan import Clause, ClauseHtml, Item, ItemHtml, Part, PartHtml, PlanHtml
from site_plugins.reading.plain_text import one_line
from site_plugins.reading.plans.dress import TAG, VOID, dress
from site_plugins.reading.plans.marks import CLOSING, OPENING, opening_index, without_marks
from site_plugins.reading.plans.text import ParsedPlan

__all__ = ["ClauseHtml", "ItemHtml", "PartHtml", "PlanHtml", "split_html"]

_FOOTNOTES = re.compile(r"""<(?:div|section)\b[^>]*class=["']?[^"'>]*\bfootnotes?\b""")
_LEADING_RULE = re.compile(r"\A<hr ?/?>\s*")
_PICTURE = re.compile(r"<(?:img|picture|video|audio|svg|input|hr)\b")
_PREAMBLE, _CLOSING = "preamble", "closing"


class _Place(Struct, frozen=True, kw_only=True):
    """The HTML of one opening: its blocks, and of the first one heading and title alone."""

    blocks: list[str]
    heading: str = ""
    title: str = ""

    @property
    def html(self) -> str:
        return "\n".join(filter(None, map(_unless_empty, map(without_marks, self.blocks))))


def split_html(html: str, plan: ParsedPlan) -> PlanHtml:
    """Cuts the converted text of :func:`~.markup.mark_up` at its marks and takes them out.

    Every block goes to what was opened last before it, so that no words are lost whatever the
    Markdown did; a clause whose mark the conversion swallowed has an empty ``html``. A line
    across that begins the closing is left out.
    """
    places = _gather(html, plan)
    return PlanHtml(
        preamble_html=places[_PREAMBLE].html,
        parts=tuple(_part(part, places, plan.former) for part in plan.plan.parts),
        closing_html=_LEADING_RULE.sub("", places[_CLOSING].html, count=1),
    )


def _gather(html: str, plan: ParsedPlan) -> dict[str, _Place]:
    """The places of a text by id of the opening, in the order of the source."""
    preamble, closing = _Place(blocks=[]), _Place(blocks=[])
    places = {_PREAMBLE: preamble, _CLOSING: closing}
    current = preamble
    next_opening = 0
    for block in _blocks(html):
        if CLOSING in block:
            current, next_opening = closing, len(plan.openings)
        match = _opening_match(block)
        if match is not None and next_opening <= opening_index(match) < len(plan.openings):
            opening = plan.openings[opening_index(match)]
            dressed = dress(block, match, opening.rank)
            current = _Place(
                blocks=[dressed.paragraph(with_heading=opening.rank != "part")],
                heading=without_marks(dressed.heading),
                title=one_line(without_marks(dressed.title)),
            )
            places[opening.id] = current
            next_opening = opening_index(match) + 1
        elif _FOOTNOTES.match(block):
            closing.blocks.append(block)
        else:
            current.blocks.append(block)
    return places


_Former = Mapping[str, tuple[str, ...]]


def _part(part: Part, places: Mapping[str, _Place], former: _Former) -> PartHtml:
    place = places.get(part.id)
    return PartHtml(
        id=part.id,
        number=part.number,
        title=_title(part, place),
        heading_html=_anchored(place.heading if place else "", former.get(part.id, ())),
        intro_html=place.html if place else "",
        clauses=tuple(_clause(clause, places, former) for clause in part.clauses),
    )


def _clause(clause: Clause, places: Mapping[str, _Place], former: _Former) -> ClauseHtml:
    return ClauseHtml(
        id=clause.id,
        number=clause.number,
        title=_title(clause, places.get(clause.id)),
        html=_entry_html(clause, places, former),
        items=tuple(
            ItemHtml(id=item.id, html=_entry_html(item, places, former)) for item in clause.items
        ),
    )


def _entry_html(entry: Clause | Item, places: Mapping[str, _Place], former: _Former) -> str:
    place = places.get(entry.id)
    return _anchored(place.html if place else "", former.get(entry.id, ()))


def _anchored(html: str, old_ids: Sequence[str]) -> str:
    """The HTML with old ids as places in its first paragraph, so that their links still arrive."""
    anchors = "".join(f'<span id="{escape(old, quote=True)}"></span>' for old in old_ids)
    if anchors and html.startswith("<p>"):
        return f"<p>{anchors}{html.removeprefix('<p>')}"
    return anchors + html


def _title(entry: Part | Clause, place: _Place | None) -> str:
    return (place.title if place else entry.title).rstrip("。：")


def _blocks(html: str) -> Iterator[str]:
    """The elements and texts of the outermost level, in order."""
    depth = 0
    start = 0
    for match in TAG.finditer(html):
        name = match[2]
        if name is None:
            continue
        alone = name.lower() in VOID or match[3].endswith("/")
        if depth == 0 and not match[1]:
            if html[start : match.start()].strip():
                yield html[start : match.start()].strip()
            start = match.start()
        if match[1]:
            depth = max(depth - 1, 0)
        elif not alone:
            depth += 1
        if depth == 0:
            yield html[start : match.end()].strip()
            start = match.end()
    if html[start:].strip():
        yield html[start:].strip()


def _opening_match(block: str) -> re.Match[str] | None:
    """The mark of an opening where it begins the block's words."""
    match = OPENING.search(block)
    if match is None or TAG.sub("", block[: match.start()]).strip():
        return None
    return match


def _unless_empty(html: str) -> str:
    return html if _PICTURE.search(html) or TAG.sub("", html).strip() else ""
