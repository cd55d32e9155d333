"""The frame of every page: head, masthead, menu, footer; and the rendering of a layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from site_plugins import __version__
from site_plugins.domain.artifacts import Artifact, page_path
from site_plugins.domain.digests import digest_of
from site_plugins.domain.edition import Edition, root_of, url_of
from site_plugins.domain.generated import feed_address
from site_plugins.domain.settings import Settings
from site_plugins.domain.shelves import Question
from site_plugins.domain.site import ColumnNode, Site
from site_plugins.outputs.pages.entries import date_view
from site_plugins.outputs.pages.views.frame import PageView, SiteView
from site_plugins.outputs.pages.views.parts import FactView, FeedLink, LinkView

GENERATOR = f"Jianyan {__version__}"

THEME_SCRIPT = "theme:"
"""Stands before the name of a script of the theme in a page's scripts."""


class Renderer(Protocol):
    """Renders a template of the theme."""

    def __call__(self, template: str, context: Mapping[str, Any]) -> str:
        """The HTML of ``template`` with ``context``."""


class Assets(Struct, frozen=True):
    """Where the theme's style sheet and script stand, relative to the site's root."""

    css: str
    js: str
    files: tuple[Artifact, ...] = ()


class Body(Struct, frozen=True, array_like=True):
    """The text of a page, put in when the page is made: it may be long, and nothing else needs it.

    ``path`` is the content file; ``links`` says where the text's internal links lead, by their
    targets' paths.
    """

    path: str
    links: Mapping[str, str]


class PageDraft(Struct, frozen=True):
    """All that a page is made from: ``path`` of its file, layout, frame, view and text."""

    path: str
    layout: str
    page: PageView
    view: object
    body: Body | None = None


class Frame(Struct, frozen=True):
    """Puts views into the frame that all pages share."""

    edition: Edition
    site_view: SiteView
    _look: Question[str]

    @classmethod
    def of(cls, edition: Edition) -> Frame:
        """The frame of an edition's pages."""
        view = site_view(edition.plain, edition.settings)
        # 最近更新 stands on the home page alone: elsewhere every page would change with every
        # new text.
        facts = {"": repr(replace(view, updated=None)), "updated": repr(view.updated)}
        look = Question(
            edition.book,
            "frame",
            answer=lambda what: "",
            fact=lambda what: digest_of(facts[what]),
            digest=lambda: digest_of(*facts.values()),
        )
        return cls(edition, view, look)

    def page(
        self, layout: str, view: object, page: PageView, body: Body | None = None
    ) -> PageDraft:
        """A page, ready to be made."""
        self._look("")
        if page.menu == "":
            self._look("updated")
        # The file has the address's own name; servers decode what browsers ask for.
        return PageDraft(page_path(unquote(page.address)), layout, page, view, body)

    def view(self, address: str, title: str, **more: Any) -> PageView:
        """What the frame needs for the page at ``address``."""
        settings = self.edition.settings
        site_feed = feed_link(settings.name, "") if settings.has("feeds") else ()
        more["feeds"] = (*site_feed, *more.get("feeds", ()))
        more["styles"] = (*map(url_of, settings.styles), *more.get("styles", ()))
        more["scripts"] = (*map(url_of, settings.scripts), *more.get("scripts", ()))
        return PageView(
            title=title,
            root=root_of(address),
            address=url_of(address),
            canonical=settings.absolute(url_of(address)),
            **more,
        )

    def trail(self, folder: str) -> tuple[LinkView, ...]:
        """当前位置: the columns down to a folder."""
        return tuple(column_link(node) for node in self.edition.site.trail(folder))

    def menu_of(self, folder: str) -> str:
        """The menu entry under which a folder stands."""
        url = url_of(folder.partition("/")[0] + "/")
        return url if any(entry.url == url for entry in self.site_view.menu) else "-"


def column_link(node: ColumnNode) -> LinkView:
    """A link to a column."""
    return LinkView(title=node.column.title, url=url_of(node.column.where.address))


def feed_link(title: str, folder: str) -> tuple[FeedLink, ...]:
    """The feed of a channel, for autodiscovery."""
    return (FeedLink(title=title, url=url_of(feed_address(folder))),)


def site_view(site: Site, settings: Settings) -> SiteView:
    """What is the same on every page."""
    accessibility = next((p for p in site.pages if p.id.endswith("accessibility")), None)
    pages = tuple(
        LinkView(title=page.title, url=url_of(page.where.address))
        for page in site.pages
        if page.where.path != "index.md" and page.menu
    )
    return SiteView(
        name=settings.name,
        full_name=settings.office.full_name,
        description=settings.description,
        menu=tuple(_menu(site)),
        columns=tuple(column_link(node) for node in site.top),
        pages=pages,
        periodicals=tuple(
            LinkView(title=f"《{p.holder.title}》", url=url_of(p.path + "/"))
            for p in site.periodicals
        ),
        contact=_facts(
            ("地址", settings.office.address),
            ("电话", settings.office.phone),
            ("来访接待", settings.office.hours),
        ),
        records=_facts(
            ("主办单位", settings.office.organiser),
            ("ICP备案", settings.office.icp),
            ("公安备案", settings.office.police),
            ("网站标识码", settings.office.site_id_code),
        ),
        notice=settings.office.notice,
        updated=date_view(site.updated),
        has_search=settings.has("search"),
        has_feeds=settings.has("feeds"),
        has_tags=bool(site.tags),
        accessibility_url=url_of(accessibility.where.address) if accessibility else "",
        generator=GENERATOR,
    )


def _menu(site: Site) -> Iterator[LinkView]:
    """首页, then columns and periodicals by their order."""
    yield LinkView(title="首页", url="")
    entries = [
        (node.column.column.order, node.path, node.column.title)
        for node in site.top
        if node.column.column.menu
    ]
    entries += [
        (p.holder.periodical.order, p.path, p.holder.title)
        for p in site.periodicals
        if p.holder.periodical.menu
    ]
    for _, path, title in sorted(entries):
        yield LinkView(title=title, url=url_of(path + "/"))


def _facts(*pairs: tuple[str, str]) -> tuple[FactView, ...]:
    return tuple(FactView(label=label, value=value) for label, value in pairs if value)
