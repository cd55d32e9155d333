"""What a query asks for: its words, and which terms of a word are looked up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from site_plugins.domain.folding import fold
from site_plugins.domain.readings import FIRST_INITIAL, FIRST_SYLLABLE
from site_plugins.outputs.search.codec import units

# White space is what a browser takes for it.
_BLANK = r"\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_TOKEN = re.compile(rf'(?:"[^"]*"|“[^”]*”|＂[^＂]*＂|[^{_BLANK}])+')
_MINUS = re.compile("[-－−].", re.DOTALL)
_MARKS = re.compile("[\u0300-\u036f]")
_LETTERS = re.compile("[a-z]{2,40}")

PARTS = 2
"""Terms of a word that are looked up at first."""

LOOKUPS = 4
"""Terms of all words of a query together that are looked up at most …"""

NEAR_LOOKUPS = 5
"""… and those of a single word of which nothing is found but what comes near: the mistake spoils
some of them. Beside a second segment they are as many as others, which leaves files for texts."""

SHORTEST = 4
"""Units of a word that may hold a mistake."""

LONG_WORD = 8
"""Units of a word whose likeliest candidates are read first."""

RARE = 6
"""How much more a rare term tells in an approximate answer: less by one for each class."""

SINGLE = 3
"""What a single unit tells beside that."""

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


class Part(NamedTuple):
    """A term of a word: where it begins and how many units it has."""

    at: int
    size: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.at + self.size

    def of(self, word: str) -> str:
        """The term itself."""
        return word[self.at : self.end]


def parts_of(word: str, common: Mapping[str, int]) -> list[Part]:
    """The terms that a word may be looked up by.

    Its triples and those of its pairs that stand in none of them; which triples are terms is
    told by the common pairs.
    """
    if len(word) < 3:
        return [Part(0, len(word))]
    is_common = [word[at : at + 2] in common for at in range(len(word) - 1)]
    triples = [at for at in range(len(word) - 2) if is_common[at] or is_common[at + 1]]
    pairs = [
        at for at in range(len(word) - 1) if not {at - 1, at} & set(triples) and not is_common[at]
    ]
    return [*(Part(at, 3) for at in triples), *(Part(at, 2) for at in pairs)]


def chosen_parts(word: str, common: Mapping[str, int]) -> list[Part]:
    """The terms of a word in the order in which they are looked up.

    The rarest first; among equally rare ones those that cover the more units that none before
    covers, then the last and the first, which tell most of whether a title is the word, then those
    in the middle between others. From the third on one or two such units are worth as many classes
    of commonness, and triples come before pairs: longer strings are rarer, the more so where they
    reach from one phrase into the next.
    """
    left = parts_of(word, common)
    chosen: list[Part] = []
    covered: set[int] = set()

    def key(part: Part) -> tuple[int, ...]:
        fresh = sum(at not in covered for at in range(part.at, part.end))
        edge = 0 if part.end == len(word) else 1 if part.at == 0 else 2
        gap = min((abs(part.at - one.at) for one in chosen), default=0)
        is_later = len(chosen) >= PARTS
        dear = rarity(part.of(word), common) - (min(fresh, 2) if is_later else 0)
        longer = -part.size if is_later else 0
        return dear, not fresh, longer, -fresh, edge, -gap, part.at

    while left and len(chosen) < LOOKUPS:
        chosen.append(min(left, key=key))
        left.remove(chosen[-1])
        covered.update(range(chosen[-1].at, chosen[-1].end))
    return chosen


def rarity(term: str, common: Mapping[str, int]) -> int:
    """The class of a term: 0 if it is rare; that of the rarer pair of a triple."""
    pairs = [term[at : at + 2] for at in range(max(1, len(term) - 1))]
    return min(common.get(pair, 0) for pair in pairs)


def near_parts(
    word: str, weights: Mapping[Part, int], common: Mapping[str, int], most: int
) -> list[Part]:
    """The terms that are looked up for an approximate answer besides known ones, at most so many.

    Whichever unit is mistaken, terms without it shall tell much of the word; rare ones tell more.
    As the known terms stand nowhere together, the mistake is in one of them; in those that stand
    nowhere at all, if there are any; else rather in a rarer one. Of the unit at an end whose
    neighbour is mistaken nothing but itself can tell.

    Args:
        word: folded.
        weights: of the known terms, as the logarithm of how rare they are; 0 for those that stand
            nowhere.
        common: the common pairs and their classes.
        most: terms at most.
    """
    absent = [part for part, weight in weights.items() if not weight]
    pairs = [Part(at, 2) for at in range(len(word) - 1)]
    ends = [Part(0, 1), Part(len(word) - 1, 1)] if len(word) >= SHORTEST else []
    every = dict.fromkeys([*parts_of(word, common), *pairs, *ends])
    left = [part for part in every if part not in weights]
    told: dict[int, set[int]] = {at: set() for at in _suspects(word, weights, absent)}
    odds = dict.fromkeys(told, 1)
    if not absent:
        for part, weight in weights.items():
            for at in range(part.at, part.end):
                odds[at] = max(odds[at], 1 << weight)

    def tell(part: Part) -> None:
        for at, each in told.items():
            if not part.at <= at < part.end:
                each.update(range(part.at, part.end))

    def gain(part: Part) -> int:
        fresh = sum(
            odds[at] * (_worth(len(each | set(range(part.at, part.end)))) - _worth(len(each)))
            for at, each in told.items()
            if not part.at <= at < part.end
        )
        told_by = SINGLE if part.size == 1 else RARE - rarity(part.of(word), common)
        return told_by * fresh

    for part, weight in weights.items():
        if weight:
            tell(part)
    found: list[Part] = []
    while len(found) < most:
        if len(weights) + len(found) >= LOOKUPS:
            # The posting of a single unit is as long as two others.
            left = [part for part in left if part.size > 1 and all(one.size > 1 for one in found)]
        if not left:
            break
        best = max(left, key=lambda part: (gain(part), -part.at, part.size))
        if not gain(best):
            break
        found.append(best)
        # One single unit is enough: their postings are long.
        left = [part for part in left if part != best and (best.size > 1 or part.size > 1)]
        tell(best)
    return found


def _suspects(word: str, known: Collection[Part], absent: Collection[Part]) -> list[int]:
    """The places of the units that may be the mistake."""
    places = [set(range(part.at, part.end)) for part in absent or known]
    shared = set.intersection(*places) if absent else set()
    return sorted(shared or set().union(*places) or range(len(word)))


def _worth(count: int) -> int:
    """What it is worth to know so many units of a word: the first ones most."""
    return 60 - 60 // (1 + count)


def covers(parts: Sequence[Part], word: str) -> bool:
    """Whether terms of a word are the whole word, side by side."""
    if len(word) < 3:
        return True
    covered = {at for part in parts for at in range(part.at, part.end)}
    return len(covered) == len(word)


def parts_of_reading(reading: str) -> list[Part]:
    """The terms of a reading that are looked up: its ends, which tell enough."""
    last = max(0, len(reading) - 2)
    return [Part(at, min(2, len(reading))) for at in sorted({0, last})]


def readings_of(word: str, syllables: Sequence[str]) -> Iterator[list[str]]:
    """Strings of readings that letters may mean: the likeliest kind first, each kind a list.

    Args:
        word: folded.
        syllables: all there are, in the order of their private characters.
    """
    letters = _without_tones(word)
    if not _LETTERS.fullmatch(letters):
        return
    number = {syllable: chr(FIRST_SYLLABLE + at) for at, syllable in enumerate(syllables)}
    parses = sorted(_parses(letters, number), key=len)[:MOST_PARSES]
    yield [parse for parse in parses if len(parse) > 1]
    yield ["".join(chr(FIRST_INITIAL + ord(letter) - ord("a")) for letter in letters)]


def _without_tones(word: str) -> str:
    """Letters without the marks on them; ``ü`` is read as ``v``."""
    return _MARKS.sub("", unicodedata.normalize("NFD", word).replace("u\u0308", "v"))


def spaced(words: Sequence[str], syllables: Sequence[str]) -> list[list[int]]:
    """The numbers of words in groups: those side by side that may be one reading with spaces in it.

    They are nothing but syllables, and one of them is a single syllable, which no reading is.
    """
    groups: list[list[int]] = []
    read = [bool(next(readings_of(word, syllables), [])) for word in words]
    joins = [read[at] or _without_tones(word) in syllables for at, word in enumerate(words)]
    for joined, each in groupby(range(len(words)), key=joins.__getitem__):
        rows = list(each)
        is_one = joined and not all(read[at] for at in rows)
        groups += [rows] if is_one else [[at] for at in rows]
    return groups


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
