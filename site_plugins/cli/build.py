"""``jianyan build`` and ``jianyan serve``: both run in a host, MkDocs or ProperDocs."""

from __future__ import annotations

import argparse
import os
from importlib.metadata import entry_points
from typing import Any

from site_plugins.cli.project import CommandFailed, clock, find_config, read_project, say

_HOSTS = ("mkdocs", "properdocs")


def run_build(arguments: argparse.Namespace) -> int:
    """Build the site once."""
    try:
        config = find_config(arguments.config)
        settings, _ = read_project(config)
        clock(arguments.now, settings)
        if arguments.jobs is not None and arguments.jobs < 1:
            raise CommandFailed("--jobs 至少是 1", 2)
        host = _host()
    except CommandFailed as error:
        say(str(error))
        return error.status
    status: int = host.build(
        config,
        output=os.path.abspath(arguments.site_dir) if arguments.site_dir else None,
        now=arguments.now,
        strict=arguments.strict,
        quiet=arguments.quiet,
    )
    return status


def run_serve(arguments: argparse.Namespace) -> int:
    """Serve the site and rebuild it on change."""
    try:
        config = find_config(arguments.config)
        settings, _ = read_project(config)
        clock(arguments.now, settings)
        host = _host()
    except CommandFailed as error:
        say(str(error))
        return error.status
    status: int = host.serve(
        config, address=arguments.dev_addr, now=arguments.now, strict=arguments.strict
    )
    return status


def _host() -> Any:
    """The first host that is installed; JIANYAN_HOST names another.

    Raises:
        CommandFailed: there is none.
    """
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
