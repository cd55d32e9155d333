"""What of an edition is searched: every public text under its own address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial

from msgspec.structs import replace

from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.digests import digest_of, digest_of_set
from site_plugins.domain.edition import Edition, url_of
from site_plugins.domain.model.holders import Column, Holder
from site_plugins.domain.model.kinds import KINDS
from site_plugins.domain.model.records import Record
from site_plugins.domain.moments import Moment
from site_plugins.domain.shelves import Question
from site_plugins.domain.site import Issue, Periodical
from site_plugins.outputs.search.beside import people_beside, texts_beside
from site_plugins.outputs.search.documents import SearchDocument, SearchLabels
from site_plugins.outputs.search.state import IndexState
from site_plugins.outputs.search.update import IndexUpdate, update_index

FOLDER = "search/"
"""Where the index lies in the tree."""

_HOLDER_KINDS = {"column": "栏目", "periodical": "刊物", "issue": "期刊目录"}


class SearchContents:
    """Every public record, column, periodical and issue as search knows it, by address.

    What has changed is told by digests, so that only what must be indexed anew is opened.

    Args:
        edition: the public site.
        last: address and digest of each document as the last update had them, None where that is
            not known. Where only words have changed, most digests are taken from there.
    """

    def __init__(self, edition: Edition, last: Mapping[str, str] | None = None) -> None:
        self._edition = edition
        self._others = dict(_others(edition))
        self.digests: dict[str, str]
        """Digest of each document."""
        if edition.reworded is None or last is None:
            found = dict(_record_digests(edition, edition.plain.records.items()))
            found |= {address: digest for address, (digest, _) in self._others.items()}
            self.digests = dict(sorted(found.items()))
        else:
            records = edition.plain.records
            touched = ((path, records[path]) for path in sorted(edition.reworded))
            self.digests = {**last, **dict(_record_digests(edition, touched))}
        self.labels = search_labels(edition)
        """Names for the filters."""

    def documents(self, addresses: Iterable[str]) -> Iterator[SearchDocument]:
        """The documents at some addresses."""
        records, others = self._edition.plain.records, self._others
        for address in addresses:
            other = others.get(address)
            yield _record(self._edition, records[self._path(address)]) if not other else other[1]()

    def _path(self, address: str) -> str:
        """Content path of the record whose document has an address."""
        return self._reworded.get(address) or self._paths[address]

    @cached_property
    def _reworded(self) -> Mapping[str, str]:
        """The paths of reworded records by address: after an edit of words no others are asked for,
        unless the index is made anew."""
        return self._by_address(self._edition.reworded or ())

    @cached_property
    def _paths(self) -> Mapping[str, str]:
        """Those of all records."""
        return self._by_address(self._edition.plain.records)

    def _by_address(self, paths: Iterable[str]) -> Mapping[str, str]:
        addresses = self._edition.plain.addresses
        return {"/" + url_of(addresses[path]): path for path in paths}

    def shelf(self) -> Question[str]:
        """All of it as one question: what was noted changes with any document."""
        labels = repr(self.labels)
        question: Question[str] = Question(
            self._edition.book,
            "search",
            answer=lambda what: "",
            fact=lambda what: question.digest(),
            digest=lambda: digest_of(labels, digest_of_set(self.digests.values())),
        )
        return question

    def update(
        self, state: bytes | IndexState, published: Callable[[str], bytes | None], *, compact: bool
    ) -> IndexUpdate:
        """Bring the published index up to date; see
        :func:`~site_plugins.outputs.search.update.update_index`.

        Args:
            state: what the last update gave; empty if there was none.
            published: the content of a file of the last tree, by its path.
            compact: write all of it anew.
        """
        return update_index(
            state or None,
            self.digests,
            self.documents,
            self.labels,
            compact=compact,
            published=lambda path: published(FOLDER + path),
        )


def whole_index(
    documents: Iterable[SearchDocument], digests: Mapping[str, str], labels: SearchLabels
) -> IndexUpdate:
    """Make an index from nothing; the documents are looked at once, one after the other."""
    return update_index(
        None,
        digests,
        lambda addresses: documents,
        labels,
        compact=True,
        published=lambda path: None,
    )


def search_documents(edition: Edition) -> Iterator[SearchDocument]:
    """Every document that is searched."""
    contents = SearchContents(edition)
    return contents.documents(contents.digests)


def render_search(edition: Edition) -> Iterator[Artifact]:
    """The files of the search index, made from nothing."""
    update = SearchContents(edition).update(b"", lambda path: None, compact=True)
    for path, content in update.files:
        yield Artifact(FOLDER + path, content)


def search_labels(edition: Edition) -> SearchLabels:
    """Names of kinds, columns and periodicals for the filters."""
    site = edition.plain
    return SearchLabels(
        kinds={name: kind.label for name, kind in KINDS.items()} | _HOLDER_KINDS,
        columns={path: node.column.title for path, node in site.columns.items()},
        periodicals={p.path: f"《{p.holder.title}》" for p in site.periodicals},
    )


def _record_digests(
    edition: Edition, records: Iterable[tuple[str, Record]]
) -> Iterator[tuple[str, str]]:
    """Address and digest of the documents of records, by their paths: most edits ask for all."""
    site = edition.plain
    columns, issue_of = site.columns, site.issue_of
    with_files = edition.with_attachments
    for path, record in records:
        where = record.where
        # As _place says it, without a call of its own.
        place = where.column if where.column in columns else ""
        periodical = _place(edition, record)[1] if path in issue_of else ""
        parts: tuple[str, ...] = (edition.digest_of(record), place, periodical)
        if path in with_files:
            parts += edition.attached(record)
        if record.members or record.bodies:
            named = (f"{name}.md" for name in (*record.members, *record.bodies))
            parts += tuple(site.records[name].title for name in named if name in site.records)
        yield "/" + url_of(where.address), digest_of(*parts)


def _place(edition: Edition, record: Record) -> tuple[str, str]:
    """The column and the periodical by which a record is found."""
    site = edition.plain
    issue = site.issue_of.get(record.where.path)
    column = record.where.column
    return (
        column if column in site.columns else "",
        issue.path.rpartition("/")[0] if issue is not None else "",
    )


_Entry = tuple[str, tuple[str, Callable[[], SearchDocument]]]


def _others(edition: Edition) -> Iterator[_Entry]:
    """Address → digest of the document, and how it is made, of columns, periodicals and issues."""
    site = edition.plain
    for path, node in site.columns.items():
        make = partial(_column, edition, path, node.column)
        yield _address(node.column), (_digest(edition, node.column), make)
    for periodical in site.periodicals:
        holder = periodical.holder
        yield _address(holder), (_digest(edition, holder), partial(_wall, edition, periodical))
        for issue in periodical.issues:
            # The contents of an issue are public even where its articles are not.
            contents = () if issue.is_readable else tuple(a.title for a in issue.articles)
            digest = digest_of(_digest(edition, issue.holder), holder.title, *contents)
            yield (
                _address(issue.holder),
                (digest, partial(_issue, edition, periodical, issue, contents)),
            )


def _digest(edition: Edition, holder: Holder) -> str:
    return digest_of(edition.digest_of(holder), *edition.attached(holder))


def _address(owner: Holder | Record) -> str:
    return "/" + url_of(owner.where.address)


def _record(edition: Edition, record: Record) -> SearchDocument:
    column, periodical = _place(edition, record)
    moment = record.moment
    records = edition.plain.records
    return SearchDocument(
        address=_address(record),
        title=record.title,
        headlines=tuple(line for line in (record.kicker, record.subtitle) if line),
        date=moment.day.isoformat() if moment is not None else "",
        kind=record.kind,
        column=column,
        year=moment.day.year if moment is not None else None,
        periodical=periodical,
        texts=(*filter(None, edition.blocks_of(record)), *texts_beside(record, records)),
        people=people_beside(record, records),
        attachments=edition.attachment_blocks(record),
    )


def _column(edition: Edition, path: str, column: Column) -> SearchDocument:
    texts = (column.intro or "", *edition.blocks_of(column))
    made = _holder(column, "column", texts, column=path)
    return replace(made, attachments=edition.attachment_blocks(column))


def _wall(edition: Edition, periodical: Periodical) -> SearchDocument:
    intro = periodical.holder.periodical.intro or ""
    texts = (intro, *edition.blocks_of(periodical.holder))
    made = _holder(periodical.holder, "periodical", texts, periodical=periodical.path)
    return replace(made, attachments=edition.attachment_blocks(periodical.holder))


def _issue(
    edition: Edition, periodical: Periodical, issue: Issue, titles: tuple[str, ...]
) -> SearchDocument:
    keys = issue.holder.issue
    blocks = edition.blocks_of(issue.holder)
    texts = (keys.theme or "", *blocks, *(keys.colophon or "").splitlines(), *titles)
    title = f"《{periodical.holder.title}》{issue.holder.title}"
    made = _holder(
        issue.holder, "issue", texts, title=title, moment=keys.published, periodical=periodical.path
    )
    return replace(made, attachments=edition.attachment_blocks(issue.holder))


def _holder(
    holder: Holder,
    kind: str,
    texts: tuple[str, ...],
    *,
    title: str = "",
    moment: Moment | None = None,
    column: str = "",
    periodical: str = "",
) -> SearchDocument:
    return SearchDocument(
        address=_address(holder),
        title=title or holder.title,
        date=moment.day.isoformat() if moment is not None else "",
        kind=kind,
        column=column,
        year=moment.day.year if moment is not None else None,
        periodical=periodical,
        texts=tuple(filter(None, (text.strip() for text in texts))),
    )
