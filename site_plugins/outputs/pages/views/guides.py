"""Pages that lead to others: tags, feeds, the sitemap for people."""

from __future__ import annotations

from dataclasses import dataclass, field

from site_plugins.outputs.pages.views.parts import FeedLink, LinkView


@dataclass(frozen=True, slots=True, kw_only=True)
class TagsView:
    """tags.html: every tag with its count."""

    tags: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedGroupView:
    """A group on the page that explains subscribing: the site, columns, topics, periodicals."""

    title: str
    feeds: tuple[tuple[str, tuple[FeedLink, ...]], ...]  # (name of the channel, its formats)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsView:
    """feeds.html."""

    groups: tuple[FeedGroupView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapView:
    """sitemap.html: the sitemap for people."""

    columns: tuple[LinkView, ...]  # with children and counts
    pages: tuple[LinkView, ...]
    periodicals: tuple[LinkView, ...]  # children = issues
    plans: tuple[LinkView, ...]
    topics: tuple[LinkView, ...]
    archives: tuple[tuple[str, tuple[LinkView, ...]], ...] = field(default=())  # column → years
    tools: tuple[LinkView, ...] = field(default=())  # 搜索, 订阅, 标签
