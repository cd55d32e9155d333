"""One plan's file as the commands ``jianyan plan …`` read and write it."""

from __future__ import annotations

import os
import shutil

from msgspec import Struct

from site_plugins.cli.project import CommandFailed
from site_plugins.domain.model.parts import FixedId, Target
from site_plugins.domain.model.values import Many, Nested
from site_plugins.domain.problems import Problem
from site_plugins.reading.front_matter import FrontMatter, Unreadable, decode, split
from site_plugins.reading.front_matter_edit import NotEditable
from site_plugins.reading.plans.fixed import parse_fixed_plan
from site_plugins.reading.plans.history import fixed_ids_of
from site_plugins.reading.plans.text import ParsedPlan
from site_plugins.reading.values import ValueReader, is_blank
from site_plugins.tools.system_words import system_words


class PlanFile(Struct, frozen=True, kw_only=True):
    """A plan's file: ``written`` is its text with the line ends it has, ``problems`` the faults
    of the keys that were read."""

    path: str
    written: str
    matter: FrontMatter
    title: str
    year: int | None
    ids: tuple[FixedId, ...]
    targets: tuple[Target, ...]
    problems: tuple[Problem, ...]

    @property
    def parsed(self) -> ParsedPlan:
        """The text with the ids that the front matter fixes."""
        return parse_fixed_plan(self.matter.text, self.matter.text_line, self.ids)

    def line(self, name: str) -> int:
        """The line of a key of the front matter, 1 where it is not written."""
        return self.matter.lines.get(name) or self.matter.lines.get(name.partition("[")[0], 1)


def open_plan(path: str) -> PlanFile:
    """Reads a plan's file.

    Raises:
        CommandFailed: it cannot be read.
    """
    try:
        with open(path, "rb") as file:
            content = file.read()
        matter = split(decode(content, path), path)
    except OSError:
        raise no_plan_file(path) from None
    except Unreadable as error:
        raise CommandFailed(error.problem.text) from None
    year = str(matter.values.get("year"))
    reader = ValueReader(path, matter.lines)
    raw = matter.values.get("targets")
    targets = () if is_blank(raw) else reader.read(Many(Nested(Target)), raw, "targets")
    return PlanFile(
        path=path,
        written=content.decode("utf-8"),
        matter=matter,
        title=str(matter.values.get("title") or ""),
        year=int(year) if year.isdecimal() else None,
        ids=fixed_ids_of(matter, reader),
        targets=targets or (),
        problems=tuple(reader.problems),
    )


def save_plan(plan: PlanFile, text: str) -> PlanFile:
    """Writes a plan's file in one stroke; the plan as it is read from there.

    Raises:
        CommandFailed: it cannot be written, or the text below the front matter would change.
    """
    matter = split(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), plan.path)
    if matter.text != plan.matter.text:
        raise CommandFailed(f"{plan.path} 的文首信息写法特殊，不能自动改写。请照上面所列手工补写")
    real = os.path.realpath(plan.path)
    beside = real + ".new"
    try:
        with open(beside, "wb") as file:
            file.write(text.encode("utf-8"))
        shutil.copymode(real, beside)
        os.replace(beside, real)
    except OSError as error:
        told = f"写不进 {plan.path}：{system_words(error)}。请核对文件能否改写"
        raise CommandFailed(told) from None
    return open_plan(plan.path)


def no_plan_file(path: str) -> CommandFailed:
    """That a plan's file cannot be read, as a command says it."""
    return CommandFailed(f"读不到 {path}。请核对文件名；文件夹要写到其中的 index.md")


def not_editable(plan: PlanFile, error: NotEditable) -> CommandFailed:
    """Why a plan's front matter cannot be written, as a command says it."""
    return CommandFailed(f"{plan.path}：{error}。没有写入")
