"""What of an edition is searched: every public text under its own address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.edition import Edition, url_of
from site_plugins.domain.model.holders import Column, Holder
from site_plugins.domain.model.kinds import KINDS
from site_plugins.domain.model.records import Record
from site_plugins.domain.moments import Moment
from site_plugins.domain.site import Issue, Periodical
from site_plugins.outputs.search.attachments import attachment_blocks
from site_plugins.outputs.search.beside import people_beside, texts_beside
from site_plugins.outputs.search.documents import SearchDocument, SearchLabels
from site_plugins.outputs.search.index import build_index

_FOLDER = "search/"
_HOLDER_KINDS = {"column": "栏目", "periodical": "刊物", "issue": "期刊目录"}


def render_search(edition: Edition) -> Iterator[Artifact]:
    """The files of the search index."""
    for path, content in build_index(search_documents(edition), search_labels(edition)):
        yield Artifact(_FOLDER + path, content)


def search_labels(edition: Edition) -> SearchLabels:
    """Names of kinds, columns and periodicals for the filters."""
    site = edition.site
    return SearchLabels(
        kinds={name: kind.label for name, kind in KINDS.items()} | _HOLDER_KINDS,
        columns={path: node.column.title for path, node in site.columns.items()},
        periodicals={p.path: f"《{p.holder.title}》" for p in site.periodicals},
    )


def search_documents(edition: Edition) -> Iterator[SearchDocument]:
    """Every public record, column, periodical and issue."""
    return (open_document() for _, open_document in search_sources(edition))


def search_sources(edition: Edition) -> Iterator[tuple[str, Callable[[], SearchDocument]]]:
    """The address of each document that is searched, and a function that makes the document.

    Nothing is read of texts before the function is called, so that an update asks only for the
    documents that it needs.
    """
    site = edition.site
    for record in site.records.values():
        yield _address(record), partial(record_document, edition, record)
    for path, node in site.columns.items():
        yield _address(node.column), partial(_column, edition, path, node.column)
    for periodical in site.periodicals:
        yield _address(periodical.holder), partial(_periodical, edition, periodical)
        for issue in periodical.issues:
            yield _address(issue.holder), partial(_issue, edition, periodical, issue)


def record_document(edition: Edition, record: Record) -> SearchDocument:
    """A record as search knows it."""
    issue = edition.site.issue_of.get(record.where.path)
    moment = record.moment
    records = edition.site.records
    return SearchDocument(
        address=_address(record),
        title=record.title,
        headlines=tuple(line for line in (record.kicker, record.subtitle) if line),
        date=moment.day.isoformat() if moment is not None else "",
        kind=record.kind,
        column=record.where.column if record.where.column in edition.site.columns else "",
        year=moment.day.year if moment is not None else None,
        periodical=issue.path.rpartition("/")[0] if issue is not None else "",
        texts=(*filter(None, edition.text_of(record).blocks), *texts_beside(record, records)),
        people=people_beside(record, records),
        attachments=attachment_blocks(edition, record),
    )


def _address(owner: Holder | Record) -> str:
    return "/" + url_of(owner.where.address)


def _column(edition: Edition, path: str, holder: Column) -> SearchDocument:
    intro = holder.intro or ""
    return _holder(holder, "column", (intro, *edition.text_of(holder).blocks), column=path)


def _periodical(edition: Edition, periodical: Periodical) -> SearchDocument:
    intro = periodical.holder.periodical.intro or ""
    texts = (intro, *edition.text_of(periodical.holder).blocks)
    return _holder(periodical.holder, "periodical", texts, periodical=periodical.path)


def _issue(edition: Edition, periodical: Periodical, issue: Issue) -> SearchDocument:
    keys = issue.holder.issue
    blocks = edition.text_of(issue.holder).blocks
    # The contents of an issue are public even where its articles are not.
    titles = () if issue.is_readable else tuple(article.title for article in issue.articles)
    texts = (keys.theme or "", *blocks, *(keys.colophon or "").splitlines(), *titles)
    title = f"《{periodical.holder.title}》{issue.holder.title}"
    document = _holder(
        issue.holder, "issue", texts, title=title, moment=keys.published, periodical=periodical.path
    )
    return replace(document, attachments=attachment_blocks(edition, issue.holder))


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
