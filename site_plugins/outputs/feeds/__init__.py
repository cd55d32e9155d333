"""Feeds: RSS 2.0, Atom 1.0 and JSON Feed 1.1 with full texts, for the site, every column, topic
and periodical."""

from site_plugins.outputs.feeds.render import feed_units, render_feeds

__all__ = ["feed_units", "render_feeds"]
