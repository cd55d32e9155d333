"""Neighbours: what stands before and after a record, and a digest that changes with either."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from site_plugins.domain.digests import Digests
from site_plugins.domain.model.records import Record
from site_plugins.domain.neighbours import Neighbours
from site_plugins.domain.site import Site
from tests.site_in_memory import column, record, site_of


def _site(count: int) -> Site:
    written = {f"news/{n:02}.md": record("稿", f"20{n:02}-01-01") for n in range(count)}
    return site_of({"news/index.md": column("要闻"), **written})


def _told(site: Site) -> Digests:
    return Digests({path: f"digest of {path}" for path in site.records})


def _of(neighbours: Neighbours, row: Sequence[Record]) -> list[tuple[Record | None, Record | None]]:
    return [neighbours.of(each.where.path) for each in row]


@given(st.integers(0, 9))
def test_those_of_a_column_are_older_and_newer(count: int) -> None:
    site = _site(count)
    own = site.columns["news"].own
    neighbours = Neighbours(site, _told(site))
    expected = [
        (older, newer) for older, newer in zip([*own[1:], None], [None, *own], strict=False)
    ]
    assert _of(neighbours, own) == expected[: len(own)]
    assert neighbours.of("news/none.md") == (None, None)


@given(st.integers(1, 9), st.data())
def test_the_digest_of_a_record_changes_with_its_neighbours_alone(
    count: int, data: st.DataObject
) -> None:
    site = _site(count)
    before = Neighbours(site, _told(site))
    edited = data.draw(st.sampled_from(sorted(site.records)))
    after = Neighbours(site, Digests(_told(site) | {edited: "other"}))
    changed = {p for p in site.records if before.digests[p] != after.digests[p]}
    beside = {p for p in site.records if site.records[edited] in before.of(p)}
    assert changed == beside
    assert before.digests["news/none.md"] == ""
