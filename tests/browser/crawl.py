"""Follows every link of a served site as a reader without JavaScript would."""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

_ATTRIBUTES = ("href", "src", "action", "poster", "data")
_PAGE_LINKS = frozenset({"a", "form", "area"})


class _Links(HTMLParser):
    """Links of one page: those a reader follows, and those the browser does."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.followed: list[str] = []
        self.fetched: list[str] = []
        self.ids: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if identity := values.get("id"):
            self.ids.add(identity)
        if tag == "link" and values.get("rel") == "canonical":
            return
        for name in _ATTRIBUTES:
            if (value := values.get(name)) is not None:
                (self.followed if tag in _PAGE_LINKS else self.fetched).append(value)
        if tag == "meta" and values.get("http-equiv") == "refresh":
            self.followed.append((values.get("content") or "").partition("url=")[2])


@dataclass(slots=True)
class Crawl:
    """What a walk over all links met.

    ``pages`` are the HTML pages met, as paths with their leading slash; ``broken`` says
    ``page → link: status`` for links that do not arrive, at a page or at a place on it;
    ``outside`` names links of the same host that leave the site's folder.
    """

    pages: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


def crawl(base: str, start: str = "", *, deep: bool = True) -> Crawl:
    """Walk from ``base + start``; ``base`` is the site's root with its final slash.

    Unless ``deep``, only the links of the first page are tried.
    """
    host, root = urlsplit(base).netloc, urlsplit(base).path
    connection = http.client.HTTPConnection(host, timeout=10)
    result = Crawl()
    known: dict[str, _Links | int] = {}
    waiting = [urljoin(base, start)]
    anchors: list[tuple[str, str, str]] = []

    def get(address: str) -> _Links | int:
        """The links of a page; of any other file, its status."""
        connection.request("GET", quote(unquote(urlsplit(address).path)))
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200 or "html" not in answer.getheader("Content-Type", ""):
            return answer.status
        return _Links(body.decode("utf-8"))

    while waiting:
        address = waiting.pop()
        page = known.setdefault(address, get(address))
        path = urlsplit(address).path
        if isinstance(page, int):
            result.broken += [f"{path}: {page}"] * (page != 200)
            continue
        result.pages.add(path)
        for link in page.followed + page.fetched:
            whole, fragment = urldefrag(urljoin(address, link))
            parts = urlsplit(whole)
            whole = parts._replace(query="").geturl()
            if parts.scheme not in ("http", "https") or parts.netloc != host:
                continue
            if not parts.path.startswith(root):
                result.outside.append(f"{path} → {link}")
                continue
            if whole not in known:
                known[whole] = found = get(whole)
                if isinstance(found, int):
                    result.broken += [f"{path} → {link}: {found}"] * (found != 200)
                elif deep:
                    waiting.append(whole)
            if fragment:
                anchors.append((path, whole, unquote(fragment)))
    for path, whole, fragment in anchors:
        target = known[whole]
        if not isinstance(target, int) and fragment not in target.ids:
            result.broken.append(f"{path} → {whole}#{fragment}: no such place")
    return result
