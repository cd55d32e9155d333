"""What the benchmark needs of another generator, and the articles as that takes them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from scripts.benchmark.articles import article, headline

PER_PAGE = 20
"""Articles on one page of a list, and entries of a feed, everywhere."""

_ARTICLE_LINK = re.compile(r"\]\(\.\./\.\./([^)\s]+)\.md\)")
_PICTURE_LINK = re.compile(r"\]\(\.\./\.\./pictures/")


@dataclass(frozen=True, slots=True)
class PeerArticle:
    """An article of the corpus.

    Attributes:
        place: ``column/year/name``, the address it gets in every generator.
        fields: its front matter.
        body: its Markdown; links lead to addresses, since each generator has its own way of
            finding files. That spares the peers a step that the project takes.
    """

    place: str
    fields: Mapping[str, str | Sequence[str]]
    body: str

    @property
    def column(self) -> str:
        """Folder of its column."""
        return self.place.split("/")[0]

    @property
    def year(self) -> str:
        """The year it is dated."""
        return self.place.split("/")[1]

    @property
    def name(self) -> str:
        """Its file without folder and suffix."""
        return self.place.split("/")[2]

    def titled(self, title: str) -> "PeerArticle":
        """The same article under another title."""
        return replace(self, fields={**self.fields, "title": title})


@dataclass(frozen=True, slots=True)
class Peer:
    """Another generator.

    Attributes:
        name: what the answer calls it.
        requirement: its package, with the version that is compared.
        program: finds its program in an environment.
        command: the command that builds the site in the folder it runs in.
        output: folder of the built site.
        remembers: folders in which it remembers things from one build to the next.
        settings: the files that are no articles: configuration, templates, columns.
        pictures: folder for the pictures.
        article: path and text of an article's file.
        lacks: what the project makes and it does not, in English.
    """

    name: str
    requirement: str
    program: Callable[[Path], Path | None]
    command: tuple[str, ...]
    output: str
    remembers: tuple[str, ...]
    settings: Callable[[], Iterator[tuple[str, str]]]
    pictures: str
    article: Callable[[PeerArticle], tuple[str, str]]
    lacks: tuple[str, ...]


def peer_article(index: int, total: int) -> PeerArticle:
    """Article ``index`` of the corpus of ``total``."""
    _, front, body = article(index, total).split("---\n", 2)
    fields = yaml.safe_load(front)
    if "image" in fields:
        fields["image"] = "/" + fields["image"].removeprefix("../../")
    body = _PICTURE_LINK.sub("](/pictures/", _ARTICLE_LINK.sub(r"](/\1/)", body))
    return PeerArticle(headline(index, total).path.removesuffix(".md"), fields, body)


def peer_files(peer: Peer, total: int) -> Iterator[tuple[str, str]]:
    """Every text file of a peer's site: path below its folder, and contents."""
    yield from peer.settings()
    for index in range(total):
        yield peer.article(peer_article(index, total))
