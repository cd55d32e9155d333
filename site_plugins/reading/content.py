"""Reads content/: every Markdown file becomes a column, a periodical, an issue or a record."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Protocol, TypeVar, cast

from msgspec import Struct, field

from site_plugins.domain.model.holders import Column, Holder, IssueHolder, PeriodicalHolder
from site_plugins.domain.model.records import Record
from site_plugins.domain.paths import ancestors, folder_of
from site_plugins.domain.problems import Problem
from site_plugins.domain.settings import Settings
from site_plugins.reading.markdown_file import HOLDERS, Outcome, Surroundings, read_file
from site_plugins.reading.sources import Source, misfit

_R = TypeVar("_R", bound=Record)


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
    _by_kind: dict[type[Record], list[Record]] = field(default_factory=lambda: defaultdict(list))

    def of(self, kind: type[_R]) -> list[_R]:
        """The records of a kind; everything has been read."""
        if not self._by_kind:
            for record in self.records.values():
                self._by_kind[type(record)].append(record)
        return cast(list[_R], self._by_kind.get(kind, []))

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
        elif fault := misfit(source, settings.file_limit, "JY007", settings):
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
        holder=next((n for n, kind in HOLDERS.items() if isinstance(holder, kind)), ""),
        folder=holder.path if holder is not None else "",
        title=holder.title if holder is not None else "",
        holds=holder.column.holds if isinstance(holder, Column) else (),
    )


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
