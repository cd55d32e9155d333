"""``jianyan plan ids``: fixes the ids of a plan's clauses in its front matter."""

from __future__ import annotations

import argparse
import unicodedata
from collections.abc import Iterator, Sequence

from site_plugins.checks.plan_ids import fixed_id_problems, published_id_problems
from site_plugins.cli.plan_file import PlanFile, not_editable, open_plan, save_plan
from site_plugins.cli.project import CommandFailed, say
from site_plugins.domain.model.parts import FixedId
from site_plugins.domain.plan_ids import Found, Given, Matching, match_ids
from site_plugins.domain.problems import Problem, in_order
from site_plugins.reading.front_matter_edit import NotEditable, flow_mapping, with_list
from site_plugins.reading.plans.fixed import with_fixed_ids
from site_plugins.reading.plans.history import PublishedIds, published_ids
from site_plugins.reading.plans.text import parse_plan_text
from site_plugins.tools.file_history import committed_versions


def run_ids(arguments: argparse.Namespace) -> int:
    """Print every id and how it was found; with ``--write`` fix them."""
    try:
        plan = open_plan(arguments.file)
        if any(problem.is_error for problem in plan.problems):
            raise CommandFailed("\n".join(problem.text for problem in plan.problems))
        return _answer(plan, write=arguments.write)
    except CommandFailed as error:
        say(str(error))
        return error.status


def _answer(plan: PlanFile, *, write: bool) -> int:
    published = published_ids(committed_versions(plan.path))
    known = plan.ids or published.last
    printed = parse_plan_text(plan.matter.text, plan.matter.text_line)
    matching = match_ids(printed.plan, known)
    wanted = list(_list(matching, plan.ids))
    changed = [flow_mapping(_values(e)) for e in plan.ids] != [
        flow_mapping(_values(e)) for e in wanted
    ]
    for given in matching.given:
        print(_row(given, is_first=not known))
    if write and changed:
        try:
            text = with_list(plan.written, "ids", [_values(entry) for entry in wanted])
        except NotEditable as error:
            raise not_editable(plan, error) from None
        plan = save_plan(plan, text)
    problems = _problems(plan, published, matching, written=write)
    for problem in problems:
        say(problem.text)
    _say_done(matching, changed=changed, write=write)
    return int(any(problem.is_error for problem in problems))


def _list(matching: Matching, fixed: Sequence[FixedId]) -> Iterator[FixedId]:
    """The list to write: the ids of the text in its order; what vanished stays behind its
    predecessor until an editor says what took its place."""
    vanished = [entry for entry in matching.vanished if entry in fixed]
    place = {entry.id: index for index, entry in enumerate(fixed)}
    after = {entry.id: entry for entry in vanished}
    yield from (entry for entry in vanished if place[entry.id] == 0)
    for given in matching.given:
        entry: FixedId | None = given.entry()
        while entry is not None:
            yield entry
            index = place.get(entry.id)
            following = fixed[index + 1] if index is not None and index + 1 < len(fixed) else None
            entry = after.get(following.id) if following is not None else None


def _values(entry: FixedId) -> dict[str, object]:
    return {"id": entry.id, "number": entry.number, "title": entry.title, "was": list(entry.was)}


def _problems(
    plan: PlanFile, published: PublishedIds, matching: Matching, *, written: bool
) -> tuple[Problem, ...]:
    parsed = plan.parsed
    found: list[Problem] = []
    if plan.ids:
        lines = [plan.line(f"ids[{index}]") for index in range(len(plan.ids))]
        found += fixed_id_problems(plan.ids, parsed.matching, plan.path, lines)
    else:
        # Until they are fixed, those of the last version would be: that is what --write does.
        parsed = with_fixed_ids(parsed, published.last) if published.last else parsed
    # What the numbers of the text alone would make of published ids is what --write prevents.
    line = plan.line("ids")
    found += published_id_problems(published.all, parsed.plan, plan.ids, plan.path, line)
    kept = ("JY082",) if not written else ()
    return in_order(problem for problem in found if problem.code not in kept)


_HOW = {
    Found.SAME: "不变",
    Found.RENUMBERED: "序号改了：{old_number} → {number}",
    Found.RETITLED: "标题改了：原为“{old_title}”",
    Found.GUESSED: "标题全改了，按位置认定：原为“{old_title}”，请核对",
    Found.NEW: "新的一条",
}
_ID_WIDTH = 8
_TITLE_WIDTH = 44


def _row(given: Given, *, is_first: bool) -> str:
    """A line with id, number, title and what became of it."""
    depth = given.printed_id.count("-")
    title = "  " * depth + given.number + given.title
    how = ""
    if not is_first:
        fixed = given.fixed
        how = _HOW[given.found].format(
            number=given.number or "无",
            old_number=(fixed.number if fixed else None) or "无",
            old_title=(fixed.title if fixed else None) or "",
        )
    return (
        f"{given.id:<{_ID_WIDTH}}{title}{' ' * max(2, _TITLE_WIDTH - _width(title))}{how}".rstrip()
    )


def _width(text: str) -> int:
    """Columns on a terminal: two for a full-width character."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _say_done(matching: Matching, *, changed: bool, write: bool) -> None:
    new = sum(given.found is Found.NEW for given in matching.given)
    count = f"共 {len(matching.given)} 个编号"
    if new and new < len(matching.given):
        count += f"，其中新的 {new} 个"
    if not changed:
        say(f"{count}，都已固定，没有要写的")
    elif write:
        say(f"{count}，已写进文首的 ids")
    else:
        say(f"{count}。没有写入；加 --write 就写进文首的 ids")
