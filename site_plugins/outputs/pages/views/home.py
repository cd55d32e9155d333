"""The home page."""

from __future__ import annotations

from msgspec import Struct

from site_plugins.outputs.pages.views.events import DayView
from site_plugins.outputs.pages.views.lists import TopicView
from site_plugins.outputs.pages.views.parts import EntryView, LinkView
from site_plugins.outputs.pages.views.periodicals import IssueView
from site_plugins.outputs.pages.views.plans import PlanView


class BoxView(Struct, frozen=True, array_like=True, kw_only=True):
    """A column on the home page with its newest entries."""

    title: str
    url: str
    entries: tuple[EntryView, ...]
    layout: str = "list"


class HomeView(Struct, frozen=True, array_like=True, kw_only=True):
    """home.html."""

    headline: EntryView | None  # with picture where there is one
    seconds: tuple[EntryView, ...]  # two secondary headlines
    pictures: tuple[EntryView, ...]  # picture news, each with an image
    news: BoxView | None  # newest of the first column of articles
    notices: BoxView | None
    boxes: tuple[BoxView, ...]  # further columns
    topic: TopicView | None
    topic_url: str
    plan: PlanView | None  # newest plan, for the slips
    plan_url: str
    covers: tuple[IssueView, ...]  # newest issue of each periodical
    body_html: str
    services: tuple[LinkView, ...] = ()  # up to five entries (note = hint)
    days: tuple[DayView, ...] = ()  # the next events, after the newest past ones
    calendar_url: str = ""
