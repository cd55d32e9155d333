"""How a link in a text is read, written into the converted text, and found again there.

A converted text knows its own path and nothing of the site: where a link leads is decided when a
page is put together. Until then an internal link stands in the HTML as a token, an address below
``LINK_TOKEN``, which :func:`replace_links` exchanges for the address the page needs.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from html import unescape
from typing import Literal
from urllib.parse import quote, unquote, urlsplit

from msgspec import Struct

LINK_TOKEN = "/~~jianyan~~/"
"""What every internal address in a converted text begins with. No folder may be called so."""

TargetKind = Literal["internal", "anchor", "external", "unsafe", "outside", "empty"]

Resolver = Callable[[str, str, str, str], "str | None"]
"""(target path, anchor, query, attribute) → the attribute's value, or None to take it away.

Path, anchor and query are those of a :class:`Target`; attribute is ``href``, ``src`` or
``poster``. The value is plain text; escaping it is the work of :func:`replace_links`.
"""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_EDGE = "".join(map(chr, range(33))) + "\x7f\xa0\u200b\ufeff"
_DROPPED = re.compile(r"[\t\n\r]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_BLANK = re.compile(r"[\s\x00-\x20\x7f\xa0\xad\u200b-\u200f\u2028\u2029\u2060\ufeff]")
_EXTERNAL = frozenset({"http:", "https:", "mailto:", "tel:"})


class Target(Struct, frozen=True, array_like=True):
    """Where a link leads.

    ``kind`` and ``path``:

    * internal: a content path (``news/2022/b.md``, ``pictures/x.webp``), a folder with its final
      slash (``news/``), or an address counted from the site's root (``/news/2022/b/``);
    * anchor: a place in the same text, ``path`` is that text;
    * external: the whole address, with its query and fragment;
    * unsafe: the scheme that no page may carry (``javascript:``), or the address as written
      where no browser could make sense of it;
    * outside: the path as written, which climbs out of content/;
    * empty: a link without an address.

    ``anchor`` is decoded and has no ``#``; ``query`` is as written and has no ``?``.
    """

    kind: TargetKind
    path: str
    anchor: str = ""
    query: str = ""


def resolve_target(raw: str, path: str) -> Target:
    """Read a link as written in the content file ``path`` (posix, relative to content/).

    What a browser would see counts: white space and control characters around it and line
    breaks within it are dropped, a backslash is a slash, ``%2e`` is a dot. A scheme that hides
    behind entities or control characters is unsafe even where a browser would not find it.
    """
    written = _DROPPED.sub("", raw.strip(_EDGE)).replace("\\", "/")
    if not written:
        return Target("empty", "")
    hidden = _hidden_scheme(written)
    if hidden:
        return Target("unsafe", hidden)
    if written.startswith("//") or _SCHEME.match(written):
        return _external(written)
    rest, _, fragment = written.partition("#")
    written_path, _, query = rest.partition("?")
    anchor = unquote(fragment)
    if not written_path:
        return Target("internal", path, anchor, query) if query else Target("anchor", path, anchor)
    decoded = unquote(written_path)
    if _CONTROL.search(decoded + anchor + query):
        return Target("unsafe", raw)
    normal = _normal(decoded.replace("\\", "/"), path)
    if normal is None:
        return Target("outside", decoded)
    return Target("internal", normal, anchor, query)


def link_token(target: Target) -> str:
    """The address that stands for an internal target in a converted text."""
    query = f"?{target.query}" if target.query else ""
    anchor = f"#{quote(target.anchor)}" if target.anchor else ""
    return f"{LINK_TOKEN}{quote(target.path)}{query}{anchor}"


def read_token(address: str) -> Target | None:
    """The internal target that an address stands for; None if it is no token."""
    if not address.startswith(LINK_TOKEN):
        return None
    rest, _, anchor = address.removeprefix(LINK_TOKEN).partition("#")
    path, _, query = rest.partition("?")
    return Target("internal", unquote(path), unquote(anchor), query)


_LINKED_TAG = re.compile(r'<(?:a|img|audio|video|source|track)(?: [^\s"=<>]+="[^"]*")*>')
_TOKEN = re.compile(rf' (href|src|poster)="({re.escape(LINK_TOKEN)}[^"]*)"')
_GONE_WITHOUT_SRC = ("<img ", "<source ", "<track ")


def replace_links(html: str, resolver: Resolver) -> str:
    """Exchange every token in ``html`` (as a converter wrote it) for what ``resolver`` answers.

    Where it answers None, a link loses its href and stays as plain text, a picture is removed
    whole; so are the sources and tracks of a recording.
    """
    if LINK_TOKEN not in html:
        return html

    def exchange(match: re.Match[str]) -> str:
        target = read_token(unescape(match[2]))
        assert target is not None
        answer = resolver(target.path, target.anchor, target.query, match[1])
        return "" if answer is None else f' {match[1]}="{escape_attribute(answer)}"'

    def rewrite(match: re.Match[str]) -> str:
        tag = match[0]
        if LINK_TOKEN not in tag:
            return tag
        written = _TOKEN.sub(exchange, tag)
        is_lost = tag.startswith(_GONE_WITHOUT_SRC) and ' src="' not in written
        return "" if is_lost else written

    return _LINKED_TAG.sub(rewrite, html)


def escape_attribute(value: str) -> str:
    """A text as it stands between double quotes in HTML."""
    return (
        value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
    )


def _hidden_scheme(written: str) -> str:
    """A scheme outside the allowed four, wherever it hides; empty if there is none."""
    forms = [written]
    while "&" in forms[-1] and len(forms) < 4:
        forms.append(unescape(forms[-1]))
    for form in forms:
        # Blanks are only looked through before the first character that ends a scheme, so that
        # a Chinese file name with a colon in it stays a file name.
        head, colon, _ = form.partition(":")
        match = _SCHEME.match(_BLANK.sub("", head) + colon)
        if match and match[0].lower() not in _EXTERNAL:
            return match[0].lower()
    return ""


def _external(written: str) -> Target:
    try:
        parts = urlsplit(written)
        usable = bool(parts.hostname) or parts.scheme in ("mailto", "tel")
    except ValueError:
        usable = False
    if not usable or _CONTROL.search(written):
        return Target("unsafe", written)
    return Target("external", written)


def _normal(written: str, path: str) -> str | None:
    """The normal form of a decoded path; None if it leaves content/. The root itself is ``/``."""
    rooted = written.startswith("/")
    start = "" if rooted else posixpath.dirname(path)
    joined = posixpath.normpath(posixpath.join(start, written.lstrip("/")))
    if joined == ".." or joined.startswith("../"):
        return None
    if joined == ".":
        return "/"
    is_folder = written.endswith(("/", "/.", "/..")) or written in (".", "..")
    return ("/" if rooted else "") + joined + ("/" if is_folder else "")
