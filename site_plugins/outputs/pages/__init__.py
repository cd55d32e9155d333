"""Pages: one HTML page per record and per generated list."""

from __future__ import annotations

from collections.abc import Iterator

from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.edition import Edition
from site_plugins.domain.generated import compared_plans, comparison_address
from site_plugins.domain.model.records import Consultation, Supervision
from site_plugins.domain.redirects import page_redirects
from site_plugins.outputs.pages.articles import ArticlePages
from site_plugins.outputs.pages.boards import BoardPages
from site_plugins.outputs.pages.calendars import CalendarPages
from site_plugins.outputs.pages.columns import ColumnPages
from site_plugins.outputs.pages.entries import Entries
from site_plugins.outputs.pages.events import EventPages
from site_plugins.outputs.pages.frame import Assets, Frame, Renderer
from site_plugins.outputs.pages.guides import GuidePages
from site_plugins.outputs.pages.home import HomePage
from site_plugins.outputs.pages.periodicals import PeriodicalPages
from site_plugins.outputs.pages.plan_comparison import PlanComparisonPages, comparison_link
from site_plugins.outputs.pages.plans import PlanPages
from site_plugins.outputs.pages.topics import TopicPages

__all__ = ["Assets", "Renderer", "render_pages"]


def render_pages(edition: Edition, render: Renderer, assets: Assets) -> Iterator[Artifact]:
    """Every HTML page of the edition."""
    site = edition.site
    frame = Frame(edition, render, assets)
    entries = Entries(edition)
    articles = ArticlePages(frame, entries)
    events = EventPages(articles)
    plans = PlanPages(frame, entries)
    topics = TopicPages(frame, entries)
    periodicals = PeriodicalPages(frame, entries)
    guides = GuidePages(frame, entries)
    yield HomePage(frame, entries, plans, periodicals, topics).page()
    for node in site.columns.values():
        yield from ColumnPages(frame, entries).of(node)
        yield from articles.column(node)
        yield from events.column(node)
    yield from CalendarPages(frame).all()
    yield from _loose(edition, articles, events)
    yield from (plans.page(plan) for plan in site.plans)
    boards = BoardPages(frame, entries)
    for plan in site.plans:
        yield from boards.of(plan)
    yield from PlanComparisonPages(frame).all()
    for later, earlier in compared_plans(site.plans):
        # The other way round leads to the same page.
        link = comparison_link(later, earlier)
        old = comparison_address(earlier.id, later.id)
        yield guides.redirect(old, comparison_address(later.id, earlier.id), link.title)
    yield from (topics.page(node) for node in site.topics)
    for periodical in site.periodicals:
        yield from periodicals.of(periodical)
        for issue in periodical.issues:
            if issue.is_readable:
                yield from articles.issue(issue)
    yield from (articles.withdrawn(*notice) for notice in site.notices.values())
    yield from guides.all()
    for old, new, title in page_redirects(site):
        yield guides.redirect(old, new, title)


def _loose(edition: Edition, articles: ArticlePages, events: EventPages) -> Iterator[Artifact]:
    """Ordinary pages, and records that stand in no column's lists."""
    site = edition.site
    elsewhere = {r.id for node in site.columns.values() for r in (*node.own, *node.others)}
    elsewhere |= {node.topic.id for node in site.topics} | {plan.id for plan in site.plans}
    for path, record in site.records.items():
        if path != "index.md" and path not in site.issue_of and record.id not in elsewhere:
            if isinstance(record, Consultation | Supervision):
                yield events.page(record, None, None)
            else:
                yield articles.page(record, None, None)
