"""Which records stand before and after one: in its column by date, or in its issue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
        self._at: dict[str, tuple[int, int]] = {}
        self.digests = Digests()
        """Content path of a record → the digests of its two neighbours.

        Every edit asks for all of them: nothing is done for each that C can do for all.
        """
        for row in self._rows:
            paths = paths_of(row)
            around = [_NOBODY, *map(told.__getitem__, paths), _NOBODY]
            self.digests.update(zip(paths, map("{} {}".format, around[2:], around), strict=False))

    def of(self, path: str) -> tuple[Record | None, Record | None]:
        """(older, newer) of a record."""
        if not self._at:
            for number, row in enumerate(self._rows):
                places = zip(repeat(number), range(len(row)))
                self._at.update(zip(paths_of(row), places, strict=False))
        if path not in self._at:
            return None, None
        number, at = self._at[path]
        row = self._rows[number]
        older = row[at + 1] if at + 1 < len(row) else None
        return older, row[at - 1] if at else None


def _rows(site: Site) -> Iterator[Sequence[Record]]:
    """Every order, what comes last first."""
    for node in site.columns.values():
        yield node.own
    for periodical in site.periodicals:
        for issue in periodical.issues:
            yield issue.articles[::-1]
