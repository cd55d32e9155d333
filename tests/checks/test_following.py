"""Editors' words on progress, clauses nobody has begun, the days of events."""

from __future__ import annotations

import pytest

from tests.site_in_memory import Files, at, column, problems_of, record

PLAN = "一、学习\n\n（一）读书。常读书。\n\n（二）培训。办班。\n"
THERE: Files = {
    "news/index.md": column("要闻"),
    "plans/index.md": column("计划", "plan"),
    "plans/2022/index.md": record("工作要点", year=2022, text=PLAN),
    "consultation/index.md": column("协商活动", "consultation"),
    "supervision/index.md": column("监督活动", "supervision"),
}


def _event(title: str, **keys: str) -> str:
    return f"---\ntitle: {title}\n" + "".join(f"{k}: {v}\n" for k, v in keys.items()) + "---\n"


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2022-06-30T23:59:00", []),
        ("2022-07-01", ["content/plans/2022/index.md:13 JY095"]),
        ("2023-12-31", ["content/plans/2022/index.md:13 JY095"]),
        ("2024-01-01", []),
    ],
)
def test_a_clause_without_evidence_is_told_in_the_second_half(now: str, told: list[str]) -> None:
    files = {
        **THERE,
        "plans/2022/index.md": record("工作要点", year=2022, aliases="/a/", text="\n" + PLAN),
        "news/a.md": record("甲", implements="[plans/2022#1-1]"),
    }
    assert problems_of(files, at(now)) == told


def test_an_event_that_is_arranged_is_not_missed() -> None:
    files = {
        **THERE,
        "news/a.md": record("甲", implements="[plans/2022#1-1]"),
        "consultation/b.md": _event("乙", start="2022-09-01", implements="[plans/2022#1-2]"),
    }
    assert problems_of(files, at("2022-08-01")) == []


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ('{clause: "1-1", date: 2022-03-01, state: 进行中}', []),
        ('{clause: "1-1", date: 2022-03-01, what: 读书会, count: 2}', []),
        ('{clause: "1-9", date: 2022-03-01, note: 好}', ["7 JY096"]),
        ('{clause: "1-1", date: 2022-03-01, what: 读书, count: 2}', ["7 JY097"]),
        ('{clause: "1-1", date: 2022-03-01}', ["7 JY098"]),
        ('{clause: "1-1", note: 好}', ["7 JY011"]),
    ],
)
def test_words_on_progress(word: str, codes: list[str]) -> None:
    plan = record(
        "工作要点",
        year=2022,
        text=PLAN,
        progress=f"\n  - {word}",
        targets='\n  - {clause: "1-1", what: 读书会, count: 4}',
    )
    found = problems_of({**THERE, "plans/2022/index.md": plan}, at("2022-05-01"))
    assert [one.removeprefix("content/plans/2022/index.md:") for one in found] == codes


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2022-03-01", "2022-03-01", False),
        ("2022-03-01 14:30", "2022-03-01", False),
        ("2022-03-01", "2022-03-01 09:00", False),
        ("2022-03-01 14:30", "2022-03-01 14:00", True),
        ("2022-03-02", "2022-03-01", True),
    ],
)
def test_an_event_does_not_end_before_it_begins(start: str, end: str, told: bool) -> None:
    files = {**THERE, "consultation/a.md": _event("甲", start=start, end=end)}
    codes = [one.rpartition(" ")[2] for one in problems_of(files, at("2022-05-01"))]
    assert codes == (["JY064"] if told else [])


def test_a_text_reports_consultations_and_supervisions_alone() -> None:
    files = {
        **THERE,
        "consultation/a.md": _event("甲", start="2022-03-01"),
        "supervision/b.md": _event("乙", date="2022-03-01"),
        "news/a.md": record("丙", event="consultation/a"),
        "news/b.md": record("丁", event="supervision/b"),
        "news/c.md": record("戊", event="news/a"),
        "news/d.md": record("己", event="consultation/z"),
    }
    assert problems_of(files, at("2022-05-01")) == [
        "content/news/c.md:5 JY065",
        "content/news/d.md:5 JY039",
    ]
