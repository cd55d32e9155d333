"""The lines of a plan's source: which may open a part, clause or item, and which are plain text.

Only a plain paragraph line or a Markdown heading can open anything. Fenced code, tables, HTML,
comments, block quotes, lists and what is indented below them belong to the text they stand in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum

from msgspec import Struct

from site_plugins.reading.plans.numbers import Marker, Style, read_marker


class Nature(Enum):
    """What a line is to Markdown."""

    BLANK = "blank"
    PLAIN = "plain"  # a line of a paragraph, or a heading
    MARKUP = "markup"  # list, block quote, admonition, and what is indented below
    DEFINITION = "definition"  # a footnote, link or abbreviation defined
    OPAQUE = "opaque"  # fenced code, table, HTML, comment
    RULE = "rule"  # a line across
    UNDERLINE = "underline"  # makes a heading of the line above


class SourceLine(Struct, frozen=True, kw_only=True):
    """One line. ``index`` counts from 0.

    ``body`` is a plain line without white space around it and without heading marks; those are
    ``before`` and ``after``. ``level`` is the heading's, 0 if it is none. ``bold`` is the ``**``
    or ``__`` that opens right before the number and closes on the same line, or empty.
    ``nested`` says that a list item above holds this line's number. ``indent`` counts columns of
    half-width white space.
    """

    index: int
    raw: str
    nature: Nature
    body: str = ""
    before: str = ""
    after: str = ""
    level: int = 0
    bold: str = ""
    marker: Marker | None = None
    nested: bool = False
    indent: int = 0


_LINE_END = re.compile(r"\r\n|\r|\n")
_INDENT = re.compile(r"[ \t]*")
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*")
_HEADING = re.compile(r"(#{1,6})(?!#)")
_HEADING_END = re.compile(r"(?:(?<!\\)#+)?[ \t]*(?:(?<=[ \t#])\{[^{}]*\})?")
_UNDERLINE = re.compile(r"(?:=+|-{2,})[ \t]*")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*")
_CONTAINER = re.compile(r"[-*+][ \t]|!!!|\?\?\?|===|:[ \t]")
_MARKUP = re.compile(r">|\||\{:|\{[#.]|///")
_DEFINITION = re.compile(r"\*?\[[^\]]+\]:")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_HTML = re.compile(
    r"[ \t]*<(address|article|aside|blockquote|center|details|div|dl|fieldset|figure|footer|form"
    r"|h[1-6]|header|iframe|main|nav|ol|p|pre|section|style|script|table|ul|video)\b",
    re.IGNORECASE,
)
_SETEXT_LENGTH = 60
_TABLE_RULE_LENGTH = 500


def split_lines(text: str) -> list[str]:
    """The lines without their ends, as editors count them: LF, CRLF or CR ends a line."""
    return _LINE_END.split(text)


def read_lines(text: str) -> tuple[SourceLine, ...]:
    """Every line of ``text``, in order; joined by line ends, their ``raw`` is the text."""
    raws = split_lines(text)
    opaque = _opaque_lines(raws)
    state = _Surroundings()
    lines: list[SourceLine] = []
    for index, raw in enumerate(raws):
        if index in opaque:
            indent = _indent(raw)
            lines.append(SourceLine(index=index, raw=raw, nature=Nature.OPAQUE, indent=indent))
            continue
        following = raws[index + 1] if index + 1 < len(raws) and index + 1 not in opaque else ""
        above = lines[-1] if lines else None
        lines.append(state.line(index, raw, above, following))
    return tuple(lines)


class _Surroundings:
    """What the lines read so far say about the next one: an open list, an open numbered list."""

    def __init__(self) -> None:
        self._container: int | None = None
        self._list: int | None = None
        self._last = 0
        self._nested = False

    def line(self, index: int, raw: str, above: SourceLine | None, following: str) -> SourceLine:
        stripped = raw.strip()
        indent = _indent(raw)
        nature = self._nature(raw, stripped, indent, above)
        if nature is not Nature.PLAIN:
            return SourceLine(index=index, raw=raw, nature=nature, indent=indent)
        before, body, after, level = _heading(stripped)
        if not level and _is_underlined(stripped, above, following):
            level = 1 if following.startswith("=") else 2
        bold, marker = _number(body)
        return SourceLine(
            index=index,
            raw=raw,
            nature=nature,
            body=body,
            before=before,
            after=after,
            level=level,
            bold=bold,
            marker=marker,
            nested=self._is_nested(marker, body, indent),
            indent=indent,
        )

    def _nature(self, raw: str, stripped: str, indent: int, above: SourceLine | None) -> Nature:
        if not stripped:
            return Nature.BLANK
        if above is not None and above.level and not above.before and _UNDERLINE.fullmatch(raw):
            return Nature.UNDERLINE
        if self._container is not None and indent >= self._container + 2:
            return Nature.MARKUP
        self._container = None
        if _RULE.fullmatch(raw):
            return Nature.RULE
        if _DEFINITION.match(stripped):
            self._container = indent
            return Nature.DEFINITION
        if _CONTAINER.match(stripped):
            self._container = indent
            return Nature.MARKUP
        return Nature.MARKUP if _MARKUP.match(stripped) else Nature.PLAIN

    def _is_nested(self, marker: Marker | None, body: str, indent: int) -> bool:
        """Whether the number belongs to a list below ``1. …``, as Markdown writes it: indented.

        A text pasted from a word processor may indent some of its numbers and not others; there
        the count goes on, whereas a list within an item begins anew.
        """
        if marker is None or marker.style is not Style.ARABIC or marker.value is None:
            if marker is not None and marker.style in (Style.HAN, Style.HAN_BRACKET):
                self._list = None
            return False
        deeper = self._list is not None and indent >= self._list + 2
        if deeper and (self._nested or marker.value != self._last + 1):
            self._nested = True
            return True
        self._list = indent if body[marker.end : marker.end + 1].isspace() else None
        self._last, self._nested = marker.value, False
        return False


def _indent(raw: str) -> int:
    match = _INDENT.match(raw)
    return len(match[0].expandtabs(4)) if match else 0


def _heading(stripped: str) -> tuple[str, str, str, int]:
    """Marks before, words, marks after, level; no marks and level 0 for what is no heading."""
    opening = _HEADING.match(stripped)
    if opening is None:
        return "", stripped, "", 0
    rest = stripped[opening.end() :].lstrip()
    # The marks after a heading are short: seek them in its last characters only.
    tail = max(len(rest) - 200, 0)
    end = next((i for i in range(tail, len(rest)) if _HEADING_END.fullmatch(rest, i)), len(rest))
    body = rest[:end].rstrip()
    return opening[1], body, rest[len(body) :].strip(), len(opening[1])


def _is_underlined(stripped: str, above: SourceLine | None, following: str) -> bool:
    if not _UNDERLINE.fullmatch(following) or len(stripped) > _SETEXT_LENGTH:
        return False
    begins = above is None or above.nature is not Nature.PLAIN or above.marker is not None
    numbered = read_marker(stripped) is not None
    return (begins or numbered) and not stripped.endswith(("。", "！", "？"))


def _number(body: str) -> tuple[str, Marker | None]:
    bold = body[:2] if body.startswith(("**", "__")) else ""
    start = len(bold) + len(body[len(bold) :]) - len(body[len(bold) :].lstrip())
    marker = read_marker(body, start)
    if marker is None or (bold and body.find(bold, marker.end) < 0):
        return "", None
    return bold, marker


def _opaque_lines(raws: list[str]) -> frozenset[int]:
    """Indexes of the lines in fenced code, tables, HTML blocks and comments that are closed.

    What is never closed swallows nothing: a forgotten fence must not cost the rest of a plan.
    """
    opaque: set[int] = set()
    unclosed: set[str] = set()
    index = 0
    while index < len(raws):
        end = _table_end(raws, index)
        if end is None:
            end = _closed_end(raws, index, unclosed)
        if end is None:
            index += 1
            continue
        opaque.update(range(index, end + 1))
        index = end + 1
    return frozenset(opaque)


def _table_end(raws: list[str], index: int) -> int | None:
    if "|" not in raws[index] or index + 1 >= len(raws) or "|" not in raws[index + 1]:
        return None
    rule = raws[index + 1]
    if len(rule) > _TABLE_RULE_LENGTH or not _TABLE_RULE.fullmatch(rule):
        return None
    end = index + 1
    while end + 1 < len(raws) and "|" in raws[end + 1]:
        end += 1
    return end


def _closed_end(raws: list[str], index: int, unclosed: set[str]) -> int | None:
    """The last line of the fence, comment or HTML block that opens here, None if none does.

    ``unclosed`` remembers what was sought in vain: from a later line it is not found either.
    """
    line = raws[index]
    if fence := _FENCE.match(line):
        mark = fence[1]
        closing = re.compile(rf"[ \t]*{mark[0]}{{{len(mark)},}}[ \t]*")
        return _find(raws, index, mark, unclosed, lambda text: closing.fullmatch(text) is not None)
    if line.lstrip().startswith("<!--"):
        if "-->" in line:
            return index
        return _find(raws, index, "-->", unclosed, lambda text: "-->" in text)
    if html := _HTML.match(line):
        tag = html[1].lower()
        if f"</{tag}" in line.lower():
            return index
        return _find(raws, index, f"</{tag}", unclosed, lambda text: f"</{tag}" in text.lower())
    return None


def _find(
    raws: list[str], index: int, name: str, unclosed: set[str], closes: Callable[[str], bool]
) -> int | None:
    if name in unclosed:
        return None
    end = next((i for i in range(index + 1, len(raws)) if closes(raws[i])), None)
    if end is None:
        unclosed.add(name)
    return end
