"""Pages: one HTML page per record and per generated list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.distant import paths_of
from site_plugins.domain.edition import Edition
from site_plugins.domain.generated import compared_plans, comparison_address
from site_plugins.domain.redirects import page_redirects
from site_plugins.outputs.pages.articles import ArticlePages
from site_plugins.outputs.pages.boards import BoardPages
from site_plugins.outputs.pages.calendars import CalendarPages
from site_plugins.outputs.pages.columns import ColumnPages
from site_plugins.outputs.pages.entries import Entries
from site_plugins.outputs.pages.events import EventPages
from site_plugins.outputs.pages.frame import Assets, Body, Frame, PageDraft, Renderer
from site_plugins.outputs.pages.guides import GuidePages
from site_plugins.outputs.pages.home import HomePage
from site_plugins.outputs.pages.making import PageMaker
from site_plugins.outputs.pages.periodicals import PeriodicalPages
from site_plugins.outputs.pages.plan_comparison import PlanComparisonPages, comparison_link
from site_plugins.outputs.pages.plans import PlanPages
from site_plugins.outputs.pages.topics import TopicPages
from site_plugins.outputs.pages.views.frame import SiteView

__all__ = [
    "Assets",
    "Body",
    "PageDraft",
    "PageMaker",
    "Renderer",
    "SiteView",
    "page_units",
    "render_pages",
]

PageUnit = Callable[[], PageDraft]


def page_units(edition: Edition) -> tuple[SiteView, Iterator[tuple[str, PageUnit]]]:
    """The frame of all pages, and every page of the edition: its name, and how it is drafted.

    What there is to make is told without looking at shelves: only a draft's looks are noted.
    """
    frame = Frame.of(edition)
    return frame.site_view, _units(edition, frame)


def _units(edition: Edition, frame: Frame) -> Iterator[tuple[str, PageUnit]]:
    site, settings = edition.plain, edition.settings
    entries = Entries(edition)
    articles = ArticlePages(frame, entries)
    columns = ColumnPages(frame, entries)
    plans = PlanPages(frame, entries)
    topics = TopicPages(frame, entries)
    periodicals = PeriodicalPages(frame, entries)
    guides = GuidePages(frame, entries)
    yield "home", HomePage(frame, entries, plans, periodicals, topics).page
    for folder, node in site.columns.items():
        yield f"column {folder}", partial(columns.newest, folder)
        lists = edition.pages(node)
        for number in range(1, lists.count):
            yield f"column {folder} page {number}", partial(columns.page, folder, number)
        for year in lists.years_alone:
            yield f"column {folder} year {year}", partial(columns.archive, folder, year)
    yield from _records(edition, articles)
    yield from _plans(frame, entries, plans, guides)
    calendar, years = CalendarPages(frame), edition.agenda.years
    if years:
        yield "calendar", calendar.calendar
    for year in years:
        yield f"calendar {year}", partial(calendar.year, year)
    for topic in site.topics:
        yield f"topic {topic.topic.id}", partial(topics.page, topic.topic.id)
    for periodical in site.periodicals:
        yield f"periodical {periodical.path}", partial(periodicals.wall, periodical.path)
        for issue in periodical.issues:
            yield f"issue {issue.path}", partial(periodicals.issue_page, issue.path)
    for path in site.notices:
        yield f"notice {path}", partial(articles.withdrawn, path)
    if site.tags:
        yield "tags", guides.tags
    for name, tag in site.tags.items():
        yield f"tag {name}", partial(guides.tag, name)
        for number in range(1, edition.pages(tag).count):
            yield f"tag {name} page {number}", partial(guides.tag, name, number)
    if settings.has("feeds"):
        yield "feeds", guides.feeds
    if settings.has("search"):
        yield "search", guides.search
    yield "sitemap", guides.sitemap
    yield "not found", guides.not_found
    for old, new, title in page_redirects(site):
        # All that such a page is made from stands in its name.
        yield f"redirect {old} {new} {title}", partial(guides.redirect, old, new, title)


def _records(edition: Edition, articles: ArticlePages) -> Iterator[tuple[str, PageUnit]]:
    """Records that have a page of the general form: all but plans, topics and the home page."""
    site, events = edition.plain, EventPages(articles)
    occasions = frozenset(paths_of(site.events))
    others = {"index.md", *paths_of(site.plans), *(node.topic.where.path for node in site.topics)}
    others.update(path for path, issue in site.issue_of.items() if not issue.is_readable)
    for path in site.records:
        if path in occasions:
            yield f"record {path}", partial(events.page, path)
        elif path not in others:
            yield f"record {path}", partial(articles.page, path)


def _plans(
    frame: Frame, entries: Entries, plans: PlanPages, guides: GuidePages
) -> Iterator[tuple[str, PageUnit]]:
    """Each plan with its board, and each two plans side by side."""
    listed = frame.edition.plain.plans
    boards, comparisons = BoardPages(frame, entries), PlanComparisonPages(frame)
    for plan in listed:
        yield f"plan {plan.id}", partial(plans.page, plan.id)
        yield f"board {plan.id}", partial(boards.board, plan.id)
        yield f"embedded board {plan.id}", partial(boards.embedded, plan.id)
    for later, earlier in compared_plans(listed):
        name = f"comparison {later.id} {earlier.id}"
        yield name, partial(comparisons.page, later.id, earlier.id)
        # The other way round leads to the same page.
        old = comparison_address(earlier.id, later.id)
        new, title = comparison_address(later.id, earlier.id), comparison_link(later, earlier).title
        yield f"redirect {old} {new} {title}", partial(guides.redirect, old, new, title)


def render_pages(edition: Edition, render: Renderer, assets: Assets) -> Iterator[Artifact]:
    """Every HTML page of the edition, one after another."""
    view, units = page_units(edition)
    maker = PageMaker(render, view, assets)
    for _, draft in units:
        page = draft()
        yield maker.make(page, edition.converted(page.body.path) if page.body else "")
