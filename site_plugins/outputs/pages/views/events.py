"""Consultations and supervisions, and the calendar they stand in."""

from __future__ import annotations

from msgspec import Struct

from site_plugins.outputs.pages.views.parts import (
    DateView,
    EntryView,
    FactView,
    LinkView,
    StateView,
)
from site_plugins.outputs.pages.views.texts import TextView


class DayView(Struct, frozen=True, array_like=True, kw_only=True):
    """An event in a list or calendar."""

    title: str
    url: str
    iso: str  # 2022-06-16T14:30:00+08:00, for <time datetime>
    day: str  # 16
    month: str  # 6月
    weekday: str  # 周四
    hours: str  # 14:30—17:00, "" where only the day is known
    form: str  # 双月协商座谈会
    place: str
    topic: str
    phase: StateView


class SpeechView(Struct, frozen=True, array_like=True, kw_only=True):
    """A speech: who spoke, on what; ``url`` leads to the member's page, may be empty."""

    name: str
    url: str
    title: str


class FeedbackView(Struct, frozen=True, array_like=True, kw_only=True):
    """What became of the advice."""

    date: DateView | None
    unit: str
    adopted: str


class EventView(Struct, frozen=True, array_like=True, kw_only=True):
    """event.html."""

    text: TextView
    phase: StateView | None  # None where no day is known
    facts: tuple[FactView, ...]  # 形式, 议题, 时间, 地点 …
    people: tuple[LinkView, ...]  # members it names, url "" where they have no page
    speeches: tuple[SpeechView, ...]
    findings: tuple[str, ...]  # paragraphs
    follow_up: tuple[str, ...]  # paragraphs
    feedback: tuple[FeedbackView, ...]
    links: tuple[FactView, ...]  # 前期调研, 协商报告
    reports: tuple[EntryView, ...]  # texts about it, oldest first


class CellView(Struct, frozen=True, array_like=True, kw_only=True):
    """A day of a month's sheet; ``url`` leads to its first event, empty where there is none."""

    day: str
    url: str = ""
    label: str = ""  # 6月16日，2场


class MonthView(Struct, frozen=True, array_like=True, kw_only=True):
    """A month with its sheet (weeks from Monday; None outside of the month) and its events."""

    id: str  # m-2022-06
    title: str  # 2022年6月
    weeks: tuple[tuple[CellView | None, ...], ...]
    days: tuple[DayView, ...]


class CalendarView(Struct, frozen=True, array_like=True, kw_only=True):
    """calendar.html."""

    title: str
    text: str
    on: tuple[DayView, ...]
    ahead: tuple[DayView, ...]
    shows_ahead: bool  # not on the page of a year
    months: tuple[MonthView, ...]
    years: tuple[LinkView, ...]
    files: tuple[LinkView, ...]  # iCalendar: the whole, each form, each plan; count = events
