"""Writes events as iCalendar (RFC 5545).

Nothing in a file comes from the clock: UID is the record's address at the site's host, DTSTAMP the
day on which the record was dated. Times are written in UTC, because China has had no summer time
since 1991 and a reader then needs no table of zones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from site_plugins import __version__
from site_plugins.domain.agenda import Entry
from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.edition import Edition, url_of
from site_plugins.domain.generated import CALENDAR_FILE, calendar_file, plan_calendar_address
from site_plugins.domain.moments import SHANGHAI, Moment
from site_plugins.reading.plain_text import summary

if TYPE_CHECKING:
    from icalendar import Event

_NO_HOST = "localhost"
_LONG = 200  # characters of a text that a calendar shows


def render_calendars(edition: Edition) -> Iterator[Artifact]:
    """The whole calendar, one of every form, one of every plan that has events."""
    agenda, name = edition.agenda, edition.settings.name
    if agenda.entries:
        yield _artifact(edition, CALENDAR_FILE, f"{name}活动日历", agenda.entries)
    for form, form_id in (agenda.forms or {}).items():
        title = f"{form}｜{name}"
        yield _artifact(edition, calendar_file(form_id), title, agenda.of_form(form))
    for plan in edition.site.plans:
        own = agenda.of_plan(plan.id)
        if own:
            title = f"落实{plan.year}年计划的活动｜{name}"
            yield _artifact(edition, plan_calendar_address(plan.id), title, own)


def _artifact(edition: Edition, path: str, title: str, entries: Sequence[Entry]) -> Artifact:
    # Loaded here: most edits change no event, and need not wait for the library.
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", f"-//Jianyan//Jianyan {__version__}//ZH")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("name", title)
    made.add("x-wr-calname", title)
    made.add("x-wr-timezone", "Asia/Shanghai")
    for entry in entries:
        made.add_component(_event(edition, entry))
    return Artifact(path, made.to_ical())


def _event(edition: Edition, entry: Entry) -> Event:
    record = entry.record
    host = urlsplit(edition.settings.url).hostname or _NO_HOST
    url = edition.settings.absolute(url_of(record.where.address))
    from icalendar import Event

    made = Event()
    made.add("uid", f"{record.id}@{host}")
    made.add("dtstamp", _utc((record.published or entry.start).at))
    made.add("summary", record.title)
    _add_times(made, entry.start, entry.end)
    if record.place:
        made.add("location", record.place)
    text = record.summary or summary(edition.text_of(record).lead, _LONG)
    told = [entry.form, entry.topic, text, url]
    made.add("description", "\n".join(piece for piece in told if piece))
    made.add("categories", [entry.form])
    made.add("status", "CONFIRMED")
    if url:
        made.add("url", url)
    return made


def _add_times(made: Event, start: Moment, end: Moment | None) -> None:
    """DTSTART and DTEND, both days or both times; the end of a day is the next one (3.6.1)."""
    if not start.has_time:
        made.add("dtstart", start.day)
        made.add("dtend", _next((end or start).day))
        return
    made.add("dtstart", _utc(start.at))
    if end is not None and end.has_time and end.at > start.at:
        made.add("dtend", _utc(end.at))
    elif end is not None and not end.has_time:
        last = _next(end.day)
        midnight = datetime(last.year, last.month, last.day, tzinfo=SHANGHAI)
        made.add("dtend", _utc(midnight))


def _utc(at: datetime) -> datetime:
    """The time in UTC; in the first hours of the calendar there is none, and it stays as it is."""
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return at.replace(tzinfo=UTC)


def _next(day: date) -> date:
    """The day after; the last day that can be written stays."""
    return day + timedelta(days=1) if day < date.max else day
