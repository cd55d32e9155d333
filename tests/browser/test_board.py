"""The board's filters: with a script in place, without one as links to lists."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Served
from .programs import Chromium

pytestmark = [pytest.mark.browser, pytest.mark.host]


@pytest.fixture(scope="module")
def facts(chromium: Chromium, site: Served) -> Any:
    """What ``scripts/board.mjs`` met."""
    return chromium.run("board", {"board": site.page("board")})


def test_everything_is_shown_at_first(facts: Any) -> None:
    first = facts["first"]
    assert first["current"] == [""]
    assert first["lists"] == 0
    assert set(first["states"]) == set(facts["filters"])
    assert first["said"] == ""


def test_a_filter_shows_the_clauses_of_its_state_alone(facts: Any) -> None:
    assert len(facts["filters"]) == 5
    for state, shown in facts["filters"].items():
        assert set(shown["states"]) == {state}
        assert len(shown["states"]) == facts["first"]["states"].count(state)
        assert 0 < shown["parts"] <= len(shown["states"])
        assert shown["current"] == [state]
        assert shown["said"] == f"现在显示{len(shown['states'])}条"
        assert shown["hash"] == f"#by-{state}"


def test_the_address_keeps_the_filter(facts: Any) -> None:
    last = list(facts["filters"].values())[-1]
    assert facts["reloaded"]["states"] == last["states"]
    assert facts["reloaded"]["current"] == last["current"]


def test_all_brings_everything_back(facts: Any) -> None:
    assert facts["all"]["states"] == facts["first"]["states"]
    assert facts["all"]["parts"] == facts["first"]["parts"]


def test_without_a_script_a_filter_leads_to_its_list(facts: Any) -> None:
    assert facts["plain"]["hash"].startswith("#by-")
    assert facts["plain"]["lists"]
    assert "条" in facts["plain"]["heading"]
