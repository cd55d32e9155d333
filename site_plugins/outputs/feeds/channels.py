"""What feeds carry: channels with their newest items, absolute addresses throughout."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from html import escape

from msgspec import Struct, field
from msgspec.structs import replace

from site_plugins.domain.edition import Edition, url_of
from site_plugins.domain.model.records import PeriodicalArticle, Plan, Record
from site_plugins.domain.moments import Moment
from site_plugins.domain.noting import Fact
from site_plugins.domain.site import Issue, Periodical, newest_first
from site_plugins.reading.plain_text import summary

# Characters that XML 1.0 (2.2) does not allow; feedgen refuses them.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ANCHOR_LINK = re.compile(r'(<a (?:[^<>]* )?href=")#')


class FeedItem(Struct, frozen=True, kw_only=True):
    """An item; ``url`` is absolute and also its guid, ``html`` the full text."""

    title: str
    url: str
    moment: Moment
    summary: str
    html: str
    author: str = ""
    source: str = ""
    categories: tuple[str, ...] = ()


class Channel(Struct, frozen=True, kw_only=True):
    """A feed; ``folder`` is where its files lie (empty: the site's root)."""

    folder: str
    title: str
    description: str
    url: str
    items: tuple[FeedItem, ...]


def legal(text: str) -> str:
    """The text without characters that XML does not allow."""
    return _ILLEGAL.sub("", text)


class Channels(Struct):
    """Gathers the channels of an edition; an item is made once for all its channels."""

    edition: Edition
    _items: dict[str, tuple[FeedItem, set[Fact]]] = field(default_factory=dict)

    def of(self, folder: str) -> Channel:
        """The channel of a folder that :func:`~site_plugins.domain.generated.feed_folders` names;
        the site's own has an empty one."""
        site, settings = self.edition.site, self.edition.settings
        name = settings.name
        if folder == "":
            return self._channel("", name, settings.description or name, site.listed)
        node = site.columns.get(folder)
        if node is not None:
            title = f"{node.column.title}｜{name}"
            told = node.column.intro or node.column.title
            return self._channel(folder, title, told, node.all)
        topic = next((t for t in site.topics if t.topic.id == folder), None)
        if topic is not None:
            told = topic.topic.summary or topic.topic.title
            return self._channel(folder, f"{topic.topic.title}｜{name}", told, topic.records)
        periodical = next((p for p in site.periodicals if p.path == folder), None)
        if periodical is not None:
            return self._periodical(periodical)
        return self._deeds(next(plan for plan in site.plans if plan.id == folder))

    def _channel(
        self, folder: str, title: str, description: str, records: Sequence[Record]
    ) -> Channel:
        # Records without a date come last. Columns show events by their day, feeds by the day on
        # which they were announced.
        dated = [r for r in records[: self.edition.settings.feed_items] if r.moment is not None]
        newest = sorted(dated, key=_came_out, reverse=True)
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
        made = self._items.get(record.id)
        if made is None:
            with self.edition.book.noting() as facts:
                made = (self._make(record), facts)
            self._items[record.id] = made
        self.edition.book.note_all(made[1])
        return made[0]

    def _make(self, record: Record) -> FeedItem:
        self.edition.look(record)
        text = self.edition.text_of(record)
        node = self.edition.site.column_of(record)
        column = (node.column.title,) if node is not None else ()
        return FeedItem(
            title=legal(record.title),
            url=self._absolute(record.where.address),
            moment=_came_out(record),
            summary=legal(record.summary or summary(text.lead, 120)),
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
        if isinstance(record, Plan):
            html = self.edition.linked(self._plan(record), root)
        else:
            html = self.edition.html(record, root)
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
        html = self.edition.plan_html(plan)
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
