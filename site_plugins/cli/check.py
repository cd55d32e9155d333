"""``jianyan check``: every problem of a site, nothing written."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from site_plugins.cli.project import CommandFailed, clock, find_config, read_project, say
from site_plugins.domain.problems import Problem, Severity, in_order
from site_plugins.wiring import check_site


def run(arguments: argparse.Namespace) -> int:
    """Print all problems; 1 if there is an error."""
    try:
        settings, problems = read_project(find_config(arguments.config))
        now = clock(arguments.now, settings)
    except CommandFailed as error:
        if error.problems:
            return _answer(error.problems, arguments.format)
        say(str(error))
        return error.status
    if not any(p.code == "JY061" for p in problems):
        problems = in_order((*problems, *check_site(settings, now).problems))
    return _answer(problems, arguments.format)


def _answer(problems: Sequence[Problem], form: str) -> int:
    if form == "json":
        print(json.dumps({"problems": [p.facts for p in problems]}, ensure_ascii=False, indent=1))
    else:
        _print(problems)
    return int(any(problem.is_error for problem in problems))


def _print(problems: Sequence[Problem]) -> None:
    """Problems on stdout, the gravest first; headings and the count on stderr."""
    counts = []
    for severity in sorted(Severity, reverse=True):
        those = [problem for problem in problems if problem.severity is severity]
        if those:
            counts.append(f"{len(those)} 处{severity.label}")
            say(f"{severity.label}：")
            for problem in those:
                print(problem.text)
            sys.stdout.flush()
    say("共 " + "、".join(counts) if counts else "没有发现问题")
