"""Ids of tags for their addresses: pinyin, unique, the same whatever the order."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def tag_ids(names: Sequence[str]) -> Mapping[str, str]:
    """An id for every tag; tags of one sound are told apart by a digest of their characters."""
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(names):
        plain = _pinyin(name)
        if not plain or plain in taken:
            digest = hashlib.sha256(name.encode("utf-8")).hexdigest()[:6]
            plain = f"{plain}-{digest}" if plain else digest
        taken.add(plain)
        ids[name] = plain
    return ids


def _pinyin(name: str) -> str:
    if not name.isascii():
        # Loaded here: a site whose tags are plain letters need not wait for the dictionary.
        from pypinyin import lazy_pinyin

        name = "-".join(lazy_pinyin(name))
    return _NOT_PLAIN.sub("-", name.lower()).strip("-")
