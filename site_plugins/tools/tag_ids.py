"""Ids of tags for their addresses: pinyin, unique, the same whatever the order."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_LONGEST = 60  # characters; an id becomes the name of a folder, which may have 255 bytes


def tag_ids(names: Sequence[str], spelled: Callable[[str], str] | None = None) -> Mapping[str, str]:
    """An id for every tag; tags of one sound are told apart by a digest of their characters.

    ``spelled`` gives :func:`spell` of a tag, perhaps from memory.
    """
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(set(names)):
        found = next(
            candidate
            for candidate in _candidates(name, (spelled or spell)(name))
            if candidate not in taken
        )
        taken.add(found)
        ids[name] = found
    return ids


def _candidates(name: str, plain: str) -> Iterator[str]:
    if 0 < len(plain) <= _LONGEST:
        yield plain
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    for length in range(6, len(digest) + 1):
        yield f"{plain[:_LONGEST].strip('-')}-{digest[:length]}".strip("-")


def spell(name: str) -> str:
    """A tag in small Latin letters, figures and hyphens; may be empty."""
    if not name.isascii():
        # Loaded here: a site whose tags are plain letters need not wait for the dictionary.
        from pypinyin import lazy_pinyin

        name = "-".join(lazy_pinyin(name))
    return _NOT_PLAIN.sub("-", name.lower()).strip("-")
