"""From an edition to the files of the site."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from site_plugins import __version__
from site_plugins.build.ports import Workshop
from site_plugins.build.preparation import Prepared
from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.edition import Edition
from site_plugins.outputs.calendars import render_calendars
from site_plugins.outputs.data import render_data
from site_plugins.outputs.feeds import render_feeds
from site_plugins.outputs.machines.files import redirects, robots, sitemap
from site_plugins.outputs.pages import render_pages
from site_plugins.outputs.search.published import render_search

BUILD_FACTS = "build.json"


def render(prepared: Prepared, workshop: Workshop) -> Iterator[Artifact]:
    """Every file of the site but those copied from content/ and :data:`BUILD_FACTS`."""
    assert workshop.render is not None
    assert workshop.theme is not None
    edition = prepared.edition
    theme = workshop.theme()
    yield from theme.files
    for page in render_pages(edition, workshop.render, theme):
        yield workshop.post(page) if workshop.post is not None else page
    if edition.settings.has("feeds"):
        yield from render_feeds(edition)
    if edition.settings.has("search"):
        yield from render_search(edition)
    yield from render_data(edition)
    yield from render_calendars(edition)
    yield from sitemap(edition)
    yield robots(edition)
    table = redirects(edition)
    if table is not None:
        yield table


class TreeDigest:
    """The digest of a tree: SHA-256 over the sorted paths and the digests of their contents."""

    def __init__(self) -> None:
        self._files: dict[str, str] = {}

    def add(self, path: str, content: bytes) -> None:
        """Note a file."""
        self._files[path] = hashlib.sha256(content).hexdigest()

    def __contains__(self, path: str) -> bool:
        return path in self._files

    def facts(self, edition: Edition) -> Artifact:
        """build.json: who made the tree, how much is in it, its digest; no time, no place."""
        rows = (f"{digest}  {path}\n" for path, digest in sorted(self._files.items()))
        site = edition.site
        data = {
            "generator": f"Jianyan {__version__}",
            "records": len(site.records),
            "columns": len(site.columns),
            "files": len(self._files),
            "digest": "sha256:" + hashlib.sha256("".join(rows).encode("utf-8")).hexdigest(),
        }
        text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        return Artifact(BUILD_FACTS, text.encode("utf-8"))
