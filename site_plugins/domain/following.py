"""Follows a plan: from its clauses, the evidence for them and the clock to its progress.

The rules are told to editors in docs/handbook/06-plans.md:

* a record counts from its own day on; an event ahead is planned and counts for nothing;
* records of one event (``event:``) count once;
* a target without a number is reached by one piece of evidence; a percentage by the editor's
  reported number alone;
* a target is overdue on the day after ``by``, which is the last day of the year where it is not
  written; evidence that comes later still reaches it, and is told as late;
* a clause is done when all its targets are, overdue when one of them is; without targets it has
  no measure. The editor's word is shown and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from site_plugins.domain.model.kinds import KINDS
from site_plugins.domain.model.parts import ProgressWord, Target
from site_plugins.domain.model.records import Consultation, Plan, Record, Supervision
from site_plugins.domain.moments import SHANGHAI
from site_plugins.domain.plan import Clause, PlanText
from site_plugins.domain.progress import (
    ClauseProgress,
    Deed,
    Due,
    PartProgress,
    PlanProgress,
    State,
    TargetProgress,
)
from site_plugins.domain.site import Evidence, newest_first

SOON = timedelta(days=60)
"""How long before its day a target is told as due."""

_PERCENT = ("%", "％", "百分点", "个百分点")
_FEW = 20  # characters of a clause that has no title


class _Watch(Struct, frozen=True):
    """The clock, and what it says of days and records."""

    now: datetime

    @property
    def today(self) -> date:
        return self.now.astimezone(SHANGHAI).date()

    def has_come(self, record: Record) -> bool:
        return record.moment is None or record.moment.at <= self.now


def follow(plan: Plan, text: PlanText, evidence: Evidence, now: datetime) -> PlanProgress:
    """The progress of a plan at ``now``."""
    watch = _Watch(now)
    parts = []
    for part in text.parts:
        clauses = tuple(_clause(plan, part.id, c, evidence, watch) for c in part.clauses)
        title = part.title.rstrip("。：:")
        parts.append(
            PartProgress(
                id=part.id,
                number=part.number,
                title=title,
                clauses=clauses,
                by_month=_by_month(clauses, plan.year),
            )
        )
    every = [clause for part in parts for clause in part.clauses]
    is_over = watch.today.year > plan.year
    done = list(_deeds((c.id, c.done) for c in every))
    month = _month(done, watch.today, is_over)
    return PlanProgress(
        plan=plan.id,
        year=plan.year,
        is_over=is_over,
        parts=tuple(parts),
        month=month,
        recent=tuple(d for d in reversed(done) if month is not None and _in(d, month)),
        due=tuple(_due(every, watch.today)),
        planned=tuple(_deeds((c.id, c.planned) for c in every)),
    )


def _clause(
    plan: Plan, part: str, clause: Clause, evidence: Evidence, watch: _Watch
) -> ClauseProgress:
    ids = (clause.id, *(item.id for item in clause.items))
    named = {own: evidence.of(own) for own in ids}
    every = _oldest_first(record for own in ids for record in named[own])
    done = tuple(record for record in every if watch.has_come(record))
    words = _words(plan, ids, watch)
    targets = tuple(
        # A target of an item is met by the evidence for that item alone.
        _target(plan, t, done if t.clause == clause.id else named[t.clause], words, watch)
        for t in plan.targets
        if t.clause in ids
    )
    return ClauseProgress(
        id=clause.id,
        part=part,
        number=clause.number,
        title=(clause.title or clause.text[:_FEW]).rstrip("。：:"),
        state=_state(targets, done),
        targets=targets,
        done=done,
        planned=tuple(record for record in every if not watch.has_come(record)),
        words=words,
    )


def _state(targets: Sequence[TargetProgress], done: Sequence[Record]) -> State:
    states = {target.state for target in targets}
    if not states:
        return State.UNMEASURED
    if states == {State.DONE}:
        return State.DONE
    if State.OVERDUE in states:
        return State.OVERDUE
    begun = done or states & {State.DONE, State.UNDERWAY}
    return State.UNDERWAY if begun else State.NOT_STARTED


def _words(plan: Plan, ids: Sequence[str], watch: _Watch) -> tuple[ProgressWord, ...]:
    said = [
        word
        for word in plan.progress
        if word.clause in ids and word.date is not None and word.date.day <= watch.today
    ]
    return tuple(sorted(said, key=_said_on))


def _said_on(word: ProgressWord) -> date:
    assert word.date is not None
    return word.date.day


def _target(
    plan: Plan,
    target: Target,
    records: Sequence[Record],
    words: Sequence[ProgressWord],
    watch: _Watch,
) -> TargetProgress:
    by = target.by.day if target.by is not None else date(min(plan.year, date.max.year), 12, 31)
    goal = target.count if target.count is not None else 1
    reported = None
    if is_percentage(target):
        told = [w for w in words if w.count is not None and w.what in (None, target.what)]
        reported = told[-1] if told else None
        reached = reported.count or 0 if reported is not None else 0
        met = [w for w in told if (w.count or 0) >= goal]
        reached_on = _said_on(met[0]) if met and reached >= goal else None
    else:
        days = _days(r for r in records if watch.has_come(r) and counts_for(target, r))
        reached = len(days)
        reached_on = days[max(goal, 1) - 1] if reached >= max(goal, 1) else None
    if reached_on is not None:
        state = State.DONE
    elif watch.today > by:
        state = State.OVERDUE
    else:
        begun = reached or any(map(watch.has_come, records))
        state = State.UNDERWAY if begun else State.NOT_STARTED
    return TargetProgress(
        target=target,
        goal=goal,
        reached=reached,
        by=by,
        state=state,
        reached_on=reached_on,
        reported=reported,
    )


def is_percentage(target: Target) -> bool:
    """Whether the target's number is a share, which no counting of records gives."""
    return (target.unit or "").strip() in _PERCENT


