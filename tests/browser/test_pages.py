"""Every layout in Chromium: accessible, in its place at every width, quiet and self-contained."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Served
from .programs import Chromium, told
from .sample_site import PAGES, WITH_MASTHEAD

pytestmark = [pytest.mark.browser, pytest.mark.host]

WIDTHS = (320, 360, 390, 720, 768, 1024, 1100, 1440, 1920)
AXE_WIDTHS = (390, 1440)
LARGE_WIDTHS = (320, 390, 768, 1440)
SMALL_ON_PURPOSE = ("a.footnote-ref ",)
"""Text that may be below 15 px: the raised numbers of footnotes."""
ARTICLE_BYTES = 60 * 1024
"""What an article may weigh with style sheet and scripts, packed, without pictures."""

Visits = dict[str, dict[str, Any]]
every_page = pytest.mark.parametrize("name", PAGES)
with_masthead = pytest.mark.parametrize("name", WITH_MASTHEAD)


@pytest.fixture(scope="module")
def visits(chromium: Chromium, site: Served) -> Visits:
    """What ``scripts/visit.mjs`` met: every page at every width, with axe."""
    pages = [site.order(name) for name in PAGES]
    order = {"pages": pages, "widths": WIDTHS, "axeWidths": AXE_WIDTHS, "still": 2000}
    answer: Visits = chromium.run("visit", order)
    return answer


@pytest.fixture(scope="module")
def large(chromium: Chromium, site: Served) -> Visits:
    """What ``scripts/large_type.mjs`` met: every page for a reader who chose large type."""
    pages = [site.order(name) for name in PAGES]
    answer: Visits = chromium.run("large_type", {"pages": pages, "widths": LARGE_WIDTHS})
    return answer


def layout_faults(page: dict[str, Any]) -> dict[str, Any]:
    """What the layout probe found, by width and kind, without what is meant to be so."""
    faults = {}
    for width, found in page["layout"].items():
        found["small"] = [f for f in found["small"] if not f.startswith(SMALL_ON_PURPOSE)]
        if kinds := {kind: list_ for kind, list_ in found.items() if list_}:
            faults[width] = kinds
    return faults


@every_page
def test_axe_finds_nothing(visits: Visits, name: str) -> None:
    assert {w: faults for w, faults in told(visits, name)["axe"].items() if faults} == {}


@every_page
def test_everything_has_its_place_at_every_width(visits: Visits, name: str) -> None:
    assert layout_faults(told(visits, name)) == {}


@with_masthead
def test_everything_has_its_place_in_large_type(large: Visits, name: str) -> None:
    assert told(large, name)["size"] == "large"
    assert layout_faults(told(large, name)) == {}


@every_page
def test_nothing_fails_and_nothing_comes_from_elsewhere(visits: Visits, name: str) -> None:
    met = told(visits, name)
    kinds = ("console", "policy", "elsewhere", "failed", "broken")
    assert met["status"] == 200
    assert {kind: met[kind] for kind in kinds if met[kind]} == {}


@every_page
def test_nothing_moves_by_itself(visits: Visits, name: str) -> None:
    assert told(visits, name)["moving"] == []


@every_page
def test_nothing_is_animated_for_those_who_ask_for_stillness(visits: Visits, name: str) -> None:
    assert told(visits, name)["restless"] == []


@pytest.mark.parametrize("name", [n for n in PAGES if "article" in n])
def test_an_article_is_light(visits: Visits, name: str) -> None:
    assert sum(told(visits, name)["bytes"].values()) <= ARTICLE_BYTES
