"""``jianyan plan targets``: targets read from a plan's text, for an editor to accept."""

from __future__ import annotations

import argparse
import json
import re

from site_plugins.cli.plan_file import PlanFile, not_editable, open_plan, save_plan
from site_plugins.cli.project import CommandFailed, say
from site_plugins.outputs.answers.targets import target_values, targets_answer, targets_outline
from site_plugins.reading.front_matter_edit import NotEditable, with_items_added
from site_plugins.reading.plans.targets import Proposal, TargetReading, read_targets


def run_targets(arguments: argparse.Namespace) -> int:
    """Print what was read; with ``--write`` add what is new or accepted."""
    try:
        plan = open_plan(arguments.file)
        if any(problem.is_error for problem in plan.problems):
            raise CommandFailed("\n".join(problem.text for problem in plan.problems))
        read = read_targets(plan.parsed, plan.year, plan.targets, plan.matter.text_line)
        chosen = _chosen(read, arguments.accept)
        if arguments.json:
            answer = targets_answer(plan.title, plan.year, read)
            print(json.dumps(answer, ensure_ascii=False, indent=1))
        else:
            print(targets_outline(read), end="")
        if plan.year is None:
            say("文首没有 year，读不出期限")
        _write(plan, read, chosen, write=arguments.write)
    except CommandFailed as error:
        say(str(error))
        return error.status
    return 0


def _chosen(read: TargetReading, accept: str | None) -> list[Proposal]:
    """The new proposals, or those of the numbers told; what is there already is never chosen.

    Raises:
        CommandFailed: there is no such number.
    """
    if accept is None:
        return [proposal for proposal in read.proposals if proposal.is_new]
    chosen = []
    for told in filter(None, re.split(r"[\s,，、]+", accept)):
        if not told.isdecimal() or not 1 <= int(told) <= len(read.proposals):
            raise CommandFailed(f"--accept 里的“{told}”不是所列的序号", 2)
        proposal = read.proposals[int(told) - 1]
        if proposal.is_new and proposal not in chosen:
            chosen.append(proposal)
    return chosen


def _write(plan: PlanFile, read: TargetReading, chosen: list[Proposal], *, write: bool) -> None:
    new = sum(proposal.is_new for proposal in read.proposals)
    count = f"读出 {len(read.proposals)} 个目标，其中新的 {new} 个"
    if not write:
        say(f"{count}。" + ("没有写入；核对后加 --write 写进文首" if new else "没有要写的"))
        return
    if not chosen:
        say(f"{count}，没有要写的")
        return
    items = [target_values(proposal.target) for proposal in chosen]
    try:
        save_plan(plan, with_items_added(plan.written, "targets", items))
    except NotEditable as error:
        raise not_editable(plan, error) from None
    say(f"{count}，已把 {len(chosen)} 个写进文首的 targets")
