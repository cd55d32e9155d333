"""Annual plans, and how far each clause has come."""

from __future__ import annotations

from msgspec import Struct

from site_plugins.outputs.pages.views.parts import (
    AttachmentView,
    DateView,
    EntryView,
    FactView,
    LinkView,
    StateView,
)


class TargetView(Struct, frozen=True, array_like=True, kw_only=True):
    """A target of a clause and how far it is reached."""

    what: str  # 双月协商座谈会 4 次
    reached: str  # 已有3次
    by: str  # 2022年12月31日前
    state: StateView
    note: str = ""  # 2023年1月5日办成，迟于期限
    cells: tuple[bool, ...] = ()  # a square for each of the goal's units, empty where too many


class WordView(Struct, frozen=True, array_like=True, kw_only=True):
    """What an editor says of a clause."""

    date: DateView
    text: str


class StandingView(Struct, frozen=True, array_like=True, kw_only=True):
    """How far a clause has come."""

    state: StateView
    targets: tuple[TargetView, ...] = ()
    words: tuple[WordView, ...] = ()
    planned: tuple[EntryView, ...] = ()


class PlanItemView(Struct, frozen=True, array_like=True, kw_only=True):
    """An item of a clause; ``id`` is the element's id."""

    id: str
    html: str


class PlanClauseView(Struct, frozen=True, array_like=True, kw_only=True):
    """A clause with its permanent address ``#id`` and the records that name it."""

    id: str
    number: str
    title: str
    html: str
    items: tuple[PlanItemView, ...] = ()
    standing: StandingView | None = None
    evidence: tuple[EntryView, ...] = ()


class PlanPartView(Struct, frozen=True, array_like=True, kw_only=True):
    """A part of a plan: its heading, the text before its first clause, its clauses."""

    id: str
    number: str  # 一、
    mark: str  # 一, for the slip
    title: str
    short: str  # title up to its first comma, for the slip (<= 8 characters)
    heading_html: str  # inline HTML: the template puts the <h2> around it
    intro_html: str  # block HTML
    clauses: tuple[PlanClauseView, ...]
    states: tuple[StateView, ...] = ()  # of its clauses, in their order


class PlanView(Struct, frozen=True, array_like=True, kw_only=True):
    """plan.html."""

    title: str
    year: int
    facts: tuple[FactView, ...]
    preamble_html: str
    parts: tuple[PlanPartView, ...]
    closing_html: str
    attachments: tuple[AttachmentView, ...]
    clause_count: int
    evidence_count: int
    other_plans: tuple[LinkView, ...]
    tally: tuple[StateView, ...] = ()  # states with counts that add up to clause_count
    board_url: str = ""
    comparisons: tuple[LinkView, ...] = ()
