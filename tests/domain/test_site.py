"""The resolved site: orders that depend on nothing but the records."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_plugins.domain.model.records import Article
from site_plugins.domain.site import is_listed, newest_first, spans_of_years
from tests.site_in_memory import article, column, record, site_of

DATES = st.one_of(
    st.none(), st.sampled_from(["2022-03-18", "2022-03-18 09:30", "2021-01-01", "2020-12-31"])
)
RECORDS = st.lists(
    st.tuples(st.integers(0, 99), DATES).map(lambda t: article(f"news/{t[0]}.md", t[1])),
    unique_by=lambda r: r.where.path,
    max_size=8,
)


@given(RECORDS, st.integers())
def test_newest_first_is_one_order_for_any_input(records: list[Article], seed: int) -> None:
    shuffled = list(records)
    Random(seed).shuffle(shuffled)
    ordered = newest_first(shuffled)
    assert ordered == newest_first(records)
    assert sorted(r.where.path for r in ordered) == sorted(r.where.path for r in records)
    dated = [r.moment for r in ordered if r.moment is not None]
    assert all(a >= b or a.day == b.day for a, b in pairwise(dated))
    assert all(r.moment is None for r in ordered[len(dated) :])


@given(RECORDS)
def test_the_years_are_the_dated_records_in_their_order(records: list[Article]) -> None:
    ordered = newest_first(records)
    spans = spans_of_years(ordered)
    found = [(year, record) for year, span in spans.items() for record in ordered[span]]
    assert found == [(r.moment.at.year, r) for r in ordered if r.moment is not None]


def test_of_one_date_by_path() -> None:
    records = [article("news/b.md"), article("news/a.md"), article("news/c.md", "2022-03-19")]
    assert [r.id for r in newest_first(records)] == ["news/c", "news/a", "news/b"]


def test_only_dated_records_of_dated_kinds_are_listed() -> None:
    assert is_listed(article("news/a.md"))
    assert not is_listed(article("news/a.md", None))


FILES = {
    "news/index.md": column("要闻"),
    "news/meetings/index.md": column("会议"),
    "news/a.md": record("甲", "2022-01-01"),
    "news/meetings/b.md": record("乙", "2022-02-01"),
    "news/meetings/2022/c.md": record("丙", "2022-03-01"),
    "about.md": "# 关于\n",
}


def test_a_column_has_its_own_records_and_those_below() -> None:
    site = site_of(FILES)
    news, meetings = site.columns["news"], site.columns["news/meetings"]
    assert [node.path for node in site.top] == ["news"]
    assert [node.path for node in news.walk()] == ["news", "news/meetings"]
    assert [r.title for r in news.own] == ["甲"]
    assert [r.title for r in news.all] == ["丙", "乙", "甲"]
    assert [r.title for r in meetings.all] == ["丙", "乙"]
    assert [r.title for r in site.listed] == ["丙", "乙", "甲"]


def test_the_trail_leads_down_from_the_top() -> None:
    site = site_of(FILES)
    paths = [node.path for node in site.trail("news/meetings/2022")]
    assert paths == ["news", "news/meetings"]
    assert site.trail("about") == site.trail("") == ()


@pytest.mark.parametrize(
    ("faulty", "column_path"), [((), "news/meetings"), (("news/meetings/index.md",), "news")]
)
def test_the_column_of_a_record_is_the_nearest_there_is(
    faulty: tuple[str, ...], column_path: str
) -> None:
    site = site_of(FILES, faulty=frozenset(faulty))
    node = site.column_of(site.records["news/meetings/2022/c.md"])
    assert node is not None
    assert node.path == column_path
    assert site.records["news/meetings/2022/c.md"] in node.own
    assert site.column_of(site.records["about.md"]) is None


def test_updated_is_the_newest_date_of_anything_public() -> None:
    moment = site_of(FILES).updated
    assert moment is not None
    assert moment.iso == "2022-03-01"
    assert site_of({"about.md": "# 关于\n"}).updated is None
