"""What one Markdown file is: a column, a periodical, an issue or a record of some kind."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any, Protocol

from msgspec import Struct

from site_plugins.domain.catalogue import problem
from site_plugins.domain.model.holders import Column, Holder, IssueHolder, PeriodicalHolder
from site_plugins.domain.model.kinds import KINDS, WRITABLE_KINDS
from site_plugins.domain.model.records import Page, Place, Record
from site_plugins.domain.model.values import keys_of
from site_plugins.domain.paths import address_of
from site_plugins.domain.problems import Problem
from site_plugins.domain.settings import Settings
from site_plugins.reading import agreement
from site_plugins.reading.front_matter import FrontMatter, Unreadable, decode, split
from site_plugins.reading.plain_text import without_control
from site_plugins.reading.sources import Source, misfit
from site_plugins.reading.values import ValueReader, is_blank, shown

HOLDERS: Mapping[str, type[Holder]] = {
    "column": Column,
    "periodical": PeriodicalHolder,
    "issue": IssueHolder,
}
"""What an index.md says that a folder is, by the key that says so."""

_FIRST_HEADING = re.compile(r"\A\s*#[ \t]+([^\n]+?)[ \t]*#*[ \t]*(?:\n|\Z)")
# What MkDocs users write at the head of an ordinary page; it has no meaning here.
_MKDOCS_KEYS = ("hide", "icon", "template", "search", "comments", "nav")


class Surroundings(Struct, frozen=True):
    """What of the index.md files above a file decides what the file is.

    ``holder`` is ``column``, ``periodical``, ``issue`` or empty; ``folder`` and ``title`` are the
    holder's; ``holds`` a column's kinds; ``broken`` says that the nearest one is faulty.
    """

    broken: bool = False
    holder: str = ""
    folder: str = ""
    title: str = ""
    holds: tuple[str, ...] = ()

    @property
    def signature(self) -> int:
        """A digest in 56 bits: kept with every file, most of which have the same."""
        told = "\n".join((str(self.broken), self.holder, self.folder, self.title, *self.holds))
        return int.from_bytes(
            blake2b(told.encode(errors="surrogatepass"), digest_size=7).digest(), "big"
        )


class Outcome(Protocol):
    """What became of one Markdown file: ``made`` of its front matter.

    ``unread``: nothing was made of it. ``breaks``: it is an index.md, and what lies below its
    folder cannot be told.
    """

    @property
    def made(self) -> Holder | Record | None:
        """See above."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the file."""

    @property
    def unread(self) -> bool:
        """See above."""

    @property
    def breaks(self) -> bool:
        """See above."""


class Reading(Struct, frozen=True):
    """An :class:`Outcome` with the file's ``body``."""

    made: Holder | Record | None = None
    body: str = ""
    problems: tuple[Problem, ...] = ()
    unread: bool = False
    breaks: bool = False


def read_file(source: Source, around: Surroundings, settings: Settings) -> Reading:
    """What a Markdown file is; depends on its bytes, path, surroundings and settings alone."""
    told = settings.content_name + source.path
    is_index = posixpath.basename(source.path) == "index.md"
    fault = misfit(source, settings.markdown_limit, "JY006", settings)
    if fault is not None:
        return Reading(problems=(fault,), unread=True, breaks=is_index)
    try:
        matter = split(decode(source.read(), told), told)
    except Unreadable as error:
        return Reading(problems=(error.problem,), unread=True, breaks=is_index)
    if around.broken and not _declares_holder(matter):
        # What it would be, its column or issue says.
        return Reading(unread=True)
    reader = ValueReader(told, matter.lines)
    made, body = _make(source.path, matter, reader, around)
    if made is None:
        breaks = is_index and _declares_holder(matter)
        found = tuple(reader.problems)
        if matter.is_absent and found and all(each.code == "JY011" for each in found):
            # Whoever wrote none at all is not helped by a list of what it lacks.
            found = (problem("JY047", told),)
        return Reading(problems=found, unread=True, breaks=breaks)
    return Reading(made, without_control(body), tuple(reader.problems))


def _declares_holder(matter: FrontMatter) -> bool:
    return any(name in matter.values for name in HOLDERS)


