"""The view that each layout of theme/layouts/ shows; drafts are sent to other processes by it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from site_plugins.outputs.pages import views
from site_plugins.outputs.pages.boards import BoardView
from site_plugins.outputs.pages.calendars import CalendarView
from site_plugins.outputs.pages.events import EventView
from site_plugins.outputs.pages.plan_comparison import ComparisonView

LAYOUTS: Mapping[str, type | None] = MappingProxyType(
    {
        "404": None,
        "article": views.TextView,
        "board": BoardView,
        "calendar": CalendarView,
        "column": views.ColumnView,
        "embed": BoardView,
        "event": EventView,
        "feeds": views.FeedsView,
        "home": views.HomeView,
        "issue": views.IssueView,
        "page": views.TextView,
        "periodical": views.PeriodicalView,
        "plan": views.PlanView,
        "plan-comparison": ComparisonView,
        "redirect": views.LinkView,
        "search": None,
        "sitemap": views.SitemapView,
        "tag": views.ColumnView,
        "tags": views.TagsView,
        "topic": views.TopicView,
        "withdrawn": views.WithdrawnView,
    }
)
