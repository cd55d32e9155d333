"""Slips of numbering in plans, and blanks that were not filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_plugins.domain.catalogue import problem
from site_plugins.domain.model.holders import Holder
from site_plugins.domain.model.records import Record
from site_plugins.domain.problems import Problem
from site_plugins.domain.settings import Settings
from site_plugins.reading.placeholders import find_placeholders
from site_plugins.reading.plan_text import ParsedPlan, PlanSlip


def check_plans(
    plans: Mapping[str, ParsedPlan],
    owners: Mapping[str, Holder | Record],
    settings: Settings,
) -> Iterator[Problem]:
    """Slips of every plan, by content path, and the placeholders of its text."""
    for path, parsed in plans.items():
        told = settings.content_name + path
        for slip in parsed.slips:
            yield slip_problem(slip, told)
        owner = owners[path]
        found = find_placeholders(owner.text)
        if found:
            line = owner.where.body_line + found[0].line - 1
            yield problem("JY052", told, line, count=len(found), example=found[0].text)


def slip_problem(slip: PlanSlip, told: str) -> Problem:
    """A slip of numbering as a problem."""
    part = slip.parent or "全文"
    if slip.kind == "duplicate_number":
        return problem("JY050", told, slip.line, part=part, number=slip.printed, id=slip.id)
    if slip.kind == "missing_number":
        return problem("JY055", told, slip.line, id=slip.id)
    return problem(
        "JY051", told, slip.line, part=part, number=slip.printed, expected=slip.expected
    )
