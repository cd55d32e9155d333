"""What the search page says where something goes wrong, and that nothing is a dead end."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from site_plugins.outputs.search.documents import SearchDocument, SearchLabels
from site_plugins.outputs.search.index import build_index

from .conftest import Served
from .programs import Chromium, told

pytestmark = [pytest.mark.browser, pytest.mark.host]

WORDS = "协商"
OTHER = "老旧小区"
"""It stands in no notice."""
LONGEST = 70
"""Characters of a line that tells what was found, at most."""


def order(search: str, folder: Path) -> dict[str, str]:
    """The order for ``scripts/search_faults.mjs``; the indexes stand in ``folder``."""
    few = [document(number, "琉璃瓦") for number in range(3)]
    many = [document(number, "".join(letters(number))) for number in range(300)]
    indexes = {"large": many, "small": few, "grown": [*few, document(3, "琉璃瓦")]}
    for name, documents in indexes.items():
        for path, content in build_index(documents, SearchLabels()):
            file = folder / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    words = {"words": WORDS, "other": OTHER, "similar": "双月协商座淡会", "kind": "notice"}
    return {"search": search, **words} | {name: str(folder / name) for name in indexes}


def letters(number: int) -> list[str]:
    """Characters of which no two stand side by side in many texts."""
    return [chr(0x4E00 + (number * 977 + at * (number + 13)) % 20000) for at in range(400)]


def document(number: int, text: str) -> SearchDocument:
    return SearchDocument(
        address=f"/n/{number}/",
        title=f"第{number}篇",
        date="2024-03-18",
        kind="article",
        column="n",
        year=2024,
        texts=(text,),
    )


@pytest.fixture(scope="module")
def facts(chromium: Chromium, site: Served, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What ``scripts/search_faults.mjs`` met."""
    folder = tmp_path_factory.mktemp("indexes")
    return chromium.run("search_faults", order(site.page("search"), folder))


def assert_leads_on(state: Any) -> None:
    """It is told in Chinese what is wrong; another try and the sitemap are offered."""
    assert state["told"]
    assert not re.search("[A-Za-z]", state["told"] + state["beside"])
    assert "再试一次" in state["beside"]
    assert state["sitemap"]
    assert state["hits"] == []


def test_foreign_content_is_told_and_tried_again(facts: Any) -> None:
    foreign = told(facts, "foreign")
    assert "搜索数据不完整" in foreign["fault"]["told"]
    assert_leads_on(foreign["fault"])
    assert foreign["fault"]["wide"] <= 360
    assert foreign["again"]["hits"]
    assert "search-page__count" in foreign["again"]["focus"]


@pytest.mark.parametrize("what", ["page", "keyless", "nothing", "number", "approximate", "client"])
def test_what_the_programme_fails_at_is_told_in_chinese(facts: Any, what: str) -> None:
    answers = told(facts, "programme")
    assert_leads_on(answers[what])
    assert answers[what]["input"]
    assert answers.get(f"{what} again", {"hits": [1]})["hits"]


@pytest.mark.parametrize("what", ["missing", "late"])
def test_without_its_script_the_page_says_so(facts: Any, what: str) -> None:
    state = told(facts, "scriptless")[what]
    assert state["input"] == WORDS
    assert "正在准备搜索" in state["wait"]
    assert state["sitemap"]
    assert told(facts, "scriptless")["well"]["wait"] == ""


def test_a_site_published_anew_below_an_open_page(facts: Any) -> None:
    assert len(told(facts, "replaced")["after"]["hits"]) == 3
    grown = told(facts, "grown")
    assert len(grown["first"]["hits"]) == 3
    assert grown["same"]["asked"] == ["catalogue.bin"], "what has not changed is not fetched again"
    assert len(grown["later"]["hits"]) == 4


def test_what_takes_long_is_told_and_not_lost(facts: Any) -> None:
    slow = told(facts, "slow")
    assert "网络较慢" in slow["told"]["told"]
    assert_leads_on(slow["told"])
    assert "输入两个字" not in slow["told"]["beside"]
    assert slow["late"]["hits"]
    assert slow["late"]["beside"] == ""
    assert slow["again"]["hits"]
    assert "search-page__count" in slow["again"]["focus"]


def test_the_focus_is_not_lost_with_a_button(facts: Any) -> None:
    focus = told(facts, "focus")
    assert "search-page__count" in focus["forgotten"]["focus"]
    assert "最近搜过" not in focus["forgotten"]["beside"]
    assert focus["at"] == len(focus["few"]["hits"]) == 4


def test_a_filter_is_never_unseen(facts: Any) -> None:
    filtered = told(facts, "filtered")
    assert filtered["emptied"]["told"] == "可以在“公告”里搜索标题和全文"
    assert "公告" in filtered["emptied"]["facets"]
    assert filtered["nothing"]["told"].startswith(f"在“公告”里没有找到“{OTHER}”")
    assert filtered["everywhere"]["hits"]


def test_values_that_nothing_has_are_no_filters(facts: Any) -> None:
    unknown = told(facts, "filtered")["unknown"]
    assert "column=news" in unknown["address"]
    assert "year" not in unknown["address"]
    assert "kind" not in unknown["address"]
    assert "政协要闻" in unknown["facets"]
    assert not re.search("/news/|abc|constructor", unknown["facets"])


def test_a_long_query_is_cut_where_it_is_told(facts: Any) -> None:
    long = told(facts, "odd")["long"]
    assert len(long["told"]) < LONGEST
    assert "……" in long["told"]
    assert len(long["input"]) == 200
    assert long["wide"] <= 360


def test_queries_that_ask_for_nothing(facts: Any) -> None:
    odd = told(facts, "odd")
    assert "只写了不要的词" in odd["unwanted"]["told"] + odd["unwanted"]["beside"]
    assert "标点不算" in odd["marks"]["beside"]
    assert "没有找到" not in odd["marks"]["told"]
    assert "又要又不要" in odd["clash"]["beside"]
    for name in ("marks", "clash"):
        assert "写错的字" not in odd[name]["beside"]
