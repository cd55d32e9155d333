"""What a query asks for: its words, and which terms of a word are looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from site_plugins.domain.folding import fold
from site_plugins.domain.readings import FIRST_INITIAL, FIRST_SYLLABLE
from site_plugins.outputs.search.codec import units

_TOKEN = re.compile(r'(?:"[^"]*"|“[^”]*”|＂[^＂]*＂|\S)+')
_MINUS = re.compile("[-－−].", re.DOTALL)
_LETTERS = re.compile("[a-z]{2,40}")

FIRST_STAGE = 3
"""Pairs of a long word that are looked up before its candidates are counted."""

SECOND_STAGE = 2
"""Pairs that are looked up after that, if there are more candidates than are shown …"""

MANY = 16
"""… and if there are more than this, which would be long to read …"""

LARGE_SECOND_STAGE = 6
"""… so many."""

THIRD_STAGE = 12
"""Pairs that are looked up where there still are more than many."""

MOST_PAIRS = 8
"""Pairs of a word that are looked up for an approximate answer."""

MOST_PARSES = 4
"""Ways of reading letters as syllables that are tried."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a query: folded, in units, and as it was typed."""

    folded: str
    typed: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a query; those that exclude are in ``unwanted``."""

    wanted: tuple[Word, ...]
    unwanted: tuple[Word, ...]


def parse(text: str) -> Asked:
    """The words of a query, without those that are nothing but punctuation."""
    wanted: dict[str, Word] = {}
    unwanted: dict[str, Word] = {}
    for token in _TOKEN.findall(text):
        minus = _MINUS.match(token) is not None
        typed = token[1:] if minus else token
        folded = units(fold(typed))
        if folded:
            (unwanted if minus else wanted)[folded] = Word(folded, typed)
    # Where nothing else is asked for, a minus is punctuation like any other.
    words, without = (wanted, unwanted) if wanted else (unwanted, wanted)
    return Asked(tuple(words.values()), tuple(without.values()))


def first_places(word: str) -> list[int]:
    """Where in a word the terms begin that are looked up first."""
    last = len(word) - 2
    if last < FIRST_STAGE:
        return list(range(max(1, last + 1)))
    return [0, last // 2, last]


def further_places(word: str, known: Sequence[int], candidates: int) -> list[int]:
    """Where the terms begin that are looked up next, the known ones having left candidates.

    After the second stage there is a third for the few words that still leave many: phrases of
    common words that stand in the same texts, but not side by side.
    """
    left = [at for at in range(len(word) - 1) if at not in known]
    if len(known) > FIRST_STAGE + LARGE_SECOND_STAGE:
        return []
    if len(known) > FIRST_STAGE:
        return _spread(left, THIRD_STAGE) if candidates > MANY else []
    return _spread(left, LARGE_SECOND_STAGE if candidates > MANY else SECOND_STAGE)


def all_places(word: str) -> list[int]:
    """Where the terms begin that are looked up for an approximate answer."""
    return _spread(list(range(len(word) - 1)), MOST_PAIRS)


def covers(places: Sequence[int], word: str) -> bool:
    """Whether terms of two units at these places are the whole word, side by side."""
    if len(word) < 3:
        return True
    covered = {at + more for at in places for more in (0, 1)}
    return len(covered) == len(word)


def covering_places(word: str) -> list[int]:
    """As few places as cover a word."""
    last = max(0, len(word) - 2)
    return sorted({*range(0, last, 2), last})


def readings_of(word: str, syllables: Sequence[str]) -> Iterator[list[str]]:
    """Strings of readings that letters may mean: the likeliest kind first, each kind a list.

    Args:
        word: folded.
        syllables: all there are, in the order of their private characters.
    """
    if not _LETTERS.fullmatch(word):
        return
    number = {syllable: chr(FIRST_SYLLABLE + at) for at, syllable in enumerate(syllables)}
    parses = sorted(_parses(word, number), key=len)[:MOST_PARSES]
    yield [parse for parse in parses if len(parse) > 1]
    yield ["".join(chr(FIRST_INITIAL + ord(letter) - ord("a")) for letter in word)]


def _parses(word: str, number: dict[str, str]) -> list[str]:
    """Every way to read letters as syllables, the longest syllables first."""
    ways: list[list[str]] = [[] for _ in word] + [[""]]
    for start in range(len(word) - 1, -1, -1):
        for end in range(min(len(word), start + 6), start, -1):
            syllable = number.get(word[start:end])
            if syllable is not None:
                ways[start] += [syllable + rest for rest in ways[end]]
        del ways[start][64:]
    return ways[0]


def _spread(places: Sequence[int], most: int) -> list[int]:
    """At most so many of the places, evenly."""
    if len(places) <= most:
        return list(places)
    return [places[at * (len(places) - 1) // (most - 1)] for at in range(most)]
