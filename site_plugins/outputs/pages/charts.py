"""Charts drawn at build: what a template puts into an SVG, and the words that say the same."""

from __future__ import annotations

from collections.abc import Sequence

from site_plugins.domain.progress import PartProgress, State
from site_plugins.outputs.pages.views.boards import BarView, ChartView, SquareView

_SIDE, _STEP, _ACROSS = 26, 34, 9  # a square, a square with its gap, squares in a row; px
_COLUMN, _BAR, _TALLEST = 28, 14, 44  # a month, its bar, the highest bar; px
_NUMBER, _MONTH = 18, 22  # lines for the number above a bar and the month below; px


def states_chart(part: PartProgress) -> ChartView:
    """A square for each clause of a part, in the plan's order."""
    squares = []
    for place, clause in enumerate(part.clauses):
        row, column = divmod(place, _ACROSS)
        squares.append(_square(clause.state, 1 + column * _STEP, 1 + row * _STEP))
    rows = max(1, -(-len(part.clauses) // _ACROSS))
    told = "，".join(f"{state.label}{count}条" for state, count in part.counts.items() if count)
    return ChartView(
        width=(min(len(part.clauses), _ACROSS) or 1) * _STEP,
        height=rows * _STEP,
        label=f"各条进展：{told or '没有条款'}",
        squares=tuple(squares),
    )


def _square(state: State, x: int, y: int) -> SquareView:
    side = _SIDE
    fills = {
        State.DONE: f"M{x} {y}h{side}v{side}h-{side}z",
        State.UNDERWAY: f"M{x} {y}h{side}l-{side} {side}z",
        # Two strokes across, as thin quadrangles.
        State.OVERDUE: f"M{x} {y}h5l{side - 5} {side - 5}v5h-5l-{side - 5} -{side - 5}z"
        f"M{x + side} {y}v5l-{side - 5} {side - 5}h-5v-5l{side - 5} -{side - 5}z",
    }
    return SquareView(
        key=state.value,
        outline=f"M{x} {y}h{side}v{side}h-{side}z",
        fill=fills.get(state, ""),
    )


def months_chart(part: PartProgress, most: int) -> ChartView:
    """The evidence of a part month by month; ``most`` is the highest number of any part, so that
    the bars of all parts have one scale."""
    base = _NUMBER + _TALLEST
    bars = []
    for month, count in enumerate(part.by_month, 1):
        height = round(_TALLEST * count / most, 1) if most else 0
        x = (month - 1) * _COLUMN + (_COLUMN - _BAR) / 2
        bars.append(
            BarView(
                x=x,
                y=round(base - height, 1),
                width=_BAR,
                height=height,
                middle=x + _BAR / 2,
                name=str(month),
                number=str(count) if count else "",
            )
        )
    return ChartView(
        width=12 * _COLUMN,
        height=base + _MONTH,
        label=f"各月佐证件数：{_told(part.by_month)}",
        bars=tuple(bars),
        base=base,
        names=base + 17,
    )


def _told(by_month: Sequence[int]) -> str:
    found = [f"{month}月{count}件" for month, count in enumerate(by_month, 1) if count]
    return "，".join(found) or "尚无佐证"
