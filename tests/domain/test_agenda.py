"""The calendar: which events there are, of what form, and whether they are over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_plugins.domain.agenda import Agenda, Phase, phase_of
from site_plugins.domain.moments import moment_of
from tests.site_in_memory import Files, at, column, edition_of

NOW = "2022-06-16T12:00:00"


def _event(title: str, **keys: str) -> str:
    return f"---\ntitle: {title}\n" + "".join(f"{k}: {v}\n" for k, v in keys.items()) + "---\n"


FILES: Files = {
    "consultation/index.md": column("协商活动", "consultation"),
    "supervision/index.md": column("监督活动", "supervision"),
    "consultation/a.md": _event("甲", form="双月协商座谈会", start="2022-06-16 14:30"),
    "consultation/b.md": _event("乙", form="微协商", start="2021-12-31", topic="路"),
    "consultation/c.md": _event("丙", start="2022-07-01", implements="[plans/2022#1-1]"),
    "supervision/d.md": _event("丁", form="专项", date="2022-06-16", subject="水"),
    "supervision/e.md": _event("戊", form="委员联合视察", start="2022-05-01", end="2022-06-30"),
    "supervision/f.md": _event("己", form="微协商监督"),
    "plans/index.md": column("计划", "plan"),
    "plans/2022/index.md": "---\ntitle: 工作要点\nyear: 2022\ndate: 2022-01-01\nsource: 办\n---\n"
    "一、学习\n\n（一）读书。常读书。\n",
}


def _agenda(now: str = NOW) -> Agenda:
    return edition_of(FILES, at(now)).agenda


@pytest.mark.parametrize(
    ("start", "end", "now", "phase"),
    [
        ("2022-06-16 14:30", None, "2022-06-16T14:29:00", Phase.AHEAD),
        ("2022-06-16 14:30", None, "2022-06-16T14:30:00", Phase.ON),
        ("2022-06-16 14:30", None, "2022-06-16T23:59:00", Phase.ON),
        ("2022-06-16 14:30", None, "2022-06-17T00:00:00", Phase.OVER),
        ("2022-06-16 14:30", "2022-06-16 17:00", "2022-06-16T17:00:00", Phase.OVER),
        ("2022-06-16", None, "2022-06-15T23:59:00", Phase.AHEAD),
        ("2022-06-16", None, "2022-06-16T00:00:00", Phase.ON),
        ("2022-06-16", "2022-06-18", "2022-06-18T23:00:00", Phase.ON),
        ("2022-06-16", "2022-06-18", "2022-06-19T00:00:00", Phase.OVER),
        ("2022-06-16 09:00", "2022-06-18", "2022-06-18T23:00:00", Phase.ON),
    ],
)
def test_phases(start: str, end: str | None, now: str, phase: Phase) -> None:
    begun = moment_of(start)
    assert begun is not None
    assert phase_of(begun, moment_of(end), at(now)) is phase


@given(st.datetimes(), st.datetimes(), st.booleans())
def test_an_event_never_goes_back(first: object, second: object, has_time: bool) -> None:
    early, late = sorted([str(first)[:16], str(second)[:16]])
    start = moment_of("2022-06-16 09:00" if has_time else "2022-06-16")
    assert start is not None
    order = [Phase.AHEAD, Phase.ON, Phase.OVER]
    phases = [order.index(phase_of(start, None, at(moment))) for moment in (early, late)]
    assert phases == sorted(phases)


def test_events_stand_by_their_first_day() -> None:
    assert [(e.record.title, e.phase.value) for e in _agenda().entries] == [
        ("乙", "over"),
        ("戊", "on"),
        ("丁", "on"),
        ("甲", "ahead"),
        ("丙", "ahead"),
    ]


def test_forms_are_told_in_full_and_only_those_in_use() -> None:
    agenda = _agenda()
    assert list(agenda.forms or {}) == [
        "其他协商",
        "双月协商座谈会",
        "微协商",
        "专项监督",
        "委员联合视察",
    ]
    assert [e.record.title for e in agenda.of_form("专项监督")] == ["丁"]


def test_years_plans_and_topics() -> None:
    agenda = _agenda()
    assert agenda.years == (2022, 2021)
    assert [e.record.title for e in agenda.of_year(2021)] == ["乙"]
    assert [e.record.title for e in agenda.of_plan("plans/2022")] == ["丙"]
    assert agenda.of_plan("plans/202") == ()
    assert {e.record.title: e.topic for e in agenda.entries if e.topic} == {"乙": "路", "丁": "水"}


def test_an_event_ahead_does_not_date_the_site() -> None:
    site = edition_of(FILES, at(NOW)).site
    assert site.updated is not None
    assert site.updated.iso == "2022-06-16"
