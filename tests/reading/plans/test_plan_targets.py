"""Targets that a plan's words promise, and what only looks like one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_plugins.domain.model.parts import Target
from site_plugins.reading.plans.deadlines import find_deadlines
from site_plugins.reading.plans.quantities import number_value
from site_plugins.reading.plans.targets import TargetReading, read_targets
from site_plugins.reading.plans.text import parse_plan_text
from tests.reading.plans.test_plan_text import PLAN_LIKE

ROOT = Path(__file__).resolve().parents[3]


def read(sentence: str, *present: Target) -> TargetReading:
    return read_targets(parse_plan_text(f"（一）本条标题。{sentence}。"), 2022, present, 1)


def told(sentence: str) -> list[str]:
    """``what count unit by`` of every proposal; ≥ before a number that is a floor."""
    found = []
    for proposal in read(sentence).proposals:
        target = proposal.target
        count = "" if target.count is None else f"{'≥' * target.at_least}{target.count}"
        by = "" if target.by is None else target.by.iso.removeprefix("2022-")
        found.append(" ".join(filter(None, (target.what, count, target.unit, by))))
    return found


@pytest.mark.parametrize(
    ("sentence", "proposed"),
    [
        ("召开4次双月协商座谈会，提出建议", ["双月协商座谈会 4 次 12-31"]),
        ("召开４次双月协商座谈会", ["双月协商座谈会 4 次 12-31"]),
        ("召开双月协商座谈会四次", ["双月协商座谈会 4 次 12-31"]),
        ("举办2场“请你来协商”活动", ["“请你来协商”活动 2 场 12-31"]),
        ("全年集体学习12次", ["集体学习 12 次 12-31"]),
        ("集体学习不少于十二次", ["集体学习 ≥12 次 12-31"]),
        ("至少召开两次专题会", ["专题会 ≥2 次 12-31"]),
        ("开展专项监督三次、联动监督2次", ["专项监督 3 次 12-31", "联动监督 2 次 12-31"]),
        ("开展3次专项监督和2次联动监督", ["专项监督 3 次 12-31", "联动监督 2 次 12-31"]),
        ("召开4次座谈会、举办2场讲座", ["座谈会 4 次 12-31", "讲座 2 场 12-31"]),
        ("征集提案200件以上", ["征集提案 ≥200 件 12-31"]),
        ("走访委员100余人次", ["走访委员 ≥100 人次 12-31"]),
        ("采编信息1.2万字", []),
        ("征编史料10万字", ["征编史料 100000 字 12-31"]),
        ("理好旧档不少于三千卷", ["理好旧档 ≥3000 卷 12-31"]),
        ("提案办复率达到100%", ["提案办复率 100 % 12-31"]),
        ("办复率保持在百分之九十八以上", ["办复率 ≥98 % 12-31"]),
        ("每季度召开1次常委会会议", ["常委会会议 4 次 12-31"]),
        ("每月开展一次", ["本条标题 12 次 12-31"]),
        ("每两个月至少举办一期委员讲堂", ["委员讲堂 ≥6 期 12-31"]),
        ("三季度召开3至4次对口协商会", ["对口协商会 ≥3 次 09-30"]),
        ("上半年召开两次专题会议", ["专题会议 2 次 06-30"]),
        ("10月15日前，举办3期培训班", ["培训班 3 期 10-15"]),
        ("6月底前完成轮训", ["完成轮训 06-30"]),
        ("6月底前，完成换届", ["完成换届 06-30"]),
        ("举办2场讲座，6月底前完成轮训", ["讲座 2 场 12-31", "完成轮训 06-30"]),
        ("9月底前新建委员工作室2间", ["新建委员工作室 2 间 09-30"]),
        ("9月底前面向社会公开招募信息员", ["面向社会公开招募信息员 09-30"]),
        ("十一月底前办结", ["本条标题：办结 11-30"]),
        ("力争年内建成5个委员工作站", ["建成委员工作站 5 个 12-31"]),
        ("编发信息100期以上，采用率达到60%", ["编发信息 ≥100 期 12-31", "采用率 60 % 12-31"]),
        # What is left open, counts something else, or is a slogan
        ("举办X次专题议政性常委会会议", []),
        ("开展若干场活动，召开多次会议", []),
        ("落实中央八项规定精神", []),
        ("推动三次产业协同发展", []),
        ("加强政协委员和机关干部两支队伍建设", []),
        ("开展“五个一”活动，推进“两个确立”", []),
        ("增强四个意识、坚定四个自信、做到两个维护", []),
        ("每名委员每年至少提交1件提案", []),
        ("接续开展第4次回头看，用三年时间完成整改", []),
        ("把联系群众作为一项重要工作", []),
        ("去年3月召开会议", []),
        ("编印《三个一百》", []),
    ],
)
def test_promises(sentence: str, proposed: list[str]) -> None:
    assert told(sentence) == proposed


def test_the_words_and_their_place_are_told() -> None:
    text = "前言\n一、协商\n（一）双月协商。围绕民生，上半年召开**2次**座谈会。\n1. 举办X场讲座。\n"
    found = read_targets(parse_plan_text(text, 9), 2022, (), 9)
    proposal, left = found.proposals[0], found.open[0]
    assert (proposal.target.clause, proposal.title, proposal.day) == ("1-1", "双月协商", "上半年")
    place = proposal.read
    line = text.split("\n")[place.line - 9]
    assert line[place.column - 1 :].startswith(place.words)
    assert place.words.startswith("上半年召开**2次**座谈会")
    assert (left.clause, left.read.words, left.read.line) == ("1-1-1", "X场讲座", 12)


def test_the_seed_promises_four_meetings_and_leaves_one_number_open() -> None:
    text = (ROOT / "content/plans/2022/index.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    found = read_targets(parse_plan_text(text), 2022, (), 1)
    assert [(p.target.clause, p.target.what, p.target.count) for p in found.proposals] == [
        ("2-2", "双月协商座谈会", 4)
    ]
    assert [left.clause for left in found.open] == ["2-1"]


def test_without_a_year_no_day_is_read() -> None:
    found = read_targets(parse_plan_text("（一）甲。6月底前召开2次会议。\n"), None, (), 1)
    assert [p.target.by for p in found.proposals] == [None]


@pytest.mark.parametrize(
    ("present", "is_new"),
    [
        (Target(clause="1", what="双月协商座谈会", count=4, unit="次"), False),
        (Target(clause="1", what="双月座谈会", count=6, unit="次"), False),
        (Target(clause="1", what="座谈会", count=4, unit="次"), False),
        (Target(clause="1", what="座谈会", count=5, unit="次"), True),
        (Target(clause="2", what="双月协商座谈会", count=4, unit="次"), True),
    ],
)
def test_what_the_plan_has_is_not_new(present: Target, is_new: bool) -> None:
    found = read("召开4次双月协商座谈会", present)
    assert [proposal.is_new for proposal in found.proposals] == [is_new]


def test_what_is_said_twice_is_proposed_once() -> None:
    assert told("召开4次座谈会；4次座谈会分别在各季度召开") == ["座谈会 4 次 12-31"]


@settings(max_examples=150, deadline=None)
@given(
    PLAN_LIKE
    | st.text("（）一二两三十0123456789次个件%，。、每季度月底前至少召开举办X年", max_size=60)
)
def test_every_proposal_quotes_the_text_and_proposing_again_gives_nothing_new(text: str) -> None:
    parsed = parse_plan_text(text, 5)
    ids = {entry.id for entry in parsed.plan.entries()}
    found = read_targets(parsed, 2022, (), 5)
    for proposal in found.proposals:
        place = proposal.read
        line = parsed.lines[place.line - 5].raw
        assert place.words
        assert line[place.column - 1 :].startswith(place.words)
        assert proposal.target.clause in ids
        assert proposal.target.what
    again = read_targets(parsed, 2022, [p.target for p in found.proposals], 5)
    assert not any(proposal.is_new for proposal in again.proposals)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("6月底前", date(2022, 6, 30)),
        ("6月前", date(2022, 5, 31)),
        ("2月底", date(2022, 2, 28)),
        ("六月上旬", date(2022, 6, 10)),
        ("十二月中旬前", date(2022, 12, 20)),
        ("2023年1月15日前", date(2023, 1, 15)),
        ("3月至6月", date(2022, 6, 30)),
        ("3-5月", date(2022, 5, 31)),
        ("第三季度末", date(2022, 9, 30)),
        ("年底前", date(2022, 12, 31)),
        ("年内", date(2022, 12, 31)),
        ("上半年", date(2022, 6, 30)),
        ("2月30日前", None),
        ("13月底前", None),
        ("每季度", None),
        ("十年内", None),
    ],
)
def test_days(words: str, day: date | None) -> None:
    found = find_deadlines(f"计划于{words}完成", 2022)
    assert [d.day for d in found] == ([day] if day else [])
    assert not found or found[0].words == words


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("4", 4), ("１２", 12), ("1,200", 1200), ("四", 4), ("两", 2), ("十", 10), ("十二", 12),
        ("二十", 20), ("一百二十", 120), ("两千", 2000), ("三千零五", 3005), ("三四", None),
        ("十十", None), ("百", None), ("1.5", None), ("", None),
    ],
)  # fmt: skip
def test_number_value(written: str, value: int | None) -> None:
    assert number_value(written) == value
