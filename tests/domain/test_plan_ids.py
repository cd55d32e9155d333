"""Fixed ids stay with their clauses, whatever becomes of the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_plugins.domain.likeness import text_likeness
from site_plugins.domain.model.parts import FixedId
from site_plugins.domain.plan_ids import Found, Matching, ids_of, match_ids
from site_plugins.reading.plans.text import parse_plan_text

PLAN = """一、学习
（一）理论学习制度。正文
（二）委员读书活动。正文
二、协商
（一）专题议政会议。正文
（二）双月协商座谈。正文
（三）基层协商平台。正文
1. 会前调研。
2. 会后反馈。
"""


def fixed_of(text: str) -> tuple[FixedId, ...]:
    return ids_of(parse_plan_text(text).plan)


def matched(before: str, after: str) -> Matching:
    return match_ids(parse_plan_text(after).plan, fixed_of(before))


def changes(matching: Matching) -> list[tuple[str, str, str]]:
    """``(printed id, id, how)`` of everything that is not just as it was."""
    return [
        (given.printed_id, given.id, given.found.value)
        for given in matching.given
        if given.found is not Found.SAME or given.id != given.printed_id
    ]


def test_an_unchanged_text_keeps_its_ids() -> None:
    matching = matched(PLAN, PLAN)
    assert changes(matching) == []
    assert [given.entry() for given in matching.given] == list(fixed_of(PLAN))


@pytest.mark.parametrize(
    ("old", "new", "told", "gone"),
    [
        pytest.param(
            "（二）双月协商座谈。正文\n（三）",
            "（二）远程协商。正文\n（三）双月协商座谈。正文\n（四）",
            [
                ("2-2", "2-4", "new"),
                ("2-3", "2-2", "renumbered"),
                ("2-4", "2-3", "renumbered"),
                ("2-4-1", "2-3-1", "same"),
                ("2-4-2", "2-3-2", "same"),
            ],
            [],
            id="inserted",
        ),
        pytest.param(
            "（二）双月协商座谈。正文\n（三）", "（二）",
            [("2-2", "2-3", "renumbered"), ("2-2-1", "2-3-1", "same"), ("2-2-2", "2-3-2", "same")],
            ["2-2"],
            id="removed",
        ),
        pytest.param(
            "双月协商座谈", "双月协商座谈会", [("2-2", "2-2", "retitled")], [], id="retitled"
        ),
        pytest.param(
            "双月协商座谈", "每月见面谈心", [("2-2", "2-2", "guessed")], [], id="another title"
        ),
        pytest.param(
            "（二）委员读书活动。正文\n二、协商\n（一）专题",
            "二、协商\n（一）委员读书活动。正文\n（一）专题",
            [("2-1", "1-2", "renumbered"), ("2-4", "2-1", "same")],
            [],
            id="moved to another part",
        ),
        pytest.param("一、学习", "一、学习与思考", [("1", "1", "guessed")], [], id="part"),
        pytest.param("2. 会后反馈。\n", "", [], ["2-3-2"], id="item removed"),
        pytest.param(
            "（一）理论学习制度。正文\n（二）委员读书活动。正文",
            "（一）委员读书活动。正文\n（二）理论学习制度。正文",
            [("1-1", "1-2", "renumbered"), ("1-2", "1-1", "renumbered")],
            [],
            id="reordered",
        ),
    ],
)  # fmt: skip
def test_changes(old: str, new: str, told: list[tuple[str, str, str]], gone: list[str]) -> None:
    assert old in PLAN
    matching = matched(PLAN, PLAN.replace(old, new))
    assert changes(matching) == told
    assert [entry.id for entry in matching.vanished] == gone


def test_an_id_that_was_ever_used_is_not_given_again() -> None:
    fixed = (
        FixedId(id="1", number="一、", title="学习"),
        FixedId(id="1-1", number="（一）", title="理论学习制度", was=("1-2",)),
    )
    matching = match_ids(parse_plan_text(PLAN).plan, fixed)
    assert matching.new_ids["1-2"] == "1-3"


def test_untitled_clauses_are_found_by_how_they_begin() -> None:
    text = "（一）每季度听取一次情况通报，并把意见转给承办单位办理；逾期的提醒\n（二）编印会刊，\n"
    matching = matched(
        text, "（一）新的一条，\n" + text.replace("二", "三").replace("（一", "（二")
    )
    assert [given.id for given in matching.given] == ["3", "1", "2"]


TITLES = [
    "理论学习",
    "委员读书",
    "专题议政",
    "双月协商",
    "基层平台",
    "民主监督",
    "提案督办",
    "文史征编",
]


@settings(max_examples=200, deadline=None)
@given(st.permutations(TITLES), st.integers(1, 8), st.lists(st.integers(0, 8), max_size=3))
def test_ids_never_move(order: list[str], kept: int, inserted: list[int]) -> None:
    """Whatever is reordered, removed or put in: a clause that stays has the id it had."""
    before = "".join(f"（{'一二三四五六七八'[i]}）{t}。正文\n" for i, t in enumerate(TITLES))
    fixed = {entry.title: entry.id for entry in fixed_of(before)}
    titles = order[:kept]
    for index, place in enumerate(inserted):
        titles.insert(place, f"甲乙丙丁{'戊己庚'[index]}")
    after = "".join(
        f"（{'一二三四五六七八九十'[i] if i < 10 else '十一'}）{t}。正文\n"
        for i, t in enumerate(titles)
    )
    matching = matched(before, after)
    ids = [given.id for given in matching.given]
    assert len(set(ids)) == len(ids)
    found = {given.title: given.id for given in matching.given}
    assert {t: i for t, i in found.items() if t in fixed} == {
        t: fixed[t] for t in titles if t in fixed
    }
    gone = {entry.id for entry in matching.vanished}
    assert gone | set(ids) >= set(fixed.values())


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("双月协商", "双月协商", 1.0),
        ("双月协商", "双月 协商。", 1.0),
        ("双月协商", "民主监督", 0.0),
        ("甲", "甲", 1.0),
        ("", "", 0.0),
        ("双月协商", "双月座谈", 2 / 6),
    ],
)
def test_likeness(one: str, other: str, alike: float) -> None:
    assert text_likeness(one, other) == pytest.approx(alike)
