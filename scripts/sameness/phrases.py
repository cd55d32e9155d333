"""Phrases that stand in one text alone tell what has got out of it.

They are looked for in every published file, unpacked where it is packed: what is withdrawn,
expired, deleted or not public must physically be gone.
"""

import gzip
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path

from scripts.sameness.changing import Changing, read, says

_PHRASE = re.compile(r"暗语\d{6}")
_CHINA = timezone(timedelta(hours=8))


def phrases_of(site: Changing) -> frozenset[str]:
    """All phrases that stand anywhere in content/, also in documents."""
    return frozenset(
        phrase
        for path in sorted(site.content.rglob("*"))
        if path.is_file() and path.suffix in (".md", ".docx", ".txt")
        for phrase in _found(path.read_bytes())
    )


def secrets_of(site: Changing) -> dict[str, str]:
    """Phrases of texts of which their own front matter says that they are not public, each with
    the text; but for those that another text or file has too."""
    hidden: dict[str, str] = {}
    shown: set[str] = set()
    for path in sorted(site.content.rglob("*.md")):
        text = read(path)
        if _is_kept(path, site.now):
            hidden |= dict.fromkeys(_PHRASE.findall(text), site.name(path))
        else:
            shown.update(_PHRASE.findall(text))
    return {phrase: source for phrase, source in hidden.items() if phrase not in shown}


def published_phrases(tree: Mapping[str, bytes]) -> dict[str, str]:
    """Every phrase that stands in a published file, with the first such file."""
    found: dict[str, str] = {}
    for path, content in tree.items():
        for phrase in (*_PHRASE.findall(path), *_found(content)):
            found.setdefault(phrase, path)
    return found


def leak(tree: Mapping[str, bytes], clean: Mapping[str, bytes], site: Changing) -> str | None:
    """The first phrase that got out: one that a build from nothing does not publish, or of a
    text that is not public; None where there is none."""
    after, wanted = published_phrases(tree), published_phrases(clean)
    for phrase, path in after.items():
        if phrase not in wanted:
            return f"{path} 里有“{phrase}”，从头生成的网站里没有"
    for phrase, source in secrets_of(site).items():
        if phrase in wanted:
            return f"{wanted[phrase]} 里有“{phrase}”，它出自不公开的 {source}"
    return None


def _found(content: bytes) -> Iterator[str]:
    plain = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
    # The texts of the search index are GBK, all else is UTF-8.
    for code in ("utf-8", "gbk"):
        yield from _PHRASE.findall(plain.decode(code, "replace"))


def _is_kept(path: Path, now: datetime) -> bool:
    """Whether front matter alone keeps a text from being published."""
    if says(path, "status") in ("draft", "withdrawn"):
        return True
    if "bills" in path.parts and says(path, "number") and says(path, "public") != "true":
        return True
    begins, ends = (_moment(says(path, key)) for key in ("publish_at", "expire_at"))
    return (begins is not None and begins > now) or (ends is not None and ends <= now)


def _moment(written: str | None) -> datetime | None:
    if written is None:
        return None
    return datetime.strptime(written, "%Y-%m-%d %H:%M").replace(tzinfo=_CHINA)
