"""A site that stands below a path of its host: links, the 404 page, controls, file names."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest

from .conftest import Served
from .crawl import Crawl, crawl
from .programs import Chromium, told
from .sample_site import ADDRESS_BELOW, PAGES, html_files
from .test_pages import layout_faults

pytestmark = [pytest.mark.browser, pytest.mark.host]

NOWHERE = ("nowhere", "news/2022/nowhere/", "a/b/c/d.html")
VISITED = ("home", "article-everything", "plan", "search", "feeds")


@pytest.fixture(scope="module")
def walked(site_below: Served) -> Crawl:
    """All links, followed from the home page."""
    return crawl(site_below.base)


@pytest.fixture(scope="module")
def visits(chromium: Chromium, site_below: Served) -> Any:
    """Some pages and some addresses where no page is."""
    addresses = {name: site_below.page(name) for name in VISITED}
    addresses |= {name: site_below.base + name for name in NOWHERE}
    pages = [{"name": n, "url": url, "base": site_below.base} for n, url in addresses.items()]
    return chromium.run("visit", {"pages": pages, "widths": [390, 1440], "axeWidths": []})


def test_the_site_stands_below_a_path(site_below: Served) -> None:
    assert urlsplit(site_below.base).path == urlsplit(ADDRESS_BELOW).path == "/zx/"


def test_every_link_arrives(walked: Crawl) -> None:
    assert walked.broken == []
    assert walked.outside == []
    assert len(walked.pages) > 200


def test_every_link_of_the_404_page_arrives(site_below: Served) -> None:
    walked = crawl(site_below.base, "404.html", deep=False)
    assert walked.broken == []
    assert walked.outside == []


@pytest.mark.parametrize("name", VISITED)
def test_pages_work(visits: Any, name: str) -> None:
    kinds = ("console", "policy", "elsewhere", "failed", "broken")
    assert told(visits, name)["status"] == 200
    assert {kind: told(visits, name)[kind] for kind in kinds if told(visits, name)[kind]} == {}


@pytest.mark.parametrize("name", NOWHERE)
def test_the_404_page_is_whole_at_every_depth(visits: Any, name: str) -> None:
    met = told(visits, name)
    assert met["status"] == 404
    assert len(met["failed"]) == 1, "only the page itself is missing"
    assert met["policy"] == met["elsewhere"] == met["broken"] == []
    assert layout_faults(met) == {}
    assert {address.rpartition(".")[2] for address in met["bytes"]} >= {"css", "js"}


def test_file_names_need_not_be_ascii(site_below: Served, walked: Crawl) -> None:
    page = (site_below.folder / "showcase/everything/index.html").read_text(encoding="utf-8")
    assert page.count("%E6%A1%A5%E6%A1%A3%20%E4%B8%80.csv") == 2
    assert "%E5%9B%BE%20%E4%BA%8C.png" in page
    assert "/zx/showcase/everything/" in walked.pages, "whose links all arrive"


def test_canonical_addresses_name_the_path(site_below: Served) -> None:
    files = html_files(site_below.folder)
    for name in ("home", "article", "plan", "issue"):
        address = site_below.page(name).removeprefix(site_below.base)
        assert f'rel="canonical" href="{ADDRESS_BELOW}{address}"' in files[address].read_text(
            "utf-8"
        )
    assert set(PAGES) >= set(VISITED)
