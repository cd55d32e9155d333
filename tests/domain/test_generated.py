"""Addresses of pages made from lists: full pages never change, records stay out of them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_plugins.domain.generated import (
    feed_folders,
    generated_addresses,
    is_reserved,
    is_reserved_file,
    page_count,
    page_of,
    years_of,
)
from site_plugins.domain.model.records import Record
from site_plugins.domain.site import newest_first
from tests.site_in_memory import article, column, record, settings, site_of


def _pages(records: Sequence[Record], per_page: int) -> list[Sequence[Record]]:
    count = page_count(len(records), per_page)
    return [page_of(records, number, per_page) for number in range(1, count + 1)]


def _records(count: int) -> list[Record]:
    return list(newest_first(article(f"news/{n:03}.md", f"20{n:02}-01-01") for n in range(count)))


@given(st.integers(0, 45), st.integers(1, 25))
def test_pages_together_are_the_list(count: int, per_page: int) -> None:
    records = _records(count)
    pages = _pages(records, per_page)
    assert [r for page in reversed(pages) for r in page] == records
    assert all(len(page) == per_page for page in pages[:-1])
    assert not pages or 0 < len(pages[-1]) <= per_page


@given(st.integers(0, 40), st.integers(0, 20), st.integers(1, 12))
def test_a_full_page_never_changes(before: int, more: int, per_page: int) -> None:
    records = _records(before + more)
    earlier = _pages(records[more:], per_page)
    later = _pages(records, per_page)
    full = [page for page in earlier if len(page) == per_page]
    assert later[: len(full)] == full


def test_years_newest_first() -> None:
    records = [article("a.md", "2021-05-01"), article("b.md", "2023-01-01"), article("c.md", None)]
    found = years_of(newest_first([*records, article("d.md", "2021-12-31 23:59")]))
    assert list(found.items()) == [(2023, 1), (2021, 2)]


@pytest.mark.parametrize(
    "address",
    [
        "feeds/",
        "search/x/",
        "sitemap/",
        "tags/a/",
        "data/",
        "assets/x/",
        "news/page/2/",
        "news/page/2/x/",
        "news/archive/2022/",
        "plans/2022/progress/",
        "news/feed.xml/",
        "news/atom.xml/x/",
        "robots.txt/",
        "404.html/",
    ],
)
def test_records_stay_out_of_generated_addresses(address: str) -> None:
    assert is_reserved(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "news/",
        "news/2022/",
        "news/page/",
        "news/page/two/",
        "news/archive/",
        "news/archive/22/",
        "news/tags/",
        "plans/2022/",
        "feeds-explained/",
        "about/data/",
    ],
)
def test_other_addresses_are_free(address: str) -> None:
    assert not is_reserved(address)


@pytest.mark.parametrize(
    "path", ["news/feed.xml", "sitemap.xml", "news/2022/index.html", "search/client.js"]
)
def test_files_stay_out_of_generated_files(path: str) -> None:
    assert is_reserved_file(path)


@pytest.mark.parametrize("path", ["assets/images/a.png", "data/a.csv", "news/robots.txt"])
def test_other_files_are_free(path: str) -> None:
    assert not is_reserved_file(path)


FILES = {
    "news/index.md": column("要闻"),
    "about/index.md": "---\ntitle: 概况\ncolumn:\n  layout: page\n---\n",
    "quiet/index.md": column("内部", feed="false"),
    "topics/index.md": column("专题", "topic"),
    "topics/park.md": "---\ntitle: 口袋公园\n---\n",
    **{f"news/{n}.md": record(str(n), f"2022-01-0{n}", tags="[公园]") for n in range(1, 6)},
    "magazine/index.md": "---\ntitle: 杂志\nperiodical: {}\n---\n",
    "journal/index.md": "---\ntitle: 文史\nperiodical: {feed: false}\n---\n",
}


def test_folders_with_feeds() -> None:
    assert list(feed_folders(site_of(FILES))) == ["", "news", "topics", "topics/park", "magazine"]


def test_what_a_link_may_name_beside_files() -> None:
    site = site_of(FILES)
    every = list(generated_addresses(site, settings(per_page=2)))
    assert len(every) == len(set(every))
    wanted = {"news/page/1/", "news/page/2/", "news/archive/2022/", "tags/", "search/", "feeds/"}
    assert wanted | {"feed.xml", "news/atom.xml", "magazine/feed.json", "404.html"} <= set(every)
    assert {"news/page/3/", "quiet/feed.xml", "journal/feed.xml"}.isdisjoint(every)


def test_without_its_plugin_a_page_is_not_there() -> None:
    site = site_of(FILES)
    every = set(generated_addresses(site, settings(capabilities=frozenset({"site"}))))
    assert {"feeds/", "feed.xml", "search/"}.isdisjoint(every)
    assert "sitemap/" in every


def test_no_tags_no_page_of_tags() -> None:
    every = set(generated_addresses(site_of({"about.md": "# 关于\n"}), settings()))
    assert "tags/" not in every
