"""The whole site, resolved and immutable: what is public at the build's clock and how it joins."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from msgspec import Struct

from site_plugins.domain.distant import DistantRow
from site_plugins.domain.model.holders import Column, IssueHolder, PeriodicalHolder
from site_plugins.domain.model.kinds import KINDS
from site_plugins.domain.model.records import (
    Event,
    Page,
    PeriodicalArticle,
    Plan,
    Record,
    Standing,
    Topic,
)
from site_plugins.domain.moments import SHANGHAI, Moment


class ColumnNode(Struct, frozen=True):
    """A column in its tree.

    ``own`` are the records whose nearest column it is, ``all`` those of its sub-columns too; both
    newest first, listed kinds only. ``others`` are records that lists by date do not show
    (members, bodies, topics …), by their order and title.
    """

    column: Column
    children: Sequence[ColumnNode]
    own: Sequence[Record]
    all: Sequence[Record]
    others: Sequence[Record]

    @property
    def path(self) -> str:
        """The column's folder."""
        return self.column.path

    def walk(self) -> Iterator[ColumnNode]:
        """This column and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


class Issue(Struct, frozen=True):
    """An issue with its articles: by section as printed, and in one row."""

    holder: IssueHolder
    sections: Sequence[tuple[str, Sequence[PeriodicalArticle]]]
    articles: Sequence[PeriodicalArticle]

    @property
    def path(self) -> str:
        """The issue's folder."""
        return self.holder.path

    @property
    def is_readable(self) -> bool:
        """Whether the articles themselves are public, not only their titles."""
        return self.holder.issue.visibility == "public"


class Periodical(Struct, frozen=True):
    """A magazine or journal with its public issues, newest first."""

    holder: PeriodicalHolder
    issues: Sequence[Issue]

    @property
    def path(self) -> str:
        """The periodical's folder."""
        return self.holder.path


class TopicNode(Struct, frozen=True):
    """A topic with the records that it gathers, newest first."""

    topic: Topic
    records: Sequence[Record]


class Tag(Struct, frozen=True):
    """A tag, the id in its address, and its records, newest first."""

    name: str
    id: str
    records: Sequence[Record]


class Evidence(Struct, frozen=True):
    """Records that name clauses of a plan, by clause id, oldest first."""

    by_clause: Mapping[str, Sequence[Record]]

    def of(self, clause: str) -> Sequence[Record]:
        """The records that implement a clause."""
        return self.by_clause.get(clause, ())


class Site(Struct, frozen=True, kw_only=True):
    """Everything public at the build's clock.

    ``updated`` is the newest date on which a record came out. ``records`` has every public record
    by content path; ``notices`` what is withdrawn or expired but keeps its address; ``listed``
    every record that lists by date show, ``events`` the consultations and supervisions, both
    newest first; ``reports`` those of an event by its id, oldest first; ``renamed`` the records
    with old addresses; ``hidden`` the paths of what exists and is not public; ``faulty`` what
    was left out for its errors. ``addresses`` has the address of every public content file.
    """

    updated: Moment | None
    columns: Mapping[str, ColumnNode]
    top: Sequence[ColumnNode]
    records: Mapping[str, Record]
    notices: Mapping[str, tuple[Record, Standing]]
    hidden: frozenset[str]
    faulty: frozenset[str]
    pages: Sequence[Page]
    plans: Sequence[Plan]
    events: Sequence[Event]
    reports: Mapping[str, Sequence[Record]]
    renamed: Sequence[Record]
    topics: Sequence[TopicNode]
    periodicals: Sequence[Periodical]
    listed: Sequence[Record]
    issue_of: Mapping[str, Issue]
    tags: Mapping[str, Tag]
    evidence: Mapping[str, Evidence]
    addresses: Mapping[str, str]

    def column_of(self, record: Record) -> ColumnNode | None:
        """The column a record belongs to; where that was left out, the one above it."""
        trail = self.trail(record.where.column)
        return trail[-1] if trail else None

    def trail(self, folder: str) -> tuple[ColumnNode, ...]:
        """The columns from the top down to the one of a folder."""
        trail = []
        while folder:
            node = self.columns.get(folder)
            if node is not None:
                trail.append(node)
            folder = folder.rpartition("/")[0]
        return tuple(reversed(trail))


_R = TypeVar("_R", bound=Record)
_T = TypeVar("_T")
_UNDATED = datetime.min.replace(tzinfo=SHANGHAI)


def newest_first(records: Iterable[_R]) -> tuple[_R, ...]:
    """Records by date, newest first; of one date by path, so that the order never depends on
    anything else."""
    return tuple(sorted(sorted(records, key=_path), key=_at, reverse=True))


def spans_of_years(records: Sequence[Record]) -> dict[int, slice]:
    """Year → where its records stand among ``records``, which are newest first.

    What has no date stands in none.
    """
    if isinstance(records, DistantRow):
        return _spans(records.years, lambda year: year)
    return _spans(records, year_of)


def _spans(rows: Sequence[_T], year_at: Callable[[_T], int]) -> dict[int, slice]:
    spans: dict[int, slice] = {}
    start = 0
    while start < len(rows) and (year := year_at(rows[start])):
        end = bisect_left(rows, -year + 1, start, key=lambda row: -year_at(row))
        spans[year] = slice(start, end)
        start = end
    return spans


def year_of(record: Record) -> int:
    """The year of a record's moment, 0 for none."""
    return record.moment.at.year if record.moment is not None else 0


def _at(record: Record) -> datetime:
    moment = record.moment
    return moment.at if moment is not None else _UNDATED


def instant(record: Record) -> float:
    """A record's moment in seconds; what has none is older than everything."""
    return record.moment.at.timestamp() if record.moment is not None else float("-inf")


def instant_at(records: Sequence[Record], index: int) -> float:
    """The moment of one of the records in seconds; what is not there yet is not read for that."""
    if isinstance(records, DistantRow):
        return records.instant(index)
    return instant(records[index])


def _path(record: Record) -> str:
    return record.where.path


def is_listed(record: Record) -> bool:
    """Whether lists by date show the record."""
    return KINDS[record.kind].listed and record.moment is not None
