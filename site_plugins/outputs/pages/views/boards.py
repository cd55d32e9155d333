"""A plan's board with its charts."""

from __future__ import annotations

from msgspec import Struct

from site_plugins.outputs.pages.views.parts import DateView, EntryView, LinkView, StateView
from site_plugins.outputs.pages.views.plans import TargetView


class SquareView(Struct, frozen=True, array_like=True, kw_only=True):
    """A square: its outline and what is filled of it, as SVG paths; ``fill`` may be empty."""

    key: str
    outline: str
    fill: str


class BarView(Struct, frozen=True, array_like=True, kw_only=True):
    """A bar; its number stands above, its name below."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    name: str
    number: str


class ChartView(Struct, frozen=True, array_like=True, kw_only=True):
    """A drawing in pixels and its text alternative."""

    width: int
    height: int
    label: str
    squares: tuple[SquareView, ...] = ()
    bars: tuple[BarView, ...] = ()
    base: float = 0  # y of the line on which bars stand
    names: float = 0  # y of the line of their names


class RowView(Struct, frozen=True, array_like=True, kw_only=True):
    """A clause on the board."""

    id: str
    title: str  # （二）双月协商关注焦点
    url: str
    state: StateView
    targets: tuple[TargetView, ...]
    evidence: int
    newest: DateView | None  # day of the newest evidence


class BoardPartView(Struct, frozen=True, array_like=True, kw_only=True):
    """A part on the board with its charts."""

    id: str
    title: str  # 二、强化使命担当
    url: str
    tally: tuple[StateView, ...]
    states: ChartView
    months: ChartView
    rows: tuple[RowView, ...]


class DeedView(Struct, frozen=True, array_like=True, kw_only=True):
    """What was done or is arranged, and for which clauses."""

    entry: EntryView
    clauses: tuple[LinkView, ...]


class DueView(Struct, frozen=True, array_like=True, kw_only=True):
    """A target whose day is near or past."""

    title: str
    url: str
    target: TargetView


class BoardView(Struct, frozen=True, array_like=True, kw_only=True):
    """board.html and embed.html; ``filters`` are the states in use, each with the clauses in it."""

    title: str
    plan: LinkView
    year: int
    clause_count: int
    evidence_count: int
    newest: DateView | None
    tally: tuple[StateView, ...]
    filters: tuple[tuple[StateView, tuple[RowView, ...]], ...]
    parts: tuple[BoardPartView, ...]
    month: str  # 2023年10月, "" where nothing was ever done
    is_over: bool
    recent: tuple[DeedView, ...]
    due: tuple[DueView, ...]
    planned: tuple[DeedView, ...]
    url: str  # of the board itself
    embed_url: str  # absolute where the site has an address
    files: tuple[tuple[str, tuple[LinkView, ...]], ...]  # title of a table → its formats
    schema_url: str
    feeds: tuple[LinkView, ...]
    calendar_url: str  # "" where no event belongs to the plan
    others: tuple[LinkView, ...]  # boards of other years
