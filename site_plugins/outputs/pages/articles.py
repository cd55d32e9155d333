"""Pages of single records: articles, notices, ordinary pages, periodical articles, notices of
withdrawal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import Any

from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.converted import ConvertedText
from site_plugins.domain.edition import root_of, url_of
from site_plugins.domain.generated import has_feed
from site_plugins.domain.model import records as kinds
from site_plugins.domain.model.kinds import KINDS
from site_plugins.domain.model.records import Page, PeriodicalArticle, Record, Standing
from site_plugins.domain.site import ColumnNode, Issue
from site_plugins.outputs.pages.entries import Entries, date_view, issue_name, link_to
from site_plugins.outputs.pages.facts import facts_of
from site_plugins.outputs.pages.frame import Frame, feed_link
from site_plugins.outputs.pages.labels import article_json_ld, content_labels
from site_plugins.outputs.pages.views import (
    EntryView,
    FactView,
    FeedLink,
    LinkView,
    PageView,
    TextView,
    WithdrawnView,
)

_LONG_TEXT = 2000  # characters from which a text has a list of its headings
_RELATED = 5
_WINDOW = 40  # how many of a tag's newest records are looked at


@dataclass(slots=True)
class ArticlePages:
    """Makes the page of a record; plans, topics and events have modules of their own."""

    frame: Frame
    entries: Entries
    _windows: dict[str, Mapping[str, tuple[float, Record]]] = field(default_factory=dict)

    def column(self, node: ColumnNode) -> Iterator[Artifact]:
        """Pages of the records of a column, each with its neighbours by date."""
        own = node.own
        for index, record in enumerate(own):
            if isinstance(record, kinds.Plan | kinds.Consultation | kinds.Supervision):
                continue
            older = own[index + 1] if index + 1 < len(own) else None
            newer = own[index - 1] if index else None
            yield self.page(record, older, newer)
        for record in node.others:
            if not isinstance(record, kinds.Topic | kinds.Supervision):
                yield self.page(record, None, None)

    def issue(self, issue: Issue) -> Iterator[Artifact]:
        """Pages of an issue's articles, in the order of its contents."""
        articles = issue.articles
        for index, article in enumerate(articles):
            before = articles[index - 1] if index else None
            after = articles[index + 1] if index + 1 < len(articles) else None
            yield self.page(article, before, after)

    def page(self, record: Record, older: Record | None, newer: Record | None) -> Artifact:
        """The page of one record between its neighbours."""
        view, page = self.view(record, older, newer)
        return self.frame.page("page" if isinstance(record, Page) else "article", view, page)

    def view(
        self, record: Record, older: Record | None, newer: Record | None
    ) -> tuple[TextView, PageView]:
        """What the page of a record shows of it, and what its frame needs."""
        frame, entries = self.frame, self.entries
        edition = frame.edition
        text = edition.text_of(record)
        address = record.where.address
        body = edition.html(text, root_of(address))
        image = entries.picture(record, record.image, record.image_alt or "")
        share = edition.settings.absolute(image.url) if image else ""
        summary = entries.summary(record, 120)
        if isinstance(record, Page) and record.description:
            summary = record.description
        folder = record.where.column or address.rstrip("/").rpartition("/")[0]
        node = edition.site.column_of(record)
        view = TextView(
            kind=record.kind,
            kind_label=KINDS[record.kind].label,
            title=record.title,
            kicker=record.kicker or "",
            subtitle=record.subtitle or "",
            date=date_view(record.moment),
            facts=facts_of(record),
            body_html=body,
            contents=_contents(text),
            image=None
            if image is None or _shows(text, edition.file(record, record.image or ""))
            else image,
            original=_original(record),
            attachments=entries.attachments(record, record.attachments),
            tags=entries.tags(record),
            clauses=self._clauses(record),
            related=self._related(record, (older, newer)),
            older=link_to(older) if older else None,
            newer=link_to(newer) if newer else None,
            badge=record.badge or "",
            characters=text.characters,
            ai_generated=record.ai_generated,
            editor=record.editor or "",
            **self._of_periodical(record),
        )
        page = frame.view(
            address,
            record.title,
            description=summary,
            breadcrumbs=self._trail(record, folder),
            menu=frame.menu_of(folder or address),
            feeds=self._feeds(node),
            labels=content_labels(edition.settings, record, node),
            json_ld=self._json_ld(record, summary, share),
            image=share,
        )
        return view, page

    def withdrawn(self, record: Record, standing: Standing) -> Artifact:
        """The notice that stays at the address of what was withdrawn or has expired."""
        view = WithdrawnView(
            title=record.title,
            date=date_view(record.moment),
            reason=record.withdrawn_reason or "",
            expired=standing is Standing.EXPIRED,
        )
        folder = record.where.column
        page = self.frame.view(
            record.where.address,
            record.title,
            breadcrumbs=self.frame.trail(folder),
            menu=self.frame.menu_of(folder or record.where.address),
            robots="noindex",
        )
        return self.frame.page("withdrawn", view, page)

    def _json_ld(self, record: Record, summary: str, share: str) -> str:
        if isinstance(record, Page):
            return ""
        return article_json_ld(self.frame.edition.settings, record, summary, share)

    def _feeds(self, node: ColumnNode | None) -> tuple[FeedLink, ...]:
        if node is None or not has_feed(node) or not self.frame.edition.settings.has("feeds"):
            return ()
        return feed_link(node.column.title, node.path)

    def _trail(self, record: Record, folder: str) -> tuple[LinkView, ...]:
        issue = self.frame.edition.site.issue_of.get(record.where.path)
        if issue is not None:
            return issue_trail(self.frame, issue)
        if isinstance(record, Page):
            return self.frame.trail(folder) or _page_trail(self.frame, record)
        return self.frame.trail(folder)

    def _of_periodical(self, record: Record) -> dict[str, Any]:
        if not isinstance(record, PeriodicalArticle):
            return {}
        issue = self.frame.edition.site.issue_of[record.where.path]
        return {
            "abstract": record.abstract or "",
            "keywords": record.keywords,
            "references": record.references,
            "issue": LinkView(
                title=issue_name(self.frame.edition.site, issue), url=url_of(issue.path + "/")
            ),
        }

    def _clauses(self, record: Record) -> tuple[LinkView, ...]:
        site, texts = self.frame.edition.site, self.frame.edition.clauses
        links = []
        for name in dict.fromkeys(record.implements):
            plan_id, _, clause_id = name.partition("#")
            plan = next((p for p in site.plans if p.id == plan_id), None)
            if plan is not None:
                title = texts.get(plan_id, {}).get(clause_id, clause_id)
                url = f"{url_of(plan.where.address)}#{clause_id}"
                links.append(LinkView(title=title, url=url, note=f"{plan.year}年"))
        return tuple(links)

    def _related(self, record: Record, apart: Sequence[Record | None]) -> tuple[EntryView, ...]:
        """Records that share most tags, newest first; looked for among each tag's newest."""
        if not record.tags:
            return ()
        left_out = {record.where.path, *(other.where.path for other in apart if other is not None)}
        shared: Counter[str] = Counter()
        known: dict[str, tuple[float, Record]] = {}
        for name in record.tags:
            window = self._window(name)
            shared.update(window.keys())
            known |= window
        paths = [path for path in shared if path not in left_out]
        best = nsmallest(_RELATED, paths, key=lambda p: (-shared[p], -known[p][0], p))
        return self.entries.all(known[path][1] for path in best)

    def _window(self, tag: str) -> Mapping[str, tuple[float, Record]]:
        """A tag's newest records with their times, by path.

        A window keeps the work from growing with the site where a tag is on every text.
        """
        window = self._windows.get(tag)
        if window is None:
            newest = self.frame.edition.site.tags[tag].records[:_WINDOW]
            window = self._windows[tag] = {r.where.path: (_stamp(r), r) for r in newest}
        return window


