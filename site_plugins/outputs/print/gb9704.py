"""A print document as Typst source in the layout of official documents, GB/T 9704-2012.

A4; the type area of 156 × 225 mm lies 28 mm from the left and 37 mm from the top edge. It holds 22
lines of 28 characters. A character is 156/28 mm wide; from line to line it is 10.449 mm, so that
the first line's top and the last line's bottom touch the type area. Everything but tables stands on
this grid: a larger title takes whole lines too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_plugins.outputs.print.atoms import Atom, atoms, visible
from site_plugins.outputs.print.document import (
    LINE_END,
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

LINES = 22
"""Lines of a page (5.2.2)."""

OWN_CHARACTERS = "附件：（）—0123456789."
"""What the layout itself prints."""

TYPE_AREA = 156
"""Width of the type area in mm (5.2.1)."""

_NOTE_MEASURE = 26
_RED_HEAD_LINES = 8  # the height of what is above the two lines before the title
_COMPANY = 2  # lines of text that stand above who signs at least
_LIST_INDENT = 5  # 附件： with the two characters before it
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
            f"#set document(title: {string(document.title.replace(LINE_END, ''))}, "
            f"author: {array([string(document.author)] if document.author else [])}, date: none)",
            *_face_functions(case),
            _LAYOUT,
            *writer.head(document),
            *writer.body(document.blocks),
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
    """Writes block after block.

    It counts lines as it goes, None where a table has left the grid: only a page's lines tell
    whether who signs would stand alone on the next.
    """

    def __init__(self, case: TypeCase) -> None:
        self._case = case
        self._level = 1
        self._count: int | None = 0

    def _atoms(self, text: str, face: Face = Face.FANG) -> tuple[Atom, ...]:
        return atoms((Run(text, face),), self._case)

    def _blank(self, lines: int) -> str:
        self._add(lines)
        return f"#blank({lines})"

    def _par(self, lines: Sequence[Line]) -> str:
        self._add(len(lines))
        return f"#par[{lines_code(lines)}]"

    def _add(self, lines: int) -> None:
        self._count = None if self._count is None else self._count + lines

    # -- above the text -------------------------------------------------------------------

    def head(self, document: PrintDocument) -> Iterator[str]:
        """Red head, title and the note below it, with the lines between them."""
        if document.red_head:
            yield self._red_head(document)
        yield self._blank(2)
        yield self._title(document.title, level=1)
        if document.note:
            note = self._atoms(f"（{document.note.strip('（）()')}）", Face.KAI)
            yield f"#align(center)[{self._par(title_lines(note, _NOTE_MEASURE))}]"
        yield self._blank(1)

    def _red_head(self, document: PrintDocument) -> str:
        name = atoms((Run(document.red_head, Face.TITLE),), self._case, on_grid=False)
        size = min(_RED_SIZE, TYPE_AREA / max(width_of(name), 1))
        printed = self._atoms(document.number)
        self._add(_RED_HEAD_LINES)
        return (
            f"#red-head({number(size)}, [{lines_code([Line(name, 0)])}], "
            f"[{lines_code([Line(printed, 0)]) if printed else ''}])"
        )

    def _title(self, title: str, *, level: int) -> str:
        words = atoms((Run(title, Face.TITLE),), self._case, on_grid=False)
        lines = title_lines(words, TITLE_MEASURE)
        self._level = level
        self._add(len(lines))
        return f"#align(center)[#heading(level: {level})[#large[{lines_code(lines)}]]]"

    # -- the text -------------------------------------------------------------------------

    def body(self, blocks: Sequence[Block]) -> Iterator[str]:
        """The code of all blocks."""
        for index, block in enumerate(blocks):
            match block:
                case Heading():
                    yield self._heading(block)
                case Paragraph():
                    yield from self._paragraph(block, self._end_below(blocks[index + 1 :]))
                case Table():
                    yield self._table(block)
                case AttachmentList():
                    yield self._blank(1)
                    yield from map(self._par, self._names(block))
                case Signature():
                    yield self._blank(1)
                    yield f"#block(breakable: false)[{self._par(self._signature(block))}]"
                case Attached():
                    yield from self._attached(block)

    def _heading(self, heading: Heading) -> str:
        # PDF/UA-1 (7.4.2): no level of headings may be left out.
        self._level = max(2, min(heading.level, self._level + 1))
        lines = set_lines(atoms(heading.runs, self._case))
        self._add(len(lines))
        return f"#heading(level: {self._level})[{lines_code(lines)}]"

    def _paragraph(self, block: Paragraph, end: int) -> Iterator[str]:
        """A paragraph. Where the ``end`` lines below it (list, who signs, date) would begin a page,
        its last two lines go there with them (7.3.5.4)."""
        lines = set_lines(atoms(block.runs, self._case), indent=block.indent, hang=block.hang)
        if not lines:
            return
        kept = len(lines)
        if end and self._count is not None:
            used = (self._count + len(lines) - 1) % LINES + 1
            if used > _COMPANY and used + end > LINES:
                kept = len(lines) - _COMPANY if len(lines) > _COMPANY + 1 else 0
        if kept:
            yield self._par(lines[:kept])
        if kept < len(lines):
            yield "#pagebreak()"
            self._count = 0
            yield self._par(lines[kept:])

    def _end_below(self, following: Sequence[Block]) -> int:
        """The lines of a list of attachments and of who signs right below; 0 where none signs."""
        lines = 0
        for block in following:
            if isinstance(block, AttachmentList):
                lines += 1 + sum(map(len, self._names(block)))
            elif isinstance(block, Signature):
                return lines + 1 + len(self._signature(block))
            else:
                break
        return 0

    def _table(self, table: Table) -> str:
        cells = [[f"[#fang({string(visible(cell))})]" for cell in row] for row in table.rows]
        head = "".join(f"{cell}, " for row in cells[: table.header] for cell in row)
        body = "".join(f"{cell}, " for row in cells[table.header :] for cell in row)
        columns = len(table.rows[0])
        self._count = None
        return (
            "#align(center)[#set text(size: 12pt)\n#set par(leading: 0.5em, spacing: 0.5em)\n"
            f"#table(columns: {columns}, align: left + horizon, "
            f"{f'table.header({head}), ' if head else ''}{body})]"
        )

    # -- below the text -------------------------------------------------------------------

    def _names(self, block: AttachmentList) -> Sequence[Sequence[Line]]:
        """附件：1. …, each name hanging below the first character of its own (7.3.4)."""
        named = []
        for index, name in enumerate(block.names):
            label = self._atoms("附件：" if index == 0 else "")
            figure = self._atoms(f"{index + 1}. " if len(block.names) > 1 else "")
            hang = _LIST_INDENT + width_of(figure)
            indent = _LIST_INDENT - width_of(label)
            words = (*label, *figure, *self._atoms(name))
            named.append(set_lines(words, indent=indent, hang=hang))
        return named

    def _signature(self, block: Signature) -> Sequence[Line]:
        """Who signs and the date, without a seal (7.3.5.2).

        The one who signs stands two characters from the right edge, the date begins two characters
        behind the first of the name. A date that is longer stands two characters from the right
        edge, and the name moves to the left with it.
        """
        signers = [self._atoms(signer) for signer in block.signers]
        date = self._atoms(block.date)
        widest = max((width_of(signer) for signer in signers), default=0.0)
        is_longer = not signers or width_of(date) > widest
        taken = width_of(date) + 2 if is_longer else widest
        start = max(MEASURE - _SIGNER_SPACE - taken, 0.0)
        return [*(Line(signer, start) for signer in signers), Line(date, start + 2)]

    def _attached(self, block: Attached) -> Iterator[str]:
        """An attachment's text: a new page, its label flush left, its title on the third line."""
        yield "#pagebreak()"
        self._count = 0
        yield self._par([Line(self._atoms(block.label, Face.HEI), 0)])
        if block.title:
            yield self._blank(1)
            yield self._title(block.title, level=2)
            yield self._blank(1)
