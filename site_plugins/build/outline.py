"""The outline of a site: where every text stands, kept from one build to the next.

An edit that changes nothing but words leaves it as it is. With it such an edit need not read and
resolve all texts again (:mod:`site_plugins.build.rewording`).

Files of content/ are named by their numbers in its listing, so that no name of what is not public
is kept.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from site_plugins.build.sheets import Owner, Sheet, SheetOf
from site_plugins.domain.digests import digest_of
from site_plugins.domain.directory import Directory
from site_plugins.domain.distant import Distance, DistantRecords, DistantRow, paths_of
from site_plugins.domain.edition import Edition
from site_plugins.domain.model.records import Record, Standing
from site_plugins.domain.moments import Moment
from site_plugins.domain.site import (
    ColumnNode,
    Evidence,
    Issue,
    Periodical,
    Site,
    Tag,
    TopicNode,
    instant,
    year_of,
)
from site_plugins.reading.markdown_file import Surroundings

_Row = bytes
"""Numbers of files in an order."""

_NUMBER, _YEAR, _INSTANT = "I", "H", "d"
"""Types of numbers, see :mod:`array`."""


class ColumnOutline(Struct, frozen=True, array_like=True):
    """A column: its folder, its file, the folders of its children, its records."""

    folder: str
    file: int
    children: tuple[str, ...]
    own: _Row
    all: _Row
    others: _Row


class IssueOutline(Struct, frozen=True, array_like=True):
    """An issue: its file, its sections with their articles, all articles."""

    file: int
    sections: tuple[tuple[str, _Row], ...]
    articles: _Row


class SiteOutline(Struct, frozen=True, array_like=True, kw_only=True):
    """A :class:`~site_plugins.domain.site.Site` whose records are numbers.

    ``addressed`` are the files that have an address, ``addresses`` these.
    """

    updated: Moment | None
    records: _Row
    notices: tuple[tuple[int, str], ...]
    columns: tuple[ColumnOutline, ...]
    top: tuple[str, ...]
    pages: _Row
    plans: _Row
    events: _Row
    reports: tuple[tuple[str, _Row], ...]
    renamed: _Row
    topics: tuple[tuple[int, _Row], ...]
    periodicals: tuple[tuple[int, tuple[IssueOutline, ...]], ...]
    listed: _Row
    tags: tuple[tuple[str, str, _Row], ...]
    evidence: tuple[tuple[str, tuple[tuple[str, _Row], ...]], ...]
    hidden: _Row
    faulty: _Row
    addressed: _Row
    addresses: tuple[str, ...]


class DirectoryOutline(Struct, frozen=True, array_like=True):
    """A :class:`~site_plugins.domain.directory.Directory` beside the addresses of a site."""

    files: _Row
    hidden: _Row
    faulty: _Row
    generated: tuple[str, ...]


class Outline(Struct, frozen=True, array_like=True, kw_only=True):
    """See the module.

    Attributes:
        listing: digest of the names of all files of content/.
        texts: how many Markdown files there are.
        told, text: the digests of each file's sheet, empty where there is none.
        fixed: what of each sheet is no mere wording, 0 where words may concern other texts.
        years, instants: of each file's moment (see :class:`Distance`).
        site, directory: where everything stands.
        around: what surrounds public texts.
        files: the published files and the digests of their bytes.
        pictures: those of them that are pictures, with width and height.
        attached: texts and the files that they name and whose text is searched.
        stood: see :meth:`~site_plugins.domain.edition.Edition.standing`.
    """

    listing: str
    texts: int
    told: tuple[str, ...]
    text: tuple[str, ...]
    fixed: tuple[int, ...]
    years: bytes
    instants: bytes
    site: SiteOutline
    directory: DirectoryOutline
    around: dict[str, Surroundings]
    files: tuple[tuple[int, str], ...]
    pictures: tuple[tuple[int, int, int], ...]
    attached: tuple[tuple[int, tuple[int, ...]], ...]
    stood: dict[str, str]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Outline).decode


def pack_outline(outline: Outline) -> bytes:
    """An outline as bytes."""
    return _encode(outline)


def unpack_outline(content: bytes) -> Outline | None:
    """The outline that was packed; None where the bytes are none."""
    try:
        return _decode(content)
    except (msgspec.DecodeError, ValueError, OverflowError):
        return None


def listing_digest(paths: Iterable[str]) -> str:
    """A digest of the names of all files, and of how numbers are written here."""
    return digest_of(sys.byteorder, *paths)


class Drawing:
    """What becomes the outline once all questions of a build are asked.

    Args:
        paths: every file of content/, in the order of its listing.
        sheets: those of all Markdown files.
        records: all that were made, public or not.
        around: what surrounds public texts (see :func:`surroundings_key`).
        edition: with the site.
        files: content path → digest of each published file.
        pictures: content path → width and height of each of them that is a picture.
        attached: content path of each text → the published files that it names.
    """

    def __init__(
        self,
        *,
        paths: Sequence[str],
        sheets: Mapping[str, Sheet],
        records: Mapping[str, Record],
        around: dict[str, Surroundings],
        edition: Edition,
        files: Mapping[str, str],
        pictures: Mapping[str, tuple[int, int]],
        attached: Mapping[str, Sequence[str]],
    ) -> None:
        self._paths = paths
        self._numbers: dict[str, int] = {}
        self._ranks: dict[int, int] = {}
        self._records = records
        self._around = around
        self._edition = edition
        self._files = files
        self._pictures = pictures
        self._attached = attached
        self._texts = len(sheets)
        # Now: of a large site the sheets themselves are not to be kept until the end.
        known = [sheets.get(path, _NO_SHEET) for path in paths]
        self._told = tuple(sheet.told for sheet in known)
        self._text = tuple(sheet.text for sheet in known)
        self._fixed = tuple(sheet.fixed for sheet in known)

    def outline(self) -> Outline:
        """The outline."""
        paths, site, directory = self._paths, self._edition.plain, self._edition.directory
        self._numbers = {path: number for number, path in enumerate(paths)}
        of = self._numbers.__getitem__
        # Each record stands in many rows: this way it need not be looked into for each.
        self._ranks = dict(
            zip(map(id, self._records.values()), map(of, self._records), strict=True)
        )
        years, instants = _moments(paths, self._records)
        return Outline(
            listing=listing_digest(paths),
            texts=self._texts,
            told=self._told,
            text=self._text,
            fixed=self._fixed,
            years=years,
            instants=instants,
            site=self._site(site),
            directory=DirectoryOutline(
                files=self._row(directory.files),
                hidden=self._row(sorted(directory.hidden)),
                faulty=self._row(sorted(directory.faulty)),
                generated=tuple(sorted(directory.generated)),
            ),
            around=self._around,
            files=tuple((of(path), digest) for path, digest in self._files.items()),
            pictures=tuple((of(path), *size) for path, size in self._pictures.items()),
            attached=tuple(
                (of(path), tuple(map(of, those))) for path, those in self._attached.items()
            ),
            stood=self._edition.stood,
        )

    def _row(self, paths: Iterable[str]) -> _Row:
        return array(_NUMBER, map(self._numbers.__getitem__, paths)).tobytes()

    def _rank(self, records: Sequence[Record]) -> _Row:
        return array(_NUMBER, map(self._ranks.__getitem__, map(id, records))).tobytes()

    def _site(self, site: Site) -> SiteOutline:
        rank, of = self._rank, self._numbers.__getitem__
        return SiteOutline(
            updated=site.updated,
            records=self._row(site.records),
            notices=tuple((of(path), notice[1].value) for path, notice in site.notices.items()),
            columns=tuple(
                ColumnOutline(
                    folder,
                    of(node.column.where.path),
                    tuple(child.path for child in node.children),
                    rank(node.own),
                    rank(node.all),
                    rank(node.others),
                )
                for folder, node in site.columns.items()
            ),
            top=tuple(node.path for node in site.top),
            pages=rank(site.pages),
            plans=rank(site.plans),
            events=rank(site.events),
            reports=tuple((event, rank(those)) for event, those in site.reports.items()),
            renamed=rank(site.renamed),
            topics=tuple((of(n.topic.where.path), rank(n.records)) for n in site.topics),
            periodicals=tuple(
                (of(p.holder.where.path), tuple(map(self._issue, p.issues)))
                for p in site.periodicals
            ),
            listed=rank(site.listed),
            tags=tuple((tag.name, tag.id, rank(tag.records)) for tag in site.tags.values()),
            evidence=tuple(
                (plan, tuple((clause, rank(those)) for clause, those in each.by_clause.items()))
                for plan, each in site.evidence.items()
            ),
            hidden=self._row(sorted(site.hidden)),
            faulty=self._row(sorted(site.faulty)),
            addressed=self._row(site.addresses),
            addresses=tuple(site.addresses.values()),
        )

    def _issue(self, issue: Issue) -> IssueOutline:
        return IssueOutline(
            self._numbers[issue.holder.where.path],
            tuple((title, self._rank(articles)) for title, articles in issue.sections),
            self._rank(issue.articles),
        )


def _moments(paths: Sequence[str], records: Mapping[str, Record]) -> tuple[bytes, bytes]:
    """Years and instants of files; what is no record has none."""
    years: array[int] = array(_YEAR)
    instants: array[float] = array(_INSTANT)
    for record in map(records.get, paths):
        years.append(year_of(record) if record is not None else 0)
        instants.append(instant(record) if record is not None else float("-inf"))
    return years.tobytes(), instants.tobytes()


_NO_SHEET: Sheet = SheetOf()


def row_of(packed: _Row) -> Sequence[int]:
    """The numbers of files in an order."""
    numbers = array(_NUMBER)
    numbers.frombytes(packed)
    return numbers


class Places:
    """An outline in the listing that it is of: the site, and all that it says of files by path.

    Args:
        outline: of the last build.
        paths: every file of content/, the same as then.
        sheet: gives the sheet of a Markdown file of which something was made.
    """

    def __init__(
        self, outline: Outline, paths: Sequence[str], sheet: Callable[[str], Sheet]
    ) -> None:
        self._outline = outline
        self._paths = paths
        self._sheet = sheet
        years: array[int] = array(_YEAR)
        instants: array[float] = array(_INSTANT)
        years.frombytes(outline.years)
        instants.frombytes(outline.instants)
        self._distance = Distance(paths, years, instants, outline.told, self._record)

    def _made(self, number: int) -> Owner:
        made = self._sheet(self._paths[number]).made
        assert made is not None, "an outline names what was made"
        return made

    def _record(self, path: str) -> Record:
        made = self._sheet(path).made
        assert isinstance(made, Record), "a row has records"
        return made

    def row(self, packed: _Row) -> DistantRow[Any]:
        """Records in an order."""
        return DistantRow(self._distance, row_of(packed))

    def names(self, packed: _Row) -> list[str]:
        """The paths of files."""
        return list(map(self._paths.__getitem__, row_of(packed)))

    def addresses(self) -> dict[str, str]:
        """The address of every file that has one."""
        site = self._outline.site
        return dict(zip(self.names(site.addressed), site.addresses, strict=True))

    def site(self) -> Site:
        """The site; records are read when they are looked at."""
        told, row = self._outline.site, self.row
        columns = self._columns(told.columns)
        periodicals = tuple(
            Periodical(self._made(file), tuple(map(self._issue, issues)))  # type: ignore[arg-type]
            for file, issues in told.periodicals
        )
        return Site(
            updated=told.updated,
            columns=columns,
            top=tuple(columns[folder] for folder in told.top),
            records=DistantRecords(self._distance, row_of(told.records)),
            notices={
                self._paths[n]: (self._distance.record(n), Standing(standing))
                for n, standing in told.notices
            },
            hidden=frozenset(self.names(told.hidden)),
            faulty=frozenset(self.names(told.faulty)),
            pages=row(told.pages),
            plans=row(told.plans),
            events=row(told.events),
            reports={event: row(those) for event, those in told.reports},
            renamed=row(told.renamed),
            topics=tuple(
                TopicNode(self._distance.record(file), row(those))  # type: ignore[arg-type]
                for file, those in told.topics
            ),
            periodicals=periodicals,
            listed=row(told.listed),
            issue_of={
                path: issue
                for periodical in periodicals
                for issue in periodical.issues
                for path in paths_of(issue.articles)
            },
            tags={name: Tag(name, tag, row(those)) for name, tag, those in told.tags},
            evidence={
                plan: Evidence({clause: row(those) for clause, those in by_clause})
                for plan, by_clause in told.evidence
            },
            addresses=self.addresses(),
        )

    def _columns(self, told: Sequence[ColumnOutline]) -> dict[str, ColumnNode]:
        nodes: dict[str, ColumnNode] = {}
        # Children come before what they belong to.
        for each in told:
            nodes[each.folder] = ColumnNode(
                self._made(each.file),  # type: ignore[arg-type]
                tuple(nodes[child] for child in each.children),
                self.row(each.own),
                self.row(each.all),
                self.row(each.others),
            )
        return nodes

    def _issue(self, told: IssueOutline) -> Issue:
        return Issue(
            self._made(told.file),  # type: ignore[arg-type]
            tuple((title, self.row(articles)) for title, articles in told.sections),
            self.row(told.articles),
        )

    def directory(self, addresses: Mapping[str, str]) -> Directory:
        """The directory of the site with these addresses."""
        told = self._outline.directory
        return Directory(
            addresses=addresses,
            files=dict.fromkeys(self.names(told.files)),
            hidden=frozenset(self.names(told.hidden)),
            faulty=frozenset(self.names(told.faulty)),
            generated=frozenset(told.generated),
            paths=dict(zip(addresses.values(), addresses, strict=True)),
        )
