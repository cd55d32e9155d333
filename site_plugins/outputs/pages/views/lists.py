"""Columns, tags and topics."""

from __future__ import annotations

from msgspec import Struct

from site_plugins.outputs.pages.views.parts import EntryView, FeedLink, ImageView, LinkView


class PagerView(Struct, frozen=True, array_like=True, kw_only=True):
    """Pages of a list; ``items`` has the numbers to show, None for a gap (…).

    Pages are counted from the oldest; the column's own address shows the newest entries.
    """

    number: int  # counted from the oldest
    total: int | None  # how many there are; only on the list's own page, which is the newest
    newer: str | None
    older: str | None
    items: tuple[LinkView | None, ...]


class ColumnView(Struct, frozen=True, array_like=True, kw_only=True):
    """column.html (a column's page, a further page, a year archive) and tag.html."""

    title: str
    intro: str = ""
    body_html: str = ""
    layout: str = "list"  # list cards gallery video people timeline table page
    entries: tuple[EntryView, ...] = ()
    groups: tuple[tuple[str, tuple[EntryView, ...]], ...] = ()  # by month, newest first: archives
    subcolumns: tuple[LinkView, ...] = ()  # siblings or children, with counts; current marked
    years: tuple[LinkView, ...] = ()  # year archives with counts; current marked
    pager: PagerView | None = None
    feeds: tuple[FeedLink, ...] = ()
    empty: str = ""  # sentence for an empty column
    total: int = 0


class TopicView(Struct, frozen=True, array_like=True, kw_only=True):
    """topic.html: entries gathered by tag or named one by one, newest first."""

    title: str
    intro: str
    body_html: str
    banner: ImageView | None
    period: str  # 2022年3月至2023年9月
    entries: tuple[EntryView, ...]
    groups: tuple[tuple[str, tuple[EntryView, ...]], ...]  # by column
    feeds: tuple[FeedLink, ...] = ()
