"""What a query asks for: its words, and which terms of a word are looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from site_plugins.domain.folding import fold
from site_plugins.domain.readings import FIRST_INITIAL, FIRST_SYLLABLE
from site_plugins.outputs.search.codec import units

_TOKEN = re.compile(r'(?:"[^"]*"|“[^”]*”|＂[^＂]*＂|\S)+')
_MINUS = re.compile("[-－−].", re.DOTALL)
_LETTERS = re.compile("[a-z]{2,40}")

PLACES = 2
"""Pairs of a word that are looked up: with what is known of their distance, two tell enough."""

LOOKUPS = 4
"""Terms of all words of a query together that are looked up at most."""

LONG_WORD = 8
"""Units of a word of which the more terms are looked up."""

NEAR_PLACES = 4
"""Pairs of a word that are looked up at most for an approximate answer."""

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


def commonness(classes: Sequence[str]) -> dict[str, int]:
    """How common the pairs with the longest postings are, from the catalogue's classes."""
    return {
        pairs[at : at + 2]: len(classes) - number
        for number, pairs in enumerate(classes)
        for at in range(0, len(pairs), 2)
    }


def chosen_places(word: str, common: Mapping[str, int]) -> list[int]:
    """Where in a word the terms begin that are looked up, the rarest first.

    Words of up to four units are covered by them. Else, among equally rare ones, the last and
    the first are taken, which tell most of whether a title is the word.
    """
    last = max(0, len(word) - 2)
    every = [last, 0] if last <= PLACES else [last, 0, last // 2, *range(1, last)]
    order = sorted(dict.fromkeys(every), key=lambda at: common.get(word[at : at + 2], 0))
    return order[:PLACES]


def further_places(word: str, known: Sequence[int], common: Mapping[str, int]) -> list[int]:
    """Where the terms begin that are looked up besides where the known ones leave many.

    The rarest, among equally rare ones those in the middle between the known.
    """

    def key(at: int) -> tuple[int, int, int]:
        return common.get(word[at : at + 2], 0), -min(abs(at - one) for one in known), at

    left = sorted((at for at in range(len(word) - 1) if at not in known), key=key)
    return left[: 2 if len(word) >= LONG_WORD else 1]


def near_places(word: str, known: Sequence[int], most: int) -> list[int]:
    """Where the terms begin that are looked up besides for an approximate answer."""
    left = [at for at in range(len(word) - 1) if at not in known]
    return _spread(left, max(0, min(most, NEAR_PLACES) - len(known)))


def covers(places: Sequence[int], word: str) -> bool:
    """Whether terms of two units at these places are the whole word, side by side."""
    if len(word) < 3:
        return True
    covered = {at + more for at in places for more in (0, 1)}
    return len(covered) == len(word)


def places_of_reading(reading: str) -> list[int]:
    """Where the terms of a reading begin that are looked up: its ends, which tell enough."""
    return sorted({0, max(0, len(reading) - 2)})


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
    return [places[(2 * at + 1) * len(places) // (2 * most)] for at in range(most)]
