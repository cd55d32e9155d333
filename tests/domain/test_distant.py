"""Records that are read when somebody looks at them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_plugins.domain.distant import Distance, DistantRecords, DistantRow, Lazily, paths_of
from site_plugins.domain.model.records import Record
from site_plugins.domain.site import instant, instant_at, spans_of_years, year_of
from tests.site_in_memory import article

DAYS = st.none() | st.dates().filter(lambda day: 2 < day.year < 9998).map(str)


class Site:
    """Some records at a distance, and which of them were read."""

    def __init__(self, days: list[str | None]) -> None:
        self.records = [article(f"{n}.md", day) for n, day in enumerate(days)]
        self.read: list[str] = []
        by_path = {record.where.path: record for record in self.records}

        def read(path: str) -> Record:
            self.read.append(path)
            return by_path[path]

        self.distance = Distance(
            list(by_path),
            list(map(year_of, self.records)),
            list(map(instant, self.records)),
            [f"digest of {path}" for path in by_path],
            read,
        )

    def row(self, numbers: list[int]) -> DistantRow[Record]:
        return DistantRow(self.distance, numbers)


@given(st.lists(DAYS), st.data())
def test_a_row_is_like_a_tuple_of_its_records(days: list[str | None], data: st.DataObject) -> None:
    site = Site(days)
    order = data.draw(st.permutations(range(len(days))))
    row, wanted = site.row(order), tuple(site.records[number] for number in order)
    assert len(row) == len(wanted)
    assert bool(row) == bool(wanted)
    part = data.draw(st.slices(len(days)))
    assert paths_of(row[part]) == paths_of(wanted[part])
    assert [instant_at(row, n) for n in range(len(row))] == list(map(instant, wanted))
    assert site.read == [], "nothing is read for that"
    assert tuple(row) == wanted
    assert tuple(row[part]) == wanted[part]
    assert [row[n] for n in range(len(row))] == list(wanted)
    assert len(site.read) == len(wanted), "none is read twice"


@given(st.lists(DAYS))
def test_years_are_found_without_a_record(days: list[str | None]) -> None:
    newest_first = sorted(days, key=lambda day: day or "", reverse=True)
    site = Site(newest_first)
    row = site.row(list(range(len(days))))
    assert spans_of_years(row) == spans_of_years(tuple(site.records))
    assert site.read == []


def test_records_by_path_are_read_one_by_one() -> None:
    site = Site(["2022-01-01", "2022-01-02", None])
    records = DistantRecords(site.distance, [2, 0])
    assert list(records) == ["2.md", "0.md"]
    assert len(records) == 2
    assert "1.md" not in records
    assert "2.md" in records
    assert site.read == []
    assert records["0.md"] is site.records[0]
    assert records.get("1.md") is None
    assert site.read == ["0.md"]


def test_a_value_is_found_once_and_only_for_its_keys() -> None:
    asked: list[str] = []

    def find(key: str) -> str:
        asked.append(key)
        return key.upper()

    lazily = Lazily("ab", find)
    assert list(lazily) == ["a", "b"]
    assert len(lazily) == 2
    assert lazily["a"] == lazily["a"] == "A"
    assert asked == ["a"]
    with pytest.raises(KeyError):
        lazily["c"]
