"""``jianyan build`` and ``jianyan serve``: both run in a host, MkDocs or ProperDocs."""

from __future__ import annotations

import argparse
import os
import re
from importlib.metadata import entry_points
from typing import Any

from site_plugins.cli.project import CommandFailed, clock, find_config, read_project, say

_HOSTS = ("mkdocs", "properdocs")
_ADDRESS = re.compile(r"[^\s/]+:\d{1,5}")


def run_build(arguments: argparse.Namespace) -> int:
    """Build the site once."""
    try:
        if arguments.jobs is not None and arguments.jobs < 1:
            raise CommandFailed("--jobs 至少是 1", 2)
        config, host = _ready(arguments)
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
        if not _ADDRESS.fullmatch(arguments.dev_addr):
            reason = f"地址“{arguments.dev_addr}”不成立。请写成 127.0.0.1:8000"
            raise CommandFailed(reason, 2)
        config, host = _ready(arguments)
    except CommandFailed as error:
        say(str(error))
        return error.status
    status: int = host.serve(
        config, address=arguments.dev_addr, now=arguments.now, strict=arguments.strict
    )
    return status


def _ready(arguments: argparse.Namespace) -> tuple[str, Any]:
    """mkdocs.yml and the host that is to read it.

    Raises:
        CommandFailed: the site cannot be built at all.
    """
    config = find_config(arguments.config)
    settings, _ = read_project(config)
    clock(arguments.now, settings)
    if not settings.has("site"):
        # A host alone would put a tree of its own into the site folder.
        raise CommandFailed("mkdocs.yml 的 plugins 中没有 jianyan/site，不能生成网站。请加上它")
    return config, _host()


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
