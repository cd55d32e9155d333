"""A plan whose ids its front matter fixes (``ids:``), see :mod:`site_plugins.domain.plan_ids`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from site_plugins.domain.model.parts import FixedId
from site_plugins.domain.plan import Clause, Part, PlanText
from site_plugins.domain.plan_ids import Matching, former_ids, match_ids
from site_plugins.reading.plans.text import ParsedPlan, parse_plan_text


def parse_fixed_plan(text: str, first_line: int, fixed: Sequence[FixedId]) -> ParsedPlan:
    """Reads a plan's Markdown; without fixed ids those of the printed numbers hold."""
    parsed = parse_plan_text(text, first_line)
    return with_fixed_ids(parsed, fixed) if fixed else parsed


def with_fixed_ids(parsed: ParsedPlan, fixed: Sequence[FixedId]) -> ParsedPlan:
    """The same plan with the fixed ids in place of those of its printed numbers."""
    matching = match_ids(parsed.plan, fixed)
    ids = matching.new_ids
    return replace(
        parsed,
        plan=_with_ids(parsed.plan, ids),
        openings=tuple(replace(o, id=ids.get(o.id, o.id)) for o in parsed.openings),
        slips=tuple(
            replace(s, id=ids.get(s.id, s.id), parent=ids.get(s.parent, s.parent))
            for s in parsed.slips
        ),
        matching=matching,
        former=_former(matching, fixed),
    )


def _former(matching: Matching, fixed: Sequence[FixedId]) -> Mapping[str, tuple[str, ...]]:
    """The old ids of everything in the text, but for those that are ids of the text again."""
    present = {given.id for given in matching.given}
    former: dict[str, list[str]] = {}
    for old, new in former_ids(fixed).items():
        if new in present and old not in present:
            former.setdefault(new, []).append(old)
    return {new: tuple(those) for new, those in former.items()}


def _with_ids(plan: PlanText, ids: Mapping[str, str]) -> PlanText:
    return replace(plan, parts=tuple(_part(part, ids) for part in plan.parts))


def _part(part: Part, ids: Mapping[str, str]) -> Part:
    clauses = tuple(_clause(clause, ids) for clause in part.clauses)
    return replace(part, id=ids.get(part.id, part.id), clauses=clauses)


def _clause(clause: Clause, ids: Mapping[str, str]) -> Clause:
    items = tuple(replace(item, id=ids.get(item.id, item.id)) for item in clause.items)
    return replace(clause, id=ids.get(clause.id, clause.id), items=items)
