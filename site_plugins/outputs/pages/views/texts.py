"""A text on its own page, and the notice in the place of a withdrawn one."""

from __future__ import annotations

from msgspec import Struct

from site_plugins.outputs.pages.views.parts import (
    AttachmentView,
    DateView,
    FactView,
    ImageView,
    LinkView,
)


class TextView(Struct, frozen=True, array_like=True, kw_only=True):
    """article.html: article, notice, periodical article, ordinary page, any other record."""

    kind: str
    kind_label: str
    title: str
    kicker: str = ""
    subtitle: str = ""
    date: DateView | None = None
    facts: tuple[FactView, ...] = ()  # 来源, 作者, 责任编辑, 文号, 截止日期 … in order
    body_html: str = ""
    contents: tuple[LinkView, ...] = ()  # headings of the text, url "#id", only for long texts
    image: ImageView | None = None  # cover picture, only where the text does not show it itself
    original: FactView | None = None  # reprint: 原文 with the address of the original
    attachments: tuple[AttachmentView, ...] = ()
    tags: tuple[LinkView, ...] = ()
    clauses: tuple[LinkView, ...] = ()  # clauses of a plan that this text implements
    related: tuple[LinkView, ...] = ()  # 相关文章, each with its date as note
    older: LinkView | None = None  # 上一篇 within the column (or in the issue's order)
    newer: LinkView | None = None  # 下一篇
    badge: str = ""
    characters: int = 0  # length of the text
    ai_generated: bool = False
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    issue: LinkView | None = None  # the issue a periodical article stands in
    editor: str = ""  # 责任编辑, repeated at the end of the text


class WithdrawnView(Struct, frozen=True, array_like=True, kw_only=True):
    """withdrawn.html: the notice that stays at a withdrawn or expired record's address."""

    title: str
    date: DateView | None
    reason: str
    expired: bool
