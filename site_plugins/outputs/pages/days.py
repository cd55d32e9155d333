"""Events as lists and calendars show them: the day, the hour, the place, whether they are over."""

from __future__ import annotations

from collections.abc import Iterable

from site_plugins.domain.agenda import Agenda, Entry, Phase
from site_plugins.domain.edition import url_of
from site_plugins.domain.moments import Moment
from site_plugins.outputs.pages.views.events import DayView
from site_plugins.outputs.pages.views.parts import StateView

_WEEKDAYS = "一二三四五六日"


def weekday(moment: Moment) -> str:
    """``周三``."""
    return f"周{_WEEKDAYS[moment.day.weekday()]}"


def day_view(entry: Entry) -> DayView:
    """An event in a list."""
    start, record = entry.start, entry.record
    return DayView(
        title=record.title,
        url=url_of(record.where.address),
        iso=start.iso,
        day=str(start.day.day),
        month=f"{start.day.month}月",
        weekday=weekday(start),
        hours=_hours(start, entry.end),
        form=entry.form,
        place=record.place or "",
        topic=entry.topic,
        phase=StateView(key=entry.phase.value, label=entry.phase.label),
    )


def day_views(entries: Iterable[Entry]) -> tuple[DayView, ...]:
    """Events in their order."""
    return tuple(map(day_view, entries))


def _hours(start: Moment, end: Moment | None) -> str:
    """``14:30—17:00``, ``至10月22日``, or nothing where only the day is known."""
    begun = f"{start.at:%H:%M}" if start.has_time else ""
    if end is None:
        return begun
    if end.day != start.day:
        return f"{begun}至{end.day.month}月{end.day.day}日"
    return f"{begun}—{end.at:%H:%M}" if begun and end.has_time else begun


def when(start: Moment, end: Moment | None) -> str:
    """The whole time of an event: ``2022年6月16日（周四）14:30—17:00``."""
    text = f"{start.label}（{weekday(start)}）"
    if start.has_time:
        text += f"{start.at:%H:%M}"
    if end is None:
        return text
    if end.day == start.day:
        return text + (f"—{end.at:%H:%M}" if start.has_time and end.has_time else "")
    text += f"至{end.label}"
    return text + (f"{end.at:%H:%M}" if end.has_time else "")


def around(agenda: Agenda, count: int) -> tuple[DayView, ...]:
    """The next events; where there are fewer than ``count``, the newest past ones come before.

    What goes on for weeks is not among them: its first day is long past.
    """
    ahead = [e for e in agenda.entries if e.phase is Phase.AHEAD or _is_today(e)][:count]
    over, room = agenda.in_phase(Phase.OVER), count - len(ahead)
    return day_views([*(over[-room:] if room else ()), *ahead])


def _is_today(entry: Entry) -> bool:
    return entry.phase is Phase.ON and (entry.end or entry.start).day == entry.start.day