def counts_for(target: Target, record: Record) -> bool:
    """Whether a record counts: by its form, its kind or a tag, where the target says which."""
    if not target.counts:
        return True
    form = record.form if isinstance(record, Consultation | Supervision) else None
    return not {form, KINDS[record.kind].label, *record.tags}.isdisjoint(target.counts)


def _days(records: Iterator[Record]) -> list[date]:
    """The days of the records, oldest first; those of one event are one, on its first day."""
    days: dict[str, date] = {}
    for record in records:
        day = record.moment.day if record.moment is not None else date.min
        name = record.event or record.id
        days[name] = min(day, days.get(name, day))
    return sorted(days.values())


def _oldest_first(records: Iterator[Record]) -> tuple[Record, ...]:
    once = {record.where.path: record for record in records}
    return tuple(reversed(newest_first(once.values())))


def _deeds(found: Iterator[tuple[str, tuple[Record, ...]]]) -> Iterator[Deed]:
    """Each record once, with all clauses that it is evidence for; oldest first."""
    clauses: dict[str, list[str]] = {}
    records: dict[str, Record] = {}
    for clause, those in found:
        for record in those:
            records[record.where.path] = record
            clauses.setdefault(record.where.path, []).append(clause)
    for record in reversed(newest_first(records.values())):
        yield Deed(record=record, clauses=tuple(clauses[record.where.path]))


def _month_of(record: Record) -> tuple[int, int] | None:
    return (record.moment.day.year, record.moment.day.month) if record.moment is not None else None


def _in(deed: Deed, month: tuple[int, int]) -> bool:
    return _month_of(deed.record) == month


def _month(done: Sequence[Deed], today: date, is_over: bool) -> tuple[int, int] | None:
    if not is_over:
        return (today.year, today.month)
    return max((m for d in done if (m := _month_of(d.record)) is not None), default=None)


def _by_month(clauses: Sequence[ClauseProgress], year: int) -> tuple[int, ...]:
    records: Mapping[str, Record] = {r.where.path: r for c in clauses for r in c.done}
    months = [_month_of(record) for record in records.values()]
    return tuple(months.count((year, month)) for month in range(1, 13))


def _due(clauses: Sequence[ClauseProgress], today: date) -> list[Due]:
    found = [
        Due(clause=clause, target=target)
        for clause in clauses
        for target in clause.targets
        if target.state is not State.DONE and target.by - today <= SOON
    ]
    return sorted(found, key=lambda due: due.target.by)
