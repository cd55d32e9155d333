"""Links, anchors and pictures in texts, and what the allow-list took out of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_plugins.domain.catalogue import problem
from site_plugins.domain.converted import ConvertedText, TextLink
from site_plugins.domain.directory import Directory, Found
from site_plugins.domain.model.holders import Holder
from site_plugins.domain.model.records import Record
from site_plugins.domain.nearest import suggestion
from site_plugins.domain.problems import Problem
from site_plugins.domain.settings import Settings

Owner = Holder | Record


def check_texts(
    owners: Mapping[str, Owner],
    texts: Mapping[str, ConvertedText],
    anchors: Mapping[str, frozenset[str]],
    directory: Directory,
    settings: Settings,
) -> Iterator[Problem]:
    """Problems of every converted text; ``anchors`` has the ids of every page with a text."""
    for path in sorted(texts):
        owner, text = owners[path], texts[path]
        lines = LineFinder(owner)
        told = settings.content_name + path
        for what in text.removed:
            yield problem("JY029", told, lines.of(what.strip("<>")), what=what)
        for link in text.links:
            for code, facts in _faults(link, path, anchors, directory):
                yield problem(code, told, lines.of(link.raw), **facts)


def _faults(
    link: TextLink, path: str, anchors: Mapping[str, frozenset[str]], directory: Directory
) -> Iterator[tuple[str, dict[str, object]]]:
    target = link.target
    if target.kind == "unsafe":
        yield "JY027", {"link": link.raw}
    elif target.kind == "outside":
        yield "JY022", {"file": link.raw}
    elif target.kind == "external" and link.role != "link":
        yield "JY024", {"file": link.raw}
    elif target.kind == "anchor":
        yield from _anchor(link, path, target.anchor, anchors)
    elif target.kind == "internal":
        yield from _internal(link, anchors, directory)


def _internal(
    link: TextLink, anchors: Mapping[str, frozenset[str]], directory: Directory
) -> Iterator[tuple[str, dict[str, object]]]:
    located = directory.locate(link.target)
    if located.found is Found.MISSING:
        near = suggestion(link.target.path, directory.addresses)
        if link.role == "link":
            yield "JY025", {"link": link.raw, "near": near}
        else:
            yield "JY020", {"file": link.raw}
    elif located.found is Found.HIDDEN:
        yield "JY028", {"link": link.raw}
    elif located.found is Found.PAGE and link.role != "link":
        yield "JY020", {"file": link.raw}
    elif located.found is Found.PAGE and link.target.anchor:
        yield from _anchor(link, located.path, link.target.anchor, anchors)


def _anchor(
    link: TextLink, path: str, anchor: str, anchors: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, dict[str, object]]]:
    known = anchors.get(path)
    if known is not None and anchor and anchor != "top" and anchor not in known:
        near = suggestion(anchor, known)
        yield "JY026", {"link": link.raw, "anchor": anchor, "near": near}


class LineFinder:
    """Finds the line of a file on which something is written; repeated finds go on downwards."""

    def __init__(self, owner: Owner) -> None:
        self._text = owner.text
        self._first = owner.where.body_line
        self._from: dict[str, int] = {}

    def of(self, written: str) -> int:
        """The line on which ``written`` stands next; the text's first line where it is hidden."""
        start = self._from.get(written, 0)
        place = self._text.find(written, start)
        if place < 0:
            place = self._text.find(written)
        if place < 0:
            return self._first
        self._from[written] = place + 1
        return self._first + self._text.count("\n", 0, place)
