"""``jianyan plan report``: the draft of a plan's year-end report."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from site_plugins.build.preparation import Prepared
from site_plugins.cli.plan_file import no_plan_file
from site_plugins.cli.project import CommandFailed, clock, find_config, read_project, say
from site_plugins.domain.model.records import Plan
from site_plugins.domain.settings import Settings
from site_plugins.domain.site import Evidence
from site_plugins.outputs.answers.plan_report import plan_report
from site_plugins.tools.system_words import system_words
from site_plugins.wiring import check_site

_NOTHING = Evidence({})


def run_report(arguments: argparse.Namespace) -> int:
    """Print the draft, or write it to a new file."""
    try:
        if not os.path.isfile(arguments.file):
            raise no_plan_file(arguments.file)
        if arguments.output and os.path.lexists(arguments.output):
            raise CommandFailed(f"{arguments.output} 已经有了，不覆盖。请换一个文件名")
        config = find_config(arguments.config, os.path.dirname(os.path.abspath(arguments.file)))
        settings, _ = read_project(config)
        now = clock(arguments.now, settings)
        prepared = check_site(settings, now)
        plan = _plan(arguments.file, prepared, settings)
        found = prepared.edition.site.evidence.get(plan.id, _NOTHING)
        draft = plan_report(plan, prepared.edition.plan_texts[plan.id], found, now)
        if arguments.output:
            _write(arguments.output, draft)
        else:
            print(draft, end="")
    except CommandFailed as error:
        say(str(error))
        return error.status
    return 0


def _plan(file: str, prepared: Prepared, settings: Settings) -> Plan:
    """The public plan of a file.

    Raises:
        CommandFailed: the file is no plan of the site, or the plan is faulty or not public.
    """
    path = os.path.relpath(os.path.realpath(file), os.path.realpath(settings.content))
    path = path.replace(os.sep, "/")
    record = prepared.edition.site.records.get(path)
    if isinstance(record, Plan):
        return record
    told = settings.content_name + path
    faults = [p.text for p in prepared.problems if p.path == told and p.is_error]
    if faults:
        raise CommandFailed("\n".join(faults))
    if path.startswith("../"):
        raise CommandFailed(f"{file} 不在内容目录 {settings.content_name} 里")
    raise CommandFailed(f"{file} 不是公开的年度计划。请核对 kind、status 和发布时间")


def _write(output: str, draft: str) -> None:
    try:
        Path(output).parent.mkdir(parents=True, exist_ok=True)
        # "x": another may have written a file of this name since we looked.
        with open(output, "x", encoding="utf-8", newline="\n") as file:
            file.write(draft)
    except OSError as error:
        raise CommandFailed(f"写不进 {output}：{system_words(error)}。请换一个位置") from None
    say(f"草稿已写到 {output}")
