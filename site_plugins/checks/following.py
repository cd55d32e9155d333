"""What editors say of a plan's progress, clauses nobody has begun, and the days of events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from site_plugins.domain.catalogue import problem
from site_plugins.domain.model.records import Consultation, Event, Plan, Record, Supervision
from site_plugins.domain.moments import SHANGHAI
from site_plugins.domain.nearest import suggested, suggestion
from site_plugins.domain.problems import Problem
from site_plugins.domain.progress import PlanProgress
from site_plugins.domain.settings import Settings
from site_plugins.reading.content import Content


def check_words(
    content: Content, clauses: Mapping[str, frozenset[str]], settings: Settings
) -> Iterator[Problem]:
    """``progress:`` of plans; ``clauses`` has the clause ids of every plan by its id."""
    for plan in content.of(Plan):
        told = settings.content_name + plan.where.path
        # In the plan itself a clause is named by the id that it has now.
        own = clauses.get(plan.id, frozenset()) - plan.former_ids.keys()
        yield from _words(plan, own, told)


def _words(plan: Plan, own: frozenset[str], told: str) -> Iterator[Problem]:
    for index, word in enumerate(plan.progress):
        line = plan.where.line(f"progress[{index}]")
        if word.clause not in own:
            heir = plan.former_ids.get(word.clause)
            near = suggested(heir) if heir else suggestion(word.clause, own)
            yield problem("JY096", told, line, clause=word.clause, near=near)
        elif word.what is not None:
            targets = [t.what for t in plan.targets if t.clause == word.clause]
            if word.what not in targets:
                facts = {"what": word.what, "clause": word.clause}
                near = suggestion(word.what, targets)
                yield problem("JY097", told, line, near=near, **facts)
        if word.state is None and word.count is None and word.note is None:
            yield problem("JY098", told, line)


def check_events(content: Content, settings: Settings) -> Iterator[Problem]:
    """The days of events, and the events that other records report."""
    events: tuple[Event, ...] = (*content.of(Consultation), *content.of(Supervision))
    for event in events:
        yield from _days(event, settings.content_name + event.where.path)
    reports = [record for record in content.records.values() if record.event]
    ids = {record.id: record for record in content.records.values()} if reports else {}
    for report in reports:
        reported = ids.get(report.event or "")
        if reported is not None and not isinstance(reported, Event):
            told = settings.content_name + report.where.path
            yield problem("JY065", told, report.where.line("event"), id=reported.id)


def _days(event: Event, told: str) -> Iterator[Problem]:
    start, end = event.moment, event.end
    if start is None or end is None:
        return
    # A day alone stands for all of it.
    both = start.has_time and end.has_time
    if (end.at < start.at) if both else (end.day < start.day):
        facts = {"start": start.stamp, "end": end.stamp}
        yield problem("JY064", told, event.where.line("end"), **facts)


def check_progress(
    progress: Mapping[str, PlanProgress],
    plans: Mapping[str, Record],
    lines: Mapping[str, Mapping[str, int]],
    now: datetime,
    settings: Settings,
) -> Iterator[Problem]:
    """Clauses without any evidence, from half of the plan's year until the end of the next.

    Evidence is still filed in the year after; plans of long ago would only be noise. ``plans``
    and ``lines`` are by plan id; the latter has the line of every clause.
    """
    today = now.astimezone(SHANGHAI).date()
    for name, plan in progress.items():
        half_past = (today.year, today.month) >= (plan.year, 7)
        if not half_past or today.year > plan.year + 1:
            continue
        told = settings.content_name + plans[name].where.path
        for clause in plan.clauses():
            if not clause.done and not clause.planned:
                facts = {"clause": clause.id, "title": clause.title, "plan": name}
                yield problem("JY095", told, lines[name][clause.id], **facts)
