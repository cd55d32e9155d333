"""Which records stand before and after one: in its column by date, or in its issue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import repeat

from site_plugins.domain.digests import Digests
from site_plugins.domain.distant import paths_of
from site_plugins.domain.model.records import Record
from site_plugins.domain.site import Site

_NOBODY = "-"


class Neighbours:
    """The neighbours of every record that stands in an order.

    Args:
        site: where the orders are.
        told: content path → digest of the front matter of that file.
    """

    def __init__(self, site: Site, told: Digests) -> None:
        self._rows = tuple(_rows(site))
        self._told = told
        self._known: dict[str, tuple[int, int]] = {}
        """Where records stand that were asked for."""

    @cached_property
    def digests(self) -> Digests:
        """Content path of a record → the digests of its two neighbours, older and newer.

        Most edits ask for all of them: nothing is done for each that C can do for all.
        """
        found = Digests()
        for row in self._rows:
            paths = paths_of(row)
            around = [_NOBODY, *map(self._told.__getitem__, paths), _NOBODY]
            found.update(zip(paths, map("{} {}".format, around[2:], around), strict=False))
        return found

    def digest(self, path: str) -> str:
        """The same of one record; empty for one without a place."""
        if "digests" in self.__dict__:
            return self.digests[path]
        place = self._place(path)
        if place is None:
            return ""
        older, newer = (self._told[p] if p is not None else _NOBODY for p in self._beside(place))
        return f"{older} {newer}"

    def of(self, path: str) -> tuple[Record | None, Record | None]:
        """(older, newer) of a record."""
        place = self._place(path)
        if place is None:
            return None, None
        number, at = place
        row = self._rows[number]
        older = row[at + 1] if at + 1 < len(row) else None
        return older, row[at - 1] if at else None

    def beside(self, paths: Iterable[str]) -> frozenset[str]:
        """The neighbours of some records.

        After an edit of a few words nobody asks about others than these: where they stand is
        found without a look at every one.
        """
        wanted, found = frozenset(paths), set[str]()
        for number, row in enumerate(self._rows):
            those = paths_of(row)
            for path in sorted(wanted.intersection(those)):
                at = those.index(path)
                beside = range(max(0, at - 1), min(len(row), at + 2))
                self._known.update((those[place], (number, place)) for place in beside)
                found.update(those[place] for place in beside if place != at)
        return frozenset(found)

    def _place(self, path: str) -> tuple[int, int] | None:
        """The row of a record, and where it stands in it; None for one without a place."""
        return self._known.get(path) or self._places.get(path)

    @cached_property
    def _places(self) -> dict[str, tuple[int, int]]:
        """The places of all records."""
        places: dict[str, tuple[int, int]] = {}
        for number, row in enumerate(self._rows):
            places.update(zip(paths_of(row), zip(repeat(number), range(len(row))), strict=False))
        return places

    def _beside(self, place: tuple[int, int]) -> tuple[str | None, str | None]:
        """The paths of (older, newer)."""
        number, at = place
        row = self._rows[number]
        around = slice(max(0, at - 1), at + 2)
        paths = (*((None,) if at == 0 else ()), *paths_of(row[around]), None)
        return paths[2], paths[0]


def _rows(site: Site) -> Iterator[Sequence[Record]]:
    """Every order, what comes last first."""
    for node in site.columns.values():
        yield node.own
    for periodical in site.periodicals:
        for issue in periodical.issues:
            yield issue.articles[::-1]
