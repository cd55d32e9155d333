"""What is searched: documents, and the names of what they are filtered by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SearchDocument:
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


@dataclass(frozen=True, slots=True)
class SearchLabels:
    """Chinese names by key, for the filters of the search page."""

    kinds: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    periodicals: Mapping[str, str] = field(default_factory=dict)
