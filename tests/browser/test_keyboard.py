"""The Tab key: the skip link first, a visible mark on every stop, everything reached in order."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Served
from .programs import Chromium, told

pytestmark = [pytest.mark.browser, pytest.mark.host]

WALKS = (
    ("home", 1440),
    ("home", 390),
    ("column", 1440),
    ("article-everything", 1440),
    ("article-everything", 390),
    ("plan", 1440),
    ("issue", 390),
    ("search", 390),
    ("search-results", 1440),
)
every_walk = pytest.mark.parametrize("walk", [f"{name} at {width}" for name, width in WALKS])


@pytest.fixture(scope="module")
def walks(chromium: Chromium, site: Served) -> Any:
    """What ``scripts/keyboard.mjs`` met."""
    order = [
        {**site.order(name), "name": f"{name} at {width}", "width": width} for name, width in WALKS
    ]
    return chromium.run("keyboard", {"walks": order})


@every_walk
def test_the_skip_link_comes_first(walks: Any, walk: str) -> None:
    assert "跳到正文" in told(walks, walk)["first"]["what"]
    assert told(walks, walk)["first"]["seen"]
    assert told(walks, walk)["afterSkip"] == {"focus": "main", "hash": "#main"}


@every_walk
@pytest.mark.parametrize("fault", ["hidden", "unmarked", "covered", "backwards"])
def test_every_stop_is_seen_and_in_order(walks: Any, walk: str, fault: str) -> None:
    assert [stop["what"] for stop in told(walks, walk)["stops"] if stop[fault]] == []


@every_walk
def test_everything_is_reached(walks: Any, walk: str) -> None:
    stops, reachable = told(walks, walk)["stops"], told(walks, walk)["reachable"]
    assert len(stops) >= reachable > 20
