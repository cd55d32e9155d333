"""The progress of a plan: what evidence, dates and the clock make of its clauses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_plugins.domain.progress import ClauseProgress, PlanProgress, State
from tests.site_in_memory import Files, at, column, edition_of, record

TEXT = """一、学习

（一）读书。常读书。

（二）培训。办2期培训班。

二、协商

（一）双月协商座谈会。召开2次双月协商座谈会。

1. 会前。先调研。

2. 会后。再跟踪。
"""


def _plan(*targets: str, words: tuple[str, ...] = (), year: int = 2022) -> str:
    keys = "".join(f"\n  - {target}" for target in targets)
    said = "".join(f"\n  - {word}" for word in words)
    more = (f"\ntargets:{keys}" if keys else "") + (f"\nprogress:{said}" if said else "")
    return (
        f"---\ntitle: 工作要点\ndate: {year}-01-10\nsource: 办公室\nyear: {year}{more}\n---\n{TEXT}"
    )


def _site(plan: str, **records: str) -> Files:
    return {
        "news/index.md": column("要闻"),
        "plans/index.md": column("计划", "plan"),
        "consultation/index.md": column("协商活动", "consultation"),
        "plans/2022/index.md": plan,
        **{f"news/{name}.md": text for name, text in records.items()},
    }


def _progress(files: Files, now: str) -> PlanProgress:
    return edition_of(files, at(now)).progress["plans/2022"]


def _clause(files: Files, now: str, clause: str = "2-1") -> ClauseProgress:
    found = _progress(files, now).clause(clause)
    assert found is not None
    return found


def _deed(day: str, clause: str = "2-1", **more: Any) -> str:
    return record("稿", day, implements=f"[plans/2022#{clause}]", **more)


TWO = '{clause: "2-1", what: 座谈会, count: 2, unit: 次, by: 2022-10-31}'


@pytest.mark.parametrize(
    ("days", "now", "state"),
    [
        ([], "2022-03-01", State.NOT_STARTED),
        (["2022-02-01"], "2022-03-01", State.UNDERWAY),
        (["2022-02-01", "2022-02-20"], "2022-03-01", State.DONE),
        # Evidence of a later day does not count yet.
        (["2022-02-01", "2022-04-01"], "2022-03-01", State.UNDERWAY),
        # The day itself is still in time.
        (["2022-02-01"], "2022-10-31T23:59:00", State.UNDERWAY),
        (["2022-02-01"], "2022-11-01", State.OVERDUE),
        ([], "2022-11-01", State.OVERDUE),
        (["2022-02-01", "2022-11-05"], "2022-12-01", State.DONE),
    ],
)
def test_a_counted_target(days: list[str], now: str, state: State) -> None:
    files = _site(_plan(TWO), **{f"n{i}": _deed(day) for i, day in enumerate(days)})
    assert _clause(files, now).state is state


def test_late_evidence_reaches_a_target_and_is_told_as_late() -> None:
    files = _site(_plan(TWO), a=_deed("2022-02-01"), b=_deed("2022-11-05"))
    (target,) = _clause(files, "2022-12-01").targets
    assert (target.reached, target.goal, target.reached_on) == (2, 2, date(2022, 11, 5))
    assert target.is_late
    in_time = _site(_plan(TWO), a=_deed("2022-02-01"), b=_deed("2022-10-31"))
    assert not _clause(in_time, "2022-12-01").targets[0].is_late


def test_a_clause_without_targets_has_no_measure_whatever_was_done() -> None:
    files = _site(_plan(), a=_deed("2022-02-01"))
    clause = _clause(files, "2023-02-01")
    assert clause.state is State.UNMEASURED
    assert [r.id for r in clause.done] == ["news/a"]


def test_a_target_without_a_day_has_until_the_end_of_the_year() -> None:
    files = _site(_plan('{clause: "2-1", what: 座谈会, count: 2}'))
    assert _clause(files, "2022-12-31").state is State.NOT_STARTED
    assert _clause(files, "2023-01-01").state is State.OVERDUE


def test_a_target_without_a_number_needs_one_piece_of_evidence() -> None:
    plan = _plan('{clause: "2-1", what: 办法出台, by: 2022-06-30}')
    assert _clause(_site(plan), "2022-07-01").state is State.OVERDUE
    assert _clause(_site(plan, a=_deed("2022-06-30")), "2022-07-01").state is State.DONE


def test_several_targets_are_done_together() -> None:
    plan = _plan(TWO, '{clause: "2-1", what: 报告, count: 1, counts: [报告]}')
    both = {"a": _deed("2022-02-01"), "b": _deed("2022-03-01")}
    assert _clause(_site(plan, **both), "2022-04-01").state is State.UNDERWAY
    done = _site(plan, **both, c=_deed("2022-03-02", tags="[报告]"))
    clause = _clause(done, "2022-04-01")
    assert clause.state is State.DONE
    assert [target.reached for target in clause.targets] == [3, 1]


def test_a_share_is_reached_by_the_editors_number_alone() -> None:
    target = '{clause: "2-1", what: 办复率, count: 100, unit: "%", by: 2022-12-31}'
    low = '{clause: "2-1", date: 2022-06-01, what: 办复率, count: 80}'
    full = '{clause: "2-1", date: 2022-12-01, what: 办复率, count: 100}'
    files = _site(_plan(target, words=(low, full)), a=_deed("2022-02-01"))
    half = _clause(files, "2022-07-01")
    assert (half.state, half.targets[0].reached) == (State.UNDERWAY, 80)
    whole = _clause(files, "2022-12-02")
    assert (whole.state, whole.targets[0].reached_on) == (State.DONE, date(2022, 12, 1))
    assert whole.targets[0].reported is not None


def test_the_editors_word_is_kept_and_changes_no_state() -> None:
    word = '{clause: "2-1", date: 2022-03-05, state: 已完成, note: 已报送市委}'
    files = _site(_plan(TWO, words=(word,)))
    clause = _clause(files, "2022-03-06")
    assert clause.state is State.NOT_STARTED
    assert [w.note for w in clause.words] == ["已报送市委"]
    assert _clause(files, "2022-03-04").words == ()


def test_texts_about_one_event_count_once() -> None:
    event = "---\ntitle: 会\nform: 双月协商座谈会\nstart: 2022-03-01\n---\n"
    files = {
        **_site(
            _plan(TWO),
            a=_deed("2022-03-02", event="consultation/e"),
            b=_deed("2022-03-03", event="consultation/e"),
        ),
        "consultation/e.md": event,
    }
    clause = _clause(files, "2022-04-01")
    assert clause.targets[0].reached == 1
    assert len(clause.done) == 2


def test_an_event_ahead_is_planned() -> None:
    event = (
        "---\ntitle: 会\nform: 双月协商座谈会\nstart: 2022-03-10 14:30\n"
        "implements: [plans/2022#2-1]\n---\n"
    )
    files = {**_site(_plan(TWO)), "consultation/e.md": event}
    before, after = _clause(files, "2022-03-10T14:00:00"), _clause(files, "2022-03-10T14:30:00")
    assert ([r.id for r in before.planned], before.done) == (["consultation/e"], ())
    assert before.state is State.NOT_STARTED
    assert ([r.id for r in after.done], after.planned) == (["consultation/e"], ())
    assert after.targets[0].reached == 1


def test_only_what_a_target_names_counts_for_it() -> None:
    plan = _plan('{clause: "2-1", what: 座谈会, count: 1, counts: [双月协商座谈会]}')
    files = _site(plan, a=_deed("2022-02-01"))
    assert _clause(files, "2022-03-01").state is State.UNDERWAY
    event = (
        "---\ntitle: 会\nform: 双月协商座谈会\nstart: 2022-02-10\n"
        "implements: [plans/2022#2-1]\n---\n"
    )
    with_event = {**files, "consultation/e.md": event}
    assert _clause(with_event, "2022-03-01").state is State.DONE


def test_a_target_of_an_item_is_met_by_its_own_evidence() -> None:
    plan = _plan('{clause: "2-1-1", what: 调研, count: 1}')
    files = _site(plan, a=_deed("2022-02-01"))
    assert _clause(files, "2022-03-01").state is State.UNDERWAY
    own = _site(plan, a=_deed("2022-02-01", "2-1-1"))
    assert _clause(own, "2022-03-01").state is State.DONE


def test_this_month_and_what_is_due() -> None:
    plan = _plan(TWO, '{clause: "1-2", what: 培训班, count: 2, by: 2022-12-31}')
    files = _site(
        plan,
        a=_deed("2022-09-30"),
        b=record("稿", "2022-10-08", implements='["plans/2022#2-1", "plans/2022#1-1"]'),
    )
    running = _progress(files, "2022-10-20")
    assert running.month == (2022, 10)
    assert [(d.record.id, d.clauses) for d in running.recent] == [("news/b", ("1-1", "2-1"))]
    assert [d.clause.id for d in running.due] == []
    soon = _progress(files, "2022-11-05")
    assert [d.clause.id for d in soon.due] == ["1-2"]
    assert (soon.month, soon.recent) == ((2022, 11), ())
    over = _progress(files, "2023-05-01")
    assert over.is_over
    assert over.month == (2022, 10)


@given(st.lists(st.dates(date(2022, 1, 1), date(2022, 12, 31)), max_size=6), st.integers(0, 4))
def test_states_add_up_and_never_go_back(days: list[date], goal: int) -> None:
    plan = _plan(f'{{clause: "2-1", what: 座谈会, count: {goal}, by: 2022-10-31}}')
    files = _site(plan, **{f"n{i}": _deed(day.isoformat()) for i, day in enumerate(days)})
    reached = []
    for now in ("2022-01-01", "2022-06-30", "2022-10-31", "2022-11-01", "2023-06-01"):
        progress = _progress(files, now)
        assert sum(progress.counts.values()) == 3
        assert sum(sum(part.by_month) for part in progress.parts) == progress.evidence_count
        clause = progress.clause("2-1")
        assert clause is not None
        reached.append(clause.targets[0].reached)
        is_done = clause.targets[0].reached >= max(goal, 1)
        assert (clause.state is State.DONE) == is_done
    assert reached == sorted(reached)


def test_a_day_on_which_nothing_changes_gives_the_same_progress() -> None:
    files = _site(_plan(TWO), a=_deed("2022-02-01"))
    assert _progress(files, "2022-03-01") == _progress(files, "2022-03-31T23:00:00")
    assert _progress(files, "2022-03-31") != _progress(files, "2022-11-01")
