"""Draws what the search benchmark asks: classes of queries, the same ones every time."""

import functools
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from scripts.benchmark.search_pages import PageText
from site_plugins.domain.folding import changed_characters, fold

PER_CLASS = 40
_TRIES = 50
_OTHER_WORDS = "的一是在有人会政协市区村路桥水学民提案议"
"""Characters that take the place of a right one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One query.

    Attributes:
        kind: its class.
        words: as typed.
        folded: the folded words of which each must be found.
        title: the headline that must come first, for known items; else empty.
    """

    kind: str
    words: str
    folded: tuple[str, ...]
    title: str = ""


def draw_queries(pages: Sequence[PageText], per_class: int = PER_CLASS) -> list[Asked]:
    """The queries of every class, drawn from the pages."""
    asked: list[Asked] = []
    for kind, make in _CLASSES.items():
        draw = random.Random(f"search {kind} {len(pages)}")
        found: dict[str, Asked] = {}
        for _ in range(per_class * _TRIES):
            if len(found) == per_class:
                break
            one = make(kind, draw.choice(pages), draw)
            if one is not None:
                found.setdefault(one.words, one)
        asked += found.values()
    return asked


def _piece(length: int, kind: str, page: PageText, draw: random.Random) -> Asked | None:
    """So many characters from anywhere in the page, as typed without the page's punctuation."""
    block = fold(draw.choice((page.title, *page.blocks)))
    if len(block) < length:
        return None
    start = draw.randrange(len(block) - length + 1)
    words = block[start : start + length]
    return Asked(kind, words, (words,))


def _long(kind: str, page: PageText, draw: random.Random) -> Asked | None:
    return _piece(draw.randint(8, 20), kind, page, draw)


def _two_words(kind: str, page: PageText, draw: random.Random) -> Asked | None:
    pieces = [_piece(length, kind, page, draw) for length in (2, 3)]
    words = [piece.words for piece in pieces if piece is not None]
    return Asked(kind, " ".join(words), tuple(words)) if len(words) == 2 else None


def _title(kind: str, page: PageText, draw: random.Random) -> Asked | None:
    return Asked(kind, page.title, (), page.title)


def _typo(kind: str, page: PageText, draw: random.Random) -> Asked | None:
    """The title, without punctuation and at most 16 characters of it, with one wrong character."""
    title = fold(page.title)[:16]
    if len(title) < 4:
        return None
    at = draw.randrange(len(title))
    wrong = draw.choice([one for one in _OTHER_WORDS if one != title[at]])
    return Asked(kind, title[:at] + wrong + title[at + 1 :], (), page.title)


@functools.cache
def _traditional() -> Mapping[str, str]:
    """A traditional character for each simplified one that has any."""
    pairs = changed_characters()
    return {new: old for old, new in pairs if "\u4e00" <= old <= "\u9fff" and len(new) == 1}


def _in_traditional(kind: str, page: PageText, draw: random.Random) -> Asked | None:
    piece = _piece(4, kind, page, draw)
    if piece is None:
        return None
    words = "".join(_traditional().get(one, one) for one in piece.words)
    return Asked(kind, words, piece.folded) if words != piece.words else None


def _full_width(kind: str, page: PageText, draw: random.Random) -> Asked | None:
    """A piece with a digit or Latin letter, typed in full width and large letters."""
    piece = _piece(4, kind, page, draw)
    if piece is None:
        return None
    words = "".join(
        chr(ord(one.upper()) + 0xFEE0) if one.isascii() and one.isalnum() else one
        for one in piece.words
    )
    return Asked(kind, words, piece.folded) if words != piece.words else None


_CLASSES: Mapping[str, Callable[[str, PageText, random.Random], Asked | None]] = {
    "one": functools.partial(_piece, 1),
    "two": functools.partial(_piece, 2),
    "four": functools.partial(_piece, 4),
    "phrase": _long,
    "two_words": _two_words,
    "traditional": _in_traditional,
    "full_width": _full_width,
    "title": _title,
    "typo": _typo,
}
