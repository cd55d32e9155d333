"""Column pages: paging counted from the oldest, archives, pager, sub-columns."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_plugins.outputs.pages.columns import _shown
from site_plugins.outputs.pages.views.lists import ColumnView
from tests.site_in_memory import Files, Shown, column, edition_of, pages_of, record


def _column(count: int, **keys: str) -> Files:
    records = {
        f"news/{n:02}.md": record(str(n), f"20{10 + n // 4}-01-{n % 28 + 1:02}", **keys)
        for n in range(count)
    }
    return {"news/index.md": column("要闻"), **records}


def _pages(files: Files, per_page: int = 3) -> dict[str, Shown]:
    return pages_of(edition_of(files, per_page=per_page))


def _titles(page: Shown) -> list[str]:
    assert isinstance(page.view, ColumnView)
    return [entry.title for entry in page.view.entries]


def test_the_columns_own_page_shows_the_newest() -> None:
    pages = _pages(_column(7))
    # A whole page, though the third page has filled with one text only.
    assert _titles(pages["news/"]) == ["6", "5", "4"]
    assert _titles(pages["news/page/2/"]) == ["5", "4", "3"]
    assert _titles(pages["news/page/1/"]) == ["2", "1", "0"]
    assert "news/page/3/" not in pages
    assert pages["news/page/1/"].page.title == "要闻（第1页）"
    assert pages["news/"].view.total == 7
    assert pages["news/page/1/"].view.total == 0


@settings(max_examples=30)
@given(st.integers(0, 9), st.integers(1, 4))
def test_full_pages_stay_when_newer_texts_come(count: int, per_page: int) -> None:
    before, after = (_pages(_column(n), per_page) for n in (count, count + 1))
    for address, page in before.items():
        if address.startswith("news/page/"):
            assert _titles(after[address]) == _titles(page)


def test_an_empty_column_says_so() -> None:
    page = _pages({"news/index.md": column("要闻")})["news/"]
    assert _titles(page) == []
    assert page.view.empty
    assert page.view.pager is None


def test_pinned_texts_come_first_on_the_own_page_alone() -> None:
    files = {**_column(7), "news/01.md": record("1", "2010-01-02", pinned="true")}
    pages = _pages(files)
    assert _titles(pages["news/"]) == ["1", "6", "5", "4"]
    assert _titles(pages["news/page/1/"]) == ["2", "1", "0"]
    assert [entry.pinned for entry in pages["news/"].view.entries] == [True, False, False, False]


@settings(max_examples=30)
@given(st.integers(6, 12), st.integers(1, 6))
def test_a_full_page_far_from_the_newest_shows_the_same_for_ever(count: int, more: int) -> None:
    files = {**_column(40), "news/index.md": column("要闻"), "news/sub/index.md": column("会议")}
    every = sorted(path for path in files if path[-5:-3].isdigit())
    before, after = (
        _pages({p: t for p, t in files.items() if p not in every[n:]}, 2)
        for n in (2 * count, 2 * count + more)
    )
    years = {link.url for link in after["news/"].view.years}
    if {link.url for link in before["news/"].view.years} != years:
        # A new year is a new link on every page.
        return
    for number in range(1, count - 2):
        address = f"news/page/{number}/"
        assert (after[address].view, after[address].page) == (
            before[address].view,
            before[address].page,
        )


def test_the_pager_counts_from_the_oldest() -> None:
    pages = _pages(_column(7))
    own, oldest = pages["news/"].view.pager, pages["news/page/1/"].view.pager
    assert (own.number, own.total, own.newer, own.older) == (3, 3, None, "news/page/2/")
    assert (oldest.number, oldest.total) == (1, None)
    assert (oldest.newer, oldest.older) == ("news/page/2/", None)
    assert [(i.title, i.url, i.current) for i in own.items] == [
        ("最新", "news/", True),
        ("2", "news/page/2/", False),
        ("1", "news/page/1/", False),
    ]


@pytest.mark.parametrize(
    ("total", "number", "shown"),
    [
        (7, 4, [7, None, 5, 4, 3, None, 1]),
        (9, 9, [9, 8, 7, 6, None, 1]),
        (9, 5, [9, None, 6, 5, 4, None, 1]),
        (9, 1, [9, None, 4, 3, 2, 1]),
    ],
)
def test_long_pagers_leave_out_the_middle(total: int, number: int, shown: list[int | None]) -> None:
    assert list(_shown(total, number)) == shown


@given(st.integers(1, 40), st.data())
def test_a_pager_always_has_both_ends_and_the_neighbours(total: int, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, total))
    shown = list(_shown(total, number))
    numbers = [n for n in shown if n is not None]
    assert numbers == sorted(set(numbers), reverse=True)
    assert {1, total, number, max(1, number - 1), min(total, number + 1)} <= set(numbers)
    assert len(shown) <= 9
    gaps = [(a, b) for a, x, b in zip(shown, shown[1:], shown[2:], strict=False) if x is None]
    assert all(a is not None and b is not None and a - b > 1 for a, b in gaps)


def test_archives_by_year_and_month() -> None:
    files = {
        "news/index.md": column("要闻"),
        "news/a.md": record("甲", "2021-12-31 23:59"),
        "news/b.md": record("乙", "2022-01-01"),
        "news/c.md": record("丙", "2022-03-18"),
        "news/d.md": record("丁", "2022-03-19"),
    }
    pages = _pages(files)
    archive = pages["news/archive/2022/"].view
    assert [(month, [e.title for e in those]) for month, those in archive.groups] == [
        ("2022年3月", ["丁", "丙"]),
        ("2022年1月", ["乙"]),
    ]
    assert [(y.title, y.url, y.count, y.current) for y in archive.years] == [
        ("2022年", "news/archive/2022/", None, True),
        ("2021年", "news/archive/2021/", None, False),
    ]
    assert [(y.title, y.count) for y in pages["news/"].view.years] == [("2022年", 3), ("2021年", 1)]
    assert [link.title for link in pages["news/archive/2022/"].page.breadcrumbs] == ["要闻"]


def test_a_column_shows_the_texts_of_its_sub_columns() -> None:
    files = {
        "news/index.md": column("要闻"),
        "news/sub/index.md": column("会议"),
        "news/a.md": record("甲", "2022-01-01"),
        "news/sub/b.md": record("乙", "2022-02-01"),
    }
    pages = _pages(files)
    assert _titles(pages["news/"]) == ["乙", "甲"]
    assert _titles(pages["news/sub/"]) == ["乙"]
    marked = [(s.title, s.url, s.count, s.current) for s in pages["news/sub/"].view.subcolumns]
    assert marked == [("全部要闻", "news/", 2, False), ("会议", "news/sub/", 1, True)]
    archive = pages["news/sub/archive/2022/"].view
    assert [(s.title, s.count) for s in archive.subcolumns] == [("全部要闻", None), ("会议", None)]
    assert [link.url for link in pages["news/sub/"].page.breadcrumbs] == ["news/"]
    assert pages["news/sub/"].page.menu == "news/"


@pytest.mark.parametrize(
    ("files", "more", "feeds"),
    [
        (_column(1), {}, ["feed.xml", "news/feed.xml"]),
        (_column(1), {"capabilities": frozenset({"site"})}, []),
        ({"news/index.md": column("要闻", feed="false")}, {}, ["feed.xml"]),
        ({"news/index.md": "---\ntitle: 概况\ncolumn: {layout: page}\n---\n"}, {}, ["feed.xml"]),
    ],
)
def test_feeds_are_named_where_they_are(
    files: Files, more: dict[str, Any], feeds: list[str]
) -> None:
    pages = pages_of(edition_of(files, **more))
    assert [feed.url for feed in pages["news/"].page.feeds] == feeds
    if "news/00/" in pages:
        assert [feed.url for feed in pages["news/00/"].page.feeds] == feeds


def test_people_are_shown_with_the_column() -> None:
    files = {
        "m/index.md": column("委员", "member", layout="people"),
        "m/b.md": "---\nname: 某乙\norder: 1\n---\n",
        "m/a.md": "---\nname: 某甲\n---\n",
    }
    view = _pages(files)["m/"].view
    assert ([e.title for e in view.entries], view.layout, view.total) == (
        ["某乙", "某甲"],
        "people",
        2,
    )


def test_column_labels() -> None:
    files = {
        "n/index.md": "---\ntitle: 公告\nintro: 通知公告\nkeywords: 公告，通知\n"
        "column:\n  holds: notice\n---\n"
    }
    assert dict(_pages(files)["n/"].page.labels) == {
        "SiteName": "示例市政协",
        "SiteDomain": "zx.example.com",
        "ColumnName": "公告",
        "ColumnDescription": "通知公告",
        "ColumnKeywords": "公告,通知",
        "ColumnType": "通知公告",
    }
