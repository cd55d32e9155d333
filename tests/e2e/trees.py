"""Folders as values: what is in them, and how two of them differ."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

Tree = Mapping[str, bytes]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path; links are read as what they lead to."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differences(one: Tree, other: Tree) -> list[str]:
    """Paths that are in one tree alone or have other bytes; empty where the trees are equal."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def plain(content: bytes) -> bytes:
    """A file's bytes, unpacked where it is packed."""
    return gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content


def holding(files: Tree, words: str) -> list[str]:
    """Paths whose name or (unpacked) content has the words, in any of their spellings."""
    forms = {
        words.encode("utf-8"),
        words.encode("ascii", "backslashreplace"),
        words.encode("gbk", "backslashreplace"),  # As the texts of the search index are written.
        words.encode("ascii", "xmlcharrefreplace"),
        quote(words).encode("ascii"),
    }
    return [
        path
        for path, content in files.items()
        if words in path or any(form in plain(content) for form in forms)
    ]
