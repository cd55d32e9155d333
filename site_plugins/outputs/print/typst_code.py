"""Typst source written safely: whatever a text says, it is a string and never code."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from site_plugins.outputs.print.atoms import Atom, Side
from site_plugins.outputs.print.faces import Face
from site_plugins.outputs.print.lines import Line, move_apart

NAMES = {
    Face.TITLE: "title",
    Face.HEI: "hei",
    Face.KAI: "kai",
    Face.FANG: "fang",
    Face.SONG: "song",
}
"""The functions of the layout that set a string in a face."""


def string(text: str) -> str:
    """A Typst string literal. Only these characters have a meaning within quotation marks."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    for char, name in (("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        escaped = escaped.replace(char, name)
    return f'"{escaped}"'


def number(value: float) -> str:
    """A number without exponent and useless zeros, rounded down: a line must not grow too long."""
    return f"{math.floor(value * 1e5 + 1e-6) / 1e5:.5f}".rstrip("0").rstrip(".")


def array(items: Iterable[str]) -> str:
    """A Typst array; the comma behind the last item makes one of a single item."""
    return "(" + "".join(f"{item}, " for item in items) + ")"


def lines_code(lines: Sequence[Line]) -> str:
    """Lines with a line end between two of them."""
    return "#linebreak()\n".join(map(line_code, lines))


def line_code(line: Line) -> str:
    """One line, as a row of calls.

    ``gap`` is an empty box: it keeps Typst from drawing two marks together and from cutting a mark
    at the line's edge, either of which would leave the grid.
    """
    code = [f"#gap({number(line.indent)})"] if line.indent else []
    at = 0
    while at < len(line.atoms):
        end = at + 1
        while end < len(line.atoms) and _are_one_string(line.atoms[end - 1], line.atoms[end]):
            end += 1
        together = line.atoms[at:end]
        if together[0].is_mark and at == 0:
            code.append("#gap(0)")
        last = end == len(line.atoms)
        code.append(_string_code(together, line.gap, _side(line, at, last=last)))
        spread = 0.0 if last or not move_apart(together[-1], line.atoms[end]) else line.gap
        if spread or together[-1].is_mark:
            code.append(f"#gap({number(spread)})")
        at = end
    return "".join(code)


def _are_one_string(before: Atom, after: Atom) -> bool:
    """Whether two atoms may stand in one string: both plain, of one face, and not two marks."""
    same = before.plain and after.plain and before.face is after.face
    return same and not (before.is_mark and after.is_mark)


def _side(line: Line, at: int, *, last: bool) -> Side:
    """A word that begins or ends a full line touches the edge of the type area."""
    atom = line.atoms[at]
    if not atom.narrow:
        return atom.side
    if at == 0 and line.indent == 0:
        return "left"
    return "right" if last and line.is_full else atom.side


def _string_code(together: Sequence[Atom], gap: float, side: Side) -> str:
    first = together[0]
    text = string("".join(atom.text for atom in together))
    name = NAMES[first.face]
    if first.plain:
        return f"#{name}({text}, tracking: {number(gap)})" if gap else f"#{name}({text})"
    drawn = f", tracking: {number(first.tracking)}" if first.tracking else ""
    body = f"{name}({text}{drawn})"
    if first.size != 1:
        body = f"raised({body})"
    return f"#cell({number(first.width)}, {side}, {body})"
