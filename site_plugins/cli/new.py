"""``jianyan new``: a new record in the right place, with what its kind asks for."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from site_plugins.cli.project import CommandFailed, clock, find_config, read_project, say
from site_plugins.domain.model.holders import Column, IssueHolder
from site_plugins.domain.model.kinds import KINDS, Kind
from site_plugins.domain.model.values import Day, Text, keys_of
from site_plugins.domain.moments import Moment, moment_of
from site_plugins.domain.nearest import suggestion
from site_plugins.domain.settings import Settings
from site_plugins.reading.content import Content, read_content
from site_plugins.tools.content_folder import ContentFolder
from site_plugins.tools.tag_ids import tag_ids

_SYLLABLES = 6
# What YAML takes for a text without quotes; and what it would take for something else.
_PLAIN = re.compile(r"[\w\u3000-\u303f\uff00-\uffef“”‘’—…·][^:#'\"]*")
_NO_TEXT = re.compile(r"[\d.\-+_ ]+|true|false|null|yes|no", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_EMPTY_TEXT = "在这里写正文。\n"


def run(arguments: argparse.Namespace) -> int:
    """Write the file and print its path."""
    try:
        print(os.path.relpath(_new(arguments)))
    except CommandFailed as error:
        say(str(error))
        return error.status
    return 0


def _new(arguments: argparse.Namespace) -> Path:
    settings, _ = read_project(find_config(arguments.config))
    if not os.path.isdir(settings.content):
        raise CommandFailed(f"内容目录“{settings.content_name}”不存在。请先新建它")
    content = read_content(ContentFolder(settings.content).sources(), settings)
    asked = _Asked(arguments)
    kind = KINDS.get(asked.value("kind", f"类型（{'、'.join(KINDS)}）"))
    if kind is None:
        raise CommandFailed(f"没有这种类型；可用：{'、'.join(KINDS)}", 2)
    folder = asked.value("column", "栏目的文件夹").strip("/")
    if kind.name != "page":
        _fitting(folder, kind, content)
    elif ".." in folder.split("/"):
        raise CommandFailed(f"“{folder}”不在内容目录里", 2)
    title = _title_of(asked.value("title", "标题"), kind)
    moment = _moment(arguments.date, clock(arguments.now, settings))
    path = _path(Path(settings.content), folder, kind, title, moment)
    path.parent.mkdir(parents=True, exist_ok=True)
    # "x": another may have written a file of this name since we looked.
    with path.open("x", encoding="utf-8", newline="\n") as file:
        needs_kind = kind.name != _implied_kind(folder, content)
        known = {"title": _quoted(title)}
        if kind.name == "proposal":
            known["number"] = str(int(path.stem))
        file.write(_draft(kind, known, moment, settings, needs_kind=needs_kind))
    return path


def _title_of(written: str, kind: Kind) -> str:
    """The title as reading will have it."""
    title = " ".join(_CONTROL.sub("", " ".join(written.split())).split())
    declared = keys_of(kind.record)["title"].value
    if not title:
        raise CommandFailed("标题是空的，未新建文件", 2)
    if isinstance(declared, Text) and len(title) > declared.longest:
        raise CommandFailed(f"标题有 {len(title)} 个字，超过 {declared.longest} 个字", 2)
    return title


class _Asked:
    """Arguments, asked for on a terminal where they are missing."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._arguments = arguments

    def value(self, name: str, label: str) -> str:
        """The argument, or the person's answer.

        Raises:
            CommandFailed: it is missing and nobody can be asked.
        """
        given = getattr(self._arguments, name)
        if given:
            return str(given)
        if not sys.stdin.isatty():
            written = "类型" if name == "kind" else f"--{name}"
            raise CommandFailed(f"缺少 {written}。用 jianyan new -h 查看用法", 2)
        print(f"{label}：", end="", file=sys.stderr, flush=True)
        answer = sys.stdin.readline().strip()
        if not answer:
            raise CommandFailed("没有填写，未新建文件", 2)
        return answer


