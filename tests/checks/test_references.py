"""Ids that front matter names: records, clauses of plans, articles of an issue."""

from __future__ import annotations

import pytest

from tests.site_in_memory import Files, at, column, prepared_of, problems_of, record

PLAN = "一、加强学习\n\n（一）理论武装。坚持。\n\n1. 第一项。\n\n（二）联系群众。走访。\n"
# Later the clauses without evidence would be told as well.
SPRING = at("2022-05-01")
THERE: Files = {
    "news/index.md": column("要闻"),
    "plans/index.md": column("计划", "plan"),
    "plans/2022/index.md": record("2022年工作要点", year=2022, text=PLAN),
    "members/index.md": column("委员", "member"),
    "members/zhang-xx.md": "---\nname: 张某某\n---\n",
    "members/draft.md": "---\nname: 某甲\nstatus: draft\n---\n",
}


def _told(path: str, written: str) -> list[str]:
    found = problems_of({**THERE, path: written}, SPRING)
    return [one.removeprefix(f"content/{path}:") for one in found]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"members": "[members/zhang-xx]"}, []),
        ({"members": "members/draft"}, []),
        ({"members": "members/nobody"}, ["5 JY039"]),
        ({"members": "\n- members/zhang-xx\n- members/nobody"}, ["7 JY039"]),
        ({"members": "[members/zhang-xx.md]"}, ["5 JY039"]),
        ({"implements": "[plans/2022#1-1, plans/2022#1-2]"}, []),
        ({"implements": "plans/2022#1-1-1"}, []),
        ({"implements": "\n- plans/2022#1-1\n- plans/2022#1-9"}, ["7 JY053"]),
        ({"implements": "plans/2022"}, ["5 JY053"]),
        ({"implements": "plans/2021#1-1"}, ["5 JY053"]),
    ],
)
def test_references_of_a_record(keys: dict[str, str], told: list[str]) -> None:
    assert _told("news/a.md", record("甲", **keys)) == told


def test_targets_name_clauses_of_their_plan() -> None:
    targets = '\n- {clause: "1-1", what: 学习}\n- {clause: "1-9", what: 走访}'
    plan = record("2022年工作要点", year=2022, text=PLAN, targets=targets)
    assert _told("plans/2022/index.md", plan) == ["8 JY054"]


def test_naming_what_is_left_out_is_no_second_fault() -> None:
    files = {
        **THERE,
        "members/zhang-xx.md": "---\nname: [\n---\n",
        "plans/2022/index.md": b"\xff\xff\xff",
        "news/a.md": record("甲", members="members/zhang-xx", implements="plans/2022#1-1"),
    }
    assert [one for one in problems_of(files) if "news/a.md" in one] == []


ISSUE = (
    "---\ntitle: 第1期\nissue:\n  year: 2023\n  number: 1\n  published: 2023-01-01\n"
    "  contents:\n  - section: 卷首\n    articles: [a, {named}]\n---\n"
)
MAGAZINE: Files = {
    "magazine/index.md": "---\ntitle: 杂志\nperiodical: {order: 1}\n---\n",
    "magazine/2023-01/a.md": "---\ntitle: 甲\ndate: 2023-01-01\n---\n",
    "magazine/2023-01/b.md": "---\ntitle: 乙\ndate: 2023-01-01\n---\n",
}


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("b", []),
        ("b.md", []),
        ("a", ["b.md:1 JY037", "index.md:9 JY038"]),
        ("c", ["b.md:1 JY037", "index.md:9 JY036"]),
        ("../2023-01/b", ["b.md:1 JY037", "index.md:9 JY036"]),
    ],
)
def test_contents_of_an_issue(named: str, told: list[str]) -> None:
    files = {**MAGAZINE, "magazine/2023-01/index.md": ISSUE.replace("{named}", named)}
    found = [one.removeprefix("content/magazine/2023-01/") for one in problems_of(files)]
    assert [one for one in found if "JY035" not in one] == told


def test_an_issue_lies_right_below_its_periodical() -> None:
    index = ISSUE.replace("{named}", "b")
    files = {
        "magazine/index.md": MAGAZINE["magazine/index.md"],
        "magazine/2023/2023-01/index.md": ISSUE.replace("[a, {named}]", "[]"),
        "elsewhere/2023-01/index.md": ISSUE.replace("[a, {named}]", "[]"),
        **{path: text for path, text in MAGAZINE.items() if path != "magazine/index.md"},
        "magazine/2023-01/index.md": index,
        "magazine/2023-01/deep/c.md": "---\ntitle: 丙\ndate: 2023-01-01\n---\n",
    }
    assert problems_of(files) == [
        "content/elsewhere/2023-01/index.md:3 JY046",
        "content/magazine/2023-01/deep/c.md:1 JY046",
        "content/magazine/2023/2023-01/index.md:3 JY046",
    ]


def test_the_nearest_is_suggested() -> None:
    files = {**THERE, "news/a.md": record("甲", members="members/zhang-x")}
    (found,) = prepared_of(files, SPRING).problems
    assert "“members/zhang-xx”" in found.message
