"""Texts, sheets and presentations of OpenDocument (ISO/IEC 26300): .odt, .ods and .odp."""

from __future__ import annotations

from collections.abc import Iterator

from site_plugins.tools.attachment_text.packages import Locked, Package
from site_plugins.tools.attachment_text.paragraphs import Markup, Paragraphs

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_PRESENTATION = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"

_MARKUP = Markup(
    paragraphs=frozenset({f"{_TEXT}p", f"{_TEXT}h"}),
    signs={f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": " "},
    skipped=frozenset({f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_PRESENTATION}notes"}),
)
_ENCRYPTED = b"encryption-data"


def open_document_blocks(content: bytes) -> Iterator[str]:
    """Paragraphs, headings and cells in order; no comments, no speaker's notes."""
    package = Package(content)
    manifest = "META-INF/manifest.xml"
    if manifest in package.names and _ENCRYPTED in b"".join(package.chunks(manifest)):
        raise Locked
    yield from package.blocks("content.xml", Paragraphs(_MARKUP))
