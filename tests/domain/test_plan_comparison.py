"""Two plans side by side: pairs by likeness, what is new and what was dropped."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_plugins.domain.plan import PlanText
from site_plugins.domain.plan_comparison import (
    Comparison,
    Fate,
    Pair,
    compare_plans,
    differences,
)
from site_plugins.reading.plans.text import parse_plan_text

ROOT = Path(__file__).resolve().parents[2]

EARLIER = """一、学习
（一）理论学习。坚持第一议题制度，开展集体学习。
（二）党史学习。学习党史，增强信心。
二、协商
（一）专题议政。举办专题议政性常委会会议，献务实之策。
（二）双月协商。围绕民生召开4次双月协商座谈会。
（三）网络议政。开通网络议政平台，征集网民意见。
三、扶贫
（一）结对帮扶。走访结对村，落实帮扶项目。
（二）消费帮扶。组织购买农产品。
"""
LATER = """一、协商议政
（一）双月协商。围绕民生召开6次双月协商座谈会。
（二）专题议政。举办专题议政性常委会会议，献务实之策。
（三）对口座谈。各专委会与部门对口座谈。
二、学习
（一）理论学习。坚持第一议题制度，开展界别学习。
"""


def plan(text: str) -> PlanText:
    return parse_plan_text(text).plan


def shown(pair: Pair) -> tuple[str, str, str]:
    old = pair.earlier.title if pair.earlier else ""
    return pair.fate.value, old, pair.later.title if pair.later else ""


def test_clauses_are_paired_and_dropped_ones_stand_behind_what_they_followed() -> None:
    comparison = compare_plans(plan(LATER), plan(EARLIER))
    assert [(s.earlier, s.later, [shown(p) for p in s.pairs]) for s in comparison.sections] == [
        (
            "二、协商",
            "一、协商议政",
            [
                ("continued", "双月协商", "双月协商"),
                ("dropped", "网络议政", ""),
                ("continued", "专题议政", "专题议政"),
                ("new", "", "对口座谈"),
            ],
        ),
        (
            "一、学习",
            "二、学习",
            [("continued", "理论学习", "理论学习"), ("dropped", "党史学习", "")],
        ),
        ("三、扶贫", "", [("dropped", "结对帮扶", ""), ("dropped", "消费帮扶", "")]),
    ]
    assert {fate: comparison.count(fate) for fate in Fate} == {
        Fate.CONTINUED: 3,
        Fate.NEW: 1,
        Fate.DROPPED: 4,
    }


def test_a_plan_compared_with_itself_goes_on_whole() -> None:
    comparison = compare_plans(plan(EARLIER), plan(EARLIER))
    assert {pair.alike for pair in comparison.pairs()} == {1.0}
    assert all(p.later == p.earlier for p in comparison.pairs())


def test_untitled_clauses_and_plans_without_parts_are_compared_by_their_texts() -> None:
    later = plan("1. 每季度召开一次主席会议听取情况通报，研究下一步工作安排；\n")
    earlier = plan("1、编印会刊两期，\n2、每季度召开一次主席会议听取情况通报，研究工作安排；\n")
    comparison = compare_plans(later, earlier)
    assert [(s.later, s.earlier) for s in comparison.sections] == [("", "")]
    assert [pair.fate for pair in comparison.pairs()] == [Fate.CONTINUED, Fate.DROPPED]


def test_the_items_of_a_clause_count_as_its_text() -> None:
    text = "（一）甲。\n1. 召开座谈会[^1]。\n2. [公布](a.md)下落。\n"
    (pair,) = compare_plans(plan(text), plan(text)).pairs()
    assert pair.later is not None
    assert pair.later.paragraphs == ("1.召开座谈会。", "2.公布下落。")


def test_the_sample_plans_show_every_fate() -> None:
    texts = [
        (ROOT / f"content/plans/{year}/index.md").read_text("utf-8").split("---\n", 2)[2]
        for year in (2023, 2022)
    ]
    comparison = compare_plans(plan(texts[0]), plan(texts[1]))
    assert [comparison.count(fate) for fate in Fate] == [19, 5, 5]


CLAUSE = st.text("协商监督学习调研走访提案文史委员", min_size=1, max_size=12)
PLANS = st.lists(st.tuples(st.booleans(), CLAUSE, CLAUSE), max_size=8).map(
    lambda rows: "".join(
        ("一、部分\n" if begins else "") + f"（一）{title}。{text}。\n"
        for begins, title, text in rows
    )
)


@settings(max_examples=200, deadline=None)
@given(PLANS, PLANS)
def test_every_clause_of_both_plans_is_shown_once(later: str, earlier: str) -> None:
    new, old = plan(later), plan(earlier)
    comparison: Comparison = compare_plans(new, old)
    pairs = list(comparison.pairs())
    assert [p.later.id for p in pairs if p.later] == [c.id for c in new.clauses()]
    assert sorted(p.earlier.id for p in pairs if p.earlier) == sorted(c.id for c in old.clauses())
    assert compare_plans(new, old) == comparison


@settings(max_examples=200, deadline=None)
@given(st.text("协商监督学习。\n", max_size=30), st.text("协商监督学习。\n", max_size=30))
def test_differences_keep_every_character(one: str, other: str) -> None:
    mine, theirs = differences(one, other)
    assert "".join(stretch.text for stretch in mine) == one
    assert "".join(stretch.text for stretch in theirs) == other
    same = ["".join(s.text for s in side if s.is_same) for side in (mine, theirs)]
    assert same[0] == same[1]


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("召开4次双月协商座谈会", "召开6次双月协商座谈会", ["召开", "[4]", "次双月协商座谈会"]),
        ("甲乙丙丁", "子丑寅卯", ["[甲乙丙丁]"]),
        ("召开会议", "召开会议", ["召开会议"]),
        ("", "甲", []),
    ],
)
def test_differences(one: str, other: str, told: list[str]) -> None:
    stretches, _ = differences(one, other)
    assert [s.text if s.is_same else f"[{s.text}]" for s in stretches] == told
