"""The page of two plans: its address, its rows, the way to it and back."""

from __future__ import annotations

import pytest

from site_plugins.domain.generated import comparison_address, is_reserved
from site_plugins.outputs.machines.files import SitemapUnit
from site_plugins.outputs.pages.views.comparisons import ComparisonView
from site_plugins.outputs.pages.views.plans import PlanView
from tests.site_in_memory import Files, column, edition_of, pages_of, problems_of, record

FILES: Files = {
    "plans/index.md": column("计划", "plan"),
    "plans/2022/index.md": record(
        "2022年工作要点",
        year=2022,
        text="一、协商\n（一）双月协商。召开4次[座谈会](../index.md)。\n（二）网络议政。征集意见。\n",
    ),
    "plans/2023/index.md": record(
        "2023年工作要点",
        year=2023,
        ids='[{id: "1-7", number: （一）, title: 双月协商}]',
        text="一、议政\n（一）双月协商。召开6次座谈会。\n二、学习\n（一）读书活动。读书。\n",
    ),
    "plans/2021/index.md": record("2021年工作要点", year=2021, text="没有条款\n"),
}
PAGES = pages_of(edition_of(FILES))


def test_rows_say_what_became_of_each_clause() -> None:
    shown = PAGES["plans/2023/compare/2022/"]
    view = shown.view
    assert isinstance(view, ComparisonView)
    assert (shown.layout, view.title) == ("plan-comparison", "2023年与2022年对照")
    assert view.counts == (
        ("continued", "延续", 1), ("new", "新增", 1), ("dropped", "不再列入", 1)
    )  # fmt: skip
    pairs = [pair for part in view.parts for pair in part.pairs]
    assert [pair.label for pair in pairs] == ["延续", "不再列入", "新增"]
    first = pairs[0]
    assert first.later is not None
    assert first.earlier is not None
    assert (first.later.url, first.later.mark) == ("plans/2023/#1-7", "2023年 §1-7")
    assert first.earlier.url == "plans/2022/#1-1"
    assert [[s.text for s in p if not s.is_same] for p in first.later.paragraphs] == [["6"]]
    assert view.parts[0].earlier == "一、协商"
    assert [link.url for link in view.others] == ["plans/2023/compare/2021/"]


def test_a_text_that_was_written_anew_is_not_marked() -> None:
    files = dict(FILES)
    files["plans/2023/index.md"] = record(
        "2023年工作要点", year=2023, text="一、协商\n（一）双月协商。听取意见，跟踪办理。\n"
    )
    view = pages_of(edition_of(files))["plans/2023/compare/2022/"].view
    first = view.parts[0].pairs[0]
    assert (first.fate, first.note) == ("continued", "标题相近，正文另写")
    assert all(
        s.is_same for side in (first.later, first.earlier) for p in side.paragraphs for s in p
    )


def test_plans_lead_to_their_comparisons_and_the_other_way_round_leads_there() -> None:
    view = PAGES["plans/2022/"].view
    assert isinstance(view, PlanView)
    assert [link.url for link in view.comparisons] == [
        "plans/2023/compare/2022/",
        "plans/2022/compare/2021/",
    ]
    back = PAGES["plans/2022/compare/2023/"]
    assert (back.layout, back.view.url) == ("redirect", "plans/2023/compare/2022/")


def test_a_plan_without_clauses_has_its_page_too() -> None:
    assert [
        p.label for part in PAGES["plans/2022/compare/2021/"].view.parts for p in part.pairs
    ] == [
        "新增",
        "新增",
    ]


@pytest.mark.parametrize(
    ("plan", "other", "address"),
    [
        ("plans/2023", "plans/2022", "plans/2023/compare/2022/"),
        ("plans/2023", "old/2022", "plans/2023/compare/old-2022/"),
    ],
)
def test_addresses(plan: str, other: str, address: str) -> None:
    assert comparison_address(plan, other) == address
    assert is_reserved(address)


def test_a_record_may_not_lie_there() -> None:
    files = {**FILES, "plans/2023/compare/2022/index.md": record("占位", kind="page")}
    assert [p for p in problems_of(files) if "JY032" in p]


def test_comparisons_are_told_to_search_engines_once() -> None:
    (artifact,) = SitemapUnit(edition_of(FILES, url="https://zx.example.com/"))()
    text = artifact.content.decode("utf-8")
    found = [row for row in text.split("<loc>")[1:] if "/compare/" in row]
    assert sorted(row.partition("<")[0].rpartition("plans/")[2] for row in found) == [
        "2022/compare/2021/",
        "2023/compare/2021/",
        "2023/compare/2022/",
    ]
