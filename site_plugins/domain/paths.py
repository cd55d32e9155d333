"""Paths below content/ as texts name them: ``/`` between folders, relative to a record's folder."""

from __future__ import annotations

import posixpath


def beside(path: str, written: str) -> str | None:
    """The content path that ``written`` means in the file ``path``; None if it leaves content/.

    >>> beside("news/2022/a.md", "../../pictures/x.webp")
    'pictures/x.webp'
    >>> beside("news/2022/a.md", "/pictures/x.webp")
    'pictures/x.webp'
    """
    if "\x00" in written or "\\" in written:
        return None
    start = "" if written.startswith("/") else posixpath.dirname(path)
    joined = posixpath.normpath(posixpath.join(start, written.lstrip("/")))
    if joined == "." or joined == ".." or joined.startswith("../"):
        return None
    return joined


def as_written(path: str, found: str, written: str) -> str:
    """How the file ``path`` would write the content path ``found``, in the manner of ``written``.

    >>> as_written("news/2022/a.md", "pictures/x.webp", "../../picture/x.webp")
    '../../pictures/x.webp'
    """
    if written.startswith("/"):
        return "/" + found
    return posixpath.relpath(found, posixpath.dirname(path) or ".")


def address_of(path: str) -> str:
    """The address of a file: ``news/x.md`` → ``news/x/``, ``news/index.md`` → ``news/``."""
    stem = path[:-3] if path.lower().endswith(".md") else path
    if stem == "index":
        return ""
    return stem.removesuffix("/index") + "/"


def folder_of(path: str) -> str:
    """The folder a file lies in, without final slash; empty for content/ itself."""
    return posixpath.dirname(path)


def ancestors(folder: str) -> tuple[str, ...]:
    """A folder and the folders above it, nearest first, without content/ itself."""
    found = []
    while folder:
        found.append(folder)
        folder = posixpath.dirname(folder)
    return tuple(found)
