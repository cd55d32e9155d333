"""What a page can do with JavaScript: 字号, 打印, 分享, copying of permanent links."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Served
from .programs import Chromium, told
from .sample_site import SITE_URL

pytestmark = [pytest.mark.browser, pytest.mark.host]

ARTICLE = "showcase/everything/"


@pytest.fixture(scope="module")
def facts(chromium: Chromium, site: Served) -> Any:
    """What ``scripts/controls.mjs`` met."""
    order = {"article": site.base + ARTICLE, "other": site.page("article")}
    return chromium.run(
        "controls", {**order, "plan": site.page("plan"), "feeds": site.page("feeds")}
    )


def test_type_sizes(facts: Any) -> None:
    sizes = told(facts["wide"], "sizes")
    assert sizes["small"]["prose"] < sizes["medium"]["prose"] < sizes["large"]["prose"]
    assert sizes["first"]["prose"] == sizes["medium"]["prose"]
    for value in ("small", "medium", "large"):
        assert sizes[value]["pressed"] == [value]


def test_the_type_size_is_kept_over_pages(facts: Any) -> None:
    sizes = told(facts["wide"], "sizes")
    assert sizes["elsewhere"]["size"] == "large"
    assert sizes["elsewhere"]["pressed"] == ["large"]
    assert sizes["back"]["prose"] == sizes["large"]["prose"]


@pytest.mark.parametrize("window", ["wide", "phone"])
class TestTools:
    """打印 and 分享 on a wide window and on a phone."""

    def test_print(self, facts: Any, window: str) -> None:
        assert told(facts[window], "share")["printed"] == 1

    def test_the_panel_opens_and_closes(self, facts: Any, window: str) -> None:
        share = told(facts[window], "share")
        assert not share["before"]["shown"]
        assert share["expanded"] == "true"
        assert share["closed"]

    def test_the_address_is_copied(self, facts: Any, window: str) -> None:
        share = told(facts[window], "share")
        assert share["address"] == share["copied"] == SITE_URL + ARTICLE
        assert share["said"] == "链接已复制"

    def test_the_code_is_drawn_on_request_and_reads_back(self, facts: Any, window: str) -> None:
        share = told(facts[window], "share")
        assert not share["before"]["encoder"], "the encoder is fetched before anyone asks"
        assert share["encoder"]
        assert share["decoded"] == SITE_URL + ARTICLE

    def test_axe_finds_nothing_in_the_open_panel(self, facts: Any, window: str) -> None:
        assert told(facts[window], "share")["axe"] == []


def test_axe_finds_nothing_in_the_open_menu(facts: Any) -> None:
    assert told(facts["phone"], "openMenu") == []


@pytest.mark.parametrize("page", ["plan", "feeds"])
def test_permanent_links_are_copied(facts: Any, site: Served, page: str) -> None:
    links = told(facts["wide"], page)
    assert links["count"] == links["buttons"] >= 30
    for link in links["copied"]:
        assert link["text"] == link["href"]
        assert link["href"].startswith(site.base)
        assert link["said"].startswith("已复制")
        assert "：" in link["name"], "which link is meant is not said"
