"""The calendar of a site: consultations and supervisions with their days, at one clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import Enum

from msgspec import Struct

from site_plugins.domain.model.records import Consultation, Event, Supervision
from site_plugins.domain.moments import SHANGHAI, Moment

ALL = "all"
"""Name of the calendar file with every event."""

_SHORT = ("专项", "派驻", "联动")
_OTHERS: Mapping[type, str] = {Consultation: "其他协商", Supervision: "其他监督"}


class Phase(Enum):
    """Where an event stands against the clock."""

    AHEAD = "ahead"
    ON = "on"
    OVER = "over"

    @property
    def label(self) -> str:
        """The word that readers see."""
        return _LABELS[self]


_LABELS: Mapping[Phase, str] = {
    Phase.AHEAD: "将举行",
    Phase.ON: "正在进行",
    Phase.OVER: "已举行",
}


class Entry(Struct, frozen=True, kw_only=True):
    """An event in the calendar; ``end`` is None where nobody wrote one."""

    record: Event
    form: str
    start: Moment
    end: Moment | None
    phase: Phase

    @property
    def topic(self) -> str:
        """What it is about, in the editor's words; may be empty."""
        if isinstance(self.record, Consultation):
            return self.record.topic or ""
        return self.record.subject or ""


class Agenda(Struct, frozen=True):
    """Every event with a day, first one first; ``forms`` has the id of each form in use, in the
    order in which readers see them."""

    entries: tuple[Entry, ...] = ()
    forms: Mapping[str, str] | None = None

    def in_phase(self, phase: Phase) -> tuple[Entry, ...]:
        """The events that are over, on, or ahead."""
        return tuple(e for e in self.entries if e.phase is phase)

    @property
    def years(self) -> tuple[int, ...]:
        """The years with an event, newest first."""
        return tuple(sorted({e.start.day.year for e in self.entries}, reverse=True))

    def of_year(self, year: int) -> tuple[Entry, ...]:
        """The events that begin in a year."""
        return tuple(e for e in self.entries if e.start.day.year == year)

    def of_form(self, form: str) -> tuple[Entry, ...]:
        """The events of a form."""
        return tuple(e for e in self.entries if e.form == form)

    def of_plan(self, plan: str) -> tuple[Entry, ...]:
        """The events that implement a clause of a plan."""
        head = plan + "#"
        return tuple(
            e for e in self.entries if any(name.startswith(head) for name in e.record.implements)
        )


def agenda_of(events: Iterable[Event], ids: Mapping[str, str], now: datetime) -> Agenda:
    """The agenda at ``now``; ``ids`` has an id for every form (:func:`forms_of`)."""
    entries = sorted(_entries(events, now), key=lambda e: (e.start, e.record.id))
    used = {entry.form for entry in entries}
    return Agenda(tuple(entries), {form: ids[form] for form in ids if form in used})


def forms_of(events: Iterable[Event]) -> list[str]:
    """The forms in use: consultations before supervisions, then by name."""
    found = {(isinstance(event, Supervision), form_of(event)) for event in events}
    return [form for _, form in sorted(found)]


def form_of(event: Event) -> str:
    """The form as readers see it: 专项 is 专项监督."""
    form = event.form or _OTHERS[type(event)]
    return form + "监督" if form in _SHORT else form


def _entries(events: Iterable[Event], now: datetime) -> Iterator[Entry]:
    for event in events:
        if event.moment is not None:
            yield Entry(
                record=event,
                form=form_of(event),
                start=event.moment,
                end=event.end,
                phase=phase_of(event.moment, event.end, now),
            )


def phase_of(start: Moment, end: Moment | None, now: datetime) -> Phase:
    """The phase at ``now``; a day without a time lasts until midnight, and so does an event of
    which only the beginning is known."""
    if now < start.at:
        return Phase.AHEAD
    if end is not None and end.has_time:
        is_over = now >= end.at
    else:
        is_over = now.astimezone(SHANGHAI).date() > (end or start).day
    return Phase.OVER if is_over else Phase.ON
