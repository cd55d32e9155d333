"""How far a plan has come: clause by clause what was promised, what was done, what it makes.

Everything here is data; :mod:`site_plugins.domain.following` computes it. No field holds the
day of the build, so that two days on which nothing is different give equal values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum

from msgspec import Struct

from site_plugins.domain.model.parts import ProgressWord, Target
from site_plugins.domain.model.records import Record


class State(Enum):
    """What evidence, dates and the clock make of a clause or a target.

    The value names it in files and addresses. The order is that of legends and charts.
    """

    DONE = "done"
    UNDERWAY = "underway"
    OVERDUE = "overdue"
    NOT_STARTED = "not-started"
    UNMEASURED = "unmeasured"

    @property
    def label(self) -> str:
        """The word that readers see."""
        return _LABELS[self]


_LABELS: Mapping[State, str] = {
    State.DONE: "已完成",
    State.UNDERWAY: "进行中",
    State.OVERDUE: "逾期",
    State.NOT_STARTED: "未开始",
    State.UNMEASURED: "无量化目标",
}


class TargetProgress(Struct, frozen=True, kw_only=True):
    """A target and how far it is reached.

    ``goal`` and ``reached`` are numbers in the target's unit; ``by`` is the last day on which it
    can be reached in time; ``reached_on`` the day on which the goal was met, None before.
    ``reported`` is the editor's word that gives a number which cannot be counted (a percentage).
    """

    target: Target
    goal: int
    reached: int
    by: date
    state: State
    reached_on: date | None = None
    reported: ProgressWord | None = None

    @property
    def is_late(self) -> bool:
        """Whether it was reached, but after its day."""
        return self.reached_on is not None and self.reached_on > self.by


class ClauseProgress(Struct, frozen=True, kw_only=True):
    """A clause: its state, targets, evidence.

    ``done`` are the records whose day has come, ``planned`` events still ahead; both oldest
    first. ``words`` are the editor's own, oldest first; they change no state.
    """

    id: str
    part: str
    number: str
    title: str
    state: State
    targets: tuple[TargetProgress, ...]
    done: tuple[Record, ...]
    planned: tuple[Record, ...]
    words: tuple[ProgressWord, ...]


class PartProgress(Struct, frozen=True, kw_only=True):
    """A part with its clauses; ``by_month`` counts its evidence in the months of the plan's year
    (January first), a record once however many of its clauses it names."""

    id: str
    number: str
    title: str
    clauses: tuple[ClauseProgress, ...]
    by_month: tuple[int, ...]

    @property
    def counts(self) -> Mapping[State, int]:
        """How many clauses are in each state."""
        return count_states(self.clauses)


class Deed(Struct, frozen=True, kw_only=True):
    """A record that is evidence, with the ids of the clauses that it is evidence for."""

    record: Record
    clauses: tuple[str, ...]


class Due(Struct, frozen=True, kw_only=True):
    """A target that is not reached and whose day is near or past."""

    clause: ClauseProgress
    target: TargetProgress


class PlanProgress(Struct, frozen=True, kw_only=True):
    """A whole plan.

    ``is_over`` says whether its year is past. ``month`` is the month of ``recent`` as (year,
    month): the clock's own while the year runs, the last with evidence afterwards, None where
    there is none. ``recent`` is what was done in it, newest first; ``due`` what must be done soon
    or is late, by day; ``planned`` the events ahead, next first.
    """

    plan: str
    year: int
    is_over: bool
    parts: tuple[PartProgress, ...]
    month: tuple[int, int] | None
    recent: tuple[Deed, ...]
    due: tuple[Due, ...]
    planned: tuple[Deed, ...]

    def clauses(self) -> Iterator[ClauseProgress]:
        """Every clause in the plan's order."""
        for part in self.parts:
            yield from part.clauses

    def clause(self, clause_id: str) -> ClauseProgress | None:
        """The clause of that id."""
        return next((c for c in self.clauses() if c.id == clause_id), None)

    @property
    def counts(self) -> Mapping[State, int]:
        """How many clauses are in each state; they add up to the number of clauses."""
        return count_states(self.clauses())

    @property
    def evidence_count(self) -> int:
        """How many records are evidence, each once."""
        return len({record.id for clause in self.clauses() for record in clause.done})


def count_states(clauses: Iterable[ClauseProgress]) -> Mapping[State, int]:
    """How many clauses are in each state, zeros too, in the order of :class:`State`."""
    found = Counter(clause.state for clause in clauses)
    return {state: found[state] for state in State}
