"""Reads content/: every Markdown file becomes a column, a periodical, an issue or a record."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from site_plugins.domain.catalogue import problem
from site_plugins.domain.generated import is_reserved_file
from site_plugins.domain.model.holders import Column, Holder, IssueHolder, PeriodicalHolder
from site_plugins.domain.model.kinds import KINDS, WRITABLE_KINDS
from site_plugins.domain.model.records import Page, Place, Record
from site_plugins.domain.paths import address_of, ancestors, folder_of
from site_plugins.domain.problems import Problem
from site_plugins.domain.settings import Settings
from site_plugins.reading import agreement
from site_plugins.reading.front_matter import FrontMatter, Unreadable, decode, split
from site_plugins.reading.plain_text import without_control
from site_plugins.reading.values import ValueReader, is_blank, shown

_HOLDERS: Mapping[str, type[Holder]] = {
    "column": Column,
    "periodical": PeriodicalHolder,
    "issue": IssueHolder,
}
_FIRST_HEADING = re.compile(r"\A\s*#[ \t]+([^\n]+?)[ \t]*#*[ \t]*(?:\n|\Z)")
# What MkDocs users write at the head of an ordinary page; it has no meaning here.
_MKDOCS_KEYS = ("hide", "icon", "template", "search", "comments", "nav")


@dataclass(frozen=True, slots=True)
class Source:
    """A file below content/: ``path`` relative to it, ``size`` in bytes, ``read()`` its bytes.

    ``outside`` is True for a link that leads out of content/.
    """

    path: str
    size: int
    read: Callable[[], bytes]
    outside: bool = False


@dataclass(slots=True)
class Content:
    """What content/ holds; keys are folder paths or file paths.

    What has a faulty key is kept where it can be made all the same, so that its other faults are
    told too; ``problems`` name it. ``broken`` has the file of every folder whose index.md could
    not be made, ``unread`` the Markdown files that were not made, ``rejected`` other files that
    may not be published.
    """

    columns: dict[str, Column] = field(default_factory=dict)
    periodicals: dict[str, PeriodicalHolder] = field(default_factory=dict)
    issues: dict[str, IssueHolder] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    rejected: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def owners(self) -> Iterator[Holder | Record]:
        """Everything that was made, in no order."""
        yield from self.columns.values()
        yield from self.periodicals.values()
        yield from self.issues.values()
        yield from self.records.values()

    def holder_of(self, path: str) -> Holder | None:
        """The nearest column, periodical or issue above a file, or None."""
        for folder in ancestors(folder_of(path)):
            found = self.columns.get(folder) or self.periodicals.get(folder)
            holder = found or self.issues.get(folder)
            if holder is not None:
                return holder
            if folder in self.broken:
                return None
        return None

    def broken_above(self, path: str) -> str | None:
        """The nearest folder above a file whose index.md is faulty, if no sound one is nearer."""
        for folder in ancestors(folder_of(path)):
            if folder in self.broken:
                return folder
            if folder in self.columns or folder in self.periodicals or folder in self.issues:
                return None
        return None


def read_content(sources: Iterable[Source], settings: Settings) -> Content:
    """Read every file; faulty ones give problems and are left out."""
    content = Content()
    indexes: list[Source] = []
    texts: list[Source] = []
    for source in sorted(sources, key=lambda s: s.path):
        if source.path.lower().endswith(".md"):
            (indexes if posixpath.basename(source.path) == "index.md" else texts).append(source)
        elif _fits(source, settings.file_limit, "JY007", settings, content):
            content.files[source.path] = source.size
        else:
            content.rejected.add(source.path)
    # Shallow folders first: what a record is depends on the index.md files above it.
    indexes.sort(key=lambda s: (s.path.count("/"), s.path))
    for source in (*indexes, *texts):
        if not _read_one(source, settings, content):
            content.unread.add(source.path)
    return content


def _fits(source: Source, limit: int, code: str, settings: Settings, content: Content) -> bool:
    told = settings.content_name + source.path
    if source.outside:
        content.problems.append(problem("JY008", told))
        return False
    if source.size > limit:
        facts = {"size": _bytes(source.size, limit), "limit": _bytes(limit, source.size)}
        content.problems.append(problem(code, told, 1, **facts))
        return False
    if is_reserved_file(source.path) and not source.path.endswith(".md"):
        content.problems.append(problem("JY032", told, 1, address=source.path))
        return False
    return True


def _bytes(size: int, other: int) -> str:
    """A size as people read it, exact where it would look like the ``other`` one."""
    words = [
        f"{n / 1_000_000:.1f} MB" if max(size, other) >= 1_000_000 else f"{n / 1000:.0f} KB"
        for n in (size, other)
    ]
    return words[0] if words[0] != words[1] else f"{size} 字节"


def _read_one(source: Source, settings: Settings, content: Content) -> bool:
    """Read a file into ``content``; False where nothing could be made of it."""
    told = settings.content_name + source.path
    is_index = posixpath.basename(source.path) == "index.md"
    broken = content.broken_above(posixpath.dirname(source.path) if is_index else source.path)
    try:
        if not _fits(source, settings.markdown_limit, "JY006", settings, content):
            raise _Skip
        matter = split(decode(source.read(), told), told)
    except Unreadable as error:
        content.problems.append(error.problem)
        _note_broken(source, told, content)
        return False
    except _Skip:
        _note_broken(source, told, content)
        return False
    if broken is not None and not _declares_holder(matter):
        # What it would be, its column or issue says.
        return False
    reader = ValueReader(told, matter.lines)
    made = _make(source.path, matter, reader, content)
    content.problems.extend(reader.problems)
    if made is None:
        if is_index and _declares_holder(matter):
            _note_broken(source, told, content)
        return False
    _keep(made, source.path, content)
    return True


class _Skip(Exception):
    """The file is not read."""


def _note_broken(source: Source, told: str, content: Content) -> None:
    if posixpath.basename(source.path) == "index.md":
        content.broken[posixpath.dirname(source.path)] = told


def _declares_holder(matter: FrontMatter) -> bool:
    return any(name in matter.values for name in _HOLDERS)


def _make(
    path: str, matter: FrontMatter, reader: ValueReader, content: Content
) -> Holder | Record | None:
    # content/ itself is no column: its index.md is the text on the home page.
    if posixpath.basename(path) == "index.md" and path != "index.md":
        for name, holder in _HOLDERS.items():
            if name in matter.values:
                return _make_holder(holder, path, matter, reader)
    return _make_record(path, matter, reader, content)


def _make_holder(
    holder: type[Holder], path: str, matter: FrontMatter, reader: ValueReader
) -> Holder | None:
    place = Place(
        path=path, address=address_of(path), lines=matter.lines, body_line=matter.text_line
    )
    read = reader.mapping(holder, matter.values)
    if read is None:
        return None
    made = holder(where=place, text=without_control(matter.text), **read)
    if isinstance(made, Column) and matter.values["column"].get("holds") and not made.column.holds:
        # What its records are is not known.
        return None
    agreement.check_holder(made, reader)
    return made


def _make_record(
    path: str, matter: FrontMatter, reader: ValueReader, content: Content
) -> Record | None:
    holder = content.holder_of(path)
    column = holder if isinstance(holder, Column) else None
    kind_name = _kind_of(path, matter, reader, holder, column)
    if kind_name is None:
        return None
    kind = KINDS[kind_name]
    place = Place(
        path=path,
        address=address_of(path),
        column=column.path if column is not None else "",
        lines=matter.lines,
        body_line=matter.text_line,
    )
    values, text = _with_title(kind.record, matter)
    read = reader.mapping(kind.record, values, ignore=_ignored(kind_name))
    for name in kind.needs:
        if is_blank(values.get(name)):
            label = kind.record.__dataclass_fields__[name].metadata["label"]
            reader.tell("JY011", name, key=name, label=label)
    if read is None:
        return None
    text = without_control(text)
    made = kind.record(where=place, text=text, **{**read, "kind": kind_name})
    agreement.check_record(made, reader)
    return made


def _ignored(kind_name: str) -> tuple[str, ...]:
    return _MKDOCS_KEYS if kind_name == "page" else ()


def _with_title(kind: type[Record], matter: FrontMatter) -> tuple[Mapping[str, Any], str]:
    """The values with a title: a page may take its first heading, a person or body its name."""
    values = matter.values
    if not is_blank(values.get("title")):
        return values, matter.text
    if not is_blank(values.get("name")) and "name" in kind.__dataclass_fields__:
        return {**values, "title": values["name"]}, matter.text
    heading = _FIRST_HEADING.match(matter.text) if kind is Page else None
    if heading is None:
        return values, matter.text
    # The line stays, empty, so that the lines of later problems are right.
    rest = "\n" * heading[0].count("\n") + matter.text[heading.end() :]
    return {**values, "title": heading[1]}, rest


def _kind_of(
    path: str,
    matter: FrontMatter,
    reader: ValueReader,
    holder: Holder | None,
    column: Column | None,
) -> str | None:
    """The kind of a record: what it says, else what its column holds, else a page."""
    written = matter.values.get("kind")
    if isinstance(holder, IssueHolder):
        return "periodical-article"
    holds = column.column.holds if column is not None else ()
    if written is not None and str(written) not in WRITABLE_KINDS:
        choices = _kinds(holds or WRITABLE_KINDS)
        reader.tell("JY012", "kind", key="kind", value=shown(written), choices=choices)
        return None
    if written is not None:
        if holds and written != "page" and written not in holds:
            facts = {
                "kind": _kinds([str(written)]),
                "choices": _kinds(holds),
                "column": _title(column),
            }
            reader.tell("JY019", "kind", **facts)
            return None
        return str(written)
    if posixpath.basename(path) == "index.md" and not _is_dated(matter, holds):
        return "page"
    if len(holds) > 1:
        reader.tell("JY018", "kind", column=_title(column), choices=_kinds(holds))
        return None
    return holds[0] if holds else "page"


def _is_dated(matter: FrontMatter, holds: tuple[str, ...]) -> bool:
    """Whether an index.md in a column is one of its records: ``plans/2022/index.md``."""
    return holds == ("plan",) and "year" in matter.values


def _title(column: Column | None) -> str:
    return column.title if column is not None else ""


def _kinds(names: Iterable[str]) -> str:
    return "、".join(f"{name}（{KINDS[name].label}）" for name in names)


def _keep(made: Holder | Record, path: str, content: Content) -> None:
    folder = posixpath.dirname(path)
    if isinstance(made, Column):
        content.columns[folder] = made
    elif isinstance(made, PeriodicalHolder):
        content.periodicals[folder] = made
    elif isinstance(made, IssueHolder):
        content.issues[folder] = made
    elif isinstance(made, Record):
        content.records[path] = made
