"""``jianyan plan show``: a plan's parts, clauses and ids."""

from __future__ import annotations

import argparse
import json

from site_plugins.cli.project import say
from site_plugins.outputs.answers.plan import plan_answer, plan_outline
from site_plugins.reading.front_matter import Unreadable, decode, split
from site_plugins.reading.plans.text import parse_plan_text


def run_show(arguments: argparse.Namespace) -> int:
    """Print the plan's structure."""
    path = arguments.file
    try:
        with open(path, "rb") as file:
            matter = split(decode(file.read(), path), path)
    except OSError:
        say(f"读不到 {path}。请核对文件名；文件夹要写到其中的 index.md")
        return 1
    except Unreadable as error:
        say(error.problem.text)
        return 1
    title = str(matter.values.get("title") or "")
    year = matter.values.get("year")
    plan = parse_plan_text(matter.text, matter.text_line).plan
    told_year = int(str(year)) if str(year).isdigit() else None
    if arguments.json:
        print(json.dumps(plan_answer(title, told_year, plan), ensure_ascii=False, indent=1))
    else:
        print(plan_outline(title, told_year, plan))
    return 0
