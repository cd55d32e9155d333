"""What feeds carry: channels with their newest items, absolute addresses throughout."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import escape

from site_plugins.domain.converted import ConvertedText
from site_plugins.domain.edition import Edition, url_of
from site_plugins.domain.generated import feed_folders
from site_plugins.domain.model.records import PeriodicalArticle, Plan, Record
from site_plugins.domain.moments import Moment
from site_plugins.domain.site import Issue, Periodical, newest_first
from site_plugins.reading.plain_text import summary

# Characters that XML 1.0 (2.2) does not allow; feedgen refuses them.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ANCHOR_LINK = re.compile(r'(<a (?:[^<>]* )?href=")#')


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """An item; ``url`` is absolute and also its guid, ``html`` the full text."""

    title: str
    url: str
    moment: Moment
    summary: str
    html: str
    author: str = ""
    source: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed; ``folder`` is where its files lie (empty: the site's root)."""

    folder: str
    title: str
    description: str
    url: str
    items: tuple[FeedItem, ...]


def legal(text: str) -> str:
    """The text without characters that XML does not allow."""
    return _ILLEGAL.sub("", text)


@dataclass(slots=True)
class Channels:
    """Gathers the channels of an edition; an item is made once for all its channels."""

    edition: Edition
    _items: dict[str, FeedItem] = field(default_factory=dict)

    def all(self) -> Iterator[Channel]:
        """Every channel, in the order of the page that lists them."""
        site, settings = self.edition.site, self.edition.settings
        name = settings.name
        topics = {node.topic.id: node for node in site.topics}
        periodicals = {p.path: p for p in site.periodicals}
        plans = {plan.id: plan for plan in site.plans}
        for folder in feed_folders(site):
            if folder == "":
                yield self._channel("", name, settings.description or name, self._all_records())
            elif folder in topics:
                topic = topics[folder].topic
                told = topic.summary or topic.title
                title = f"{topic.title}｜{name}"
                yield self._channel(folder, title, told, topics[folder].records)
            elif folder in periodicals:
                yield self._periodical(periodicals[folder])
            elif folder in plans:
                yield self._deeds(plans[folder])
            else:
                column = site.columns[folder].column
                title, told = f"{column.title}｜{name}", column.intro or column.title
                yield self._channel(folder, title, told, site.columns[folder].all)

    def _all_records(self) -> Sequence[Record]:
        return self.edition.site.listed

    def _channel(
        self, folder: str, title: str, description: str, records: Sequence[Record]
    ) -> Channel:
        # Columns show events by their day, feeds by the day on which they were announced.
        dated = [r for r in records if r.moment is not None]
        newest = sorted(dated, key=_came_out, reverse=True)[: self.edition.settings.feed_items]
        return Channel(
            folder=folder,
            title=legal(title),
            description=legal(description),
            url=self._absolute(f"{folder}/" if folder else ""),
            items=tuple(self._item(record) for record in newest),
        )

    def _deeds(self, plan: Plan) -> Channel:
        """What was done for a plan, newest first; events still ahead are not in it."""
        words = self.edition.clauses[plan.id]
        done: dict[str, Record] = {}
        clauses: dict[str, list[str]] = defaultdict(list)
        for clause in self.edition.progress[plan.id].clauses():
            for record in clause.done:
                done[record.id] = record
                url = self._absolute(record.where.address)
                clauses[url].append(legal(words[clause.id]))
        # An event was done on its own day, whenever it was announced.
        dated = [r for r in newest_first(done.values()) if r.moment is not None]
        items = []
        for record in dated[: self.edition.settings.feed_items]:
            assert record.moment is not None
            item = self._item(record)
            categories = (*clauses[item.url], *item.categories)
            items.append(replace(item, moment=record.moment, categories=categories))
        return Channel(
            folder=plan.id,
            title=legal(f"{plan.year}年计划落实情况｜{self.edition.settings.name}"),
            description=legal(f"为落实《{plan.title}》做了什么"),
            url=self._absolute(f"{plan.id}/"),
            items=tuple(items),
        )

    def _absolute(self, address: str) -> str:
        return self.edition.settings.absolute(url_of(address))

    def _item(self, record: Record) -> FeedItem:
        item = self._items.get(record.id)
        if item is None:
            item = self._items[record.id] = self._make(record)
        return item

    def _make(self, record: Record) -> FeedItem:
        text = self.edition.text_of(record)
        node = self.edition.site.column_of(record)
        column = (node.column.title,) if node is not None else ()
        return FeedItem(
            title=legal(record.title),
            url=self._absolute(record.where.address),
            moment=_came_out(record),
            summary=legal(record.summary or summary(text.blocks, 120)),
            html=legal(self._html(record)),
            author=legal(record.byline),
            source=legal(record.source or ""),
            categories=tuple(legal(c) for c in dict.fromkeys((*column, *record.tags))),
        )

    def _html(self, record: Record) -> str:
        """The whole text: the lines of the headline beside the title, the picture, the text, the
        files."""
        root = self.edition.settings.absolute("")
        lines = [f"<p>{escape(line)}</p>" for line in (record.kicker, record.subtitle) if line]
        text = self.edition.text_of(record)
        picture = self.edition.file(record, record.image) if record.image else ""
        shown = any(link.target.path == picture for link in text.links)
        if picture and not shown:
            url, alt = escape(root + url_of(picture)), escape(record.image_alt or "")
            lines.append(f'<p><img src="{url}" alt="{alt}"></p>')
        # Notes and other places of the text itself: a reader shows it under another address.
        own = root + url_of(record.where.address)
        whole = ConvertedText(self._plan(record)) if isinstance(record, Plan) else text
        html = self.edition.html(whole, root)
        lines.append(_ANCHOR_LINK.sub(lambda match: f"{match[1]}{escape(own)}#", html))
        files = []
        for attachment in record.attachments:
            path = self.edition.file(record, attachment.file)
            name = escape(attachment.name or path.rpartition("/")[2])
            files.append(f'<li><a href="{escape(root + url_of(path))}">{name}</a></li>')
        if files:
            lines.append(f"<p>附件：</p><ul>{''.join(files)}</ul>")
        return "\n".join(lines)

    def _plan(self, plan: Plan) -> str:
        """A plan in one piece, as its page shows it."""
        html = self.edition.plans[plan.where.path]
        pieces = [html.preamble_html]
        for part in html.parts:
            pieces.append(f"<h2>{part.heading_html}</h2>" if part.heading_html else "")
            pieces.append(part.intro_html)
            for clause in part.clauses:
                pieces += [clause.html, *(item.html for item in clause.items)]
        return "\n".join(filter(None, [*pieces, html.closing_html]))

    def _periodical(self, periodical: Periodical) -> Channel:
        """An issue is one item: its contents."""
        holder = periodical.holder
        newest = periodical.issues[: self.edition.settings.feed_items]
        return Channel(
            folder=periodical.path,
            title=legal(f"《{holder.title}》｜{self.edition.settings.name}"),
            description=legal(holder.periodical.intro or holder.title),
            url=self._absolute(periodical.path + "/"),
            items=tuple(self._issue(periodical, issue) for issue in newest),
        )

    def _issue(self, periodical: Periodical, issue: Issue) -> FeedItem:
        keys = issue.holder.issue
        assert keys.published is not None
        sections = []
        for title, articles in issue.sections:
            rows = "".join(f"<li>{self._row(a, issue)}</li>" for a in articles)
            head = f"<h3>{escape(title)}</h3>" if title else ""
            sections.append(f"{head}<ul>{rows}</ul>")
        return FeedItem(
            title=legal(f"《{periodical.holder.title}》{issue.holder.title}"),
            url=self._absolute(issue.path + "/"),
            moment=keys.published,
            summary=legal(keys.theme or f"《{periodical.holder.title}》{issue.holder.title}目录"),
            html=legal("\n".join(sections)),
            source=legal(periodical.holder.periodical.organiser or ""),
            categories=(legal(periodical.holder.title),),
        )

    def _row(self, article: PeriodicalArticle, issue: Issue) -> str:
        title = escape(article.title)
        if not issue.is_readable:
            return title
        return f'<a href="{escape(self._absolute(article.where.address))}">{title}</a>'


def _came_out(record: Record) -> Moment:
    """The day on which a dated record came out."""
    moment = record.published or record.moment
    assert moment is not None
    return moment
