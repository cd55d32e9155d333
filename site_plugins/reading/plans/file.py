"""A plan's file read by itself, as a command does that needs no site around it."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from site_plugins.domain.catalogue import problem
from site_plugins.domain.model.parts import Attachment
from site_plugins.domain.model.records import Plan
from site_plugins.domain.moments import Moment
from site_plugins.domain.problems import Problem
from site_plugins.reading.front_matter import FrontMatter, Unreadable, decode, split
from site_plugins.reading.plain_text import without_control
from site_plugins.reading.plans.text import ParsedPlan, parse_plan_text
from site_plugins.reading.values import ValueReader, is_blank


class PlanFile(Struct, frozen=True, kw_only=True):
    """What a plan's file says: of the front matter what a reader sees, and the text."""

    title: str
    date: Moment | None
    body: str
    adopted: str
    attachments: tuple[Attachment, ...]
    text: str
    text_line: int
    parsed: ParsedPlan


class ReadPlan(Struct, frozen=True):
    """The file, None where it cannot be used, and its problems."""

    file: PlanFile | None
    problems: tuple[Problem, ...]


def read_plan_file(content: bytes, told: str) -> ReadPlan:
    """Read a plan; ``told`` is how messages name the file."""
    try:
        matter = split(decode(content, told), told)
    except Unreadable as error:
        return ReadPlan(None, (error.problem,))
    reader = ValueReader(told, matter.lines)
    read = reader.mapping(Plan, matter.values)
    problems = tuple(reader.problems)
    if read is None or is_blank(read.get("title")):
        return ReadPlan(None, problems or (problem("JY011", told, key="title", label="标题"),))
    return ReadPlan(_plan_file(read, matter), problems)


def _plan_file(read: dict[str, Any], matter: FrontMatter) -> PlanFile:
    text = without_control(matter.text)
    return PlanFile(
        title=read["title"],
        date=read.get("date"),
        body=read.get("body") or "",
        adopted=read.get("adopted") or "",
        attachments=read.get("attachments") or (),
        text=text,
        text_line=matter.text_line,
        parsed=parse_plan_text(text, matter.text_line),
    )
