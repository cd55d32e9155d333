"""Writes events as iCalendar (RFC 5545).

Nothing in a file comes from the clock: UID is the record's address at the site's host, DTSTAMP the
day on which the record was dated. Times are written in UTC, because China has had no summer time
since 1991 and a reader then needs no table of zones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from site_plugins import __version__
from site_plugins.domain.agenda import Entry
from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.edition import Edition, url_of
from site_plugins.domain.generated import CALENDAR_FILE, calendar_file, plan_calendar_address
from site_plugins.domain.moments import Moment
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
    made.add("dtstamp", (record.published or entry.start).at.astimezone(UTC))
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
        made.add("dtend", (end or start).day + timedelta(days=1))
        return
    made.add("dtstart", start.at.astimezone(UTC))
    if end is not None and end.has_time and end.at > start.at:
        made.add("dtend", end.at.astimezone(UTC))
    elif end is not None and not end.has_time:
        midnight = end.at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        made.add("dtend", midnight.astimezone(UTC))
