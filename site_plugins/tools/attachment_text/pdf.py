"""The text layer of PDF files."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from site_plugins.tools.attachment_text.packages import Locked, Unreadable

MOST_PAGES = 2_000
MOST_STEPS = 3_000_000
"""Drawing steps that are followed in one file: a page of a periodical takes a few thousand."""

_FULL = 0.75
"""A line shorter than this part of the page's longest ends a paragraph."""

_OPENING = re.compile(
    r"第[一二三四五六七八九十百\d]+[条章节编款]|[（(]?[一二三四五六七八九十\d]+[）)、．]|\d+\.(?!\d)"
)
"""How a numbered paragraph begins."""

# It tells of every slip of a file on stderr, where only what an editor can mend belongs.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


class _Steps:
    """Counts drawing steps; called by pypdf before each."""

    def __init__(self) -> None:
        self._left = MOST_STEPS

    def __call__(self, *_: Any) -> None:
        self._left -= 1
        if self._left < 0:
            raise Unreadable("页面太复杂")


def pdf_blocks(content: bytes) -> Iterator[str]:
    """The paragraphs of all pages.

    Raises:
        Locked: the file is encrypted, if only against changes.
        Unreadable: it is damaged, or too large.
    """
    # Here, because the library takes long to load and few builds read a PDF file anew.
    import pypdf
    from pypdf.errors import DependencyError, FileNotDecryptedError, WrongPasswordError

    steps = _Steps()
    try:
        reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Locked
        if len(reader.pages) > MOST_PAGES:
            raise Unreadable("页数太多")
        for page in reader.pages:
            text = page.extract_text(visitor_operand_before=steps)
            yield from paragraphs(text.splitlines())
    except (Locked, Unreadable, GeneratorExit):
        raise
    except (DependencyError, FileNotDecryptedError, WrongPasswordError) as error:
        raise Locked from error
    except Exception as error:
        # A damaged file brings forth errors of many kinds, not pypdf's own alone.
        raise Unreadable("PDF 已损坏，或写法不合规范") from error


def paragraphs(lines: list[str]) -> Iterator[str]:
    """Lines of a page joined into paragraphs.

    A line that reaches the edge goes on in the next, unless that begins with a number.
    """
    edge = _FULL * max(map(_width, lines), default=0)
    paragraph = ""
    for line in map(str.strip, lines):
        if paragraph and _OPENING.match(line):
            yield paragraph
            paragraph = ""
        space = " " if _parted(paragraph, line) else ""
        paragraph += space + line
        if _width(line) < edge:
            yield paragraph
            paragraph = ""
    yield paragraph


def _width(line: str) -> int:
    """In halves of a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line)


def _parted(before: str, behind: str) -> bool:
    """Whether a space belongs between two lines: not between Chinese characters."""
    return bool(before and behind) and before[-1].isascii() and behind[0].isascii()
