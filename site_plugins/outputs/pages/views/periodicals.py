"""Periodicals, their issues and covers."""

from __future__ import annotations

from msgspec import Struct

from site_plugins.outputs.pages.views.parts import (
    AttachmentView,
    DateView,
    EntryView,
    FactView,
    FeedLink,
    ImageView,
    LinkView,
)


class CoverView(Struct, frozen=True, array_like=True, kw_only=True):
    """An issue on the wall: a picture, or a cover drawn by the style sheet from these words."""

    url: str  # the issue's page
    title: str  # 2023年第1期
    name: str  # name of the periodical, printed on the cover
    number: str  # 第1期
    year: str
    theme: str
    style: str  # magazine | journal
    image: ImageView | None
    published: DateView | None
    total_number: str  # 总第12期, "" where unknown


class SectionView(Struct, frozen=True, array_like=True, kw_only=True):
    """A section of an issue's contents."""

    title: str
    articles: tuple[EntryView, ...]  # note = page number


class IssueView(Struct, frozen=True, array_like=True, kw_only=True):
    """issue.html."""

    cover: CoverView
    title: str
    facts: tuple[FactView, ...]
    sections: tuple[SectionView, ...]
    body_html: str
    colophon: tuple[str, ...]  # lines
    attachments: tuple[AttachmentView, ...]
    older: LinkView | None
    newer: LinkView | None
    readable: bool  # False: only the contents are public
    periodical: LinkView | None = None  # the wall of covers; shown on the home page


class PeriodicalView(Struct, frozen=True, array_like=True, kw_only=True):
    """periodical.html: the wall of covers, by year, newest first."""

    title: str
    intro: str
    body_html: str
    facts: tuple[FactView, ...]
    newest: IssueView | None
    years: tuple[tuple[str, tuple[CoverView, ...]], ...]
    style: str
    feeds: tuple[FeedLink, ...] = ()
