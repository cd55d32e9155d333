"""Slips of numbering in plans, and blanks that were not filled in."""

from __future__ import annotations

from collections.abc import Iterator

from site_plugins.domain.catalogue import problem
from site_plugins.domain.model.records import Place
from site_plugins.domain.plan import WHOLE
from site_plugins.domain.problems import Problem
from site_plugins.domain.settings import Settings
from site_plugins.reading.plans.placeholders import find_placeholders
from site_plugins.reading.plans.text import ParsedPlan, PlanSlip


def check_plan(
    parsed: ParsedPlan, body: str, place: Place, settings: Settings
) -> Iterator[Problem]:
    """Slips of a plan, and the placeholders of its text ``body``."""
    told = settings.content_name + place.path
    for slip in parsed.slips:
        yield slip_problem(slip, told)
    found = find_placeholders(body)
    if found:
        line = place.body_line + found[0].line - 1
        yield problem("JY052", told, line, count=len(found), example=found[0].text)


_RANKS = {"part": "部分", "clause": "条款", "item": "条目"}


def slip_problem(slip: PlanSlip, told: str) -> Problem:
    """A slip of numbering as a problem."""
    facts = {
        "rank": _RANKS[slip.rank],
        "within": _within(slip.parent),
        "number": slip.printed,
        "id": slip.id,
        "expected": slip.expected,
    }
    if slip.kind == "duplicate_number":
        return problem("JY050", told, slip.line, first=slip.first_line, **facts)
    return problem(_SLIP_CODES[slip.kind], told, slip.line, **facts)


_SLIP_CODES = {
    "missing_number": "JY055",
    "skipped_number": "JY051",
    "backward_number": "JY057",
}


def _within(parent: str) -> str:
    """What a number stands in: the whole text, 第2部分, or 2-3 条."""
    if not parent or parent == WHOLE:
        return "全文"
    return f"{parent} 条" if "-" in parent else f"第{parent}部分"
