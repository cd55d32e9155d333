"""``jianyan build`` and ``jianyan serve``: in a host, MkDocs or ProperDocs, until it is known what
the host makes of mkdocs.yml; from then on ``build`` needs none."""

from __future__ import annotations

import argparse
import gc
import os
import re
from typing import Any

from site_plugins.cli.project import CommandFailed, clock, find_config, say
from site_plugins.domain.settings import Settings
from site_plugins.reading.settings import Configuration, output_faults, read_settings
from site_plugins.tools.fingerprints import program_digest
from site_plugins.tools.host_memory import HostMemory
from site_plugins.tools.progress import progress_for
from site_plugins.tools.readiness import buildable
from site_plugins.tools.telling import BuildFailed, Telling
from site_plugins.wiring import build_site

_HOSTS = ("mkdocs", "properdocs")
_ADDRESS = re.compile(r"[^\s/]+:\d{1,5}")


def run_build(arguments: argparse.Namespace) -> int:
    """Build the site once."""
    try:
        if arguments.jobs is not None and arguments.jobs < 1:
            raise CommandFailed("--jobs 至少是 1", 2)
        project = _ready(arguments)
        output = os.path.abspath(arguments.site_dir) if arguments.site_dir else None
        if output:
            _refuse_to_lose(arguments.site_dir, read_settings(project, output)[0])
        if _build_alone(arguments, project, output):
            return 0
        host = _host()
    except CommandFailed as error:
        say(str(error))
        return error.status
    status: int = host.build(
        project.path,
        output=output,
        now=arguments.now,
        strict=arguments.strict,
        quiet=arguments.quiet,
        jobs=arguments.jobs,
        compact=arguments.compact,
    )
    return status


def _build_alone(arguments: argparse.Namespace, project: Configuration, output: str | None) -> bool:
    """Build without a host where it is known what the host would say; False where it is not.

    Raises:
        CommandFailed: the build has stopped.
    """
    if os.environ.get("JIANYAN_HOST"):
        return False
    settings, problems = read_settings(project, output)
    memory = HostMemory(settings, project.values, program_digest())
    told = memory.recall()
    if told is None or any(problem.is_error for problem in problems):
        return False
    named, _ = read_settings(project)
    telling = Telling(told, is_quiet=arguments.quiet)
    telling.problems(problems)
    try:
        built = build_site(
            told,
            clock(arguments.now, told),
            telling,
            strict=arguments.strict or bool(project.values.get("strict")),
            owned=os.path.realpath(named.output) == os.path.realpath(told.output),
            jobs=arguments.jobs,
            compact=arguments.compact,
            progress=progress_for(is_quiet=arguments.quiet),
        )
    except BuildFailed as error:
        raise CommandFailed(str(error)) from None
    _TO_THE_END.append(built)
    return True


_TO_THE_END: list[object] = []
"""What is left to the end of the process, which is near (see :func:`site_plugins.cli.run`)."""


def run_serve(arguments: argparse.Namespace) -> int:
    """Serve the site and rebuild it on change."""
    try:
        if not _ADDRESS.fullmatch(arguments.dev_addr):
            reason = f"地址“{arguments.dev_addr}”不成立。请写成 127.0.0.1:8000"
            raise CommandFailed(reason, 2)
        config, host = _ready(arguments).path, _host()
    except CommandFailed as error:
        say(str(error))
        return error.status
    # This process lasts, unlike that of any other command.
    gc.enable()
    status: int = host.serve(
        config, address=arguments.dev_addr, now=arguments.now, strict=arguments.strict
    )
    return status


def _ready(arguments: argparse.Namespace) -> Configuration:
    """mkdocs.yml, fit to be built from.

    Raises:
        CommandFailed: the site cannot be built at all.
    """
    try:
        project, settings = buildable(find_config(arguments.config))
    except BuildFailed as error:
        raise CommandFailed(str(error)) from None
    clock(arguments.now, settings)
    return project


def _refuse_to_lose(told: str, settings: Settings) -> None:
    """Stop before anything is written to a folder named by ``-d`` that holds what must stay.

    Raises:
        CommandFailed: it does.
    """
    for reason in output_faults(settings):
        raise CommandFailed(f"不能输出到 {told}：{reason}。请用 -d 写另一个文件夹", 2)


def _host() -> Any:
    """The first host that is installed; JIANYAN_HOST names another.

    Raises:
        CommandFailed: there is none.
    """
    from importlib.metadata import entry_points

    wanted = os.environ.get("JIANYAN_HOST")
    found = {entry.name: entry for entry in entry_points(group="jianyan.hosts")}
    for name in (wanted,) if wanted else _HOSTS:
        if name in found:
            try:
                __import__(name)
                return found[name].load()()
            except ImportError:
                continue
    raise CommandFailed(
        "没有安装 MkDocs，不能生成网站。请运行：pip install 'mkdocs>=1.6.1,<2' mkdocs-material"
    )
