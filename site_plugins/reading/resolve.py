"""Joins what was read into the immutable Site: columns and records, issues, topics, tags, plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain, count
from typing import TypeVar

from site_plugins.domain.model.holders import IssueHolder
from site_plugins.domain.model.records import (
    Consultation,
    Page,
    PeriodicalArticle,
    Plan,
    Record,
    Standing,
    Supervision,
    Topic,
)
from site_plugins.domain.moments import Moment
from site_plugins.domain.paths import ancestors, folder_of
from site_plugins.domain.site import (
    ColumnNode,
    Evidence,
    Issue,
    Periodical,
    Site,
    Tag,
    TopicNode,
    is_listed,
    newest_first,
)
from site_plugins.reading.content import Content

_R = TypeVar("_R", bound=Record)
_EVENTS = (Consultation, Supervision)

TagIds = Callable[[Sequence[str]], Mapping[str, str]]


def resolve(content: Content, now: datetime, tag_ids: TagIds, faulty: frozenset[str]) -> Site:
    """The Site at ``now``, without the files named in ``faulty``.

    ``tag_ids`` gives every tag the id used in its address (pinyin, unique).
    """
    issues = _public_issues(content, now, faulty)
    records: dict[str, Record] = {}
    notices: dict[str, tuple[Record, Standing]] = {}
    finished: dict[str, PeriodicalArticle] = {}
    for path, record in content.records.items():
        if path in faulty:
            continue
        standing = record.standing(now)
        if isinstance(record, PeriodicalArticle):
            if standing is Standing.PUBLISHED:
                finished[path] = record
            standing = _in_issue(record, standing, issues)
        if standing is Standing.PUBLISHED:
            records[path] = record
        elif standing.has_notice:
            notices[path] = (record, standing)
    # Sorted once: whatever is picked in this order is in order.
    ordered = newest_first(records.values())
    ranking = _Ranking(ordered)
    columns, top = _columns(content, ranking, faulty)
    periodicals = _periodicals(content, issues, finished, faulty)
    in_issue = {a.where.path: i for p in periodicals for i in p.issues for a in i.articles}
    hidden = frozenset(content.records.keys() - records.keys() - notices.keys() - faulty)
    plans = sorted(_of(records, Plan), key=lambda p: (-p.year, p.id))
    tags = _tags(ordered, tag_ids)
    return Site(
        updated=_updated(records.values()),
        columns=columns,
        top=top,
        records=records,
        notices=notices,
        hidden=hidden,
        faulty=faulty,
        pages=tuple(sorted(_of(records, Page), key=lambda p: (_order(p), p.where.path))),
        plans=tuple(plans),
        events=tuple(record for record in ordered if isinstance(record, _EVENTS)),
        reports=_reports(ordered),
        renamed=tuple(record for record in records.values() if record.aliases),
        topics=_topics(records, tags),
        periodicals=periodicals,
        issue_of=in_issue,
        tags=tags,
        evidence=_evidence(ordered, plans),
        addresses=_addresses(records, notices, columns, periodicals),
        listed=ranking.of(record for node in top for record in node.all),
    )


def _updated(records: Iterable[Record]) -> Moment | None:
    """The newest date on which one of the records came out."""
    dates = (record.published for record in records)
    return max((date for date in dates if date is not None), default=None)


def _reports(ordered: Sequence[Record]) -> dict[str, tuple[Record, ...]]:
    """Event id → the records that report it, oldest first."""
    found: dict[str, list[Record]] = defaultdict(list)
    for record in reversed(ordered):
        if record.event:
            found[record.event].append(record)
    return {event: tuple(those) for event, those in found.items()}


def _public_issues(
    content: Content, now: datetime, faulty: frozenset[str]
) -> dict[str, IssueHolder]:
    """The issues that stand on the wall of their periodical."""
    walls = {f for f, holder in content.periodicals.items() if holder.where.path not in faulty}
    return {
        folder: holder
        for folder, holder in content.issues.items()
        if folder_of(folder) in walls
        and holder.where.path not in faulty
        and holder.standing(now) is Standing.PUBLISHED
    }


def _in_issue(
    article: PeriodicalArticle, own: Standing, issues: Mapping[str, IssueHolder]
) -> Standing:
    """A periodical article is no more public than its issue; nor is its withdrawal."""
    if own is Standing.PUBLISHED or own.has_notice:
        issue = issues.get(folder_of(article.where.path))
        if issue is None or issue.issue.visibility != "public":
            return Standing.PRIVATE
    return own


def _of(records: Mapping[str, Record], kind: type[_R]) -> list[_R]:
    return [record for record in records.values() if isinstance(record, kind)]


def _order(record: Record) -> int:
    order: int | None = getattr(record, "order", None)
    return order if order is not None else 1000


class _Ranking:
    """The order of all records: some of them are put into it without a look at their dates."""

    def __init__(self, ordered: Sequence[Record]) -> None:
        self.ordered = ordered
        self._ranks = dict(zip(map(id, ordered), count(), strict=False))

    def of(self, records: Iterable[Record]) -> tuple[Record, ...]:
        """Some of the records, each once."""
        ranks = sorted(set(map(self._ranks.__getitem__, map(id, records))))
        return tuple(map(self.ordered.__getitem__, ranks))


def _columns(
    content: Content, ranking: _Ranking, faulty: frozenset[str]
) -> tuple[dict[str, ColumnNode], tuple[ColumnNode, ...]]:
    """The tree of columns, each with its records; siblings by order, then by path."""
    columns = {f: c for f, c in content.columns.items() if c.where.path not in faulty}
    own: dict[str, list[Record]] = defaultdict(list)
    nearest: dict[str, str] = {}
    for record in ranking.ordered:
        written = record.where.column
        column = nearest.get(written)
        if column is None:
            column = nearest[written] = _nearest(written, columns)
        if column:
            own[column].append(record)
    children: dict[str, list[str]] = defaultdict(list)
    for folder in columns:
        above = next((a for a in ancestors(folder_of(folder)) if a in columns), "")
        children[above].append(folder)
    nodes: dict[str, ColumnNode] = {}

    def node(folder: str) -> ColumnNode:
        below = tuple(node(child) for child in _in_order(children[folder], content))
        listed: list[Record] = []
        others: list[Record] = []
        for record in own[folder]:
            (listed if is_listed(record) else others).append(record)
        every = tuple(listed)
        if below:
            every = ranking.of(chain(listed, *(child.all for child in below)))
        others = [record for record in others if not isinstance(record, Page)]
        others.sort(key=lambda r: (_order(r), r.id))
        made = ColumnNode(columns[folder], below, tuple(listed), every, tuple(others))
        nodes[folder] = made
        return made

    top = tuple(node(folder) for folder in _in_order(children[""], content))
    return nodes, top


def _in_order(folders: Sequence[str], content: Content) -> list[str]:
    return sorted(folders, key=lambda f: (content.columns[f].column.order, f))


def _nearest(folder: str, columns: Mapping[str, object]) -> str:
    return next((above for above in ancestors(folder) if above in columns), "")


def _periodicals(
    content: Content,
    issues: Mapping[str, IssueHolder],
    finished: Mapping[str, PeriodicalArticle],
    faulty: frozenset[str],
) -> tuple[Periodical, ...]:
    """The periodicals in menu order, their issues newest first."""
    found = []
    for folder, holder in content.periodicals.items():
        if holder.where.path in faulty:
            continue
        own = [i for f, i in issues.items() if folder_of(f) == folder]
        own.sort(key=lambda i: (i.issue.year, i.issue.number), reverse=True)
        told = tuple(_issue(i, finished) for i in own)
        found.append(Periodical(holder, told))
    return tuple(sorted(found, key=lambda p: (p.holder.periodical.order, p.path)))


def _issue(holder: IssueHolder, finished: Mapping[str, PeriodicalArticle]) -> Issue:
    """An issue's articles in the order of its contents; those it does not name come last.

    ``finished`` are the records that are public as far as it rests with them: the contents of an
    issue whose articles nobody may read still name them, but no drafts.
    """
    beside = {path: record for path, record in finished.items() if folder_of(path) == holder.path}
    sections = []
    named: set[str] = set()
    for section in holder.issue.contents:
        paths = [f"{holder.path}/{stem.removesuffix('.md')}.md" for stem in section.articles]
        there = tuple(beside[path] for path in paths if path in beside)
        named.update(paths)
        if there:
            sections.append((section.section, there))
    rest = tuple(beside[path] for path in sorted(beside) if path not in named)
    if rest:
        sections.append(("", rest))
    every = tuple(article for _, articles in sections for article in articles)
    return Issue(holder, tuple(sections), every)


def _tags(ordered: Sequence[Record], tag_ids: TagIds) -> dict[str, Tag]:
    by_name: dict[str, list[Record]] = defaultdict(list)
    for record in ordered:
        for name in record.tags:
            by_name[name].append(record)
    names = sorted(by_name)
    ids = tag_ids(names)
    return {name: Tag(name, ids[name], tuple(by_name[name])) for name in names}


def _topics(records: Mapping[str, Record], tags: Mapping[str, Tag]) -> tuple[TopicNode, ...]:
    """Topics, the one that began last first."""
    topics = _of(records, Topic)
    named = any(topic.gathers for topic in topics)
    by_id = {record.id: record for record in records.values()} if named else {}
    nodes = []
    for topic in topics:
        # Its own tags are those of what it is about, so they gather as well.
        names = [name for name in (*topic.gathers_tags, *topic.tags) if name in tags]
        found = {r.id: r for name in names for r in tags[name].records}
        found |= {name: by_id[name] for name in topic.gathers if name in by_id}
        found.pop(topic.id, None)
        nodes.append(TopicNode(topic, newest_first(found.values())))
    return tuple(sorted(nodes, key=_topic_order))


def _topic_order(node: TopicNode) -> tuple[float, str]:
    start = node.topic.start
    return (-start.at.timestamp() if start is not None else 0.0, node.topic.id)


def _evidence(ordered: Sequence[Record], plans: Sequence[Plan]) -> dict[str, Evidence]:
    """For every plan the records that name its clauses, by their present ids, oldest first."""
    former = {plan.id: plan.former_ids for plan in plans}
    found: dict[str, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for record in reversed(ordered):
        for plan, _, name in (implemented.partition("#") for implemented in record.implements):
            clause = former.get(plan, {}).get(name, name)
            those = found[plan][clause]
            if not those or those[-1] is not record:
                those.append(record)
    return {
        plan: Evidence({clause: tuple(those) for clause, those in by_clause.items()})
        for plan, by_clause in found.items()
    }


def _addresses(
    records: Mapping[str, Record],
    notices: Mapping[str, tuple[Record, Standing]],
    columns: Mapping[str, ColumnNode],
    periodicals: Sequence[Periodical],
) -> dict[str, str]:
    """The address of every content file that has one."""
    addresses = {path: record.where.address for path, record in records.items()}
    addresses |= {path: record.where.address for path, (record, _) in notices.items()}
    holders = [node.column.where for node in columns.values()]
    holders += [p.holder.where for p in periodicals]
    holders += [issue.holder.where for p in periodicals for issue in p.issues]
    addresses |= {where.path: where.address for where in holders}
    return addresses
