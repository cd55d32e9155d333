"""Text documents and presentations of Office Open XML (ECMA-376): .docx and .pptx."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_plugins.tools.attachment_text.packages import Package
from site_plugins.tools.attachment_text.paragraphs import Markup, Paragraphs

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_WORD = Markup(
    paragraphs=frozenset({f"{_W}p", f"{_A}p"}),
    texts=frozenset({f"{_W}t", f"{_A}t"}),
    signs={f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " ", f"{_A}br": " "},
    # A drawing stands there twice: the second for old programs. What was deleted or moved away
    # stays in a file that tracks changes.
    skipped=frozenset({f"{_MC}Fallback", f"{_W}del", f"{_W}moveFrom"}),
)
_SLIDE = Markup(
    paragraphs=frozenset({f"{_A}p"}),
    texts=frozenset({f"{_A}t"}),
    signs={f"{_A}br": " "},
    skipped=frozenset({f"{_MC}Fallback"}),
)
_SLIDE_NAME = re.compile(r"ppt/slides/slide(\d+)\.xml")


def docx_blocks(content: bytes) -> Iterator[str]:
    """Paragraphs and table cells, then the notes; no comments, headers or footers."""
    package = Package(content)
    yield from package.blocks("word/document.xml", Paragraphs(_WORD))
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        if name in package.names:
            yield from package.blocks(name, Paragraphs(_WORD))


def pptx_blocks(content: bytes) -> Iterator[str]:
    """The text of the slides in the order of their numbers; no speaker's notes."""
    package = Package(content)
    slides = filter(None, map(_SLIDE_NAME.fullmatch, package.names))
    for slide in sorted(slides, key=lambda match: (int(match[1]), match[0])):
        yield from package.blocks(slide[0], Paragraphs(_SLIDE))