def _make(
    path: str, matter: FrontMatter, reader: ValueReader, around: Surroundings
) -> tuple[Holder | Record | None, str]:
    """What the file is, and its text."""
    # content/ itself is no column: its index.md is the text on the home page.
    if posixpath.basename(path) == "index.md" and path != "index.md":
        for name, holder in HOLDERS.items():
            if name in matter.values:
                return _make_holder(holder, path, matter, reader), matter.text
    return _make_record(path, matter, reader, around)


def _make_holder(
    holder: type[Holder], path: str, matter: FrontMatter, reader: ValueReader
) -> Holder | None:
    place = Place(
        path=path, address=address_of(path), lines=_lines(matter), body_line=matter.text_line
    )
    read = reader.mapping(holder, matter.values)
    if read is None:
        return None
    made = holder(where=place, **read)
    if isinstance(made, Column) and matter.values["column"].get("holds") and not made.column.holds:
        # What its records are is not known.
        return None
    agreement.check_holder(made, reader)
    return made


def _lines(matter: FrontMatter) -> dict[str, int]:
    """Line of each key, without what :meth:`Place.line` says anyway: most lists stand on one."""
    lines = matter.lines
    return {
        n: at for n, at in lines.items() if "[" not in n or lines.get(n.partition("[")[0]) != at
    }


def _make_record(
    path: str, matter: FrontMatter, reader: ValueReader, around: Surroundings
) -> tuple[Record | None, str]:
    kind_name = _kind_of(path, matter, reader, around)
    if kind_name is None:
        return None, ""
    kind = KINDS[kind_name]
    place = Place(
        path=path,
        address=address_of(path),
        column=around.folder if around.holder == "column" else "",
        lines=_lines(matter),
        body_line=matter.text_line,
    )
    values, text = _with_title(kind.record, matter)
    read = reader.mapping(kind.record, values, ignore=_ignored(kind_name))
    for name in kind.needs:
        if is_blank(values.get(name)):
            label = keys_of(kind.record)[name].label
            reader.tell("JY011", name, key=name, label=label)
    if read is None:
        return None, ""
    made = kind.record(where=place, **{**read, "kind": kind_name})
    agreement.check_record(made, reader)
    return made, text


def _ignored(kind_name: str) -> tuple[str, ...]:
    return _MKDOCS_KEYS if kind_name == "page" else ()


def _with_title(kind: type[Record], matter: FrontMatter) -> tuple[Mapping[str, Any], str]:
    """The values with a title: a page may take its first heading, a person or body its name."""
    values = matter.values
    if not is_blank(values.get("title")):
        return values, matter.text
    if not is_blank(values.get("name")) and "name" in kind.__struct_fields__:
        return {**values, "title": values["name"]}, matter.text
    heading = _FIRST_HEADING.match(matter.text) if kind is Page else None
    if heading is None:
        return values, matter.text
    # The line stays, empty, so that the lines of later problems are right.
    rest = "\n" * heading[0].count("\n") + matter.text[heading.end() :]
    return {**values, "title": heading[1]}, rest


def _kind_of(
    path: str, matter: FrontMatter, reader: ValueReader, around: Surroundings
) -> str | None:
    """The kind of a record: what it says, else what its column holds, else a page."""
    written = matter.values.get("kind")
    if around.holder == "issue":
        return "periodical-article"
    holds = around.holds
    title = around.title if around.holder == "column" else ""
    if written is not None and str(written) not in WRITABLE_KINDS:
        choices = _kinds(holds or WRITABLE_KINDS)
        reader.tell("JY012", "kind", key="kind", value=shown(written), choices=choices)
        return None
    if written is not None:
        if holds and written != "page" and written not in holds:
            facts = {
                "kind": _kinds([str(written)]),
                "choices": _kinds(holds),
                "column": title,
            }
            reader.tell("JY019", "kind", **facts)
            return None
        return str(written)
    if posixpath.basename(path) == "index.md" and not _is_dated(matter, holds):
        return "page"
    if len(holds) > 1:
        reader.tell("JY018", "kind", column=title, choices=_kinds(holds))
        return None
    return holds[0] if holds else "page"


def _is_dated(matter: FrontMatter, holds: tuple[str, ...]) -> bool:
    """Whether an index.md in a column is one of its records: ``plans/2022/index.md``."""
    return holds == ("plan",) and "year" in matter.values


def _kinds(names: Iterable[str]) -> str:
    return "、".join(f"{name}（{KINDS[name].label}）" for name in names)
