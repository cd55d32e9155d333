"""The search page as a reader uses it, at the root of a host and below a path."""

from __future__ import annotations

import re
from typing import Any

import pytest

from .conftest import Served
from .programs import Chromium, told

pytestmark = [pytest.mark.browser, pytest.mark.host]

WORDS = "协商"
OTHER = "老旧小区"
MARKUP = "<img src=x onerror=alert(1)>"
"""It stands in the text of showcase/everything.md."""
PER_PAGE = 10
STEPS = (
    "typed paged filtered byKeyboard harmless keys hasty remembered forgetful nothing similar "
    "nearing distant endless"
).split()


def search(chromium: Chromium, site: Served) -> Any:
    """What ``scripts/search.mjs`` met."""
    places = {"search": site.page("search"), "article": site.page("article-short")}
    words = {"words": WORDS, "other": OTHER, "markup": MARKUP}
    return chromium.run("search", {**places, **words})


@pytest.fixture(scope="module", params=["site", "site_below"])
def place(request: pytest.FixtureRequest) -> Served:
    """The site at the root of its host, then below /zx/."""
    served: Served = request.getfixturevalue(request.param)
    return served


@pytest.fixture(scope="module")
def facts(chromium: Chromium, place: Served) -> Any:
    """What happens at that place."""
    return search(chromium, place)


def number(text: str) -> int:
    """The first number of a text."""
    found = re.search(r"\d+", text)
    assert found, text
    return int(found[0])


@pytest.mark.parametrize("name", STEPS)
def test_nothing_is_complained_of(facts: Any, name: str) -> None:
    assert {kind: list_ for kind, list_ in told(facts, name)["met"].items() if list_} == {}


def test_what_is_typed_is_found_and_stands_in_the_address(facts: Any, place: Served) -> None:
    typed = told(facts, "typed")
    assert typed["before"]["hits"] == []
    first = typed["first"]
    assert first["address"] == place.page("search-results")
    assert len(first["hits"]) == PER_PAGE < number(first["told"])
    assert WORDS in first["title"]
    for hit in first["hits"]:
        assert WORDS in hit["text"]
        assert hit["href"].startswith(place.base)


def test_hits_are_marked(facts: Any) -> None:
    first = told(facts, "typed")["first"]
    assert set(first["marks"]) == {WORDS}
    assert len(first["marks"]) >= PER_PAGE


def test_titles_come_first(facts: Any) -> None:
    in_title = [WORDS in hit["title"] for hit in told(facts, "paged")["first"]["hits"]]
    assert in_title == sorted(in_title, reverse=True)
    assert in_title[0]


def test_back_and_forward(facts: Any) -> None:
    typed = told(facts, "typed")
    assert typed["second"]["input"] == OTHER
    assert typed["second"]["hits"] != typed["first"]["hits"]
    for then, now in (("first", "back"), ("second", "forward")):
        assert typed[now]["hits"] == typed[then]["hits"]
        assert typed[now]["input"] == typed[then]["input"]
        assert typed[now]["title"] == typed[then]["title"]


def test_the_pager(facts: Any) -> None:
    paged = told(facts, "paged")
    first = {hit["href"] for hit in paged["first"]["hits"]}
    second = {hit["href"] for hit in paged["second"]["hits"]}
    assert len(first) == PER_PAGE
    assert second
    assert not first & second
    assert paged["focus"], "the focus stays where the pager was"
    assert paged["reloaded"]["hits"] == paged["second"]["hits"]
    assert paged["back"]["hits"] == paged["first"]["hits"]


def test_filters_give_what_they_promise(facts: Any) -> None:
    filtered = told(facts, "filtered")
    everything = number(filtered["all"]["told"])
    assert {"kind", "column", "year"} <= filtered["answers"].keys()
    for name, answer in filtered["answers"].items():
        promised = int(re.findall(r"\d+", answer["promised"])[-1])
        assert number(answer["found"]["told"]) == promised <= everything, name
        assert len(answer["found"]["hits"]) == min(promised, PER_PAGE)
        assert answer["current"] == answer["promised"]
        assert answer["kept"].startswith(f"{name} "), "the focus is lost"
        assert number(answer["cleared"]) == everything


def test_the_keyboard_alone_leads_from_any_page_to_the_text(facts: Any, place: Served) -> None:
    by_keyboard = told(facts, "byKeyboard")
    assert by_keyboard["arrived"]["address"] == place.page("search-results")
    assert by_keyboard["stops"] < 60
    assert WORDS in by_keyboard["text"]


