"""Without JavaScript: every page is readable, every page is reached, nothing is a dead control."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest

from .conftest import Served
from .crawl import Crawl, crawl
from .programs import Chromium, told
from .sample_site import PAGES, html_files
from .test_pages import layout_faults

pytestmark = [pytest.mark.browser, pytest.mark.host]

NEVER_LISTED = frozenset({"404.html", "showcase/withdrawn/", "showcase/expired/"})


@pytest.fixture(scope="module")
def facts(chromium: Chromium, site: Served) -> Any:
    """What ``scripts/scriptless.mjs`` met."""
    pages = [site.order(name) for name in PAGES]
    article, search = site.page("article-everything"), site.page("search")
    return chromium.run("scriptless", {"pages": pages, "article": article, "search": search})


@pytest.fixture(scope="module")
def walked(site: Served) -> Crawl:
    """All links, followed from the home page."""
    return crawl(site.base)


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_readable(facts: Any, name: str) -> None:
    page = told(facts["pages"], name)
    assert len(page["text"]) > 20
    assert layout_faults(page) == {}


@pytest.mark.parametrize("name", PAGES)
def test_no_control_that_does_nothing(facts: Any, name: str) -> None:
    assert told(facts["pages"], name)["controls"] == []


def test_the_menu_of_a_phone_opens(facts: Any, site: Served) -> None:
    menu = told(facts, "menu")
    assert not menu["before"]
    assert menu["tapped"]
    assert not menu["closed"]
    assert menu["arrived"] == site.base


def test_tabs_and_folded_boxes_work(facts: Any) -> None:
    boxes = told(facts, "boxes")
    assert boxes["first"] == [True, False]
    assert boxes["second"] == [False, True]
    assert boxes["byKey"] == [True, False]
    assert boxes["folded"] == [False, True]


def test_the_search_page_says_why_and_leads_on(facts: Any, site: Served) -> None:
    search = told(facts, "search")
    assert "JavaScript" in search["text"] or "脚本" in search["text"]
    assert search["seen"]
    assert not search["waiting"]
    assert search["arrived"] == site.page("sitemap")


def test_every_link_arrives(walked: Crawl) -> None:
    assert walked.broken == []


def test_every_page_is_linked(walked: Crawl, site: Served) -> None:
    root = urlsplit(site.base).path
    alone = {root + address for address in html_files(site.folder)} - walked.pages
    notices = {
        root + address
        for address, file in html_files(site.folder).items()
        if 'class="statement' in file.read_text(encoding="utf-8")
    }
    assert {root + address for address in NEVER_LISTED} <= notices
    assert alone <= notices