def _stamp(record: Record) -> float:
    return record.moment.at.timestamp() if record.moment is not None else 0.0


def _original(record: Record) -> FactView | None:
    if not record.source_url:
        return None
    return FactView(label="原文", value=record.source or record.source_url, url=record.source_url)


def _contents(text: ConvertedText) -> tuple[LinkView, ...]:
    if text.characters < _LONG_TEXT or sum(h.level == 2 for h in text.headings) < 3:
        return ()
    return tuple(
        LinkView(title=h.title, url=f"#{h.id}") for h in text.headings if h.level == 2 and h.id
    )


def _shows(text: ConvertedText, picture: str) -> bool:
    """Whether the text itself shows its cover picture."""
    return any(link.role == "image" and link.target.path == picture for link in text.links)


def _page_trail(frame: Frame, page: Page) -> tuple[LinkView, ...]:
    """An ordinary page below another: about/contact.md below about/index.md."""
    above = page.where.path.rpartition("/")[0] + "/index.md"
    other = frame.edition.site.records.get(above)
    return (link_to(other),) if other is not None and other is not page else ()


def issue_trail(frame: Frame, issue: Issue) -> tuple[LinkView, ...]:
    """当前位置 of an issue's article: the periodical and the issue."""
    folder = issue.path.rpartition("/")[0]
    periodical = next((p for p in frame.edition.site.periodicals if p.path == folder), None)
    links = []
    if periodical is not None:
        links.append(LinkView(title=periodical.holder.title, url=url_of(folder + "/")))
    links.append(LinkView(title=issue.holder.title, url=url_of(issue.path + "/")))
    return tuple(links)
