"""Links, anchors and pictures in texts, and what the allow-list took out of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from site_plugins.checks.grounds import Grounds
from site_plugins.domain.catalogue import problem
from site_plugins.domain.converted import TextFacts, TextLink
from site_plugins.domain.directory import Found, Located
from site_plugins.domain.model.holders import Holder
from site_plugins.domain.model.records import Record
from site_plugins.domain.named_files import is_picture, is_shown, type_of
from site_plugins.domain.nearest import suggested, suggestion
from site_plugins.domain.paths import as_written
from site_plugins.domain.problems import Problem

Owner = Holder | Record
_Fault = tuple[str, dict[str, object]]


def check_text(
    owner: Owner, text: TextFacts, body: Callable[[], str], grounds: Grounds
) -> Iterator[Problem]:
    """Problems of an owner's text; ``body`` reads its Markdown, only where there is a fault."""
    path = owner.where.path
    told = grounds.settings.content_name + path
    check = _Check(grounds)
    lines: LineFinder | None = None
    # An unsafe link is told as a link.
    links = {link.target.path for link in text.links if link.target.kind == "unsafe"}
    for what in text.removed:
        if what not in links:
            words = f" {what} " if what.startswith("<") else f"属性 {what} "
            lines = lines or LineFinder(body(), owner.where.body_line)
            line = lines.of(what.rstrip(">"), either_case=True)
            yield problem("JY029", told, line, what=words)
    for link in text.links:
        for code, facts in check.faults(link, path):
            lines = lines or LineFinder(body(), owner.where.body_line)
            yield problem(code, told, lines.of(link.raw), **facts)


class _Check(Struct, frozen=True):
    """Finds the faults of links by what is where."""

    grounds: Grounds

    def faults(self, link: TextLink, path: str) -> Iterator[_Fault]:
        """Codes and facts of what is wrong with a link of the file ``path``."""
        target = link.target
        if target.kind == "unsafe":
            yield "JY027", {"link": link.raw}
        elif target.kind == "outside":
            yield "JY022", {"file": link.raw}
        elif target.kind == "external" and link.role != "link":
            yield "JY024", {"file": link.raw}
        elif target.kind == "anchor":
            yield from self._anchor(link, path, target.anchor)
        elif target.kind == "internal":
            yield from self._internal(link, path)

    def _internal(self, link: TextLink, path: str) -> Iterator[_Fault]:
        located = self.grounds.locate(link.target.path)
        is_link = link.role == "link"
        if located.found is Found.MISSING:
            near = self._near(link, path)
            yield ("JY025", {"link": link.raw, "near": near}) if is_link else self._gone(link, near)
        elif located.found is Found.FILE:
            yield from self._file(link, located)
        elif located.found is Found.FAULTY:
            # A text that is left out for its faults is told there; its readers lose the link.
            if not located.path.endswith(".md"):
                yield "JY043", {"file": link.raw}
        elif not is_link:
            yield self._gone(link, "")
        elif located.found is Found.HIDDEN:
            yield "JY028", {"link": link.raw}
        elif link.target.anchor:
            yield from self._anchor(link, located.path, link.target.anchor)

    def _gone(self, link: TextLink, near: str) -> _Fault:
        return "JY020" if link.role == "image" else "JY045", {"file": link.raw, "near": near}

    def _file(self, link: TextLink, located: Located) -> Iterator[_Fault]:
        """A file that a text names is published, so its type must be one that may be."""
        types = self.grounds.settings.attachment_types
        if link.role == "image" and not is_picture(located.path):
            yield "JY044", {"file": link.raw}
        elif type_of(located.path) not in types and not is_shown(located.path):
            yield "JY023", {"file": link.raw, "choices": "、".join(types)}

    def _near(self, link: TextLink, path: str) -> str:
        written = link.target.path
        if not type_of(written):
            meant = self.grounds.nearest_address(written.strip("/"))
            return suggested(f"/{meant}/" if meant else None)
        meant = self.grounds.nearest_place(written.strip("/"))
        return suggested(as_written(path, meant, link.raw) if meant else None)

    def _anchor(self, link: TextLink, path: str, anchor: str) -> Iterator[_Fault]:
        if not anchor or anchor == "top":
            return
        known = self.grounds.anchors(path)
        if known is not None and anchor not in known:
            near = suggestion(f"#{anchor}", {f"#{one}" for one in known})
            yield "JY026", {"link": link.raw, "anchor": anchor, "near": near}


class LineFinder:
    """Finds the line of a file on which something is written; repeated finds go on downwards."""

    def __init__(self, body: str, first: int) -> None:
        self._text = body
        self._first = first
        self._from: dict[str, int] = {}

    def of(self, written: str, *, either_case: bool = False) -> int:
        """The line on which ``written`` stands next; the text's first line where it is hidden."""
        text = self._text.lower() if either_case else self._text
        start = self._from.get(written, 0)
        place = text.find(written, start)
        if place < 0:
            place = text.find(written)
        if place < 0:
            return self._first
        self._from[written] = place + 1
        return self._first + text.count("\n", 0, place)
