"""A long list in pages and years, each of which can be looked at without the others."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from site_plugins.domain.digests import digest_of
from site_plugins.domain.distant import paths_of, reworded_in
from site_plugins.domain.generated import page_count, page_number, page_of
from site_plugins.domain.model.records import Record
from site_plugins.domain.noting import Notebook, Shelf
from site_plugins.domain.shelves import Question
from site_plugins.domain.site import spans_of_years


class ListPages:
    """The pages and years of one list of records.

    Args:
        book: where looks are noted.
        shelf: the whole list's shelf.
        records: the list, newest first.
        told: content path → digest of the front matter of that file.
        per_page: records on a page.
    """

    def __init__(
        self,
        book: Notebook,
        shelf: Shelf,
        records: Sequence[Record],
        told: Mapping[str, str],
        per_page: int,
    ) -> None:
        self._records = records
        self._per_page = per_page
        self._spans: Mapping[int, slice] | None = None

        def digest(some: Sequence[Record]) -> str:
            return digest_of(*(told.get(path, "") for path in paths_of(some)))

        self._page = Question(
            book,
            f"page:{shelf.name}",
            answer=self._page_of,
            fact=lambda number: digest(self._page_of(number)),
            digest=shelf.digest,
            touched=self._touched_pages,
        )
        self._year = Question(
            book,
            f"year:{shelf.name}",
            answer=self._year_of,
            fact=lambda year: digest(self._year_of(year)),
            digest=shelf.digest,
            touched=self._touched_years,
        )
        self._size = Question(
            book,
            f"size:{shelf.name}",
            answer=self._size_of,
            fact=lambda what: str(self._size_of(what)),
            digest=shelf.digest,
            touched=lambda: () if reworded_in(records) is not None else None,
        )

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self._size("pages")[0]

    def page(self, number: int) -> Sequence[Record]:
        """The records of a page, newest first; page 1 is the oldest."""
        return self._page(str(number))

    @property
    def years(self) -> Mapping[int, int]:
        """Years, newest first, with how many records each has."""
        flat = self._size("counts")
        return dict(zip(flat[::2], flat[1::2], strict=True))

    @property
    def years_alone(self) -> Sequence[int]:
        """Years, newest first."""
        return self._size("years")

    def year(self, year: int) -> Sequence[Record]:
        """The records of a year, newest first."""
        return self._year(str(year))

    def _touched_pages(self) -> Collection[str] | None:
        places = reworded_in(self._records)
        if places is None:
            return None
        count = len(self._records)
        return {str(page_number(count, place, self._per_page)) for place in places}

    def _touched_years(self) -> Collection[str] | None:
        places = reworded_in(self._records)
        if places is None:
            return None
        return {
            str(year)
            for year, span in (self._years().items() if places else ())
            if any(span.start <= place < span.stop for place in places)
        }

    def _page_of(self, number: str) -> Sequence[Record]:
        return page_of(self._records, int(number), self._per_page)

    def _year_of(self, year: str) -> Sequence[Record]:
        span = self._years().get(int(year))
        return self._records[span] if span is not None else ()

    def _years(self) -> Mapping[int, slice]:
        if self._spans is None:
            self._spans = spans_of_years(self._records)
        return self._spans

    def _size_of(self, what: str) -> tuple[int, ...]:
        if what == "pages":
            return (page_count(len(self._records), self._per_page),)
        if what == "years":
            return tuple(self._years())
        spans = self._years().items()
        return tuple(number for year, at in spans for number in (year, at.stop - at.start))
