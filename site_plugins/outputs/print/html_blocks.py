"""A converted text as blocks of a print document.

The HTML is what the allow-list wrote. Links print as their words; pictures and recordings are not
printed, but counted, so that the editor can be told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser

from msgspec import Struct, field

from site_plugins.outputs.print.document import LINE_END, Block, Heading, Paragraph, Run, Table
from site_plugins.outputs.print.faces import Face

_BLOCKS = frozenset(
    "address article aside blockquote caption center dd details div dl dt figcaption figure "
    "footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot "
    "th thead tr ul".split()
)
_VOID = frozenset(("br", "col", "embed", "hr", "img", "input", "source", "track", "wbr"))
_FACES: Mapping[str, Face] = {"strong": Face.HEI, "b": Face.HEI, "em": Face.KAI, "i": Face.KAI}
_HEADING = re.compile(r"h([1-6])")
_LEFT_OUT = frozenset(("img", "video", "audio", "iframe", "object", "svg"))
_UNREAD = frozenset(("rp", "rt", "script", "style"))  # the sound beside a character, and code
_BLANKS = re.compile(r"[^\S\u3000\xa0]+")
_BULLET = "· "


class HtmlBlocks(Struct, frozen=True):
    """The blocks of a text in order, and how many pictures and recordings are left out."""

    blocks: tuple[Block, ...]
    left_out: int = 0


def html_blocks(
    html: str, faces: Mapping[str, Face] | None = None, base: Face = Face.FANG
) -> HtmlBlocks:
    """Reads a converted text.

    ``faces`` sets elements by a class they carry (``clause__title``); ``base`` is the face of
    everything else. Headings are set in 黑体, ``<strong>`` too, ``<em>`` in 楷体.
    """
    reader = _Reader(faces or {}, base)
    reader.feed(html)
    reader.close()
    reader.end_block()
    return HtmlBlocks(tuple(reader.blocks), reader.left_out)


class _List(Struct):
    """A list that is open; ``next`` is the number of its next item, None for one of bullets."""

    next: int | None


class _TableDraft(Struct):
    rows: list[list[str]] = field(default_factory=list)
    header: int = 0
    in_head: bool = False


class _Reader(HTMLParser):
    def __init__(self, faces: Mapping[str, Face], base: Face) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.left_out = 0
        self._by_class = faces
        self._faces = [base]
        self._opened: list[tuple[str, bool]] = []  # inline elements; whether each sets a face
        self._runs: list[Run] = []
        self._level = 0
        self._lists: list[_List] = []
        self._table: _TableDraft | None = None
        self._raised = 0
        self._skipped = 0
        self._code = False
        self._marked = False  # whether the open block is nothing but an item's number so far

    # -- tags -----------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if tag in _LEFT_OUT:
            self.left_out += 1
        elif tag in _UNREAD or "footnote-backref" in classes or "headerlink" in classes:
            self._skipped += 1
            self._opened.append((tag, False))
        elif tag == "br":
            self._add(LINE_END)
        elif tag in _BLOCKS:
            self._open_block(tag)
        elif tag not in _VOID:
            self._open_inline(tag, classes)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._skipped and self._opened and self._opened[-1][0] == tag:
            self._opened.pop()
            self._skipped -= 1
        elif tag in _BLOCKS:
            self._close_block(tag)
        elif tag not in _LEFT_OUT:
            self._close_inline(tag)

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._add(data if self._code else _BLANKS.sub(" ", data))

    # -- inline ---------------------------------------------------------------------------

    def _open_inline(self, tag: str, classes: list[str]) -> None:
        named = (self._by_class[name] for name in classes if name in self._by_class)
        face = next(named, None) or _FACES.get(tag)
        if face is not None and self._level and face is _FACES.get(tag):
            face = None  # a heading is strong already
        self._raised += tag == "sup"
        self._opened.append((tag, face is not None))
        if face is not None:
            self._faces.append(face)

    def _close_inline(self, tag: str) -> None:
        if not self._opened or self._opened[-1][0] != tag:
            return
        self._raised -= tag == "sup"
        if self._opened.pop()[1]:
            self._faces.pop()

    def _add(self, text: str) -> None:
        if not text:
            return
        begins = not self._runs or self._runs[-1].text.endswith((" ", LINE_END))
        if begins and not self._code and text != LINE_END:
            text = text.lstrip(" ")
        face = Face.HEI if self._level and len(self._faces) == 1 else self._faces[-1]
        if text:
            self._marked = False
            self._runs.append(Run(text, face, raised=self._raised > 0))

    # -- blocks ---------------------------------------------------------------------------

    def _open_block(self, tag: str) -> None:
        if self._marked and tag in ("p", "div"):
            return  # an item's first paragraph stands behind its number
        self.end_block()
        heading = _HEADING.fullmatch(tag)
        if heading is not None:
            self._level = int(heading[1])
        elif tag in ("ul", "ol"):
            self._lists.append(_List(1 if tag == "ol" else None))
        elif tag == "li" and self._lists:
            self._add(self._marker(self._lists[-1]))
            self._marked = True
        elif tag == "pre":
            self._code = True
        elif tag == "table" and self._table is None:
            self._table = _TableDraft()
        elif self._table is not None:
            self._open_in_table(tag, self._table)

    def _open_in_table(self, tag: str, table: _TableDraft) -> None:
        if tag == "thead":
            table.in_head = True
        elif tag == "tr":
            table.rows.append([])
            table.header += table.in_head

    def _close_block(self, tag: str) -> None:
        if tag in ("td", "th") and self._table is not None:
            words = "".join(run.text for run in self._runs).strip()
            self._runs.clear()
            if self._table.rows:
                self._table.rows[-1].append(words)
            return
        self.end_block()
        if _HEADING.fullmatch(tag):
            self._level = 0
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "pre":
            self._code = False
        elif tag == "thead" and self._table is not None:
            self._table.in_head = False
        elif tag == "table" and self._table is not None:
            self._end_table(self._table)

    def _end_table(self, table: _TableDraft) -> None:
        self._table = None
        width = max((len(row) for row in table.rows), default=0)
        rows = tuple((*row, *[""] * (width - len(row))) for row in table.rows if any(row))
        if rows:
            self.blocks.append(Table(rows, min(table.header, len(rows) - 1)))

    @staticmethod
    def _marker(of: _List) -> str:
        if of.next is None:
            return _BULLET
        of.next += 1
        return f"{of.next - 1}. "

    def end_block(self) -> None:
        """Close the paragraph or heading that is open."""
        if self._table is not None:
            if self._runs and self._runs[-1].text != LINE_END:
                self._runs.append(Run(LINE_END))
            return
        self._marked = False
        runs, self._runs = tuple(_trimmed(self._runs)), []
        if not runs:
            return
        if self._level:
            self.blocks.append(Heading(self._level, runs))
        else:
            self.blocks.append(Paragraph(runs))


def _trimmed(runs: list[Run]) -> list[Run]:
    """The runs without white space at either end."""
    kept = list(runs)
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[0] = Run(kept[0].text.lstrip(), kept[0].face, kept[0].raised)
        kept[-1] = Run(kept[-1].text.rstrip(), kept[-1].face, kept[-1].raised)
    return kept
