"""Example pages of a plan's board and of its embeddable form; everything in them is invented."""

from __future__ import annotations

from msgspec.structs import replace

from site_plugins.outputs.pages.views.boards import (
    BarView,
    BoardPartView,
    BoardView,
    ChartView,
    DeedView,
    DueView,
    RowView,
    SquareView,
)

from .preview import Example
from .sample_records import STATES, plan, target
from .sample_views import date, entry, link, small_site

_FILLS = ("M1 1h26v26h-26z", "M1 1h26l-26 26z", "M1 1h5l21 21v5h-5l-21 -21z", "", "")
_MONTHS = (0, 1, 0, 2, 5, 0, 0, 1, 0, 3, 0, 0)


def _row(number: int) -> RowView:
    state = STATES[number % len(STATES)]
    goals = () if state.key == "unmeasured" else (target(state),)
    if number == 2:
        goals = (*goals, target(state, what="办复率 100 %", reached="已有96%", cells=()))
    return RowView(
        id=f"2-{number}",
        title=f"（{number}）发挥协商式民主监督作用",
        url=f"plans/2022/#2-{number}",
        state=state,
        targets=goals,
        evidence=number,
        newest=date() if number else None,
    )


def _states() -> ChartView:
    squares = tuple(
        SquareView(key=state.key, outline=f"M{1 + 34 * n} 1h26v26h-26z", fill=_FILLS[n])
        for n, state in enumerate(STATES)
    )
    return ChartView(width=170, height=34, label="各条进展：每种一条", squares=squares)


def _months() -> ChartView:
    bars = tuple(
        BarView(
            x=28 * n + 7,
            y=62 - 8 * count,
            width=14,
            height=8 * count,
            middle=28 * n + 14,
            name=str(n + 1),
            number=str(count) if count else "",
        )
        for n, count in enumerate(_MONTHS)
    )
    return ChartView(
        width=336, height=84, label="各月佐证件数：2月1件", bars=bars, base=62, names=79
    )


def _part(number: int) -> BoardPartView:
    return BoardPartView(
        id=str(number),
        title=f"{'一二三'[number - 1]}、强化使命担当，助推“五个XX”建设",
        url=f"plans/2022/#{number}",
        tally=tuple(replace(state, count=1) for state in STATES),
        states=_states(),
        months=_months(),
        rows=tuple(map(_row, range(5))) if number < 3 else (),
    )


def _board() -> BoardView:
    """A board on which every state occurs."""
    rows = tuple(map(_row, range(5)))
    clauses = (link("二（二）双月协商关注焦点", "plans/2022/#2-2"), link("一（一）理论武装"))
    return BoardView(
        title="2022年计划进展",
        plan=link(plan().title, "plans/2022/"),
        year=2022,
        clause_count=10,
        evidence_count=39,
        newest=date(),
        tally=tuple(replace(state, count=2) for state in STATES),
        filters=tuple((replace(state, count=1), (rows[n],)) for n, state in enumerate(STATES)),
        parts=tuple(map(_part, (1, 2, 3))),
        month="2022年3月",
        is_over=False,
        recent=(
            DeedView(entry=entry(0), clauses=clauses),
            DeedView(entry=entry(1), clauses=clauses[:1]),
        ),
        due=(DueView(title="二（二）双月协商关注焦点", url="p/#2-2", target=target(STATES[2])),),
        planned=(DeedView(entry=entry(2), clauses=clauses),),
        url="plans/2022/progress/",
        embed_url="https://example.org/plans/2022/progress/embed/",
        files=(("各条进展", (link("CSV", "data/a.csv"), link("JSON", "data/a.json"))),),
        schema_url="data/datapackage.json",
        feeds=(link("RSS", "plans/2022/feed.xml"),),
        calendar_url="plans/2022/calendar.ics",
        others=(link("2021年", "plans/2021/progress/"),),
    )


def board_pages() -> dict[str, Example]:
    """A running board, one of a past year with nothing on it, and their embeddable forms."""
    bare = replace(
        _board(),
        clause_count=0,
        evidence_count=0,
        newest=None,
        tally=(),
        filters=(),
        parts=(),
        month="",
        is_over=True,
        recent=(),
        due=(),
        planned=(),
        feeds=(),
        calendar_url="",
        others=(),
    )
    quiet = replace(_board(), recent=(), due=(), planned=())
    return {
        "board": Example("board", _board(), "2022年计划进展", "plans/"),
        "board-quiet": Example("board", quiet, "2022年计划进展", "plans/"),
        "board-empty": Example("board", bare, "2022年计划进展", "plans/", small_site()),
        "embed": Example("embed", _board(), "2022年计划进展"),
        "embed-empty": Example("embed", bare, "2022年计划进展"),
    }
