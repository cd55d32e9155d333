"""What stands on the built article pages, read from their HTML: the measure of search."""

import re
import shutil
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.benchmark.search_documents import search_document
from site_plugins.domain.folding import fold
from site_plugins.outputs.search.documents import SearchLabels
from site_plugins.outputs.search.update import update_index
from site_plugins.reading.plain_text import one_line, text_blocks

_TITLE = re.compile(r'<h1 class="headline__title[^"]*">(.*?)</h1>', re.DOTALL)
_TEXT = re.compile(
    r'<div class="prose">(.*?)(?=<p class="article__end"|<section class="files"'
    r'|<div class="article__tags"|<p class="address")',
    re.DOTALL,
)
_MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
_BREAK = "\0"


@dataclass(frozen=True, slots=True)
class PageText:
    """An article's page.

    Attributes:
        url: its address with a leading slash.
        title: its headline.
        blocks: the paragraphs of its text.
        folded: title and blocks folded, with a break between any two.
    """

    url: str
    title: str
    blocks: tuple[str, ...]
    folded: str

    def holds(self, words: Sequence[str]) -> bool:
        """Whether every folded word stands in one of its blocks."""
        return all(word in self.folded for word in words)


def read_pages(site: Path) -> list[PageText]:
    """Every article page of a benchmark's site, by address."""
    found = (_page(site, file) for file in sorted(site.glob("*/[0-9]*/*/index.html")))
    return [page for page in found if page is not None]


def articles_with_index(total: int, folder: Path) -> list[PageText]:
    """What the pages of ``total`` articles would show; writes their index into a folder."""
    documents = {one.address: one for one in (search_document(at, total) for at in range(total))}
    shutil.rmtree(folder, ignore_errors=True)
    update = update_index(
        None,
        {address: str(at) for at, address in enumerate(documents)},
        lambda addresses: map(documents.__getitem__, addresses),
        SearchLabels(),
        compact=False,
        published=lambda _: None,
    )
    for path, content in update.files:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return [
        PageText(
            one.address,
            one.title,
            one.texts,
            _BREAK.join(map(fold, (one.title, *one.headlines, *one.texts))),
        )
        for _, one in sorted(documents.items())
    ]


def stands_on_page(site: Path, url: str, words: Sequence[str]) -> bool:
    """Whether every folded word stands anywhere in a page's main part, beside the text too."""
    file = site / url.strip("/") / "index.html"
    main = _MAIN.search(file.read_text(encoding="utf-8")) if file.is_file() else None
    folded = _BREAK.join(map(fold, text_blocks(main[0]))) if main else ""
    return all(word in folded for word in words)


@dataclass(frozen=True, slots=True)
class GzipSize:
    """How small the titles and texts of all pages become, in bytes.

    Attributes:
        together: in one gzip file, where a phrase that recurs costs once what is near.
        one_by_one: each page by itself, as a server would send it.
    """

    together: int
    one_by_one: int


def text_gzip_size(pages: Sequence[PageText]) -> GzipSize:
    """Compress what the pages say, without folding, with gzip at its usual level."""
    squeeze = zlib.compressobj(6, zlib.DEFLATED, 31)
    together = one_by_one = 0
    for page in pages:
        text = "\n".join((page.title, *page.blocks, "")).encode()
        together += len(squeeze.compress(text))
        one_by_one += len(zlib.compress(text, 6, 31))
    return GzipSize(together + len(squeeze.flush()), one_by_one)


def folder_bytes(folder: Path, suffixes: frozenset[str] | None = None) -> int:
    """The size of a folder's files, only of those with the suffixes where any are given."""
    return sum(path.stat().st_size for path in _files(folder, suffixes))


def _files(folder: Path, suffixes: frozenset[str] | None) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and (suffixes is None or path.suffix in suffixes):
            yield path


def _page(site: Path, file: Path) -> PageText | None:
    html = file.read_text(encoding="utf-8")
    title, text = _TITLE.search(html), _TEXT.search(html)
    if title is None or text is None:
        return None
    headline, blocks = one_line(title[1]), text_blocks(text[1])
    url = f"/{file.parent.relative_to(site).as_posix()}/"
    return PageText(url, headline, blocks, _BREAK.join(map(fold, (headline, *blocks))))
