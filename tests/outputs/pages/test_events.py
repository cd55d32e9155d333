"""Pages of events, the calendar, and what of them stands on the home page."""

from __future__ import annotations

import json

from site_plugins.outputs.pages.views.events import CalendarView, EventView
from tests.site_in_memory import Files, Shown, at, column, edition_of, pages_of, record

FILES: Files = {
    "consultation/index.md": column("协商活动", "consultation"),
    "supervision/index.md": column("监督活动", "supervision"),
    "news/index.md": column("要闻"),
    "members/index.md": column("委员", "member"),
    "members/g.md": "---\ntitle: 委员庚\n---\n",
    "plans/index.md": column("计划", "plan"),
    "plans/2022/index.md": record("工作要点", year=2022, text="一、学习\n\n（一）读书。常读书。\n"),
    "consultation/a.md": "---\ntitle: 雨季积水\nform: 双月协商座谈会\ntopic: 积水\n"
    "date: 2022-06-10\nstart: 2022-06-16 14:30\nend: 2022-06-16 17:30\nplace: 会议室\n"
    "invited: [市水务局, 市住建局]\nsource: 办公室\nmembers: [members/g]\n"
    "implements: [plans/2022#1-1]\nsurvey: news/a\nreport: news/draft\n"
    "speeches:\n  - {member: members/g, title: 装标尺}\n  - {member: 委员己}\n"
    "feedback:\n  - {date: 2022-06-30, unit: 市水务局, adopted: 清完}\n---\n正文。\n",
    "consultation/b.md": "---\ntitle: 院坝会\nstart: 2022-08-18\nend: 2022-08-19\n---\n",
    "supervision/c.md": "---\ntitle: 污水\nform: 专项\nperiod: 三月至四月\n"
    "findings: |\n  甲。\n  乙。\nfollow_up: 丙。\n---\n",
    "supervision/d.md": "---\ntitle: 河港\nform: 派驻\nstart: 2022-03-24\nend: 2022-10-11\n---\n",
    "news/a.md": record("调研", "2022-05-01"),
    "news/b.md": record("报道", "2022-06-17", event="consultation/a"),
    "news/draft.md": record("草稿", "2022-06-18", status="draft", event="consultation/a"),
}


def _pages(now: str = "2022-07-01") -> dict[str, Shown]:
    return pages_of(edition_of(FILES, at(now)))


PAGES = _pages()


def _event(address: str, pages: dict[str, Shown] = PAGES) -> EventView:
    view = pages[address].view
    assert isinstance(view, EventView)
    return view


def test_when_where_and_on_what() -> None:
    view = _event("consultation/a/")
    assert [(fact.label, fact.value) for fact in view.facts] == [
        ("形式", "双月协商座谈会"),
        ("议题", "积水"),
        ("时间", "2022年6月16日（周四）14:30—17:30"),
        ("地点", "会议室"),
        ("邀请单位", "市水务局、市住建局"),
    ]
    assert view.phase is not None
    assert view.phase.label == "已举行"
    assert view.text.date is not None
    assert view.text.date.iso == "2022-06-10"
    assert [fact.label for fact in view.text.facts] == ["来源"]
    assert [link.url for link in view.text.clauses] == ["plans/2022/#1-1"]


def test_people_advice_and_what_was_adopted() -> None:
    view = _event("consultation/a/")
    assert [(p.title, p.url) for p in view.people] == [("委员庚", "members/g/")]
    assert [(s.name, s.url, s.title) for s in view.speeches] == [
        ("委员庚", "members/g/", "装标尺"),
        ("委员己", "", ""),
    ]
    assert [(f.unit, f.adopted) for f in view.feedback] == [("市水务局", "清完")]


def test_only_public_texts_are_linked() -> None:
    view = _event("consultation/a/")
    assert [(link.label, link.url) for link in view.links] == [("前期调研", "news/a/")]
    assert [entry.title for entry in view.reports] == ["报道"]


def test_a_supervision_without_a_day_has_a_page() -> None:
    view = _event("supervision/c/")
    assert view.phase is None
    assert (view.findings, view.follow_up) == (("甲。", "乙。"), ("丙。",))
    assert ("时段", "三月至四月") in [(fact.label, fact.value) for fact in view.facts]
    assert PAGES["supervision/c/"].layout == "event"


def test_machines_are_told_an_event() -> None:
    data = json.loads(PAGES["consultation/a/"].page.json_ld)
    assert (data["@type"], data["startDate"]) == ("Event", "2022-06-16T14:30:00+08:00")
    assert data["location"]["name"] == "会议室"


def test_several_days() -> None:
    facts = {fact.label: fact.value for fact in _event("consultation/b/").facts}
    assert facts["时间"] == "2022年8月18日（周四）至2022年8月19日"
    assert facts["形式"] == "其他协商"


def _calendar(address: str, pages: dict[str, Shown] = PAGES) -> CalendarView:
    view = pages[address].view
    assert isinstance(view, CalendarView)
    return view


def test_the_calendar_parts_what_is_on_ahead_and_over() -> None:
    view = _calendar("calendar/")
    assert [day.title for day in view.on] == ["河港"]
    assert [(day.title, day.day, day.hours) for day in view.ahead] == [
        ("院坝会", "18", "至8月19日")
    ]
    assert [(m.title, [d.title for d in m.days]) for m in view.months] == [
        ("2022年6月", ["雨季积水"])
    ]
    assert [(link.title, link.count) for link in view.years] == [("2022年", 3)]
    assert [(link.url, link.count) for link in view.files if "forms" not in link.url] == [
        ("calendar/all.ics", 3),
        ("plans/2022/calendar.ics", 1),
    ]


def test_a_year_has_all_its_months_and_their_sheets() -> None:
    view = _calendar("calendar/2022/")
    assert [month.title for month in view.months] == ["2022年3月", "2022年6月", "2022年8月"]
    june = view.months[1]
    cells = [cell for week in june.weeks for cell in week if cell is not None]
    assert [int(cell.day) for cell in cells] == list(range(1, 31))
    assert all(len(week) == 7 for week in june.weeks)
    # 1 June 2022 was a Wednesday.
    assert [cell.day if cell else "" for cell in june.weeks[0]] == ["", "", "1", "2", "3", "4", "5"]
    assert [(cell.day, cell.url) for cell in cells if cell.url] == [("16", "consultation/a/")]


def test_the_home_page_has_the_next_events_and_past_ones_before_them() -> None:
    assert [day.title for day in PAGES[""].view.days] == ["雨季积水", "院坝会"]
    early = _pages("2022-03-01")[""].view.days
    assert [day.title for day in early] == ["河港", "雨季积水", "院坝会"]
    late = _pages("2023-01-01")[""].view.days
    assert [day.title for day in late] == ["河港", "雨季积水", "院坝会"]
    assert _pages("2022-06-16T15:00:00")[""].view.days[0].phase.key == "on"


def test_a_day_without_an_event_changes_no_page() -> None:
    again = _pages("2022-07-02")
    for address in ("", "calendar/", "calendar/2022/", "consultation/a/", "supervision/d/"):
        assert again[address].view == PAGES[address].view, address


def test_a_site_without_events_has_no_calendar() -> None:
    pages = pages_of(edition_of({"news/index.md": column("要闻")}))
    assert "calendar/" not in pages
    assert pages[""].view.days == ()
