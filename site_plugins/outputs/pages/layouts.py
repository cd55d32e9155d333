"""The view that each layout of theme/layouts/ shows; drafts are sent to other processes by it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from site_plugins.outputs.pages.views.boards import BoardView
from site_plugins.outputs.pages.views.comparisons import ComparisonView
from site_plugins.outputs.pages.views.events import CalendarView, EventView
from site_plugins.outputs.pages.views.guides import FeedsView, SitemapView, TagsView
from site_plugins.outputs.pages.views.home import HomeView
from site_plugins.outputs.pages.views.lists import ColumnView, TopicView
from site_plugins.outputs.pages.views.parts import LinkView
from site_plugins.outputs.pages.views.periodicals import IssueView, PeriodicalView
from site_plugins.outputs.pages.views.plans import PlanView
from site_plugins.outputs.pages.views.texts import TextView, WithdrawnView

LAYOUTS: Mapping[str, type | None] = MappingProxyType(
    {
        "404": None,
        "article": TextView,
        "board": BoardView,
        "calendar": CalendarView,
        "column": ColumnView,
        "embed": BoardView,
        "event": EventView,
        "feeds": FeedsView,
        "home": HomeView,
        "issue": IssueView,
        "page": TextView,
        "periodical": PeriodicalView,
        "plan": PlanView,
        "plan-comparison": ComparisonView,
        "redirect": LinkView,
        "search": None,
        "sitemap": SitemapView,
        "tag": ColumnView,
        "tags": TagsView,
        "topic": TopicView,
        "withdrawn": WithdrawnView,
    }
)
