"""Labels of a page for machines: 网页设计规范 META labels, and JSON-LD.

The META names are those of 《政府网站发展指引》 (国办发〔2017〕47号, annex 网页设计规范):
site labels on every page, column labels on column pages, content labels on content pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from msgspec import json

from site_plugins.domain.edition import url_of
from site_plugins.domain.model.holders import Column
from site_plugins.domain.model.kinds import KINDS
from site_plugins.domain.model.records import Record
from site_plugins.domain.settings import Settings
from site_plugins.domain.site import ColumnNode

Labels = tuple[tuple[str, str], ...]


def site_labels(settings: Settings) -> Labels:
    """SiteName, SiteDomain, SiteIDCode."""
    domain = urlsplit(settings.url).hostname or ""
    pairs = (
        ("SiteName", settings.name),
        ("SiteDomain", domain),
        ("SiteIDCode", settings.office.site_id_code),
    )
    return tuple((name, value) for name, value in pairs if value)


def column_labels(settings: Settings, column: Column) -> Labels:
    """Site labels and ColumnName, ColumnDescription, ColumnKeywords, ColumnType."""
    holds = column.column.holds
    kind = column.column.type or (KINDS[holds[0]].column_type if holds else "概况信息")
    pairs = (
        ("ColumnName", column.title),
        ("ColumnDescription", column.intro or column.title),
        ("ColumnKeywords", ",".join(column.keywords) or column.title),
        ("ColumnType", kind),
    )
    return (*site_labels(settings), *pairs)


def labels_around(settings: Settings, node: ColumnNode | None) -> Labels:
    """Site and column labels of what stands in a column, or in none."""
    return column_labels(settings, node.column) if node is not None else site_labels(settings)


def content_labels(around: Labels, record: Record) -> Labels:
    """The labels around a record, and ArticleTitle, PubDate, ContentSource, Keywords, Author."""
    return (*around, *_content(record))


def _content(record: Record) -> Iterator[tuple[str, str]]:
    yield "ArticleTitle", record.title
    if record.moment is not None:
        # Not strftime: see Moment.stamp.
        yield "PubDate", record.moment.at.isoformat(" ", "minutes")[:16]
    if record.source:
        yield "ContentSource", record.source
    if record.tags:
        yield "Keywords", ",".join(record.tags)
    author = record.byline or record.editor
    if author:
        yield "Author", author


def article_json_ld(settings: Settings, record: Record, description: str, image: str) -> str:
    """schema.org NewsArticle, or Article, as JSON that is safe inside a script element."""
    url = settings.absolute(url_of(record.where.address))
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle" if KINDS[record.kind].listed else "Article",
        "headline": record.title,
        "inLanguage": "zh-Hans",
        "description": description,
        "publisher": {"@type": "GovernmentOrganization", "name": settings.name},
    }
    if record.moment is not None:
        data["datePublished"] = record.moment.iso
    if record.byline:
        data["author"] = {"@type": "Person", "name": record.byline}
    if url:
        data["url"] = data["mainEntityOfPage"] = url
    if image:
        data["image"] = image
    return script_json(data)


def script_json(data: object) -> str:
    """JSON that cannot end the script element it stands in, nor open a comment there."""
    text = json.encode(data).decode("utf-8")
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
