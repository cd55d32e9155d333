"""All units of a site: the name of each, and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property, partial
from typing import Protocol

from msgspec import Struct

from site_plugins.build.packing import pack_document, unpack_document
from site_plugins.build.ports import Bench, Laid, Tray
from site_plugins.build.preparation import Prepared
from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.edition import Edition
from site_plugins.domain.shelves import Table
from site_plugins.outputs.calendars import render_calendars
from site_plugins.outputs.data import render_data
from site_plugins.outputs.feeds import feed_units
from site_plugins.outputs.machines.files import SitemapUnit, redirects, robots
from site_plugins.outputs.pages import Assets, PageDraft, SiteView, page_units
from site_plugins.outputs.search.documents import SearchLabels
from site_plugins.outputs.search.published import FOLDER, SearchContents, whole_index
from site_plugins.outputs.search.state import IndexState, read_state


class Kept(Struct, frozen=True):
    """The files of the unit stay as they are published, but for some."""

    but: Collection[str]


Made = PageDraft | Artifact | Kept | Laid
Unit = Callable[[], Iterable[Made] | PageDraft]
"""Makes a part of the tree: one page, or whatever it is."""

FEWEST_ASIDE, MOST_ASIDE = 150, 30_000
"""Documents of an index that is made aside: fewer are no work, more take much memory twice."""

THEME = "theme"
INDEX = "search index"


class Last(Protocol):
    """What is left of the last build, for units that bring their files up to date."""

    compact: bool
    """Whether they are asked to make all of them anew."""

    def is_damaged(self, unit: str) -> bool:
        """Whether a file of the unit is not as the last build left it."""

    def published(self, path: str) -> bytes | None:
        """A file as it is published now; None where there is none."""

    def attic(self, name: str) -> bytes:
        """What a unit kept for itself; empty for nothing."""

    def store(self, name: str, content: bytes) -> None:
        """Keep something for the next build."""


def units_of(
    prepared: Prepared, assets: Assets, read: Callable[[str], bytes], last: Last
) -> tuple[SiteView, dict[str, Unit]]:
    """The frame of all pages, and every unit by its name, in the order in which they are made."""
    edition = prepared.edition
    site_view, pages = page_units(edition)
    units: dict[str, Unit] = {THEME: lambda: assets.files}
    units.update(_files(prepared, read))
    units.update(pages)
    units.update(_others(edition, last))
    return site_view, units


def _files(prepared: Prepared, read: Callable[[str], bytes]) -> Iterator[tuple[str, Unit]]:
    """Files of content/ that are published as they are."""
    files = prepared.files
    table = Table(prepared.edition.book, "files", files, lambda path: files[path])

    def copy(path: str) -> Iterator[Made]:
        if table[path]:
            yield Artifact(path, read(path))

    for path in files:
        yield f"file {path}", partial(copy, path)


class SearchUnit:
    """The search index: brought up to date, not made anew, while that can be done.

    To make all of it takes long; :meth:`begin` has that done aside, while pages are made.
    """

    def __init__(self, edition: Edition, last: Last) -> None:
        self._last = last
        known = self._kept if edition.reworded is not None else None
        documents = known.documents() if isinstance(known, IndexState) else None
        self._contents = SearchContents(edition, documents)
        self._look = self._contents.shelf()
        self._aside: Callable[[], _MadeIndex] | None = None

    def begin(self, bench: Bench, tray: Tray | None) -> None:
        """Have the index made aside if it is to be made anew and not too large for that."""
        count = len(self._contents.digests)
        if (self._state() and not self._last.compact) or not FEWEST_ASIDE <= count <= MOST_ASIDE:
            return
        contents = self._contents
        documents = bench.spool(map(pack_document, contents.documents(contents.digests)))
        order = _IndexOrder(documents, contents.digests, contents.labels, tray)
        self._aside = bench.aside(_made_index, order)

    def __call__(self) -> Iterator[Made]:
        """The files of the index."""
        self._look("")
        if self._aside is not None:
            made = self._aside()
            yield from made.files
            self._last.store(INDEX, made.state)
            return
        last = self._last
        update = self._contents.update(self._state(), last.published, compact=last.compact)
        for path, content in update.files:
            yield Artifact(FOLDER + path, content)
        if update.replaced is not None:
            yield Kept({FOLDER + path for path in update.replaced})
        last.store(INDEX, update.state)

    def _state(self) -> IndexState | bytes:
        return b"" if self._last.is_damaged(INDEX) else self._kept

    @cached_property
    def _kept(self) -> IndexState | bytes:
        """The state that the last update left; what cannot be read as one is given as it is."""
        content = self._last.attic(INDEX)
        try:
            return read_state(content)
        except ValueError:
            return content


class _IndexOrder(Struct, frozen=True):
    """All that an index is made from, and where its files go."""

    documents: Iterable[bytes]
    digests: Mapping[str, str]
    labels: SearchLabels
    tray: Tray | None


class _MadeIndex(Struct, frozen=True):
    files: tuple[Artifact | Laid, ...]
    state: bytes


def _made_index(order: _IndexOrder) -> _MadeIndex:
    """Make an index from nothing; may be done in another process."""
    update = whole_index(map(unpack_document, order.documents), order.digests, order.labels)
    files = (Artifact(FOLDER + path, content) for path, content in update.files)
    lay = order.tray.lay if order.tray is not None else _as_it_is
    made: tuple[Artifact | Laid, ...] = tuple(map(lay, files))
    return _MadeIndex(made, update.state)


def _as_it_is(artifact: Artifact) -> Artifact:
    return artifact


def _others(edition: Edition, last: Last) -> Iterator[tuple[str, Unit]]:
    if edition.settings.has("search"):
        yield INDEX, SearchUnit(edition, last)
    if edition.settings.has("feeds"):
        yield from feed_units(edition)
    yield "open data", partial(render_data, edition)
    yield "calendar files", partial(render_calendars, edition)
    yield "sitemap.xml", SitemapUnit(edition)
    yield "robots.txt", lambda: [robots(edition)]
    yield "redirects.json", lambda: filter(None, [redirects(edition)])
