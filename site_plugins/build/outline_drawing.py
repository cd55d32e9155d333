"""Draws the outline of a site that was prepared as a whole."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence

from site_plugins.build.outline import (
    INSTANT,
    NUMBER,
    YEAR,
    ColumnOutline,
    DirectoryOutline,
    IssueOutline,
    Numbers,
    Outline,
    SiteOutline,
    listing_digest,
)
from site_plugins.build.sheets import Sheet, SheetOf
from site_plugins.domain.edition import Edition
from site_plugins.domain.model.records import Record
from site_plugins.domain.site import Issue, Site, instant, year_of
from site_plugins.reading.markdown_file import Surroundings


class Drawing:
    """What becomes the outline once all questions of a build are asked.

    Args:
        paths: every file of content/, in the order of its listing.
        sheets: those of all Markdown files.
        records: all that were made, public or not.
        around: what surrounds public texts (see :mod:`site_plugins.build.intake`).
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
            lasting=self._edition.lasting,
        )

    def _row(self, paths: Iterable[str]) -> Numbers:
        return array(NUMBER, map(self._numbers.__getitem__, paths)).tobytes()

    def _rank(self, records: Sequence[Record]) -> Numbers:
        return array(NUMBER, map(self._ranks.__getitem__, map(id, records))).tobytes()

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
    years: array[int] = array(YEAR)
    instants: array[float] = array(INSTANT)
    for record in map(records.get, paths):
        years.append(year_of(record) if record is not None else 0)
        instants.append(instant(record) if record is not None else float("-inf"))
    return years.tobytes(), instants.tobytes()


_NO_SHEET: Sheet = SheetOf()
