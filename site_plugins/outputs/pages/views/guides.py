"""Pages that lead to others: tags, feeds, the sitemap for people."""

from __future__ import annotations

from msgspec import Struct, field

from site_plugins.outputs.pages.views.parts import FeedLink, LinkView


class TagsView(Struct, frozen=True, array_like=True, kw_only=True):
    """tags.html: every tag with its count."""

    tags: tuple[LinkView, ...]


class FeedGroupView(Struct, frozen=True, array_like=True, kw_only=True):
    """A group on the page that explains subscribing: the site, columns, topics, periodicals."""

    title: str
    feeds: tuple[tuple[str, tuple[FeedLink, ...]], ...]  # (name of the channel, its formats)


class FeedsView(Struct, frozen=True, array_like=True, kw_only=True):
    """feeds.html."""

    groups: tuple[FeedGroupView, ...]


class SitemapView(Struct, frozen=True, array_like=True, kw_only=True):
    """sitemap.html: the sitemap for people."""

    columns: tuple[LinkView, ...]  # with children and counts
    pages: tuple[LinkView, ...]
    periodicals: tuple[LinkView, ...]  # children = issues
    plans: tuple[LinkView, ...]
    topics: tuple[LinkView, ...]
    archives: tuple[tuple[str, tuple[LinkView, ...]], ...] = field(default=())  # column → years
    tools: tuple[LinkView, ...] = field(default=())  # 搜索, 订阅, 标签
