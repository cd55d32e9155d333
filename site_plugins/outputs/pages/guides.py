"""Pages that lead to others: tags, subscribing, sitemap for people, search, 404, redirects."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from site_plugins.domain.edition import root_of, url_of
from site_plugins.domain.generated import (
    CALENDAR,
    FEEDS,
    SEARCH,
    SITEMAP,
    TAGS,
    archive_address,
    board_address,
    feed_address,
    feed_folders,
    page_address,
    tag_address,
    years_of,
)
from site_plugins.domain.model.records import Plan
from site_plugins.domain.site import ColumnNode
from site_plugins.outputs.pages.columns import pager
from site_plugins.outputs.pages.entries import Entries, link_to
from site_plugins.outputs.pages.frame import Frame, PageDraft
from site_plugins.outputs.pages.labels import site_labels
from site_plugins.outputs.pages.views.guides import FeedGroupView, FeedsView, SitemapView, TagsView
from site_plugins.outputs.pages.views.lists import ColumnView
from site_plugins.outputs.pages.views.parts import FeedLink, LinkView

_FORMATS = (
    ("feed.xml", "RSS", "application/rss+xml"),
    ("atom.xml", "Atom", "application/atom+xml"),
    ("feed.json", "JSON", "application/feed+json"),
)
NOT_FOUND = "404.html"


class GuidePages(Struct):
    """Makes the pages that lead to others."""

    frame: Frame
    entries: Entries

    def tags(self) -> PageDraft:
        """Every tag with its count."""
        return self._plain(TAGS, "标签", "tags", self._tags())

    def feeds(self) -> PageDraft:
        """How to subscribe to what."""
        return self._plain(FEEDS, "订阅更新", "feeds", self._feeds())

    def sitemap(self) -> PageDraft:
        """The sitemap for people."""
        return self._plain(SITEMAP, "网站地图", "sitemap", self._sitemap())

    def _plain(self, address: str, title: str, layout: str, view: object) -> PageDraft:
        labels = site_labels(self.frame.edition.settings)
        page = self.frame.view(address, title, menu="-", labels=labels)
        return self.frame.page(layout, view, page)

    def search(self) -> PageDraft:
        """The search page."""
        page = self.frame.view(
            SEARCH,
            "搜索",
            menu="-",
            labels=site_labels(self.frame.edition.settings),
            scripts=("search/page.js",),
            robots="noindex",
        )
        return self.frame.page("search", None, page)

    def not_found(self) -> PageDraft:
        """What is shown where nothing is."""
        # It is shown at any depth, so its links begin at the site's base.
        page = self.frame.view(NOT_FOUND, "页面不存在", menu="-", robots="noindex")
        base = self.frame.edition.settings.base
        return self.frame.page("404", None, replace(page, root=base, canonical=""))

    def _tags(self) -> TagsView:
        tags = sorted(self.frame.edition.site.tags.values(), key=lambda t: (-len(t.records), t.id))
        return TagsView(
            tags=tuple(
                LinkView(title=tag.name, url=tag_address(tag.id), count=len(tag.records))
                for tag in tags
            )
        )

    def tag(self, name: str, number: int | None = None) -> PageDraft:
        """A tag's own page with its newest records, or a further page of it."""
        edition = self.frame.edition
        tag = edition.site.tags[name]
        pages = edition.pages(tag)
        own = tag_address(tag.id)
        if number is None:
            recent = tag.records[: edition.settings.per_page]
            pagers = pager(own, pages.count, pages.count) if pages.count > 1 else None
            view = ColumnView(
                title=name,
                entries=self.entries.all(recent),
                pager=pagers,
                total=len(tag.records),
            )
        else:
            records = self.entries.all(pages.page(number))
            view = ColumnView(title=name, entries=records, pager=pager(own, pages.count, number))
        page = self.frame.view(
            own if number is None else page_address(f"tags/{tag.id}", number),
            f"标签：{name}" if number is None else f"标签：{name}（第{number}页）",
            breadcrumbs=(LinkView(title="标签", url=TAGS),),
            menu="-",
            labels=site_labels(edition.settings),
        )
        return self.frame.page("tag", view, page)

    def _feeds(self) -> FeedsView:
        site, name = self.frame.edition.site, self.frame.edition.settings.name
        titles: dict[str, tuple[str, str]] = {"": ("全站", name)}
        titles |= {n.path: ("栏目", n.column.title) for n in site.columns.values()}
        titles |= {n.topic.id: ("专题", n.topic.title) for n in site.topics}
        titles |= {p.path: ("刊物", f"《{p.holder.title}》") for p in site.periodicals}
        titles |= {plan.id: ("计划落实", f"{plan.year}年计划落实情况") for plan in site.plans}
        groups: dict[str, list[tuple[str, tuple[FeedLink, ...]]]] = {}
        for folder in feed_folders(site):
            group, title = titles[folder]
            groups.setdefault(group, []).append((title, _formats(title, folder)))
        order = [g for g in ("全站", "栏目", "专题", "刊物", "计划落实") if g in groups]
        return FeedsView(
            groups=tuple(FeedGroupView(title=g, feeds=tuple(groups[g])) for g in order)
        )

    def _sitemap(self) -> SitemapView:
        site, settings = self.frame.edition.site, self.frame.edition.settings
        tools = [("订阅更新", FEEDS)] if settings.has("feeds") else []
        tools += [("搜索", SEARCH)] if settings.has("search") else []
        tools += [("标签", TAGS)] if site.tags else []
        tools += [("活动日历", CALENDAR)] if self.frame.edition.agenda.entries else []
        return SitemapView(
            columns=tuple(_branch(node) for node in site.top),
            pages=tuple(link_to(p) for p in site.pages if p.where.path != "index.md"),
            periodicals=tuple(
                LinkView(
                    title=f"《{p.holder.title}》",
                    url=url_of(p.path + "/"),
                    children=tuple(
                        LinkView(title=i.holder.title, url=url_of(i.path + "/")) for i in p.issues
                    ),
                )
                for p in site.periodicals
            ),
            plans=tuple(map(_plan, site.plans)),
            topics=tuple(link_to(node.topic) for node in site.topics),
            archives=tuple(
                (node.column.title, links) for node in site.top if (links := _archives(node))
            ),
            tools=tuple(LinkView(title=title, url=url) for title, url in tools),
        )

    def redirect(self, address: str, target: str, title: str) -> PageDraft:
        """The page at an old address that leads to the new one."""
        view = LinkView(title=title, url=url_of(target))
        page = self.frame.view(address, title, menu="-", robots="noindex")
        canonical = self.frame.edition.settings.absolute(url_of(target))
        page = replace(page, root=root_of(address), canonical=canonical)
        return self.frame.page("redirect", view, page)


def _formats(title: str, folder: str) -> tuple[FeedLink, ...]:
    return tuple(
        FeedLink(title=title, url=url_of(feed_address(folder, file)), mime=mime, format=name)
        for file, name, mime in _FORMATS
    )


def _plan(plan: Plan) -> LinkView:
    board = LinkView(title="进展", url=url_of(board_address(plan.id)))
    return replace(link_to(plan), children=(board,))


def _branch(node: ColumnNode) -> LinkView:
    return LinkView(
        title=node.column.title,
        url=url_of(node.column.where.address),
        count=len(node.all) + len(node.others),
        children=tuple(_branch(child) for child in node.children),
    )


def _archives(node: ColumnNode) -> tuple[LinkView, ...]:
    return tuple(
        LinkView(title=f"{year}年", url=url_of(archive_address(node.path, year)))
        for year in years_of(node.all)
    )
