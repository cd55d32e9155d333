"""All units of a site: the name of each, and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from site_plugins.build.preparation import Prepared
from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.edition import Edition
from site_plugins.domain.noting import Table
from site_plugins.outputs.feeds import feed_units
from site_plugins.outputs.machines.files import redirects, robots, sitemap
from site_plugins.outputs.pages import Assets, PageDraft, SiteView, page_units
from site_plugins.outputs.search.published import SearchContents, render_search

Made = PageDraft | Artifact
Unit = Callable[[], Iterable[Made]]

THEME = "theme"


def units_of(
    prepared: Prepared, assets: Assets, read: Callable[[str], bytes]
) -> tuple[SiteView, dict[str, Unit]]:
    """The frame of all pages, and every unit by its name, in the order in which they are made."""
    edition = prepared.edition
    site_view, pages = page_units(edition)
    units: dict[str, Unit] = {THEME: lambda: assets.files}
    units.update(_files(prepared, read))
    units.update((name, partial(_one, draft)) for name, draft in pages)
    units.update(_others(edition))
    return site_view, units


def _one(draft: Callable[[], PageDraft]) -> Iterator[Made]:
    yield draft()


def _files(prepared: Prepared, read: Callable[[str], bytes]) -> Iterator[tuple[str, Unit]]:
    """Files of content/ that are published as they are."""
    files = prepared.files
    table = Table(prepared.edition.book, "files", files, lambda path: files[path])

    def copy(path: str) -> Iterator[Made]:
        if table[path]:
            yield Artifact(path, read(path))

    for path in files:
        yield f"file {path}", partial(copy, path)


def _search(edition: Edition) -> Iterator[tuple[str, Unit]]:
    contents = SearchContents(edition)
    look = contents.shelf()

    def index() -> Iterator[Made]:
        look("")
        yield from render_search(edition)

    yield "search index", index


def _others(edition: Edition) -> Iterator[tuple[str, Unit]]:
    if edition.settings.has("search"):
        yield from _search(edition)
    if edition.settings.has("feeds"):
        yield from feed_units(edition)
    yield "sitemap.xml", partial(sitemap, edition)
    yield "robots.txt", lambda: [robots(edition)]
    yield "redirects.json", lambda: filter(None, [redirects(edition)])
