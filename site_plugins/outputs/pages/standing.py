"""Small views of a plan's progress that several pages share: states, targets, editors' words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from site_plugins.domain.following import is_percentage
from site_plugins.domain.model.parts import ProgressWord, Target
from site_plugins.domain.moments import moment_of
from site_plugins.domain.progress import ClauseProgress, State, TargetProgress
from site_plugins.outputs.pages.entries import Entries, date_view
from site_plugins.outputs.pages.views.parts import StateView
from site_plugins.outputs.pages.views.plans import StandingView, TargetView, WordView

_MOST_CELLS = 12  # more squares than that are no longer counted at a glance


def state_view(state: State, count: int | None = None) -> StateView:
    """A state in its word."""
    return StateView(key=state.value, label=state.label, count=count)


def tally_view(counts: Mapping[State, int]) -> tuple[StateView, ...]:
    """The states that occur, with their counts."""
    return tuple(state_view(state, count) for state, count in counts.items() if count)


def standing_view(clause: ClauseProgress, entries: Entries) -> StandingView:
    """How far a clause has come."""
    return StandingView(
        state=state_view(clause.state),
        targets=tuple(map(target_view, clause.targets)),
        words=tuple(_words(clause.words)),
        planned=entries.all(clause.planned),
    )


def target_view(progress: TargetProgress) -> TargetView:
    """A target with its numbers in words."""
    target = progress.target
    by = moment_of(progress.by)
    assert by is not None
    return TargetView(
        what=promise_label(target),
        reached=reached_label(progress),
        by=f"{by.label}前",
        state=state_view(progress.state),
        note=_note(progress),
        cells=_cells(progress),
    )


def promise_label(target: Target) -> str:
    """``双月协商座谈会 4 次``."""
    if target.count is None:
        return target.what
    floor = "不少于 " if target.at_least else ""
    gap = "" if is_percentage(target) else " "
    return f"{target.what} {floor}{target.count}{gap}{target.unit or ''}".rstrip()


def reached_label(progress: TargetProgress) -> str:
    """``已有3次``; of a target without a number whether there is anything."""
    if progress.target.count is None:
        return "已有佐证" if progress.reached else "尚无佐证"
    return f"已有{progress.reached}{progress.target.unit or ''}"


def _note(progress: TargetProgress) -> str:
    notes = []
    if progress.is_late:
        reached = moment_of(progress.reached_on)
        assert reached is not None
        notes.append(f"{reached.label}办成，迟于期限")
    reported = progress.reported
    if reported is not None and reported.date is not None:
        notes.append(f"数字由编辑于{reported.date.label}填报")
    return "；".join(notes)


def _cells(progress: TargetProgress) -> tuple[bool, ...]:
    if progress.target.count is None or not 0 < progress.goal <= _MOST_CELLS:
        return ()
    if progress.reported is not None:
        return ()
    return tuple(number < progress.reached for number in range(progress.goal))


def _words(words: Iterable[ProgressWord]) -> Iterable[WordView]:
    for word in words:
        date = date_view(word.date)
        assert date is not None
        unit = f"{word.count}" if word.count is not None else ""
        pieces = (word.what, word.state, f"完成数 {unit}" if unit else "", word.note)
        yield WordView(date=date, text="，".join(piece for piece in pieces if piece))
