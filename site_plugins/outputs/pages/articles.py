"""Pages of single records: articles, notices, ordinary pages, periodical articles, notices of
withdrawal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from site_plugins.domain.converted import TextFacts
from site_plugins.domain.edition import url_of
from site_plugins.domain.generated import has_feed
from site_plugins.domain.model.kinds import KINDS
from site_plugins.domain.model.records import Page, PeriodicalArticle, Record, Standing
from site_plugins.domain.site import ColumnNode, Issue, instant
from site_plugins.outputs.pages.entries import Entries, date_view, issue_name, link_to
from site_plugins.outputs.pages.facts import facts_of
from site_plugins.outputs.pages.frame import Body, Frame, PageDraft, feed_link
from site_plugins.outputs.pages.labels import (
    Labels,
    article_json_ld,
    content_labels,
    labels_around,
)
from site_plugins.outputs.pages.views.frame import PageView
from site_plugins.outputs.pages.views.parts import FactView, FeedLink, LinkView
from site_plugins.outputs.pages.views.texts import TextView, WithdrawnView

_LONG_TEXT = 2000  # characters from which a text has a list of its headings
_RELATED = 5


class ArticlePages(Struct):
    """Makes the page of a record; plans, topics and events have modules of their own."""

    frame: Frame
    entries: Entries
    _labels: dict[str, Labels] = field(default_factory=dict)

    def page(self, path: str) -> PageDraft:
        """The page of a record, by its content path, between its neighbours."""
        record = self.frame.edition.site.records[path]
        view, page = self.view(record)
        text = self.frame.edition.text_of(record)
        body = Body(path, self.frame.edition.links_of(text)) if text.digest else None
        return self.frame.page("page" if isinstance(record, Page) else "article", view, page, body)

    def view(self, record: Record) -> tuple[TextView, PageView]:
        """What the page of a record shows of it beside its text, and what its frame needs."""
        older, newer = self.frame.edition.around(record)
        frame, entries = self.frame, self.entries
        edition = frame.edition
        text = edition.text_of(record)
        address = record.where.address
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
            labels=content_labels(self._labels_around(node), record),
            json_ld=self._json_ld(record, summary, share),
            image=share,
        )
        return view, page

    def withdrawn(self, path: str) -> PageDraft:
        """The notice that stays at the address of what was withdrawn or has expired."""
        record, standing = self.frame.edition.site.notices[path]
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

    def _labels_around(self, node: ColumnNode | None) -> Labels:
        """Site and column labels, put together once for all texts of a column."""
        name = node.path if node is not None else ""
        labels = self._labels.get(name)
        if labels is None:
            settings = self.frame.edition.settings
            labels = self._labels[name] = labels_around(settings, node)
        return labels

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

    def _related(self, record: Record, apart: Sequence[Record | None]) -> tuple[LinkView, ...]:
        """Records that share most tags, the nearest in time first; looked for around the record."""
        if not record.tags:
            return ()
        edition = self.frame.edition
        left_out = {record.where.path, *(other.where.path for other in apart if other is not None)}
        shared: dict[str, int] = {}
        known: dict[str, tuple[float, Record]] = {}
        for name in record.tags:
            for near in edition.near(name, record):
                path = near[1].where.path
                shared[path] = shared.get(path, 0) + 1
                known[path] = near
        moment = instant(record)
        order = sorted(
            (-count, abs(known[path][0] - moment), path)
            for path, count in shared.items()
            if path not in left_out
        )
        return tuple(self._dated(known[path][1]) for _, _, path in order[:_RELATED])

    def _dated(self, record: Record) -> LinkView:
        """A link with the date: no more of another text is looked at than is shown of it."""
        self.frame.edition.look(record)
        link, moment = link_to(record), record.moment
        return replace(link, note=moment.label) if moment is not None else link


def _original(record: Record) -> FactView | None:
    if not record.source_url:
        return None
    return FactView(label="原文", value=record.source or record.source_url, url=record.source_url)


def _contents(text: TextFacts) -> tuple[LinkView, ...]:
    if text.characters < _LONG_TEXT or sum(h.level == 2 for h in text.headings) < 3:
        return ()
    return tuple(
        LinkView(title=h.title, url=f"#{h.id}") for h in text.headings if h.level == 2 and h.id
    )


def _shows(text: TextFacts, picture: str) -> bool:
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