def _fitting(folder: str, kind: Kind, content: Content) -> None:
    """Whether the folder may hold such a record."""
    if kind.name == "periodical-article":
        if folder not in content.issues:
            near = suggestion(folder, content.issues)
            raise CommandFailed(
                f"没有这一期刊物“{folder}”{near}。请写 magazine/2023-01 这样的文件夹"
            )
        return
    column = content.columns.get(folder)
    if column is None:
        near = suggestion(folder, content.columns)
        known = "、".join(sorted(content.columns))
        raise CommandFailed(f"栏目“{folder}”不存在{near}；可用：{known}")
    holds = column.column.holds
    if kind.name not in holds:
        label = "、".join(f"{name}（{KINDS[name].label}）" for name in holds) or "普通页面"
        raise CommandFailed(f"栏目“{_title(column)}”不收录{kind.label}；收录：{label}")


def _implied_kind(folder: str, content: Content) -> str | None:
    """The kind of a record of the folder that does not say its kind; None if it must."""
    holder = content.holder_of(f"{folder}/record.md")
    if isinstance(holder, IssueHolder):
        return "periodical-article"
    holds = holder.column.holds if isinstance(holder, Column) else ()
    if len(holds) > 1:
        return None
    return holds[0] if holds else "page"


def _title(column: Column) -> str:
    return column.title


def _moment(written: str | None, now: datetime) -> Moment:
    if written is None:
        return Moment(now.replace(second=0, microsecond=0), has_time=True)
    moment = moment_of(written)
    if moment is None:
        raise CommandFailed(f"日期“{written}”不成立。请写成 2023-10-20", 2)
    return moment


def _path(content: Path, folder: str, kind: Kind, title: str, moment: Moment) -> Path:
    """The file: by date for what lists by date show, by name for the rest; never one in use."""
    slug = _slug(title)
    at = moment.at
    if kind.name == "plan":
        path = content / folder / str(at.year) / "index.md"
        if path.exists():
            raise CommandFailed(f"{at.year}年的计划已经有了：{os.path.relpath(path)}")
        return path
    parent = content / folder / str(at.year) if kind.listed else content / folder
    if kind.name == "proposal":
        # A proposal's file is its number; the next one is free.
        return parent / f"{_next_number(parent):04d}.md"
    stem = f"{at:%m%d}-{slug}" if kind.listed else slug
    path = parent / f"{stem}.md"
    number = 2
    while path.exists():
        path = parent / f"{stem}-{number}.md"
        number += 1
    return path


def _next_number(folder: Path) -> int:
    numbers = [int(path.stem) for path in folder.glob("*.md") if path.stem.isdigit()]
    return max(numbers, default=0) + 1


def _slug(title: str) -> str:
    words = re.findall(r"[\u4e00-\u9fff]+|[A-Za-z0-9]+", title)
    joined = "-".join(words)
    slug = tag_ids([joined])[joined] if words else "untitled"
    return "-".join(slug.split("-")[:_SYLLABLES])


def _draft(
    kind: Kind, known: Mapping[str, str], moment: Moment, settings: Settings, *, needs_kind: bool
) -> str:
    """Front matter with what is known and what the kind requires, then a line to replace."""
    values = dict(known)
    declared = keys_of(kind.record)
    wanted = [key.name for key in declared.values() if key.required]
    wanted += [name for name in kind.needs if name not in wanted]
    for name in wanted:
        values.setdefault(name, _filled(name, declared[name].value, moment, settings))
    if needs_kind or kind.name == "plan":
        values["kind"] = kind.name
    lines = [f"{name}: {value}".rstrip() for name, value in values.items()]
    return "\n".join(("---", *lines, "---", "", _EMPTY_TEXT))


def _filled(name: str, value: object, moment: Moment, settings: Settings) -> str:
    if isinstance(value, Day):
        return moment.stamp if value.time else moment.at.strftime("%Y-%m-%d")
    fixed: Mapping[str, str] = {
        "source": _quoted(settings.office.organiser or settings.name),
        "year": str(moment.at.year),
    }
    return fixed.get(name, "")


def _quoted(text: str) -> str:
    """A text as a YAML value; in quotes only where it would be read as something else."""
    is_plain = _PLAIN.fullmatch(text) and not _NO_TEXT.fullmatch(text)
    return text if is_plain else json.dumps(text, ensure_ascii=False)
