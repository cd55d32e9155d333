"""A long list in pages and years, each of which can be looked at without the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from site_plugins.domain.generated import page_count, page_of
from site_plugins.domain.model.records import Record
from site_plugins.domain.noting import Notebook, Question, Shelf, digest_of


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
        self._by_year: dict[int, list[Record]] | None = None

        def digest(some: Sequence[Record]) -> str:
            return digest_of(*(told.get(r.where.path, "") for r in some))

        self._page = Question(
            book,
            f"page:{shelf.name}",
            answer=self._page_of,
            fact=lambda number: digest(self._page_of(number)),
            digest=shelf.digest,
        )
        self._year = Question(
            book,
            f"year:{shelf.name}",
            answer=self._year_of,
            fact=lambda year: digest(self._year_of(year)),
            digest=shelf.digest,
        )
        self._size = Question(
            book,
            f"size:{shelf.name}",
            answer=self._size_of,
            fact=lambda what: str(self._size_of(what)),
            digest=shelf.digest,
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

    def _page_of(self, number: str) -> Sequence[Record]:
        return page_of(self._records, int(number), self._per_page)

    def _year_of(self, year: str) -> Sequence[Record]:
        return self._records_by_year().get(int(year), ())

    def _records_by_year(self) -> Mapping[int, Sequence[Record]]:
        if self._by_year is None:
            found = self._by_year = {}
            for record in self._records:
                if record.moment is not None:
                    found.setdefault(record.moment.day.year, []).append(record)
        return self._by_year

    def _size_of(self, what: str) -> tuple[int, ...]:
        if what == "pages":
            return (page_count(len(self._records), self._per_page),)
        years = self._records_by_year()
        newest_first = sorted(years, reverse=True)
        if what == "years":
            return tuple(newest_first)
        return tuple(number for year in newest_first for number in (year, len(years[year])))
