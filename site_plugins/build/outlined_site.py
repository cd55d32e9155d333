"""The site that an outline is of: its records are read when somebody looks at them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from site_plugins.build.outline import (
    INSTANT,
    YEAR,
    ColumnOutline,
    IssueOutline,
    Numbers,
    Outline,
    row_of,
)
from site_plugins.build.sheets import Owner, Sheet
from site_plugins.domain.directory import Directory
from site_plugins.domain.distant import Distance, DistantRecords, DistantRow, paths_of
from site_plugins.domain.model.records import Record, Standing
from site_plugins.domain.site import (
    ColumnNode,
    Evidence,
    Issue,
    Periodical,
    Site,
    Tag,
    TopicNode,
)


class OutlinedSite:
    """An outline in the listing that it is of: the site, and all that it says of files by path.

    Args:
        outline: of the last build.
        paths: every file of content/, the same as then.
        sheet: gives the sheet of a Markdown file of which something was made.
        reworded: the numbers of the files whose words may be others than in the outline.
    """

    def __init__(
        self,
        outline: Outline,
        paths: Sequence[str],
        sheet: Callable[[str], Sheet],
        reworded: Iterable[int] = (),
    ) -> None:
        self._outline = outline
        self._paths = paths
        self._sheet = sheet
        years: array[int] = array(YEAR)
        instants: array[float] = array(INSTANT)
        years.frombytes(outline.years)
        instants.frombytes(outline.instants)
        self._distance = Distance(paths, years, instants, outline.told, self._record, reworded)

    def _made(self, number: int) -> Owner:
        made = self._sheet(self._paths[number]).made
        assert made is not None, "an outline names what was made"
        return made

    def _record(self, path: str) -> Record:
        made = self._sheet(path).made
        assert isinstance(made, Record), "a row has records"
        return made

    def row(self, packed: Numbers) -> DistantRow[Any]:
        """Records in an order."""
        return DistantRow(self._distance, row_of(packed))

    def names(self, packed: Numbers) -> list[str]:
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
