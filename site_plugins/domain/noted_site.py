"""Puts a site on shelves, so that what is looked at in it is noted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from site_plugins.domain.digests import Digests, digest_of
from site_plugins.domain.distant import DistantRow, reworded_in
from site_plugins.domain.model.holders import Holder
from site_plugins.domain.model.records import Record
from site_plugins.domain.noting import Notebook
from site_plugins.domain.shelves import Row, Table
from site_plugins.domain.site import (
    ColumnNode,
    Evidence,
    Issue,
    Periodical,
    Site,
    Tag,
    TopicNode,
)

_R = TypeVar("_R", bound=Record)
_T = TypeVar("_T")


def noted_site(
    site: Site,
    book: Notebook,
    told: Mapping[str, str],
    reworded: Collection[str] | None = None,
) -> Site:
    """The same site with every sequence and mapping on a shelf of ``book``.

    Args:
        site: to be noted.
        book: of the build.
        told: content path → digest of the front matter of that file.
        reworded: see :class:`~site_plugins.domain.edition.Edition`.
    """
    return _Shelving(book, Digests(told), reworded).site(site)


class _Shelving:
    """Makes the shelves of a site."""

    def __init__(self, book: Notebook, told: Digests, reworded: Collection[str] | None) -> None:
        self._book = book
        self._reworded = reworded
        self._told = told
        self._told_of: dict[int, str] = {}
        self._columns: dict[str, ColumnNode] = {}
        self._issues: dict[str, Issue] = {}

    def site(self, site: Site) -> Site:
        """The site on shelves."""
        told = self._told
        if isinstance(site.records, dict):
            # Each record stands in many rows: this way it need not be looked into for each.
            records = map(id, site.records.values())
            self._told_of = dict(zip(records, map(told.__getitem__, site.records), strict=True))
        top = [self._column(node) for node in site.top]
        periodicals = [self._periodical(p) for p in site.periodicals]
        topics = [self._topic(node) for node in site.topics]
        tags = {name: self._tag(tag) for name, tag in site.tags.items()}
        evidence = {plan: self._evidence(plan, e) for plan, e in site.evidence.items()}
        columns = {folder: self._columns[folder] for folder in site.columns}
        issue_of = {path: self._issues[issue.path] for path, issue in site.issue_of.items()}

        def column_digest(folder: str) -> str:
            return self._holder(columns[folder].column)

        def tag_digest(name: str) -> str:
            return f"{name} {tags[name].id}"

        return replace(
            site,
            columns=self._table("columns", columns, column_digest),
            top=self._row("top", top, [self._holder(node.column) for node in top]),
            records=Table(
                self._book,
                "records",
                site.records,
                told.__getitem__,
                is_sectioned=True,
                touched=self._reworded,
            ),
            notices=self._table(
                "notices",
                site.notices,
                lambda path: f"{told[path]} {site.notices[path][1].value}",
            ),
            pages=self._records("pages", site.pages),
            plans=self._records("plans", site.plans),
            events=self._records("events", site.events),
            reports=self._table(
                "reports", site.reports, lambda event: digest_of(*self._each(site.reports[event]))
            ),
            renamed=self._records("renamed", site.renamed),
            topics=self._row("topics", topics, [self._record(t.topic) for t in topics]),
            periodicals=self._row(
                "periodicals", periodicals, [self._holder(p.holder) for p in periodicals]
            ),
            listed=self._records("listed", site.listed),
            issue_of=self._table(
                "issue-of", issue_of, lambda path: self._holder(issue_of[path].holder)
            ),
            tags=self._table("tags", tags, tag_digest),
            evidence=self._table("evidence", evidence, lambda plan: plan),
            addresses=self._table("addresses", site.addresses, site.addresses.__getitem__),
        )

    def _record(self, record: Record) -> str:
        return self._told[record.where.path]

    def _holder(self, holder: Holder) -> str:
        return self._told[holder.where.path]

    def _row(self, name: str, items: Sequence[_T], digests: Sequence[str]) -> Row[_T]:
        return Row(self._book, name, items, lambda: digests)

    def _records(self, name: str, records: Sequence[_R]) -> Row[_R]:
        is_still = reworded_in(records) == ()
        return Row(self._book, name, records, lambda: self._each(records), is_still=is_still)

    def _each(self, records: Sequence[Record]) -> Sequence[str]:
        """The digest of each record."""
        if isinstance(records, DistantRow):
            return records.told
        try:
            return list(map(self._told_of.__getitem__, map(id, records)))
        except KeyError:
            # The contents of an issue name what is not public itself.
            return list(map(self._record, records))

    def _table(
        self, name: str, items: Mapping[str, _T], digest_at: Callable[[str], str]
    ) -> Table[_T]:
        return Table(self._book, name, items, digest_at)

    def _column(self, node: ColumnNode) -> ColumnNode:
        children = [self._column(child) for child in node.children]
        path = node.path
        made = ColumnNode(
            column=node.column,
            children=self._row(
                f"children:{path}", children, [self._holder(c.column) for c in children]
            ),
            own=self._records(f"own:{path}", node.own),
            all=self._records(f"all:{path}", node.all),
            others=self._records(f"others:{path}", node.others),
        )
        self._columns[path] = made
        return made

    def _periodical(self, periodical: Periodical) -> Periodical:
        issues = [self._issue(issue) for issue in periodical.issues]
        digests = [self._holder(issue.holder) for issue in issues]
        return Periodical(
            periodical.holder, self._row(f"issues:{periodical.path}", issues, digests)
        )

    def _issue(self, issue: Issue) -> Issue:
        digests = [digest_of(title, *self._each(articles)) for title, articles in issue.sections]
        made = Issue(
            issue.holder,
            self._row(f"sections:{issue.path}", issue.sections, digests),
            self._records(f"articles:{issue.path}", issue.articles),
        )
        self._issues[issue.path] = made
        return made

    def _topic(self, node: TopicNode) -> TopicNode:
        return TopicNode(node.topic, self._records(f"topic:{node.topic.id}", node.records))

    def _tag(self, tag: Tag) -> Tag:
        return Tag(tag.name, tag.id, self._records(f"tag:{tag.name}", tag.records))

    def _evidence(self, plan: str, evidence: Evidence) -> Evidence:
        by_clause = evidence.by_clause

        def at(clause: str) -> str:
            return digest_of(*self._each(by_clause[clause]))

        return Evidence(self._table(f"evidence:{plan}", by_clause, at))