def test_words_never_become_html(facts: Any) -> None:
    answers = told(facts, "harmless")
    for name in ("standing", "absent", "quoted"):
        assert answers[name]["strange"] == 0
        assert answers[name]["found"]["input"] == answers[name]["words"]
    (hit,) = answers["standing"]["found"]["hits"]
    assert MARKUP in hit["text"]


def test_keys_lead_to_the_field_through_the_results_and_back(facts: Any) -> None:
    keys = told(facts, "keys")
    assert keys["elsewhere"]["header"]
    assert keys["written"] == "甲/乙", "within a field the key writes"
    assert keys["slash"]["field"]
    assert keys["down"]["hit"] == 1
    assert keys["up"]["hit"] == 0
    assert keys["top"]["field"]
    assert keys["back"]["field"]
    assert keys["cleared"]["input"] == ""
    assert keys["cleared"]["hits"] == []
    assert keys["returned"]["input"] == WORDS
    assert keys["returned"]["hits"]


def test_the_key_can_be_put_out_of_use(facts: Any) -> None:
    keys = told(facts, "keys")
    assert keys["switchKept"] == "off"
    assert not keys["off"]["header"]


def test_a_late_answer_does_not_replace_a_newer_one(facts: Any) -> None:
    hasty = told(facts, "hasty")
    assert hasty["held"] > 0
    assert hasty["second"]["hits"]
    assert hasty["after"]["hits"] == hasty["second"]["hits"]
    assert hasty["after"]["input"] == OTHER


def test_one_character_waits_for_another(facts: Any) -> None:
    short = told(facts, "hasty")["short"]
    assert short["hits"] == []
    assert WORDS[0] in short["told"]


def test_recent_searches_are_kept_and_forgotten(facts: Any) -> None:
    remembered = told(facts, "remembered")
    assert remembered["kept"] == [WORDS, OTHER]
    assert remembered["again"]["input"] == WORDS
    assert remembered["forgotten"] == []
    assert remembered["stored"] == 0


def test_a_browser_that_keeps_nothing_searches_all_the_same(facts: Any) -> None:
    forgetful = told(facts, "forgetful")
    assert forgetful["found"]["hits"]
    assert forgetful["before"]["told"]
    assert forgetful["kept"] == 0


def test_nothing_found_still_leads_on(facts: Any, place: Served) -> None:
    nothing = told(facts, "nothing")
    assert nothing["found"]["hits"] == []
    assert "没有找到“龘靐齉爩”" in nothing["found"]["told"]
    assert place.page("sitemap") in nothing["links"]
    assert len(nothing["links"]) > 3
    assert nothing["wide"] <= 360


def test_what_is_only_similar_is_said_to_be_so(facts: Any) -> None:
    similar = told(facts, "similar")
    mistyped = similar["mistyped"]
    assert "没有找到“双月协商座淡会”" in mistyped["told"]
    assert f"只差一个字的{len(mistyped['hits'])}条" in mistyped["told"]
    assert any("双月协商座谈会" in hit["text"] for hit in mistyped["hits"])
    assert similar["piece"]["input"] in "双月协商座淡会"
    assert similar["piece"]["hits"]
    assert similar["pinyin"]["told"].startswith("按拼音找到")
    assert any("协商" in hit["title"] for hit in similar["pinyin"]["hits"])


def test_what_is_similar_costs_one_query_until_the_reader_asks_for_others(facts: Any) -> None:
    first, second, last = told(facts, "nearing")["stops"]
    assert (first["queries"], len(first["hits"]), first["label"]) == (1, 1, "继续找")
    assert "下面是字面相近的1条" in first["told"]
    # Asked for others, the page goes on until one comes near, and shows that alone.
    assert (second["queries"], len(second["hits"]), second["label"]) == (3, 1, "继续找")
    assert "下面是只差一个字的1条" in second["told"]
    assert second["hits"] != first["hits"]
    assert (last["queries"], len(last["hits"])) == (4, 2)
    assert "下面是只差一个字的2条" in last["told"]
    assert last["hits"][0] == second["hits"][0]


def test_that_nothing_comes_nearer_is_told(facts: Any) -> None:
    distant = told(facts, "distant")
    assert distant["queries"] == 3
    assert "接着找也没有更相近的，下面是字面相近的" in distant["told"]
    assert distant["hits"]


def test_what_does_not_end_is_gone_on_with_when_the_reader_asks(facts: Any) -> None:
    endless = told(facts, "endless")
    stops = endless["stops"]
    assert endless["focus"] == "search-page__count"
    # One query; six at each press; then there is nothing more.
    assert [stop["queries"] for stop in stops] == [1, 7, 13, 16]
    assert "后面还有没读完的" in stops[0]["told"]
    assert "字面相近" in stops[-1]["told"]
    assert all(stop["hits"] for stop in stops)
