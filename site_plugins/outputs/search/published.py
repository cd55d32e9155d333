"""What of an edition is searched: every public text under its own address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.edition import Edition, url_of
from site_plugins.domain.model.holders import Holder
from site_plugins.domain.model.kinds import KINDS
from site_plugins.domain.model.records import PeriodicalArticle, Record
from site_plugins.domain.moments import Moment
from site_plugins.domain.site import Issue, Periodical
from site_plugins.outputs.search.attachments import attachment_blocks
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
    site = edition.site
    for record in site.records.values():
        yield _with_attachments(edition, record, _record(edition, record))
    for path, node in site.columns.items():
        texts = (node.column.intro or "", *edition.text_of(node.column).blocks)
        yield _holder(node.column, "column", texts, column=path)
    for periodical in site.periodicals:
        intro = periodical.holder.periodical.intro or ""
        texts = (intro, *edition.text_of(periodical.holder).blocks)
        yield _holder(periodical.holder, "periodical", texts, periodical=periodical.path)
        for issue in periodical.issues:
            document = _issue(edition, periodical, issue)
            yield _with_attachments(edition, issue.holder, document)


def _record(edition: Edition, record: Record) -> SearchDocument:
    issue = edition.site.issue_of.get(record.where.path)
    moment = record.moment
    return SearchDocument(
        address="/" + url_of(record.where.address),
        title=record.title,
        headlines=tuple(line for line in (record.kicker, record.subtitle) if line),
        date=moment.day.isoformat() if moment is not None else "",
        kind=record.kind,
        column=record.where.column if record.where.column in edition.site.columns else "",
        year=moment.day.year if moment is not None else None,
        periodical=issue.path.rpartition("/")[0] if issue is not None else "",
        texts=tuple(filter(None, (*edition.text_of(record).blocks, *_beside(record)))),
    )


def _with_attachments(
    edition: Edition, owner: Holder | Record, document: SearchDocument
) -> SearchDocument:
    blocks = attachment_blocks(edition, owner)
    return replace(document, texts=(*document.texts, *blocks)) if blocks else document


def _beside(record: Record) -> Iterator[str]:
    """What a page shows beside its text."""
    yield record.summary or ""
    yield record.author or ""
    yield record.source or ""
    yield from record.tags
    yield from record.places
    yield from (attachment.name or "" for attachment in record.attachments)
    if isinstance(record, PeriodicalArticle):
        yield record.abstract or ""
        yield from record.keywords
        yield from record.people
        yield from record.references
        yield from (author.name for author in record.authors)


def _issue(edition: Edition, periodical: Periodical, issue: Issue) -> SearchDocument:
    keys = issue.holder.issue
    blocks = edition.text_of(issue.holder).blocks
    # The contents of an issue are public even where its articles are not.
    titles = () if issue.is_readable else tuple(article.title for article in issue.articles)
    texts = (keys.theme or "", *blocks, *(keys.colophon or "").splitlines(), *titles)
    title = f"《{periodical.holder.title}》{issue.holder.title}"
    return _holder(
        issue.holder, "issue", texts, title=title, moment=keys.published, periodical=periodical.path
    )


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
        address="/" + url_of(holder.where.address),
        title=title or holder.title,
        date=moment.day.isoformat() if moment is not None else "",
        kind=kind,
        column=column,
        year=moment.day.year if moment is not None else None,
        periodical=periodical,
        texts=tuple(filter(None, (text.strip() for text in texts))),
    )
