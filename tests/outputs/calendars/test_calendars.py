"""iCalendar files, read by a second parser; nothing in them is the clock's."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import vobject
from hypothesis import given
from hypothesis import strategies as st

from site_plugins.domain.edition import Edition
from site_plugins.outputs.calendars import render_calendars
from tests.site_in_memory import Files, at, column, edition_of


def _event(title: str, text: str = "", **keys: str) -> str:
    return (
        f"---\ntitle: {title}\n" + "".join(f"{k}: {v}\n" for k, v in keys.items()) + f"---\n{text}"
    )


FILES: Files = {
    "consultation/index.md": column("协商活动", "consultation"),
    "supervision/index.md": column("监督活动", "supervision"),
    "consultation/a.md": _event(
        "座谈会：雨, 水; 桥",
        "会前，委员走访。" * 30,
        form="双月协商座谈会",
        topic="积水",
        date="2022-06-10",
        start="2022-06-16 14:30",
        end="2022-06-16 17:30",
        place="市政协二楼会议室",
        implements="[plans/2022#1-1]",
    ),
    "consultation/b.md": _event("院坝会", form="微协商", start="2022-08-18", end="2022-08-19"),
    "supervision/c.md": _event("走访", form="专项", date="2022-09-01"),
    "plans/index.md": column("计划", "plan"),
    "plans/2022/index.md": "---\ntitle: 工作要点\nyear: 2022\ndate: 2022-01-01\nsource: 办\n---\n"
    "一、学习\n\n（一）读书。常读书。\n",
}


def _made(edition: Edition) -> dict[str, bytes]:
    return {artifact.path: artifact.content for artifact in render_calendars(edition)}


MADE = _made(edition_of(FILES, at("2022-07-01")))


def _events(content: bytes) -> dict[str, Any]:
    read = vobject.readOne(content.decode("utf-8"))
    assert read.validate()
    return {event.uid.value: event for event in read.vevent_list}


def test_all_forms_and_plans_have_a_file() -> None:
    forms = {path: list(_events(content)) for path, content in MADE.items() if "/forms/" in path}
    assert sorted(map(len, forms.values())) == [1, 1, 1]
    others = {path: len(_events(content)) for path, content in MADE.items() if path not in forms}
    assert others == {"calendar/all.ics": 3, "plans/2022/calendar.ics": 1}


def test_another_parser_reads_what_was_written() -> None:
    events = _events(MADE["calendar/all.ics"])
    meeting = events["consultation/a@zx.example.com"]
    assert meeting.summary.value == "座谈会：雨, 水; 桥"
    assert meeting.location.value == "市政协二楼会议室"
    assert meeting.dtstart.value == datetime(2022, 6, 16, 6, 30, tzinfo=UTC)
    assert meeting.dtend.value == datetime(2022, 6, 16, 9, 30, tzinfo=UTC)
    assert meeting.url.value == "https://zx.example.com/consultation/a/"
    assert meeting.description.value.startswith("双月协商座谈会\n积水\n会前，委员走访。")
    assert meeting.categories.value == ["双月协商座谈会"]
    days = events["consultation/b@zx.example.com"]
    assert (days.dtstart.value, days.dtend.value) == (date(2022, 8, 18), date(2022, 8, 20))
    one = events["supervision/c@zx.example.com"]
    assert (one.dtstart.value, one.dtend.value) == (date(2022, 9, 1), date(2022, 9, 2))


def test_stamps_are_those_of_the_records() -> None:
    events = _events(MADE["calendar/all.ics"])
    stamp = events["consultation/a@zx.example.com"].dtstamp.value
    assert stamp == datetime(2022, 6, 9, 16, 0, tzinfo=UTC)
    assert _made(edition_of(FILES, at("2023-01-01"))) == MADE


def test_lines_are_folded_at_75_bytes_and_end_as_rfc_5545_says() -> None:
    for content in MADE.values():
        lines = content.split(b"\r\n")
        assert lines[-1] == b""
        assert all(len(line) <= 75 for line in lines)
        assert b"\n" not in b"".join(lines)


def test_a_site_without_address_has_calendars_too() -> None:
    (uid,) = _events(_made(edition_of(FILES, url=""))["plans/2022/calendar.ics"])
    assert uid == "consultation/a@localhost"


def test_a_site_without_events_has_no_calendar() -> None:
    assert _made(edition_of({"news/index.md": column("要闻")})) == {}


ODD = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=40
)


@given(ODD, ODD)
def test_every_title_and_place_comes_back(title: str, place: str) -> None:
    import json

    keys = f"title: {json.dumps(title)}\nplace: {json.dumps(place)}\nstart: 2022-06-16\n"
    files = {**FILES, "consultation/a.md": f"---\n{keys}---\n"}
    edition = edition_of(files)
    record = edition.site.records.get("consultation/a.md")
    if record is None:
        return
    event = _events(_made(edition)["calendar/all.ics"])["consultation/a@zx.example.com"]
    assert event.summary.value == record.title
    assert event.location.value == getattr(record, "place")  # noqa: B009


def test_the_ends_of_the_calendar_are_no_fault() -> None:
    keys = {"start": "0002-01-01 00:30", "end": "9998-12-31"}
    files = {
        **FILES,
        "consultation/a.md": _event("甲", **keys),
        "consultation/b.md": _event("乙", start="9998-12-31"),
        "plans/2022/index.md": str(FILES["plans/2022/index.md"]).replace(
            "year: 2022", "year: 20220"
        ),
    }
    assert "calendar/all.ics" in _made(edition_of(files, at("2023-01-01")))
