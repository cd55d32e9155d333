"""Fixed and published ids of clauses: what vanished or moved is told, old anchors lead on."""

from __future__ import annotations

from typing import Any

import pytest

from site_plugins.checks.plan_ids import published_id_problems
from site_plugins.domain.model.parts import FixedId
from site_plugins.reading.plans.fixed import parse_fixed_plan
from tests.site_in_memory import Files, at, column, edition_of, pages_of, problems_of, record

TEXT = "一、学习\n\n（一）理论学习。甲。\n\n（二）读书活动。乙。\n"
IDS: list[dict[str, Any]] = [
    {"id": "1", "number": "一、", "title": "学习"},
    {"id": "1-1", "number": "（一）", "title": "理论学习"},
    {"id": "1-2", "number": "（二）", "title": "读书活动"},
]


def _site(ids: list[dict[str, Any]], plan: str = TEXT, **article: Any) -> Files:
    return {
        "plans/index.md": column("计划", "plan"),
        "plans/2022/index.md": record("2022年工作要点", year=2022, ids=ids, text=plan),
        "news/index.md": column("要闻"),
        "news/a.md": record("甲", **article),
    }


def _told(ids: list[dict[str, Any]], plan: str = TEXT) -> list[str]:
    return [p.removeprefix("content/") for p in problems_of(_site(ids, plan), at("2022-05-01"))]


def test_a_list_that_fits_is_passed_over() -> None:
    assert _told([*IDS]) == []


def test_vanished_retitled_new_and_repeated_ids_are_told() -> None:
    text = TEXT.replace("读书活动", "会史陈列") + "\n（三）新事。丙。\n"
    ids = [*IDS, {"id": "1-9", "title": "理论学习会"}, {"id": "1-8", "was": ["1-1"]}]
    codes = [told.partition(" ")[2] for told in _told([*ids], text)]
    assert sorted(codes) == ["JY080", "JY080", "JY081", "JY082", "JY083"]


def test_a_vanished_id_names_what_took_its_place() -> None:
    former = (
        FixedId(id="1-1", title="理论学习"),
        FixedId(id="1-7", title="委员读书活动"),
        FixedId(id="1-3-2", title="别的事"),
    )
    found = list(published_id_problems(former, parse_fixed_plan(TEXT, 1, ()).plan, (), "x.md"))
    assert [(p.code, p.severity.word) for p in found] == [("JY080", "warning")] * 2
    assert '如 1-2）加上 was: ["1-7"]' in found[0].remedy
    assert '如 1）加上 was: ["1-3-2"]' in found[1].remedy


def test_an_id_that_moved_to_another_clause_is_told() -> None:
    former = (FixedId(id="1-1", title="读书活动"), FixedId(id="1-2", title="改了名的"))
    plan = parse_fixed_plan(TEXT, 1, ()).plan
    assert [p.code for p in published_id_problems(former, plan, (), "x.md")] == ["JY084"]
    listed = (FixedId(id="1-1", title="理论学习"),)
    assert list(published_id_problems(former, plan, listed, "x.md")) == []


@pytest.mark.parametrize(
    "text", [TEXT, "# 前言\n" + TEXT.replace("（一）", "（二）").replace("（二）读", "（一）读")]
)
def test_old_ids_lead_to_what_took_their_place(text: str) -> None:
    ids = [IDS[0], {**IDS[1], "was": ["1-7", "2-1"]}, {**IDS[2], "was": ["1-3"]}]
    article = "[见](../plans/2022/index.md#1-7)"
    files = _site([*ids], text, implements=["plans/2022#1-3", "plans/2022#1-2"], text=article)
    assert not [p for p in problems_of(files, at("2022-05-01")) if "JY05" not in p]
    view = pages_of(edition_of(files))["plans/2022/"].view
    html = {clause.id: clause.html for part in view.parts for clause in part.clauses}
    assert '<span id="1-7"></span><span id="2-1"></span>' in html["1-1"]
    assert '<span id="1-3"></span>' in html["1-2"]
    done = {clause.id: clause.evidence for part in view.parts for clause in part.clauses}
    assert [entry.title for entry in done["1-2"]] == ["甲"]


def test_a_target_names_a_clause_by_its_present_id() -> None:
    files = _site([IDS[0], {**IDS[1], "was": ["1-7"]}, IDS[2]])
    plan = str(files["plans/2022/index.md"]).replace(
        "year: 2022", 'year: 2022\ntargets: [{clause: "1-7", what: 会议}]'
    )
    assert "JY054" in "".join(problems_of({**files, "plans/2022/index.md": plan}))
