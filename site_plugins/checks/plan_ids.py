"""Ids of a plan's clauses that are fixed or were published: none may vanish or move unseen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from site_plugins.domain.catalogue import problem
from site_plugins.domain.likeness import text_likeness
from site_plugins.domain.model.parts import FixedId
from site_plugins.domain.model.records import Plan
from site_plugins.domain.plan import PlanText
from site_plugins.domain.plan_ids import Found, Matching, former_ids, ids_of
from site_plugins.domain.problems import Problem
from site_plugins.domain.settings import Settings

if TYPE_CHECKING:
    from site_plugins.reading.plans.text import ParsedPlan

_ALIKE = 0.2  # from here on a title is named as what took a vanished clause's place


def check_fixed_ids(parsed: ParsedPlan, plan: Plan, settings: Settings) -> Iterator[Problem]:
    """The ids that a plan's front matter fixes, against its text."""
    if plan.ids:
        lines = [plan.where.line(f"ids[{index}]") for index in range(len(plan.ids))]
        told = settings.content_name + plan.where.path
        yield from fixed_id_problems(plan.ids, parsed.matching, told, lines)


def check_published_ids(
    text: PlanText, plan: Plan, published: Iterable[FixedId], settings: Settings
) -> Iterator[Problem]:
    """The ids that earlier versions of a plan have published, against those it has now."""
    told = settings.content_name + plan.where.path
    yield from published_id_problems(published, text, plan.ids, told, plan.where.line("ids"))


def fixed_id_problems(
    fixed: Sequence[FixedId], matching: Matching, told: str, lines: Sequence[int]
) -> Iterator[Problem]:
    """What is wrong with a list of fixed ids; ``lines`` are those of its entries."""
    at = dict(zip((entry.id for entry in fixed), lines, strict=True))
    uses = Counter(name for entry in fixed for name in {entry.id, *entry.was})
    for name in sorted(name for name, count in uses.items() if count > 1):
        line = max(n for e, n in zip(fixed, lines, strict=True) if name in (e.id, *e.was))
        yield problem("JY083", told, line, id=name)
    kept = former_ids(fixed)
    present = [given.entry() for given in matching.given]
    for entry in matching.vanished:
        if entry.id not in kept:
            yield _vanished(entry, present, told, at[entry.id])
    for given in matching.given:
        if given.found is Found.GUESSED and given.fixed is not None:
            facts = {"id": given.id, "old": given.fixed.title or "", "new": given.title}
            yield problem("JY081", told, given.line, **facts)
    new = [given for given in matching.given if given.found is Found.NEW]
    if new:
        first = new[0]
        yield problem("JY082", told, first.line, count=len(new), id=first.id, title=first.title)


def published_id_problems(
    former: Iterable[FixedId],
    plan: PlanText,
    fixed: Sequence[FixedId],
    told: str,
    line: int = 1,
) -> Iterator[Problem]:
    """Published ids that a plan no longer has, or that now stand at another clause.

    ``former`` are ids with the titles they were published with, from a build's cache or from Git;
    ``plan`` is the plan with its present ids, ``fixed`` what its front matter says of them.
    ``told`` and ``line`` say where to tell it.
    """
    present = ids_of(plan)
    titles = {entry.id: entry.title or "" for entry in present}
    listed = {entry.id for entry in fixed} | former_ids(fixed).keys()
    by_title: dict[str, list[str]] = {}
    for entry in present:
        by_title.setdefault(entry.title or "", []).append(entry.id)
    for entry in former:
        if entry.id in listed:
            continue  # the check of the list says what is wrong with it
        now = by_title.get(entry.title, []) if entry.title else []
        if titles.get(entry.id) != entry.title and len(now) == 1:
            yield problem("JY084", told, line, id=entry.id, title=entry.title, now=now[0])
        elif entry.id not in titles:
            yield _vanished(entry, present, told, line, is_listed=bool(fixed))


def _vanished(
    entry: FixedId,
    present: Sequence[FixedId],
    told: str,
    line: int,
    *,
    is_listed: bool = True,
) -> Problem:
    heir = _heir(entry, present)
    facts = {"id": entry.id, "title": entry.title or entry.number or "无标题", "heir": heir}
    facts["first"] = "" if is_listed else "先运行 jianyan plan ids 文件 --write，再"
    return problem("JY080", told, line, **facts)


def _heir(entry: FixedId, present: Sequence[FixedId]) -> str:
    """The id that most likely took a vanished one's place: a like title, else what it stood in."""
    scored = [(text_likeness(entry.title or "", e.title or ""), e.id) for e in present]
    best = max(scored, key=lambda s: s[0], default=(0.0, ""))
    if best[0] >= _ALIKE:
        return best[1]
    ids = {e.id for e in present}
    parent = entry.id.rpartition("-")[0]
    while parent and parent not in ids:
        parent = parent.rpartition("-")[0]
    return parent or (present[0].id if present else "1")
