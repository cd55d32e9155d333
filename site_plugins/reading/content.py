"""Reads content/: every Markdown file becomes a column, a periodical, an issue or a record."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from operator import attrgetter
from typing import Any, Protocol

from msgspec import Struct, field

from site_plugins.domain.catalogue import problem
from site_plugins.domain.generated import is_reserved_file
from site_plugins.domain.model.holders import Column, Holder, IssueHolder, PeriodicalHolder
from site_plugins.domain.model.kinds import KINDS, WRITABLE_KINDS
from site_plugins.domain.model.records import Page, Place, Record
from site_plugins.domain.model.values import keys_of
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


class Source(Protocol):
    """A file below content/."""

    @property
    def path(self) -> str:
        """Where it lies, relative to content/."""

    @property
    def size(self) -> int:
        """Its length in bytes."""

    @property
    def outside(self) -> bool:
        """Whether it is a link that leads out of content/."""

    def read(self) -> bytes:
        """Its bytes."""

    def digest(self) -> str:
        """Tells its bytes from any others (see :func:`content_digest`), perhaps from memory."""


class FileAtHand(Struct, frozen=True):
    """A :class:`Source` whose bytes ``read`` gives."""

    path: str
    size: int
    read: Callable[[], bytes]
    outside: bool = False

    def digest(self) -> str:
        """See :class:`Source`."""
        return content_digest(self.read())


def content_digest(content: bytes) -> str:
    """The digest of a file's bytes."""
    return blake2b(content, digest_size=20).hexdigest()


class Content(Struct):
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
    def signature(self) -> str:
        """The surroundings as a text: the same text, the same surroundings."""
        return "\n".join((str(self.broken), self.holder, self.folder, self.title, *self.holds))


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


class ReadFiles(Protocol):
    """Reads files whose surroundings are known; answers in their order."""

    def __call__(self, files: Sequence[tuple[Source, Surroundings]]) -> Iterable[Outcome]:
        """What each file is."""


def read_content(
    sources: Iterable[Source], settings: Settings, read_files: ReadFiles | None = None
) -> Content:
    """Read every file; faulty ones give problems and are left out.

    ``read_files`` reads many files at once, or remembers them; without it each is read here.
    """
    read_all = read_files or (lambda files: [read_file(s, around, settings) for s, around in files])
    content = Content()
    indexes: dict[int, list[Source]] = defaultdict(list)
    texts: list[Source] = []
    for source in sorted(sources, key=attrgetter("path")):
        path = source.path
        if path.endswith(".md") or path.lower().endswith(".md"):
            if path.endswith("index.md") and posixpath.basename(path) == "index.md":
                indexes[path.count("/")].append(source)
            else:
                texts.append(source)
        elif fault := _misfit(source, settings.file_limit, "JY007", settings):
            content.problems.append(fault)
            content.rejected.add(path)
        else:
            content.files[path] = source.size
    # Shallow folders first: what a record is depends on the index.md files above it.
    for group in (*(indexes[depth] for depth in sorted(indexes)), texts):
        files = list(_with_surroundings(group, content))
        for (source, _), reading in zip(files, read_all(files), strict=True):
            if reading.problems:
                content.problems.extend(reading.problems)
            if reading.unread:
                content.unread.add(source.path)
            if reading.breaks:
                told = settings.content_name + source.path
                content.broken[posixpath.dirname(source.path)] = told
            if reading.made is not None:
                _keep(reading.made, source.path, content)
    return content


def _with_surroundings(
    group: Sequence[Source], content: Content
) -> Iterator[tuple[Source, Surroundings]]:
    """Files that are all index.md, or none, with what surrounds them: in a folder the same."""
    known: dict[str, Surroundings] = {}
    for source in group:
        folder = source.path.rpartition("/")[0]
        around = known.get(folder)
        if around is None:
            around = known[folder] = _surroundings(source.path, content)
        yield source, around


def _surroundings(path: str, content: Content) -> Surroundings:
    folder = posixpath.dirname(path)
    is_index = posixpath.basename(path) == "index.md"
    broken = content.broken_above(folder if is_index else path) is not None
    holder = content.holder_of(path)
    return Surroundings(
        broken=broken,
        holder=next((n for n, kind in _HOLDERS.items() if isinstance(holder, kind)), ""),
        folder=holder.path if holder is not None else "",
        title=holder.title if holder is not None else "",
        holds=holder.column.holds if isinstance(holder, Column) else (),
    )


def _misfit(source: Source, limit: int, code: str, settings: Settings) -> Problem | None:
    """Why a file is not taken at all."""
    told = settings.content_name + source.path
    if source.outside:
        return problem("JY008", told)
    if source.size > limit:
        facts = {"size": _bytes(source.size, limit), "limit": _bytes(limit, source.size)}
        return problem(code, told, 1, **facts)
    if is_reserved_file(source.path) and not source.path.endswith(".md"):
        return problem("JY032", told, 1, address=source.path)
    return None


def _bytes(size: int, other: int) -> str:
    """A size as people read it, exact where it would look like the ``other`` one."""
    words = [
        f"{n / 1_000_000:.1f} MB" if max(size, other) >= 1_000_000 else f"{n / 1000:.0f} KB"
        for n in (size, other)
    ]
    return words[0] if words[0] != words[1] else f"{size} 字节"


def read_file(source: Source, around: Surroundings, settings: Settings) -> Reading:
    """What a Markdown file is; depends on its bytes, path, surroundings and settings alone."""
    told = settings.content_name + source.path
    is_index = posixpath.basename(source.path) == "index.md"
    fault = _misfit(source, settings.markdown_limit, "JY006", settings)
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
    return any(name in matter.values for name in _HOLDERS)


def _make(
    path: str, matter: FrontMatter, reader: ValueReader, around: Surroundings
) -> tuple[Holder | Record | None, str]:
    """What the file is, and its text."""
    # content/ itself is no column: its index.md is the text on the home page.
    if posixpath.basename(path) == "index.md" and path != "index.md":
        for name, holder in _HOLDERS.items():
            if name in matter.values:
                return _make_holder(holder, path, matter, reader), matter.text
    return _make_record(path, matter, reader, around)


def _make_holder(
    holder: type[Holder], path: str, matter: FrontMatter, reader: ValueReader
) -> Holder | None:
    place = Place(
        path=path, address=address_of(path), lines=matter.lines, body_line=matter.text_line
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
        lines=matter.lines,
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


def _keep(made: Holder | Record, path: str, content: Content) -> None:
    if isinstance(made, Record):
        content.records[path] = made
        return
    folder = posixpath.dirname(path)
    if isinstance(made, Column):
        content.columns[folder] = made
    elif isinstance(made, PeriodicalHolder):
        content.periodicals[folder] = made
    elif isinstance(made, IssueHolder):
        content.issues[folder] = made
