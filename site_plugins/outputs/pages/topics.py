"""Topic pages."""

from __future__ import annotations

from msgspec import Struct

from site_plugins.domain.edition import root_of
from site_plugins.domain.model.records import Topic
from site_plugins.domain.site import TopicNode
from site_plugins.outputs.pages.entries import Entries
from site_plugins.outputs.pages.frame import Frame, PageDraft, feed_link
from site_plugins.outputs.pages.labels import content_labels, labels_around
from site_plugins.outputs.pages.views.lists import TopicView
from site_plugins.outputs.pages.views.parts import EntryView, FeedLink


class TopicPages(Struct):
    """Makes topic pages."""

    frame: Frame
    entries: Entries

    def page(self, topic_id: str) -> PageDraft:
        """The page of a topic."""
        node = next(n for n in self.frame.edition.site.topics if n.topic.id == topic_id)
        topic = node.topic
        settings = self.frame.edition.settings
        column = self.frame.edition.site.column_of(topic)
        page = self.frame.view(
            topic.where.address,
            topic.title,
            description=topic.summary or "",
            breadcrumbs=self.frame.trail(topic.where.column),
            menu=self.frame.menu_of(topic.where.column or topic.where.address),
            feeds=self._feeds(topic),
            labels=content_labels(labels_around(settings, column), topic),
        )
        return self.frame.page("topic", self.view(node, topic.where.address), page)

    def view(self, node: TopicNode, address: str) -> TopicView:
        """A topic as the page at ``address`` shows it."""
        topic = node.topic
        edition = self.frame.edition
        entries = self.entries.all(node.records)
        groups: dict[str, list[EntryView]] = {}
        for entry in entries:
            groups.setdefault(entry.column, []).append(entry)
        return TopicView(
            title=topic.title,
            intro=topic.summary or "",
            body_html=edition.html(topic, root_of(address)),
            banner=self.entries.picture(topic, topic.banner, topic.banner_alt or ""),
            period=_period(topic),
            entries=entries,
            groups=tuple((title, tuple(those)) for title, those in groups.items()),
            feeds=self._feeds(topic),
        )

    def _feeds(self, topic: Topic) -> tuple[FeedLink, ...]:
        return feed_link(topic.title, topic.id) if self.frame.edition.settings.has("feeds") else ()


def _period(topic: Topic) -> str:
    months = [f"{m.at.year}年{m.at.month}月" for m in (topic.start, topic.end) if m is not None]
    if topic.start is not None and topic.end is None:
        return f"{months[0]}起"
    return "至".join(months)
