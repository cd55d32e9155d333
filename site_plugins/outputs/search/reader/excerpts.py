"""What a result shows: hits in a text, and the stretch of a text that shows most of them.

Texts are strings of units here, so that offsets are those of the browser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from site_plugins.domain.folding import fold_with_places
from site_plugins.outputs.search.codec import units

EXCERPT = 96
"""Units of an excerpt."""

BEFORE = 24
"""Units of it before the first hit, at most."""

PART = " · "
"""Between blocks the first of which is no sentence: facts, headings."""

CLOSED = "。！？；：，、…!?;:,.”’』」）》"
"""What a sentence may end with."""

_LOW_SURROGATE = re.compile("[\udc00-\udfff]")


@dataclass(slots=True)
class Hit:
    """Where words stand in a text: from ``start`` to before ``end``."""

    start: int
    end: int
    words: list[int]


def hits_in(text: str, words: Sequence[str]) -> list[Hit]:
    """Hits of folded words in a text of units: ascending, none overlapping."""
    folded, starts, ends = folded_units(text)
    hits = []
    for number, word in enumerate(words):
        at = folded.find(word)
        while at >= 0:
            hits.append(Hit(starts[at], ends[at + len(word) - 1], [number]))
            at = folded.find(word, at + len(word))
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    joined: list[Hit] = []
    for hit in hits:
        if not joined or hit.start >= joined[-1].end:
            joined.append(hit)
        else:
            joined[-1].end = max(joined[-1].end, hit.end)
            joined[-1].words += hit.words
    return joined


def excerpt_of(blocks: Sequence[str], words: Sequence[str]) -> tuple[str, list[list[int]]]:
    """The stretch of blocks that shows most of the words, and the hits in it."""
    text = ""
    hits = []
    for block in map(units, filter(None, blocks)):
        text += _between(text)
        for hit in hits_in(block, words):
            hits.append(Hit(hit.start + len(text), hit.end + len(text), hit.words))
        text += block
    start, end_of_hit = _anchor(hits)
    begin = _begin(text, start)
    end = max(begin + EXCERPT, end_of_hit)
    if end > len(text) - BEFORE / 2:
        end = len(text)
    elif _LOW_SURROGATE.match(text[end]):
        end += 1
    dots = "……" if begin else ""
    marks = [
        [offset - begin + len(dots) for offset in (hit.start, hit.end)]
        for hit in hits
        if hit.start >= begin and hit.end <= end
    ]
    return dots + text[begin:end] + ("……" if end < len(text) else ""), marks


def _between(text: str) -> str:
    """What parts a text from the next block: a dot where it does not end as a sentence does."""
    if not text:
        return ""
    return " " if text[-1] in CLOSED else PART


def folded_units(text: str) -> tuple[str, list[int], list[int]]:
    """The folded form of a text of units, and where each unit's original begins and ends."""
    plain = whole(text)
    folded = fold_with_places(plain)
    widths = [1 + (character > "\uffff") for character in plain]
    offsets = [0]
    for width in widths:
        offsets.append(offsets[-1] + width)
    starts: list[int] = []
    ends: list[int] = []
    for character, start, end in zip(folded.text, folded.starts, folded.ends, strict=True):
        width = 1 + (character > "\uffff")
        starts += [offsets[start]] * width
        ends += [offsets[end]] * width
    return units(folded.text), starts, ends


def whole(text: str) -> str:
    """A string of units as an ordinary one."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _anchor(hits: Sequence[Hit]) -> tuple[int, int]:
    """The first of the hits behind which the most different words follow within an excerpt."""
    best, most = (0, 0), 0
    for first, hit in enumerate(hits):
        words: set[int] = set()
        for following in hits[first:]:
            if following.start > hit.start + EXCERPT - BEFORE:
                break
            words.update(following.words)
        if len(words) > most:
            best, most = (hit.start, hit.end), len(words)
    return best


def _begin(text: str, start: int) -> int:
    """Where an excerpt begins that shows the hit at ``start``: at a sentence if one is near."""
    begin = max(0, start - BEFORE)
    sentence = max(text[begin:start].rfind(mark) for mark in f"。！？；{PART[1]}")
    if begin and sentence >= 0:
        begin += sentence + 1
    while text[begin : begin + 1] in (" ", PART[1]) and begin < start:
        begin += 1
    return begin - 1 if begin and _LOW_SURROGATE.match(text[begin : begin + 1]) else begin
