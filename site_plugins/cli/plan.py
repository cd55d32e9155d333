"""``jianyan plan show``: a plan's parts, clauses and ids."""

from __future__ import annotations

import argparse
import json

from site_plugins.cli.plan_file import open_plan
from site_plugins.cli.project import CommandFailed, say
from site_plugins.outputs.answers.plan import plan_answer, plan_outline


def run_show(arguments: argparse.Namespace) -> int:
    """Print the plan's structure."""
    try:
        plan = open_plan(arguments.file)
    except CommandFailed as error:
        say(str(error))
        return error.status
    for problem in plan.problems:
        say(problem.text)
    text = plan.parsed.plan
    if arguments.json:
        print(json.dumps(plan_answer(plan.title, plan.year, text), ensure_ascii=False, indent=1))
    else:
        print(plan_outline(plan.title, plan.year, text))
    return 0
