"""What is searched: documents, and the names of what they are filtered by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import astuple


class SearchDocument(Struct, frozen=True, array_like=True):
    """A published text as search knows it.

    Attributes:
        address: relative to the site's root with a leading slash: ``/news/2022/0318-x/``.
        title: plain text.
        headlines: kicker and subtitle, those that there are.
        date: ``2022-03-18``, empty where the document has none.
        kind: the record's kind: ``article``, ``notice`` …
        column: path of its column without slashes at the ends: ``news/meetings``; may be empty.
        year: the year it is filed under, None where it has none.
        periodical: folder of the periodical it appeared in, empty outside of one.
        texts: its plain text, one string for each block (paragraph, cell, item …) in order.
            A phrase is found within a block, never across the end of one.
        people: names found by pinyin as well; they also stand in ``texts``.
        attachments: plain text of its attachments, one string for each block; searched and
            shown as if it followed ``texts``.
    """

    address: str
    title: str
    headlines: tuple[str, ...] = ()
    date: str = ""
    kind: str = ""
    column: str = ""
    year: int | None = None
    periodical: str = ""
    texts: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()

    @property
    def blocks(self) -> tuple[str, ...]:
        """All blocks that are searched as text."""
        return (*self.texts, *self.attachments)


class SearchLabels(Struct, frozen=True):
    """Chinese names by key, for the filters of the search page."""

    kinds: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    periodicals: Mapping[str, str] = field(default_factory=dict)


def document_digest(document: SearchDocument) -> str:
    """A digest of all that search knows of a document, 32 hexadecimal digits."""
    text = json.dumps(astuple(document), ensure_ascii=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode("ascii"), digest_size=16).hexdigest()
