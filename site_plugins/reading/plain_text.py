"""The plain text of a converted text: blocks for search, a summary for lists and feeds.

The HTML is what the allow-list wrote: every ``<`` and ``>`` outside a tag is escaped, so regular
expressions are exact here and several times faster than a parser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from html import unescape

from site_plugins.domain.converted import HEADING_LENGTH

_INLINE = (
    "[abiqsu]|abbr|bd[io]|c(?:ite|ode)|d(?:ata|el|fn)|em|i(?:mg|ns|nput)|kbd|mark|ruby|samp"
    "|small|span|strong|su[bp]|time|var|wbr"
)
# What a reader takes in as signs rather than words: the footnote's number in the text, the way
# back from the note, a link to the heading itself, the sound of a character beside the character.
_SIGNS = re.compile(
    r'<sup (?:[^>]* )?id="fnref[^>]*>.*?</sup>'
    r'|<a (?:[^>]* )?class="(?:footnote-backref|headerlink)"[^>]*>.*?</a>'
    r"|<r[tp]>.*?</r[tp]>",
    re.DOTALL,
)
_BREAK = re.compile(r"<br>\n?")
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE})(?: [^>]*)?>")
_TAG = re.compile(r"<[^>]*>")
# Characters of East Asian scripts and their punctuation: no space belongs between two of them
# where the author only began a new line.
WIDE = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u2014\u2018-\u201d\u2026"

# Characters that neither XML 1.0 (2.2) nor an HTML page may hold.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def without_control(text: str) -> str:
    """The text without control characters; word processors leave them in what is pasted."""
    return _CONTROL.sub("", text) if _CONTROL.search(text) else text


def text_blocks(html: str) -> tuple[str, ...]:
    """The plain text of each block of ``html`` in document order; no block is empty.

    A paragraph, heading, item, cell, caption or code block is a block; inline tags and
    ``<br>`` do not, so that a poem broken into lines is still found. Entities are decoded, white
    space is collapsed, and a line end between two Chinese characters is nothing at all. Text
    alternatives of pictures, footnote numbers and the links back from notes are left out.
    """
    if "<sup" in html or "<a " in html or "<r" in html:
        html = _SIGNS.sub("", html)
    text = _INLINE_TAG.sub("", _BREAK.sub("\n", html))
    return tuple(filter(None, [_tidy(t) for t in _TAG.split(text) if t and not t.isspace()]))


def one_line(html: str) -> str:
    """The plain text of a piece of HTML on one line, such as a heading's."""
    return _tidy(_INLINE_TAG.sub("", _BREAK.sub("\n", _SIGNS.sub("", html))))


def _tidy(text: str) -> str:
    if "&" in text:
        text = unescape(text)
    if "\n" in text:
        text = _line_end().sub("", text)
    return " ".join(text.split())


@cache
def _line_end() -> re.Pattern[str]:
    """Compiled when it is first wanted: that takes milliseconds, for there are many such signs."""
    return re.compile(rf"(?<=[{WIDE}])[^\S\xa0\n]*\n\s*(?=[{WIDE}])")


_SENTENCE_END = re.compile(r"[。！？!?…]+[”’」』）)]*|(?<=[A-Za-z0-9])\.(?= )")
_PAUSE = re.compile(r"[，、；：,;:—]")
_PROSE_END = tuple("。！？!?…；;：:”’」』）)")


def summary(blocks: Sequence[str], limit: int = 90) -> str:
    """The beginning of a text in at most ``limit`` characters.

    Headings, captions and cells are passed over: short blocks that do not end like a sentence,
    unless the text has nothing else. A text that is longer is cut at the end of a sentence where
    one ends in the second half; else at a pause or within a clause, and then ends with ``…``.
    """
    prose = [b for b in blocks if len(b) > HEADING_LENGTH or b.endswith(_PROSE_END)] or blocks
    taken: list[str] = []
    length = 0
    for block in prose:
        taken.append(block)
        length += len(block)
        if length > limit:
            break
    text = _join(taken)
    if len(text) <= limit:
        return text
    ends = [m.end() for m in _SENTENCE_END.finditer(text, 0, limit) if m.end() * 2 >= limit]
    if ends:
        return text[: ends[-1]]
    return _cut(text, limit - 1) + "…"


def _join(blocks: Sequence[str]) -> str:
    """The blocks one after another, with a space only where two words of letters would meet."""
    joined = ""
    for block in blocks:
        spaced = joined and joined[-1].isascii() and block[0].isascii()
        joined += f" {block}" if spaced else block
    return joined


def _cut(text: str, length: int) -> str:
    """At most ``length`` characters, ended at a pause of the last third or between words."""
    pauses = [m.start() for m in _PAUSE.finditer(text, length * 2 // 3, length + 1)]
    if pauses:
        return text[: pauses[-1]]
    cut = text[:length]
    if text[length : length + 1].isalnum() and text[length].isascii() and cut[-1:].isascii():
        word = re.search(r"[\w.-]+$", cut, re.ASCII)
        if word and word.start():
            cut = cut[: word.start()]
    return cut.rstrip(" ，、；：,;:")
