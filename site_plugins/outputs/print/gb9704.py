"""A print document as Typst source in the layout of official documents, GB/T 9704-2012.

A4; the type area of 156 × 225 mm lies 28 mm from the left and 37 mm from the top edge. It holds 22
lines of 28 characters. A character is 156/28 mm wide; from line to line it is 10.449 mm, so that
the first line's top and the last line's bottom touch the type area. Everything but tables stands on
this grid: a larger title takes whole lines too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from site_plugins.outputs.print.atoms import Atom, atoms
from site_plugins.outputs.print.document import (
    Attached,
    AttachmentList,
    Block,
    Heading,
    Paragraph,
    PrintDocument,
    Run,
    Signature,
    Table,
)
from site_plugins.outputs.print.faces import Face, TypeCase
from site_plugins.outputs.print.lines import MEASURE, Line, set_lines, width_of
from site_plugins.outputs.print.titles import title_lines
from site_plugins.outputs.print.typst_code import NAMES, array, lines_code, number, string

TITLE_MEASURE = 20
"""Characters of 二号 (22 pt) that a line of the type area holds."""

_NOTE_MEASURE = 26
_RED_HEAD_LINES = 8
_RED_SIZE = 15.5  # mm; a longer name is set smaller
_SIGNER_SPACE = 2  # characters to the right of who signs (7.3.5.2)

_LAYOUT = r"""#let zi = 156mm / 28
#let pitch = (225mm - zi) / 21
#let gap-of-lines = pitch - zi
#set page(
  paper: "a4",
  margin: (left: 28mm, right: 26mm, top: 37mm, bottom: 35mm),
  footer-descent: 7mm - 7pt,
  footer: context {
    let odd = calc.odd(counter(page).get().first())
    set text(size: 14pt)
    let dash = box(width: 1em, align(center, song("—")))
    let space = box(width: 0.5em, song("\u{a0}"))
    align(if odd { right } else { left },
      pad(x: 1em, dash + space + song(counter(page).display("1")) + space + dash))
  },
)
#set text(
  size: zi, lang: "zh", region: "cn", fallback: false, hyphenate: false, overhang: false,
  cjk-latin-spacing: none, kerning: false, ligatures: false,
  top-edge: 0.88em, bottom-edge: -0.12em,
  costs: (orphan: 0%, widow: 0%),
)
#set par(leading: gap-of-lines, spacing: gap-of-lines, justify: false, linebreaks: "simple")
#set block(above: gap-of-lines, below: gap-of-lines)
#set table(stroke: 0.5pt, inset: (x: 0.4em, y: 0.45em))
#show heading: set text(size: zi, weight: "regular")
#show heading: set block(above: gap-of-lines, below: gap-of-lines, sticky: false)
#show heading.where(level: 1): set align(center)
#let gap(width) = box(width: width * 1em)
#let cell(width, side, body) = box(width: width * 1em, align(side, body))
#let raised(body) = text(size: 0.6em, baseline: -0.5em, body)
#let blank(lines) = block(height: lines * pitch - gap-of-lines, width: 100%)
// 二号, in lines of the text: its box has the height of a character of the text.
#let large(body) = {
  set text(size: 22pt, top-edge: zi, bottom-edge: 0pt)
  body
}
#let red-head(size, name, number) = block(height: 8 * pitch - gap-of-lines, width: 100%, {
  place(top + center, dy: 35mm, text(size: size * 1mm, fill: rgb("#e60012"), name))
  place(top + center, dy: 7 * pitch, number)
  place(top + left, dy: 7 * pitch + zi + 4mm,
    line(length: 156mm, stroke: 0.45mm + rgb("#e60012")))
})
"""


def gb9704(document: PrintDocument, case: TypeCase) -> str:
    """The Typst source of a document; the same for the same document and fonts."""
    writer = _Writer(case)
    return "\n".join(
        [
            # Nothing of the current time: the same text gives the same file on any day.
            f"#set document(title: {string(document.title)}, "
            f"author: {array([string(document.author)] if document.author else [])}, date: none)",
            *_face_functions(case),
            _LAYOUT,
            *writer.head(document),
            *(code for block in document.blocks for code in writer.block(block)),
            "",
        ]
    )


def _face_functions(case: TypeCase) -> Iterator[str]:
    for face, name in NAMES.items():
        fonts = case.fonts(face)
        families = array(map(string, fonts.families))
        yield (
            f"#let {name}(body, tracking: 0) = text(font: {families}, "
            f"weight: {fonts.weight}, tracking: tracking * 1em, body)"
        )


class _Writer:
    """Writes block after block."""

    def __init__(self, case: TypeCase) -> None:
        self._case = case
        self._level = 1

    def _atoms(self, text: str, face: Face = Face.FANG) -> tuple[Atom, ...]:
        return atoms((Run(text, face),), self._case)

    # -- above the text -------------------------------------------------------------------

    def head(self, document: PrintDocument) -> Iterator[str]:
        """Red head, title and the note below it, with the lines between them."""
        if document.red_head:
            yield self._red_head(document)
        yield "#blank(2)"
        yield self._title(document.title, outlined=True)
        if document.note:
            note = self._atoms(f"（{document.note.strip('（）()')}）", Face.KAI)
            yield f"#align(center)[{lines_code(title_lines(note, _NOTE_MEASURE))}]"
        yield "#blank(1)"

    def _red_head(self, document: PrintDocument) -> str:
        name = atoms((Run(document.red_head, Face.TITLE),), self._case, on_grid=False)
        size = min(_RED_SIZE, 156 / max(width_of(name), 1))
        printed = self._atoms(document.number)
        return (
            f"#red-head({number(size)}, [{lines_code([Line(name, 0)])}], "
            f"[{lines_code([Line(printed, 0)]) if printed else ''}])"
        )

    def _title(self, title: str, *, outlined: bool) -> str:
        words = atoms((Run(title, Face.TITLE),), self._case, on_grid=False)
        lines = title_lines(words, TITLE_MEASURE)
        code = f"#large[{lines_code(lines)}]"
        if outlined:
            return f"#heading(level: 1)[{code}]"
        return f"#heading(level: 2, bookmarked: true)[#set align(center)\n{code}]"

    # -- the text -------------------------------------------------------------------------

    def block(self, block: Block) -> Iterator[str]:
        """The code of a block."""
        match block:
            case Heading():
                yield self._heading(block)
            case Paragraph():
                yield self._paragraph(block.runs, block.indent, block.hang)
            case Table():
                yield self._table(block)
            case AttachmentList():
                yield from self._attachment_list(block)
            case Signature():
                yield from self._signature(block)
            case Attached():
                yield from self._attached(block)

    def _heading(self, heading: Heading) -> str:
        # PDF/UA-1 (7.4.2): no level of headings may be left out.
        self._level = max(2, min(heading.level, self._level + 1))
        lines = set_lines(atoms(heading.runs, self._case))
        return f"#heading(level: {self._level})[{lines_code(lines)}]"

    def _paragraph(self, runs: Sequence[Run], indent: float, hang: float) -> str:
        lines = set_lines(atoms(runs, self._case), indent=indent, hang=hang)
        return f"#par[{lines_code(lines)}]" if lines else ""

    def _table(self, table: Table) -> str:
        cells = [[f"[#fang({string(cell)})]" for cell in row] for row in table.rows]
        head = "".join(f"{cell}, " for row in cells[: table.header] for cell in row)
        body = "".join(f"{cell}, " for row in cells[table.header :] for cell in row)
        columns = len(table.rows[0])
        return (
            "#align(center)[#set text(size: 12pt)\n#set par(leading: 0.5em, spacing: 0.5em)\n"
            f"#table(columns: {columns}, align: left + horizon, "
            f"{f'table.header({head}), ' if head else ''}{body})]"
        )

    # -- below the text -------------------------------------------------------------------

    def _attachment_list(self, block: AttachmentList) -> Iterator[str]:
        """附件：1. …, each name hanging below the first character of its own (7.3.4)."""
        yield "#blank(1)"
        several = len(block.names) > 1
        for index, name in enumerate(block.names):
            label = "附件：" if index == 0 else ""
            figure = f"{index + 1}." if several else ""
            front = self._atoms(label + figure)
            hang = 5 + width_of(self._atoms(figure))
            indent = 2 if index == 0 else 5
            lines = set_lines((*front, *self._atoms(name)), indent=indent, hang=hang)
            yield f"#par[{lines_code(lines)}]"

    def _signature(self, block: Signature) -> Iterator[str]:
        """Who signs and the date, without a seal (7.3.5.2).

        The one who signs stands two characters from the right edge, the date begins two characters
        behind the first of the name. A date that is longer stands two characters from the right
        edge, and the name moves to the left with it.
        """
        yield "#blank(1)"
        signers = [self._atoms(signer) for signer in block.signers]
        date = self._atoms(block.date)
        widest = max((width_of(signer) for signer in signers), default=0.0)
        edge = MEASURE - _SIGNER_SPACE
        is_longer = not signers or width_of(date) > widest
        start = max(edge - (width_of(date) + 2 if is_longer else widest), 0.0)
        lines = [Line(signer, start) for signer in signers]
        lines.append(Line(date, start + 2))
        yield f"#block(breakable: false)[#par[{lines_code(lines)}]]"

    def _attached(self, block: Attached) -> Iterator[str]:
        """An attachment's text: a new page, its label flush left, its title on the third line."""
        yield "#pagebreak()"
        yield f"#par[{lines_code([Line(self._atoms(block.label, Face.HEI), 0)])}]"
        if block.title:
            yield "#blank(1)"
            self._level = 2
            yield self._title(block.title, outlined=False)
            yield "#blank(1)"


Layout = Callable[[PrintDocument, TypeCase], str]
"""A way to lay out documents."""
