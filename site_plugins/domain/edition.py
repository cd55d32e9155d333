"""An edition: everything an output may look at. Outputs read it and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from site_plugins.domain.converted import ConvertedText
from site_plugins.domain.directory import Directory, Found, Located
from site_plugins.domain.links import Target, replace_links
from site_plugins.domain.model.holders import Holder
from site_plugins.domain.model.records import Record
from site_plugins.domain.paths import beside
from site_plugins.domain.plan import PlanHtml
from site_plugins.domain.settings import Settings
from site_plugins.domain.site import Site

_SAFE = "/-._~!$'()*,;=:@"


@dataclass(frozen=True, slots=True)
class Edition:
    """The resolved site with its converted texts, at one clock.

    ``texts``: content path → converted text; ``sizes``: content path of a file → bytes;
    ``pictures``: content path of a picture → (width, height) in pixels; ``plans``: content path of
    a plan → its HTML in parts; ``clauses``: plan id → clause id → the clause in a few words;
    ``attachments``: content path of an attachment → the blocks of its plain text.
    """

    site: Site
    settings: Settings
    texts: Mapping[str, ConvertedText]
    directory: Directory
    sizes: Mapping[str, int]
    pictures: Mapping[str, tuple[int, int]]
    plans: Mapping[str, PlanHtml]
    clauses: Mapping[str, Mapping[str, str]]
    attachments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _located: dict[str, Located] = field(default_factory=dict)

    def text_of(self, owner: Holder | Record) -> ConvertedText:
        """The converted text of an owner; empty where it has none."""
        return self.texts.get(owner.where.path, _EMPTY)

    def html(self, text: ConvertedText, prefix: str) -> str:
        """The text's HTML with its links leading below ``prefix``.

        ``prefix`` is a page's way to the root (``../../``) or the site's absolute address.
        A link to what is not public loses its address, such a picture is left out.
        """

        def resolve(path: str, anchor: str, query: str, attribute: str) -> str | None:
            located = self.locate(path)
            if located.found is not Found.PAGE and located.found is not Found.FILE:
                return None
            tail = (f"?{query}" if query else "") + (f"#{quote(anchor)}" if anchor else "")
            return prefix + url_of(located.address) + tail

        return replace_links(text.html, resolve)

    def locate(self, path: str) -> Located:
        """What an internal link target is; asked once for each target."""
        located = self._located.get(path)
        if located is None:
            located = self._located[path] = self.directory.locate(Target("internal", path))
        return located

    def file(self, owner: Holder | Record, written: str) -> str:
        """The content path of a file that front matter names; the checks saw that it is there."""
        return beside(owner.where.path, written) or ""


_EMPTY = ConvertedText("")


def url_of(address: str) -> str:
    """An address as it stands in a link: percent-encoded UTF-8."""
    return address if address.isascii() and address.isidentifier() else quote(address, safe=_SAFE)


def root_of(address: str) -> str:
    """The way from a page to the site's root: ``./``, ``../``, ``../../`` …"""
    depth = address.count("/")
    return "../" * depth if depth else "./"
