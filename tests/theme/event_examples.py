"""Example pages of events and of the calendar; everything in them is invented."""

from __future__ import annotations

from msgspec.structs import replace

from site_plugins.outputs.pages.views.events import (
    CalendarView,
    CellView,
    DayView,
    EventView,
    FeedbackView,
    MonthView,
    SpeechView,
)
from site_plugins.outputs.pages.views.parts import FactView, StateView

from .page_views import full_text, text
from .preview import Example
from .sample_views import date, entry, link, small_site

PHASES = tuple(
    StateView(key=key, label=label)
    for key, label in (("ahead", "将举行"), ("on", "正在进行"), ("over", "已举行"))
)


def day(number: int, phase: int) -> DayView:
    """An event of June."""
    return DayView(
        title=("双月协商座谈会：雨季积水", "北榆河港改建工程派驻监督", "院坝会")[number % 3],
        url=f"consultation/{number}/",
        iso=f"2022-06-{number:02}",
        day=str(number),
        month="6月",
        weekday="周四",
        hours="14:30—17:30" if number % 2 else "",
        form="双月协商座谈会",
        place="市政协二楼会议室" if number % 2 else "",
        topic="积水",
        phase=PHASES[phase],
    )


def days() -> tuple[DayView, ...]:
    """Four events for the first page."""
    return (day(3, 2), day(16, 1), day(17, 0), day(28, 0))


def _event() -> EventView:
    return EventView(
        text=full_text(),
        phase=PHASES[2],
        facts=(
            FactView(label="形式", value="双月协商座谈会"),
            FactView(label="议题", value="城区积水点怎样分级治理"),
            FactView(label="时间", value="2022年6月16日（周四）14:30—17:30"),
            FactView(label="邀请单位", value="市水务局、市住建局、市公安局交警支队"),
        ),
        people=(link("委员庚", "members/g/"), link("委员己", "")),
        speeches=(
            SpeechView(name="委员庚", url="members/g/", title="请沿线学校装水位标尺"),
            SpeechView(name="委员己", url="", title=""),
        ),
        findings=("二十座设施中，十三座正常。", "停用的三座无水可治。"),
        follow_up=("两座已补管网。",),
        feedback=(
            FeedbackView(date=date(), unit="市水务局", adopted="十一处堵塞点清完。"),
            FeedbackView(date=None, unit="", adopted="其余两处同步。"),
        ),
        links=(FactView(label="前期调研", value="图上有管，地下有没有", url="research/a/"),),
        reports=(entry(1), entry(2, date=None)),
    )


def _bare() -> EventView:
    return replace(
        _event(),
        text=text(title="院坝会", body_html="", date=None, facts=()),
        phase=None,
        people=(),
        speeches=(),
        findings=(),
        follow_up=(),
        feedback=(),
        links=(),
        reports=(),
    )


def _month(number: int) -> MonthView:
    cells = [None, None, *(CellView(day=str(n)) for n in range(1, 31)), None, None, None]
    cells[17] = CellView(day="16", url="consultation/16/", label="6月16日，1场：雨季积水")
    return MonthView(
        id=f"m-2022-{number:02}",
        title=f"2022年{number}月",
        weeks=tuple(tuple(cells[n : n + 7]) for n in range(0, 35, 7)),
        days=(day(16, 2), day(17, 0)),
    )


def _calendar() -> CalendarView:
    return CalendarView(
        title="活动日历",
        text="协商和监督活动：什么时候、在哪里、议什么。",
        on=(day(6, 1),),
        ahead=(day(17, 0), day(28, 0)),
        shows_ahead=True,
        months=(_month(6), _month(5)),
        years=(link("2023年", "calendar/2023/", count=17), link("2022年", count=13)),
        files=(link("全部活动", "calendar/all.ics", count=30),),
    )


def event_pages() -> dict[str, Example]:
    """An event with everything, one with next to nothing."""
    return {
        "event": Example("event", _event(), "雨季积水"),
        "event-bare": Example("event", _bare(), "院坝会", site=small_site()),
    }


def calendar_pages() -> dict[str, Example]:
    """The calendar, one with nothing ahead, a year."""
    year = replace(_calendar(), title="2022年活动日历", on=(), ahead=(), shows_ahead=False)
    return {
        "calendar": Example("calendar", _calendar(), "活动日历"),
        "calendar-quiet": Example("calendar", replace(_calendar(), on=(), ahead=()), "活动日历"),
        "calendar-year": Example("calendar", year, "2022年活动日历"),
    }
