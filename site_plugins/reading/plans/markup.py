"""A plan's Markdown made ready for one conversion, and the HTML cut into its parts again.

:func:`mark_up` → Markdown → allow-list → :func:`split_html`.
"""

from __future__ import annotations

import re

from site_plugins.reading.plans.lines import Nature, SourceLine, split_lines
from site_plugins.reading.plans.marks import (
    CLOSING,
    SHIELD,
    TEXT,
    TITLE,
    opening_mark,
    without_marks,
)
from site_plugins.reading.plans.numbers import Style
from site_plugins.reading.plans.openings import TITLE_LENGTH
from site_plugins.reading.plans.pieces import split_html
from site_plugins.reading.plans.text import Opening, ParsedPlan

__all__ = ["mark_up", "split_html", "without_marks"]

_SENTENCE_END = re.compile(r"[。！？…][”’」』）)*_]*\s*$")
_LIST_NUMBER = re.compile(r"\d+[.)]\s")
_ATTACHED_MARKUP = ("{:", ": ", ":\t")
_LIST_INDENT = 4


def mark_up(text: str, plan: ParsedPlan) -> str:
    """The Markdown in which every part, clause and item begins a paragraph of its own, marked.

    ``text`` is what ``plan`` was parsed from. Blank lines and marks are put in; heading marks of
    openings, typed indents of paragraphs and noncharacters are left out; nothing else changes.
    Lines that end a sentence end a paragraph too, as texts pasted from a word processor have it.
    """
    blocks = _Blocks(plan)
    for line, raw in zip(plan.lines, split_lines(text), strict=True):
        blocks.add(line, without_marks(raw))
    return "\n".join(blocks.lines)


class _Blocks:
    """The Markdown written so far."""

    def __init__(self, plan: ParsedPlan) -> None:
        self.lines: list[str] = []
        self._openings = {o.index: (n, o) for n, o in enumerate(plan.openings)}
        self._closing = plan.closing
        self._above: SourceLine | None = None
        self._ended = True  # whether the line above ends its paragraph
        self._in_list = False  # whether Markdown would have taken the open item for a list's

    def add(self, line: SourceLine, raw: str) -> None:
        if line.index == self._closing:
            self._begin()
            self.lines += [CLOSING, ""]
            self._in_list = False
        if line.index in self._openings:
            self._add_opening(line, *self._openings[line.index])
        elif line.nature is Nature.PLAIN:
            self._add_plain(line, raw)
        elif line.nature is Nature.RULE:
            # Right below a paragraph, dashes would make a heading of it.
            self._begin()
            self.lines += [raw.strip(), ""]
        elif line.nature is Nature.UNDERLINE and self._is_opening(self._above):
            pass
        elif line.nature is Nature.BLANK:
            self.lines.append("")
        else:
            self._add_markup(line, raw)
        self._above = line

    def _begin(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def _is_opening(self, line: SourceLine | None) -> bool:
        return line is not None and line.index in self._openings

    def _add_opening(self, line: SourceLine, number: int, opening: Opening) -> None:
        cut = opening.cut
        text = without_marks(cut.joined("text"))
        bold = cut.bold_text
        if bold:
            text = f"**{text[:bold]}**{text[bold:]}"
        printed, title = cut.joined("number"), without_marks(cut.joined("title"))
        self._begin()
        self.lines.append(f"{opening_mark(number)}{printed}{TITLE}{title}{TEXT}{text}")
        self._ended = not text or _SENTENCE_END.search(text) is not None
        marker = line.marker
        self._in_list = (
            marker is not None
            and marker.style is Style.ARABIC
            and line.body[marker.end : marker.end + 1].isspace()
        )

    def _add_plain(self, line: SourceLine, raw: str) -> None:
        words = raw.lstrip()
        numbered = not line.level and (line.marker is not None or _LIST_NUMBER.match(words))
        follows = self._above is not None and self._above.nature is Nature.PLAIN
        apart = self._ended or line.index > self._closing
        if numbered or line.level or (follows and apart):
            self._begin()
        self.lines.append(SHIELD + words if numbered else words)
        # Bold letters that go on over the line's end hold the paragraph together.
        whole = words.count("**") % 2 == 0
        headed = line.level or (numbered and len(line.body) <= TITLE_LENGTH)
        self._ended = whole and bool(headed or _SENTENCE_END.search(words))

    def _add_markup(self, line: SourceLine, raw: str) -> None:
        if self._is_opening(self._above) and not raw.lstrip().startswith(_ATTACHED_MARKUP):
            self._begin()
        if self._in_list and line.indent:
            words = raw.lstrip(" \t")
            raw = " " * max(line.indent - _LIST_INDENT, 0) + words
        self.lines.append(raw)
