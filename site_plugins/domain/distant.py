"""Records that are read when somebody looks at them.

Where nothing has changed but the words of a few texts, a build knows of every text where it stands
without having read it again. It then works with the sequences and mappings of this module in place
of tuples and dictionaries of records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar, cast, overload

from site_plugins.domain.model.records import Record

_R = TypeVar("_R", bound=Record, covariant=True)


class Distance:
    """All texts by their numbers, and the way to their records.

    Args:
        paths: content path of each.
        years: the year of each one's moment, 0 for none.
        instants: each one's moment in seconds, ``-inf`` for none.
        told: digest of the front matter of each.
        read: gives the record of a content path.
        reworded: the numbers of those whose words may be others than in the last build; all else
            is as it was.
    """

    def __init__(
        self,
        paths: Sequence[str],
        years: Sequence[int],
        instants: Sequence[float],
        told: Sequence[str],
        read: Callable[[str], Record],
        reworded: Iterable[int] = (),
    ) -> None:
        self.paths = paths
        self.years = years
        self.instants = instants
        self.told = told
        self.reworded = frozenset(reworded)
        self._read = read
        self._records: dict[int, Record] = {}

    def record(self, number: int) -> Record:
        """The record of a number; the same one whenever it is asked for."""
        record = self._records.get(number)
        if record is None:
            record = self._records[number] = self._read(self.paths[number])
        return record


class DistantRow(Sequence[_R]):
    """Records in an order, by their numbers."""

    def __init__(self, distance: Distance, numbers: Sequence[int]) -> None:
        self._distance = distance
        self._numbers = numbers

    @overload
    def __getitem__(self, index: int) -> _R: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[_R]: ...
    def __getitem__(self, index: int | slice) -> _R | Sequence[_R]:
        """One of the records, or a stretch of them, which are not read yet."""
        if isinstance(index, slice):
            return DistantRow(self._distance, self._numbers[index])
        return cast(_R, self._distance.record(self._numbers[index]))

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[_R]:
        return cast(Iterator[_R], map(self._distance.record, self._numbers))

    @property
    def paths(self) -> Sequence[str]:
        """The content path of each."""
        return _picked(self._distance.paths, self._numbers)

    @property
    def told(self) -> Sequence[str]:
        """The digest of each one's front matter."""
        return _picked(self._distance.told, self._numbers)

    @property
    def years(self) -> Sequence[int]:
        """The year of each one's moment, 0 for none."""
        return _picked(self._distance.years, self._numbers)

    @cached_property
    def reworded(self) -> Sequence[int]:
        """Where those stand whose words may be others than in the last build."""
        reworded = self._distance.reworded
        if reworded.isdisjoint(self._numbers):
            return ()
        return [index for index, number in enumerate(self._numbers) if number in reworded]

    def instant(self, index: int) -> float:
        """The moment of one in seconds, ``-inf`` for none."""
        return self._distance.instants[self._numbers[index]]


class DistantRecords(Mapping[str, Record]):
    """Records by their content paths."""

    def __init__(self, distance: Distance, numbers: Sequence[int]) -> None:
        self._distance = distance
        self._numbers = dict(zip(_picked(distance.paths, numbers), numbers, strict=True))

    def __getitem__(self, path: str) -> Record:
        return self._distance.record(self._numbers[path])

    def __contains__(self, path: object) -> bool:
        return path in self._numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


_T = TypeVar("_T")


class Lazily(Mapping[str, _T]):
    """A mapping whose values are found when they are asked for."""

    def __init__(self, keys: Iterable[str], find: Callable[[str], _T]) -> None:
        self._keys = dict.fromkeys(keys)
        self._find = find
        self._found: dict[str, _T] = {}

    def __getitem__(self, key: str) -> _T:
        if key not in self._found:
            if key not in self._keys:
                raise KeyError(key)
            self._found[key] = self._find(key)
        return self._found[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def _picked(things: Sequence[_T], numbers: Sequence[int]) -> Sequence[_T]:
    """The things of some numbers."""
    return list(map(things.__getitem__, numbers))


def paths_of(records: Sequence[Record]) -> Sequence[str]:
    """The content path of each record; nothing is read for that."""
    if isinstance(records, DistantRow):
        return records.paths
    return [record.where.path for record in records]


def reworded_in(records: Sequence[Record]) -> Sequence[int] | None:
    """Where in a row those stand whose words may be others than in the last build, while all else
    of it is as it was; None where that is not known."""
    return records.reworded if isinstance(records, DistantRow) else None
