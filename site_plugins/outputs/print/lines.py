"""Paragraphs set on the grid: every line but the last is full, and no mark stands where it may not.

A line takes as many atoms as fit. Where the next one may not begin a line (避头) or the last one
may not end it (避尾), the line ends earlier and its atoms move apart by the little that is missing,
so that it still ends at the edge of the type area. Nothing hangs over the edge, and no mark is
squeezed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from site_plugins.outputs.print.atoms import CLOSING, OPENING, Atom

MEASURE = 28
"""Characters of a line (GB/T 9704-2012, 5.2.2)."""

_MOST_APART = 4.0  # cells; a line that lacks more stays ragged rather than being torn apart


class Line(Struct, frozen=True):
    """``indent`` cells, then atoms with ``gap`` cells between two that move apart.

    ``is_full`` says that the paragraph goes on below: the line reaches the edge.
    """

    atoms: tuple[Atom, ...]
    indent: float
    gap: float = 0.0
    is_full: bool = False

    @property
    def width(self) -> float:
        """From the left edge of the type area to the end of the last atom, in cells."""
        between = self.gap * _places(self.atoms)
        return self.indent + sum(atom.width for atom in self.atoms) + between


def set_lines(
    text: Sequence[Atom], *, indent: float = 2, hang: float = 0, measure: float = MEASURE
) -> tuple[Line, ...]:
    """The lines of a paragraph; the first is indented by ``indent``, the others by ``hang``."""
    lines: list[Line] = []
    start = _skip_blanks(text, 0)
    while start < len(text):
        inset = hang if lines else indent
        end, is_full = _line_end(text, start, measure - inset)
        taken = _without_blanks(text[start:end])
        gap = _gap(taken, measure - inset) if is_full else 0.0
        lines.append(Line(taken, inset, gap, is_full))
        start = end
        if start < len(text) and text[start].ends_line:
            start += 1
        start = _skip_blanks(text, start)
    return tuple(lines)


def width_of(text: Sequence[Atom]) -> float:
    """The width of atoms on one line, in cells."""
    return sum(atom.width for atom in text)


def move_apart(before: Atom, after: Atom) -> bool:
    """Whether a line that is too short may be spread between two atoms: not within a word."""
    return not (before.narrow and after.narrow)


def may_part(before: Atom, after: Atom) -> bool:
    """Whether a line may end between two atoms."""
    if after.text[0] in CLOSING or before.text[-1] in OPENING or after.size != 1:
        return False  # the number of a note stays with its word
    return not (before.narrow and after.narrow and not _is_piece(before))


def _is_piece(before: Atom) -> bool:
    """Whether an atom is a piece of a long word behind which it may be parted."""
    return before.text[-1] in "/?&=_-" or len(before.text) == 1


def _line_end(text: Sequence[Atom], start: int, room: float) -> tuple[int, bool]:
    """The index behind a line's last atom, and whether it is to be filled."""
    width = 0.0
    at = start
    while at < len(text) and not text[at].ends_line:
        atom = text[at]
        if width + atom.width > room + 1e-6 and not atom.blank and at > start:
            return _last_break(text, start, at), True
        width += atom.width
        at += 1
    return at, False


def _last_break(text: Sequence[Atom], start: int, end: int) -> int:
    """The last place up to ``end`` where a line may end; ``end`` itself where there is none."""
    for at in range(end, start, -1):
        if text[at - 1].blank or text[at].blank or may_part(text[at - 1], text[at]):
            return at
    return end


def _gap(taken: Sequence[Atom], room: float) -> float:
    lacking = room - width_of(taken)
    places = _places(taken)
    if not places or lacking > _MOST_APART:
        return 0.0
    return max(lacking, 0.0) / places


def _places(taken: Sequence[Atom]) -> int:
    return sum(move_apart(before, after) for before, after in pairwise(taken))


def _skip_blanks(text: Sequence[Atom], start: int) -> int:
    while start < len(text) and (text[start].blank or text[start].text == "\u3000"):
        start += 1
    return start


def _without_blanks(taken: Sequence[Atom]) -> tuple[Atom, ...]:
    end = len(taken)
    while end and taken[end - 1].blank:
        end -= 1
    return tuple(taken[:end])
