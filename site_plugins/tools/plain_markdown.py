"""The Markdown that most texts are written in, converted without the engine.

Paragraphs, headings, pictures, links within the site, bold words, lists and tables without
nesting: where a text holds nothing else, what Python-Markdown makes of it and the allow-list leaves
of that is known beforehand, byte for byte. :func:`plain_text` gives it in a tenth of the time. A
text with anything beyond, by however little, is none of its business: it gives None, and the engine
converts the text. tests/tools/test_plain_markdown.py searches for texts of which the two make
something different.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from site_plugins.domain.converted import LinkRole, TextLink
from site_plugins.domain.links import link_token, resolve_target
from site_plugins.tools.extension_names import USUAL_EXTENSIONS
from site_plugins.tools.sanitiser import IDENTIFIER, CleanText

# Signs that the engine, an extension or HTML could make something of wherever they stand.
_BEYOND = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
    r"<>&`\\{}^$]"
)
# A letter, a Chinese character or a Chinese mark: with these no list, table or box begins.
_LETTER = r"(?:[^\W\d_]|[\u2018-\u201d\u3001-\u303f\uff01-\uff0f\uff1a-\uff20])"
_BEGINS = rf"(?:{_LETTER}|[0-9](?!\d*\.)|!?\[|\*\*(?![\s*]))"
_PARAGRAPH = re.compile(rf"{_BEGINS}[^\n]*(?:\n{_LETTER}[^\n]*)*")
_HEADING = re.compile(r"(#{1,6}) ([^#\n]+)")
_BULLETS = re.compile(rf"- {_BEGINS}[^\n]*(?:\n- {_BEGINS}[^\n]*)*")
_NUMBERS = re.compile(rf"\d+\. {_BEGINS}[^\n]*(?:\n\d+\. {_BEGINS}[^\n]*)*")
_TABLE = re.compile(r"\|[^\n]+\|\n\|(?: *-+ *\|)+(?:\n\|[^\n]+\|)+")

_WORDS = r"[^\s\[\]*_!\"'()|](?:[^\n\[\]*_!\"'()|]*[^\s\[\]*_!\"'()|])?"
_LINK = rf"\[({_WORDS})\]\(([\w./#%?=+@,-]+)\)"
# Whatever begins with a sign; a sign alone is the engine's.
_INLINE = re.compile(rf"!{_LINK}|{_LINK}|\*\*({_WORDS})\*\*(?!\*)|\[|\]|\*|_")
_SIGNS = re.compile(r"[\[\]*_]")
_NOT_IN_NAMES = re.compile(r"[^\w\s-]")
_GAPS = re.compile(r"[-\s]+")
_NUMBERED = re.compile(r"_[0-9]+$")


class _Beyond(Exception):
    """The text holds something that is not known here."""


def is_usual(extensions: Sequence[str], configs: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether texts may be converted here with these extensions, set like this."""
    return {"toc", "tables"} <= set(extensions) <= USUAL_EXTENSIONS and not any(configs.values())


def plain_text(markdown: str, path: str) -> CleanText | None:
    """What becomes of the body of the content file ``path``; None where only the engine knows."""
    if _BEYOND.search(markdown):
        return None
    text = markdown.strip("\n")
    if not text or " \n" in text or text.endswith(" "):
        return None
    writer = _Writer(path)
    try:
        html = "\n".join(writer.blocks(text.split("\n\n")))
    except _Beyond:
        return None
    return CleanText(html, tuple(writer.links), frozenset(writer.ids), ())


class _Writer:
    """Writes the HTML of one text."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.links: list[TextLink] = []
        self.ids: set[str] = set()

    def blocks(self, blocks: Sequence[str]) -> Iterator[str]:
        """The HTML of each block."""
        after_list = False
        for block in blocks:
            block = block.lstrip("\n")
            while block.startswith("#"):
                line, _, block = block.partition("\n")
                yield self._heading(line)
                after_list = False
            if not block:
                continue
            was_list, after_list = after_list, False
            if _PARAGRAPH.fullmatch(block):
                yield f"<p>{self._inline(block)}</p>"
            elif _TABLE.fullmatch(block):
                yield self._table(block)
            elif was_list:
                # It would go on with the list before.
                raise _Beyond
            elif _BULLETS.fullmatch(block):
                yield self._list("ul", block)
                after_list = True
            elif _NUMBERS.fullmatch(block):
                yield self._list("ol", block)
                after_list = True
            else:
                raise _Beyond

    def _heading(self, line: str) -> str:
        found = _HEADING.fullmatch(line)
        if found is None or _SIGNS.search(line):
            raise _Beyond
        level, title = len(found[1]), found[2].strip()
        name = self._unused(_GAPS.sub("-", _NOT_IN_NAMES.sub("", title).strip().lower()))
        if not IDENTIFIER.fullmatch(name):
            raise _Beyond
        self.ids.add(name)
        return f'<h{level} id="{name}">{title}</h{level}>'

    def _unused(self, name: str) -> str:
        """The name with the first number behind it that makes it one of its own."""
        if name not in self.ids:
            return name
        if _NUMBERED.search(name):
            # The engine counts on from there.
            raise _Beyond
        numbered = (f"{name}_{number}" for number in count(1))
        return next(other for other in numbered if other not in self.ids)

    def _list(self, tag: str, block: str) -> str:
        items = [line.partition(" ")[2] for line in self._inline(block).split("\n")]
        rows = "</li>\n<li>".join(items)
        return f"<{tag}>\n<li>{rows}</li>\n</{tag}>"

    def _table(self, block: str) -> str:
        lines = self._inline(block).split("\n")
        head, rule, *body = (line[1:-1].split("|") for line in lines)
        width = len(rule)
        if len(head) != width or width < 2:
            raise _Beyond
        heads = self._row("th", head, width)
        rows = "\n".join(self._row("td", cells, width) for cells in body)
        return f"<table>\n<thead>\n{heads}\n</thead>\n<tbody>\n{rows}\n</tbody>\n</table>"

    def _row(self, tag: str, cells: Sequence[str], width: int) -> str:
        """A row of so many cells."""
        if len(cells) > width:
            raise _Beyond
        shown = [cell.strip(" ") for cell in cells] + [""] * (width - len(cells))
        written = f"</{tag}>\n<{tag}>".join(shown)
        return f"<tr>\n<{tag}>{written}</{tag}>\n</tr>"

    def _inline(self, text: str) -> str:
        """Words with links, pictures and bold words among them."""
        return _INLINE.sub(self._written, text) if _SIGNS.search(text) else text

    def _written(self, match: re.Match[str]) -> str:
        alt, source, words, address, bold = match.groups()
        if bold is not None:
            return f"<strong>{bold}</strong>"
        if alt is not None:
            return f'<img alt="{alt}" src="{self._link("image", source)}">'
        if words is not None:
            return f'<a href="{self._link("link", address)}">{words}</a>'
        raise _Beyond

    def _link(self, role: LinkRole, address: str) -> str:
        target = resolve_target(address, self._path)
        if target.kind != "internal":
            raise _Beyond
        self.links.append(TextLink(role, address, target))
        return link_token(target)
