"""Finds mkdocs.yml, and tells why it cannot be used."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

from site_plugins.domain.problems import Problem
from site_plugins.domain.settings import Settings
from site_plugins.reading.settings import (
    Configuration,
    UnreadableSettings,
    load_configuration,
    read_settings,
)
from site_plugins.tools.clock import NoTime, read_clock

_NAMES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml")


class CommandFailed(Exception):
    """A command cannot go on; ``status`` is the exit status, the text says why.

    ``problems`` are those of mkdocs.yml, where it is to blame.
    """

    def __init__(self, text: str, status: int = 1, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(text)
        self.status = status
        self.problems = problems


def say(text: str) -> None:
    """Tell the person something; the command's answer alone goes to stdout."""
    print(text, file=sys.stderr)


def find_config(given: str | None, start: str | None = None) -> str:
    """The path of mkdocs.yml: as given, else sought upward from ``start`` or the current folder.

    Raises:
        CommandFailed: there is none.
    """
    if given is not None:
        if os.path.isdir(given):
            given = os.path.join(given, _NAMES[0])
        if not os.path.isfile(given):
            raise CommandFailed(f"找不到 {given}。请用 -f 写明 mkdocs.yml 的位置", 2)
        return given
    folder = Path(start or ".").resolve()
    for above in (folder, *folder.parents):
        for name in _NAMES:
            if (above / name).is_file():
                return str(above / name)
    raise CommandFailed(
        "从这里向上都没有 mkdocs.yml。请进入网站的文件夹，或用 -f 写明位置；"
        "新建网站用 jianyan init",
        2,
    )


def read_project(config: str) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings of a site and their problems.

    Raises:
        CommandFailed: mkdocs.yml cannot be read.
    """
    return read_settings(load_project(config))


def load_project(config: str) -> Configuration:
    """mkdocs.yml as it is written.

    Raises:
        CommandFailed: it cannot be read.
    """
    try:
        return load_configuration(config)
    except UnreadableSettings as error:
        text = "\n".join(found.text for found in error.problems)
        raise CommandFailed(text, problems=error.problems) from None


def clock(told: str | None, settings: Settings) -> datetime:
    """The time to work at: ``--now``, else JIANYAN_NOW, else the settings' clock, else now.

    Raises:
        CommandFailed: what was told is no time.
    """
    try:
        return read_clock(told, settings.clock)
    except NoTime as error:
        raise CommandFailed(str(error), 2) from None
