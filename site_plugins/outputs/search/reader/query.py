"""What is asked of an index, and what one answer may cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

BESIDE_TEXTS = 2
"""Files that a query may cost beside one for each result, of which there are ten at least."""

FEWEST_RESULTS = 10


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: words, and how the answer is to be cut and ordered.

    Attributes:
        words: as typed: parted by white space, ``"…"`` keeps white space from parting, ``-词``
            excludes.
        limit: results given at most, None for all.
        offset: results passed over.
        sort: ``relevance``, ``date`` (newest first) or ``oldest``.
        filters: values of ``kind``, ``column`` (with its sub-columns), ``year``, ``periodical``.
    """

    words: str
    limit: int | None = 10
    offset: int = 0
    sort: str = "relevance"
    filters: Mapping[str, str] = field(default_factory=dict)

    @property
    def given(self) -> dict[str, str]:
        """The filters that are set, a column without slashes at its ends."""
        return {
            name: value.strip("/") if name == "column" else value
            for name, value in self.filters.items()
            if value
        }

    def upto(self, count: int) -> Query:
        """The first positions, so many of them."""
        return replace(self, offset=0, limit=None if self.limit is None else count)

    def behind(self, count: int, shown: int) -> Query:
        """What is asked of the positions behind so many, if that many results are there already."""
        limit = None if self.limit is None else max(0, self.limit - shown)
        return replace(self, offset=max(0, self.offset - count), limit=limit)


@dataclass(slots=True)
class Spent:
    """The files that a query has asked for; ``most`` bounds those of texts, None for no bound."""

    most: int | None
    files: set[str] = field(default_factory=set)

    @classmethod
    def by(cls, query: Query) -> Spent:
        """Nothing yet of what a query may cost."""
        if query.limit is None:
            return cls(None)
        return cls(max(query.limit, FEWEST_RESULTS) + BESIDE_TEXTS)

    def takes(self, paths: set[str]) -> bool:
        """Whether these are affordable too; then they are spent."""
        fits = self.most is None or len(self.files | paths) <= self.most
        if fits:
            self.files |= paths
        return fits
