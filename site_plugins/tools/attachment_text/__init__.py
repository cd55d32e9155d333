"""Plain text of PDF and Office files, for search.

Attachments come from anywhere. Nothing in them is run, no entity is expanded and nothing is
fetched; how much is unpacked, how many pages and drawing steps are followed and how much text is
taken is limited by counts, not by a clock, so that the same file always gives the same text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from site_plugins.domain.attachment_text import MOST_CHARACTERS, AttachmentText, Hindrance
from site_plugins.domain.named_files import type_of
from site_plugins.reading.plain_text import without_control
from site_plugins.tools.attachment_text.office import docx_blocks, pptx_blocks
from site_plugins.tools.attachment_text.open_document import open_document_blocks
from site_plugins.tools.attachment_text.packages import Locked, Unreadable
from site_plugins.tools.attachment_text.pdf import pdf_blocks
from site_plugins.tools.attachment_text.sheets import xlsx_blocks

VERSION = 1
"""Part of a cache's key: raised when the same file gives another text."""

_READERS: Mapping[str, Callable[[bytes], Iterator[str]]] = MappingProxyType(
    {
        "pdf": pdf_blocks,
        "docx": docx_blocks,
        "xlsx": xlsx_blocks,
        "pptx": pptx_blocks,
        "odt": open_document_blocks,
        "ods": open_document_blocks,
        "odp": open_document_blocks,
    }
)

TYPES = frozenset(_READERS)
"""Types whose text is read: the small letters behind the last dot of a file's name."""


def read_attachment(name: str, content: bytes) -> AttachmentText:
    """The text of a file; what cannot be read is told, never raised.

    Args:
        name: the file's name or path; only its type counts. Other types than TYPES are empty.
        content: the whole file.
    """
    reader = _READERS.get(type_of(name))
    if reader is None:
        return AttachmentText()
    blocks: list[str] = []
    try:
        is_whole = _take(reader(content), blocks)
    except Locked:
        return AttachmentText(hindrance=Hindrance.LOCKED)
    except Unreadable as error:
        # What came before the fault is sound: better found than lost.
        return AttachmentText(tuple(blocks), Hindrance.UNREADABLE, str(error))
    if not is_whole:
        return AttachmentText(tuple(blocks), Hindrance.TOO_LONG)
    if not blocks and type_of(name) == "pdf":
        return AttachmentText(hindrance=Hindrance.NO_TEXT)
    return AttachmentText(tuple(blocks))


def _take(texts: Iterable[str], blocks: list[str]) -> bool:
    """Add tidy blocks until there are enough; False where some are left out."""
    left = MOST_CHARACTERS
    for text in texts:
        tidy = " ".join(without_control(text).split())
        if not tidy:
            continue
        if len(tidy) > left:
            if left:
                blocks.append(tidy[:left])
            return False
        blocks.append(tidy)
        left -= len(tidy)
    return True
