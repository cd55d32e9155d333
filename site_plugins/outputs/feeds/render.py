"""Writes channels as RSS 2.0 and Atom 1.0 (feedgen) and JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from site_plugins import __version__
from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.edition import Edition, url_of
from site_plugins.domain.generated import feed_address, feed_folders
from site_plugins.domain.moments import SHANGHAI
from site_plugins.outputs.feeds.channels import Channel, Channels, FeedItem

if TYPE_CHECKING:
    from feedgen.feed import FeedGenerator

# Where a channel has no items its feed still needs a date that never changes.
_NO_DATE = datetime(1970, 1, 1, tzinfo=UTC).astimezone(SHANGHAI)


def feed_units(edition: Edition) -> Iterator[tuple[str, Callable[[], Iterable[Artifact]]]]:
    """Every feed of the edition: its name, and how its files are made."""
    channels = Channels(edition)
    for folder in feed_folders(edition.plain):
        yield f"feed {folder}", partial(_files, channels, folder)


def render_feeds(edition: Edition) -> Iterator[Artifact]:
    """The files of all feeds."""
    for _, files in feed_units(edition):
        yield from files()


def _files(channels: Channels, folder: str) -> Iterator[Artifact]:
    """Three files for a channel."""
    edition, channel = channels.edition, channels.of(folder)
    rss, atom, feed_json = (feed_address(channel.folder, name) for name in _NAMES)
    yield Artifact(rss, _generator(edition, channel, rss).rss_str(pretty=False))
    yield Artifact(atom, _generator(edition, channel, atom).atom_str(pretty=False))
    yield Artifact(feed_json, _json_feed(edition, channel, feed_json))


_NAMES = ("feed.xml", "atom.xml", "feed.json")


def _updated(channel: Channel) -> datetime:
    return max((item.moment.at for item in channel.items), default=_NO_DATE)


def _generator(edition: Edition, channel: Channel, address: str) -> FeedGenerator:
    """The channel in feedgen.

    Its ``<link>`` becomes the last link added, so the page's own comes after the feed's; the
    date is set because it would be the clock's.
    """
    # Loaded here: most edits change no feed, and need not wait for an XML library.
    from feedgen.feed import FeedGenerator

    feed = FeedGenerator()
    feed.id(channel.url)
    feed.title(channel.title)
    feed.description(channel.description)
    feed.subtitle(channel.description)
    feed.language("zh-CN")
    feed.generator("Jianyan", version=__version__)
    feed.link(href=edition.settings.absolute(url_of(address)), rel="self")
    feed.link(href=channel.url, rel="alternate")
    feed.author({"name": edition.settings.name})
    feed.updated(_updated(channel))
    feed.lastBuildDate(_updated(channel))
    for item in channel.items:
        _add(feed, item, edition.settings.name)
    return feed


def _add(feed: FeedGenerator, item: FeedItem, publisher: str) -> None:
    entry = feed.add_entry(order="append")
    entry.id(item.url)
    entry.guid(item.url, permalink=True)
    entry.title(item.title)
    entry.link(href=item.url, rel="alternate")
    # With a description set, a content of type html gives right Atom and content:encoded in RSS.
    entry.description(item.summary)
    entry.summary(item.summary)
    entry.content(item.html, type="html")
    entry.author({"name": item.author or item.source or publisher})
    for category in item.categories:
        entry.category({"term": category, "label": category})
    entry.pubDate(item.moment.at)
    entry.published(item.moment.at)
    entry.updated(item.moment.at)


def _json_feed(edition: Edition, channel: Channel, address: str) -> bytes:
    """JSON Feed 1.1."""
    items = []
    for item in channel.items:
        told: dict[str, object] = {
            "id": item.url,
            "url": item.url,
            "title": item.title,
            "summary": item.summary,
            "content_html": item.html,
            "date_published": item.moment.at.isoformat(),
        }
        author = item.author or item.source
        if author:
            told["authors"] = [{"name": author}]
        if item.categories:
            told["tags"] = list(item.categories)
        items.append(told)
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": channel.description,
        "home_page_url": channel.url,
        "feed_url": edition.settings.absolute(url_of(address)),
        "language": "zh-CN",
        "items": items,
    }
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8")
