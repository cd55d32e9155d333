"""The draft of the year-end report: the plan's order, its evidence, its targets; and it builds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from site_plugins.domain.model.records import Plan
from site_plugins.domain.site import Evidence
from site_plugins.outputs.answers.plan_report import plan_report
from site_plugins.reading.plans.text import parse_plan_text
from site_plugins.tools.markdown_converter import MarkdownConverter
from tests.reading.plans.test_plan_text import PLAN_LIKE
from tests.site_in_memory import NOW, Files, column, content_of, edition_of, problems_of, record

TEXT = """前言。

一、协商

（一）双月协商。召开**4次**[座谈会](../index.md)。

1. 会前调研。

（二）提案*。提案办复率100%。

二、学习

（一）读书。年内读书2次。
"""
FILES: Files = {
    "news/index.md": column("要闻"),
    "news/b.md": record("乙[二]", "2023-05-01", implements="[plans/2023#1-1-1, plans/2023#1-1]"),
    "news/a.md": record("甲", "2023-03-01 10:00", implements="plans/2023#1-1"),
    "consult/index.md": column("协商", "consultation"),
    "consult/c.md": "---\ntitle: 丙\nstart: 2023-11-21\nimplements: plans/2023#1-1\n---\n",
    "news/d.md": record("草稿", "2023-05-02", status="draft", implements="plans/2023#2-1"),
    "plans/index.md": column("计划", "plan"),
    "plans/2023/index.md": record(
        "2023年工作要点",
        "2023-02-24",
        year=2023,
        text=TEXT,
        targets='[{clause: "1-1", what: 座谈会, count: 4, unit: 次, by: 2023-12-31}, '
        '{clause: "1-1-1", what: 调研}, {clause: "1-2", what: 办复率, count: 100, unit: "%"}, '
        '{clause: "2-1", what: 读书, count: 2, unit: 次, at_least: true}]',
        progress='[{clause: "1-2", date: 2023-09-30, what: 办复率, count: 96, note: 八件在办}]',
    ),
}


def draft_of(files: Files) -> str:
    edition = edition_of(files)
    (plan,) = edition.site.plans
    evidence = edition.site.evidence.get(plan.id, Evidence({}))
    return plan_report(plan, edition.plan_texts[plan.id], evidence, NOW)


DRAFT = draft_of(FILES)


def test_it_walks_the_plan_in_its_order() -> None:
    headings = [line for line in DRAFT.splitlines() if line.startswith(("## ", "### "))]
    assert headings == [
        "## 一、协商",
        "### （一）双月协商",
        "### （二）提案",
        "## 二、学习",
        "### （一）读书",
    ]


def test_evidence_stands_by_date_and_what_is_ahead_apart() -> None:
    clause = DRAFT.split("### ")[1]
    assert clause.index("1. 2023年3月1日，[甲](/news/a.md)") < clause.index(
        "2. 2023年5月1日，[乙\\[二\\]](/news/b.md)"
    )
    assert "已经排定：\n\n1. 2023年11月21日，[丙](/consult/c.md)" in clause
    assert "佐证材料2件：" in clause
    assert "草稿](" not in DRAFT


def test_targets_are_counted() -> None:
    assert "- 目标：座谈会4次，2023年12月31日前。计2次，还差2次，请说明。" in DRAFT
    assert "- 目标：调研，2023年12月31日前。已完成。" in DRAFT
    assert "- 目标：办复率100%，2023年12月31日前。编辑填报96%，请核对。" in DRAFT
    assert "- 编辑说明（2023年9月30日）：办复率，实际96，八件在办" in DRAFT
    assert "- 目标：读书不少于2次，2023年12月31日前。没有佐证，请说明。" in DRAFT
    assert "共3条。截至2023年10月20日，进行中2条、未开始1条；1条有佐证材料，共2件。" in DRAFT


def test_what_came_late_and_what_was_not_told_is_said() -> None:
    plan = str(FILES["plans/2023/index.md"])
    plan = plan.replace("what: 调研}", "what: 调研, by: 2023-04-01}").replace("count: 96, ", "")
    draft = draft_of({**FILES, "plans/2023/index.md": plan})
    assert "调研，2023年4月1日前。已完成（2023年5月1日，迟于期限）。" in draft
    assert "办复率100%，2023年12月31日前。请填写实际数字。" in draft


def test_the_clause_is_quoted_without_its_markdown() -> None:
    assert "> 召开4次座谈会。\n>\n> 1.会前调研。\n>\n> [原文](/plans/2023/index.md#1-1)" in DRAFT


@pytest.mark.parametrize("path", ["news/report.md", "news/2023/1020-report.md"])
@pytest.mark.parametrize("is_draft", [True, False])
def test_it_builds_wherever_it_is_saved(path: str, is_draft: bool) -> None:
    text = DRAFT if is_draft else DRAFT.replace("status: draft\n", "")
    # Clauses that the sample leaves without evidence are told by JY095, whatever the report says.
    assert [p for p in problems_of({**FILES, path: text}) if "JY095" not in p] == []


def test_a_plan_without_parts_and_evidence() -> None:
    files = {
        "plans/2023/index.md": record("要点", kind="plan", year=2023, text="1. 甲，\n2. 乙，\n")
    }
    draft = draft_of({"plans/index.md": column("计划", "plan"), **files})
    assert [line for line in draft.splitlines() if line.startswith("#")] == [
        "# 草稿。核对、改好以后，把 status 一行删去就会发布", "## 1.", "## 2."
    ]  # fmt: skip
    assert draft.count("没有佐证材料，请核实后补写") == 2


@settings(max_examples=60, deadline=None)
@given(PLAN_LIKE)
def test_any_plan_is_quoted_with_its_characters(text: str) -> None:
    """Whatever signs of Markdown a plan holds, the draft shows its clauses' characters."""
    files = {
        "plans/index.md": column("计划", "plan"),
        "plans/2023/index.md": record("要点", year=2023, text=text),
    }
    plan = content_of(files).records["plans/2023/index.md"]
    assert isinstance(plan, Plan)
    parsed = parse_plan_text(text).plan
    draft = plan_report(plan, parsed, Evidence({}), NOW)
    converted = MarkdownConverter().convert(draft.split("---\n", 2)[2], "x.md")
    assert len([h for h in converted.headings if h.level in (2, 3)]) == sum(
        (not part.is_whole) + len(part.clauses) for part in parsed.parts
    )
