"""The home page: what is new, by the columns' own wishes (``column.home``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from msgspec import Struct

from site_plugins.domain.edition import root_of, url_of
from site_plugins.domain.generated import CALENDAR
from site_plugins.domain.model.records import Article, Record
from site_plugins.domain.site import ColumnNode
from site_plugins.outputs.pages.days import around
from site_plugins.outputs.pages.entries import Entries
from site_plugins.outputs.pages.frame import Frame, PageDraft
from site_plugins.outputs.pages.labels import site_labels
from site_plugins.outputs.pages.periodicals import PeriodicalPages
from site_plugins.outputs.pages.plans import PlanPages
from site_plugins.outputs.pages.topics import TopicPages
from site_plugins.outputs.pages.views.home import BoxView, HomeView
from site_plugins.outputs.pages.views.parts import LinkView
from site_plugins.outputs.pages.views.periodicals import IssueView

_SECONDS = 2
_PICTURES = 3
_BOXES = 6
_ITEMS = 6
_DAYS = 4
_LATEST = 20
_WINDOW = 200  # how far back a headline or a picture is looked for


class HomePage(Struct):
    """Makes the home page."""

    frame: Frame
    entries: Entries
    plans: PlanPages
    periodicals: PeriodicalPages
    topics: TopicPages

    def page(self) -> PageDraft:
        """The home page."""
        site, settings = self.frame.edition.site, self.frame.edition.settings
        page = self.frame.view(
            "", "", description=settings.description, menu="", labels=site_labels(settings)
        )
        news, notices = _column_of(site.top, "article"), _column_of(site.top, "notice")
        leads = self._leads(news)
        used = {record.id for record in leads}
        pictures = self._pictures(leads)
        topic = site.topics[0] if site.topics else None
        plan = site.plans[0] if site.plans else None
        view = HomeView(
            headline=self.entries.of(leads[0]) if leads else None,
            seconds=self.entries.all(leads[1:]),
            pictures=self.entries.all(pictures),
            news=self._box(news, used) if news else None,
            notices=self._box(notices, ()) if notices else None,
            boxes=tuple(self._boxes(apart=(news, notices))),
            topic=self.topics.view(topic, "") if topic else None,
            topic_url=url_of(topic.topic.where.address) if topic else "",
            plan=self.plans.view(plan, "") if plan else None,
            plan_url=url_of(plan.where.address) if plan else "",
            covers=self._newest_issues(),
            body_html=self._body(),
            services=tuple(
                LinkView(title=title, url=url_of(url), note=note)
                for title, url, note in settings.services
            ),
            days=around(self.frame.edition.agenda, _DAYS),
            calendar_url=CALENDAR,
        )
        return self.frame.page("home", view, page)

    def _newest_issues(self) -> tuple[IssueView, ...]:
        return tuple(
            self.periodicals.issue(periodical, periodical.issues[0], "")
            for periodical in self.frame.edition.site.periodicals
            if periodical.issues
        )

    def _body(self) -> str:
        home = self.frame.edition.site.records.get("index.md")
        if home is None:
            return ""
        return self.frame.edition.html(home, root_of(""))

    def _leads(self, news: ColumnNode | None) -> list[Record]:
        """The headline and two more.

        The headline is the news column's: what is pinned there, else its newest article with a
        picture among the latest, else its newest. The others are the newest of any column.
        """
        recent = [r for r in self._recent() if isinstance(r, Article)]
        first = news.all[:_WINDOW] if news else recent
        own: list[Record] = [r for r in first if isinstance(r, Article)]
        pinned = [r for r in own if r.pinned]
        pictured = [r for r in own[:_LATEST] if r.image]
        headline: list[Record] = [*pinned, *pictured, *own, *recent][:1]
        headline += [r for r in recent if r not in headline][:_SECONDS]
        return headline

    def _recent(self) -> Sequence[Record]:
        return self.frame.edition.site.listed[:_WINDOW]

    def _pictures(self, leads: Sequence[Record]) -> list[Record]:
        """Articles with pictures; one picture is shown once, whatever texts it stands with."""
        file = self.frame.edition.file
        shown = {file(lead, lead.image) for lead in leads if lead.image}
        pictured: dict[str, Record] = {}
        for record in self._recent():
            if record.image and isinstance(record, Article) and record not in leads:
                pictured.setdefault(file(record, record.image), record)
        return [record for path, record in pictured.items() if path not in shown][:_PICTURES]

    def _box(self, node: ColumnNode, without: Iterable[str]) -> BoxView:
        apart = set(without)
        home = node.column.column.home
        count = home.items if home is not None else _ITEMS
        records = islice((r for r in node.all if r.id not in apart), count)
        return BoxView(
            title=node.column.title,
            url=url_of(node.column.where.address),
            entries=self.entries.all(records),
            layout=node.column.column.layout,
        )

    def _boxes(self, apart: Sequence[ColumnNode | None]) -> Iterable[BoxView]:
        """Columns that ask for a place on the home page; where none does, the first with texts."""
        every = [n for top in self.frame.edition.site.top for n in top.walk()]
        nodes = [
            n for n in every if n not in apart and n.all and "plan" not in n.column.column.holds
        ]
        asking = [n for n in nodes if n.column.column.home is not None]
        if asking:
            asking.sort(key=lambda n: (_position(n), n.column.column.order, n.path))
            return [self._box(node, ()) for node in asking]
        return [self._box(node, ()) for node in nodes if "/" not in node.path][:_BOXES]


def _position(node: ColumnNode) -> int:
    home = node.column.column.home
    return home.position if home is not None else 1000


def _column_of(top: Sequence[ColumnNode], kind: str) -> ColumnNode | None:
    """The first top column that holds a kind: 要闻 for articles, 公告 for notices."""
    return next((node for node in top if kind in node.column.column.holds), None)
