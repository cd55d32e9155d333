"""A site made of texts in memory, with stand-ins for the tools, for tests of the core."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from site_plugins.build.packing import PackedSheet, pack_sheet
from site_plugins.build.ports import Bench, Laid, SheetStore, SheetTask, Tray, Workshop
from site_plugins.build.preparation import Prepared, prepare
from site_plugins.build.sheets import ConvertText, make_sheet
from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.converted import ConvertedText, Heading, LinkRole, TextLink
from site_plugins.domain.edition import Edition
from site_plugins.domain.links import escape_attribute, link_token, resolve_target
from site_plugins.domain.model.records import Article, Place
from site_plugins.domain.moments import SHANGHAI, moment_of
from site_plugins.domain.paths import address_of
from site_plugins.domain.settings import Settings
from site_plugins.domain.site import Site
from site_plugins.outputs.pages import (
    Assets,
    PageDraft,
    PageMaker,
    Renderer,
    SiteView,
    render_pages,
)
from site_plugins.outputs.pages.views.frame import PageView
from site_plugins.reading.content import Content, read_content
from site_plugins.reading.resolve import resolve
from site_plugins.reading.sources import FileAtHand, Source
from site_plugins.tools.without_cache import NoLedger, SheetsInMemory

Files = Mapping[str, str | bytes]

NOW = datetime(2023, 10, 20, 9, 0, tzinfo=SHANGHAI)


def settings(**more: Any) -> Settings:
    """Settings of a small site; ``more`` replaces fields."""
    given: dict[str, Any] = {
        "root": "/site",
        "config": "/site/mkdocs.yml",
        "content": "/site/content",
        "content_name": "content/",
        "output": "/site/site",
        "cache": "/site/.cache/jianyan",
        "name": "示例市政协",
        "url": "https://zx.example.com/",
    }
    return Settings(**{**given, **more})


def sources(files: Files) -> list[Source]:
    """The files as the content folder lists them."""
    return [_source(path, written) for path, written in files.items()]


def _source(path: str, written: str | bytes) -> Source:
    content = written.encode("utf-8") if isinstance(written, str) else written
    return FileAtHand(path, len(content), lambda: content)


def content_of(files: Files, **more: Any) -> Content:
    """What reading makes of the files."""
    return read_content(sources(files), settings(**more))


def site_of(files: Files, now: datetime = NOW, faulty: frozenset[str] = frozenset()) -> Site:
    """The resolved site."""
    return resolve(content_of(files), now, plain_ids, faulty)


def told_of(files: Files, **more: Any) -> list[str]:
    """Every problem of reading: ``content/news/a.md:3 JY014``."""
    return [f"{p.path}:{p.line} {p.code}" for p in content_of(files, **more).problems]


def prepared_of(files: Files, now: datetime = NOW, **more: Any) -> Prepared:
    """What the build makes of the files before it renders."""
    return prepare(settings(**more), now, workshop(files))


def problems_of(files: Files, now: datetime = NOW, **more: Any) -> list[str]:
    """Every problem of a build: ``content/news/a.md:3 JY014``."""
    found = prepared_of(files, now, **more).problems
    return [f"{p.path}:{p.line} {p.code}" for p in found]


def edition_of(files: Files, now: datetime = NOW, **more: Any) -> Edition:
    """The edition that outputs read."""
    return prepared_of(files, now, **more).edition


def workshop(files: Files, bench: Bench | None = None) -> Workshop:
    """Stand-ins for the tools."""

    def read(path: str) -> bytes:
        written = files[path]
        return written.encode("utf-8") if isinstance(written, str) else written

    return Workshop(
        sources=lambda: sources(files),
        measure=lambda path, digest: (640, 360),
        tag_ids=plain_ids,
        read=read,
        bench=bench or PlainBench(),
        store=SheetsInMemory(),
        checks=NoLedger(),
        plain=convert,
    )


def plain_ids(names: Sequence[str]) -> Mapping[str, str]:
    """Ids of tags without pinyin."""
    return {n: n if n.isascii() else "u" + n.encode("utf-16-be").hex() for n in names}


_PIECE = re.compile(r"(?P<picture>!?)\[(?P<text>[^\]]*)\]\((?P<raw>[^)]*)\)")


def convert(markdown: str, path: str) -> ConvertedText:
    """Paragraphs, headings (``## title {#id}``), links and pictures; nothing else of Markdown."""
    html: list[str] = []
    headings: list[Heading] = []
    blocks: list[str] = []
    links: list[TextLink] = []

    def piece(match: re.Match[str]) -> str:
        target = resolve_target(match["raw"], path)
        role: LinkRole = "image" if match["picture"] else "link"
        links.append(TextLink(role, match["raw"], target))
        address = match["raw"]
        if target.kind == "internal":
            address = link_token(target)
        elif target.kind == "anchor":
            address = "#" + target.anchor
        address = escape_attribute(address)
        if match["picture"]:
            return f'<img src="{address}" alt="{match["text"]}">'
        return f'<a href="{address}">{match["text"]}</a>'

    for block in filter(None, (b.strip() for b in markdown.split("\n\n"))):
        heading = re.fullmatch(r"## (.*?)(?: \{#([^}]*)\})?", block)
        if heading:
            headings.append(Heading(2, heading[2] or "", heading[1]))
            html.append(f'<h2 id="{heading[2] or ""}">{heading[1]}</h2>')
            blocks.append(heading[1])
        else:
            html.append(f"<p>{_PIECE.sub(piece, block)}</p>")
            blocks.append(_PIECE.sub(lambda m: m["text"], block))
    return ConvertedText(
        "\n".join(html),
        headings=tuple(headings),
        ids=frozenset(h.id for h in headings if h.id),
        blocks=tuple(blocks),
        links=tuple(links),
        characters=sum(map(len, blocks)),
    )


@dataclass(slots=True)
class PlainBench:
    """Does the work here and now, with the stand-ins."""

    render: Renderer | None = None
    convert: ConvertText = convert

    def sheets(self, tasks: Iterable[SheetTask]) -> Iterator[PackedSheet]:
        """Sheets with texts of the stand-in for Markdown."""
        for task in tasks:
            source = _source(task.path, task.content)
            yield pack_sheet(make_sheet(source, task.around, settings(), self.convert))

    def aside(self, work: Callable[[Any], Any], task: Any) -> Callable[[], Any]:
        """The work, done when it is asked for."""
        return lambda: work(task)

    def pages(
        self, site: SiteView, assets: Assets, drafts: Iterable[PageDraft], store: SheetStore
    ) -> Iterator[Artifact]:
        """Pages of the stand-in for the theme."""
        assert self.render is not None
        maker = PageMaker(self.render, site, assets)
        for draft in drafts:
            html = store.packed_html(draft.body.path) if draft.body is not None else b""
            yield maker.make(draft, html.decode("utf-8"))

    def laid_pages(
        self,
        site: SiteView,
        assets: Assets,
        drafts: Iterable[PageDraft],
        store: SheetStore,
        tray: Tray,
    ) -> Iterator[Laid]:
        """The same, laid on a tray."""
        return map(tray.lay, self.pages(site, assets, drafts, store))

    def spool(self, pieces: Iterable[bytes]) -> Iterable[bytes]:
        """The pieces, in memory."""
        return tuple(pieces)


@dataclass(slots=True)
class Shown:
    """A page as the theme gets it."""

    layout: str
    view: Any
    page: PageView


@dataclass(slots=True)
class Pages:
    """Takes what pages would be rendered from, by address."""

    shown: dict[str, Shown] = field(default_factory=dict)

    def render(self, template: str, context: Mapping[str, Any]) -> str:
        """Stands in for the theme."""
        if template.startswith("layouts/"):
            page: PageView = context["page"]
            assert page.address not in self.shown, f"two pages at {page.address}"
            layout = template.removeprefix("layouts/").removesuffix(".html")
            self.shown[page.address] = Shown(layout, context["view"], page)
        return ""


def pages_of(edition: Edition) -> dict[str, Shown]:
    """Every page of an edition."""
    pages = Pages()
    paths = _page_files(edition, pages)
    assert len(set(paths)) == len(paths), "two pages in one file"
    return pages.shown


def page_files(edition: Edition) -> set[str]:
    """The path of every page's file."""
    return set(_page_files(edition, Pages()))


def _page_files(edition: Edition, pages: Pages) -> list[str]:
    made = render_pages(edition, pages.render, Assets("assets/a.css", "assets/a.js"))
    return [artifact.path for artifact in made]


def text_of(artifact: Artifact) -> str:
    """An artifact as text."""
    return artifact.content.decode("utf-8")


def without(files: Files, *paths: str) -> dict[str, str | bytes]:
    """The files without some."""
    return {path: written for path, written in files.items() if path not in paths}


def at(moment: str) -> datetime:
    """A time in Shanghai."""
    return datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)


def column(title: str, holds: str = "article", **more: Any) -> str:
    """An index.md of a column; ``more`` stands under ``column:``."""
    keys = "".join(f"\n  {name}: {value}" for name, value in more.items())
    return f"---\ntitle: {title}\ncolumn:\n  holds: [{holds}]{keys}\n---\n"


def record(title: str, date: str = "2022-03-18", text: str = "正文。\n", **more: Any) -> str:
    """An article; ``more`` are further keys."""
    keys = "".join(f"\n{name}: {value}" for name, value in more.items())
    return f"---\ntitle: {title}\ndate: {date}\nsource: 示例市政协办公室{keys}\n---\n{text}"


def article(path: str, date: str | None = "2022-03-18", **keys: Any) -> Article:
    """An article as reading makes it, without reading."""
    place = Place(path=path, address=address_of(path), lines={})
    moment = moment_of(date) if date is not None else None
    return Article(where=place, kind="article", title=path, date=moment, **keys)
