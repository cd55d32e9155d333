"""Chooses the terms of words that are looked up: few shards must leave few texts to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from site_plugins.domain.readings import SYLLABLES
from site_plugins.outputs.search.codec import OFFSETS
from site_plugins.outputs.search.reader.approximate import SHORTEST
from site_plugins.outputs.search.reader.query import Spent
from site_plugins.outputs.search.reader.segment import IN_HEADLINE, Found, SegmentReader
from site_plugins.outputs.search.reader.words import (
    LOOKUPS,
    chosen_places,
    further_places,
    near_places,
    places_of_reading,
    readings_of,
)

FEW = 10
"""Candidates that are cheaper to read than to look up further terms."""

READINGS = 3
"""Terms of pinyin that are looked up at most."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """Looks words up in the segments of an index; ``common`` says how common pairs are."""

    segments: Sequence[SegmentReader]
    common: Mapping[str, int]

    def found(
        self, words: Sequence[str], spent: Spent
    ) -> tuple[list[list[Found]], list[list[int]]]:
        """Where words may stand, in each segment, and the places of them that were looked up.

        Of several words one term each is looked up first; the others only if that leaves many.
        Of a single word further ones are looked up where two leave many that seem mistaken.
        """
        chosen = [chosen_places(word, self.common) for word in words]
        places: list[list[int]] = [[] for _ in words]
        first = [(at, places_of[0]) for at, places_of in enumerate(chosen)]
        second = [(at, place) for at, places_of in enumerate(chosen) for place in places_of[1:]]
        steps = [first + second, []] if len(words) == 1 else [first, second]
        found: list[list[Found]] = []
        if not words:
            return found, places
        for step in steps:
            if not step:
                if not _is_doubtful(words[0], found[0]):
                    break
                step = [(0, at) for at in further_places(words[0], places[0], self.common)]
            taken = step[: LOOKUPS - sum(map(len, places))]
            for at, place in taken:
                places[at].append(place)
            self._spend(words, places, spent)
            if not found or taken:
                found = [
                    [segment.find(word, own) for segment in self.segments]
                    for word, own in zip(words, places, strict=True)
                ]
            if not found or self._count(found) <= FEW:
                break
        return found, places

    def _count(self, found: Sequence[Sequence[Found]]) -> int:
        """How many documents may hold all words."""
        return sum(
            len(set(each[0].where).intersection(*(one.where for one in each[1:])))
            for each in by_segment(found, len(self.segments))
        )

    def _spend(self, words: Sequence[str], places: Sequence[Sequence[int]], spent: Spent) -> None:
        for word, own in zip(words, places, strict=True):
            for at in own:
                term = word[at : at + 2]
                spent.files |= {segment.shard_path(term) for segment in self.segments}

    def look_near(
        self,
        words: Sequence[str],
        found: Sequence[Sequence[Found]],
        places: Sequence[list[int]],
        spent: Spent,
    ) -> None:
        """Look further terms up, of words that stand nowhere if there are any."""
        missing = [at for at in range(len(words)) if not any(each.where for each in found[at])]
        for at in missing or range(len(words)):
            taken = sum(map(len, places))
            places[at] += near_places(words[at], places[at], LOOKUPS - taken + len(places[at]))
        self._spend(words, places[: len(words)], spent)

    def readings(self, word: str, spent: Spent) -> list[Found]:
        """Where letters stand as pinyin, in each segment; nothing if nowhere."""
        left = READINGS
        asked: list[list[str]] = []
        for kind in readings_of(word, SYLLABLES):
            asked.append([])
            for reading in kind:
                places = places_of_reading(reading)
                if len(places) <= left:
                    left -= len(places)
                    asked[-1].append(reading)
                    self._spend([reading], [places], spent)
        for some in asked:
            found = [Found() for _ in self.segments]
            for reading in some:
                places = places_of_reading(reading)
                for segment, each in zip(self.segments, found, strict=True):
                    where = segment.find(reading, places).where
                    each.where.update(dict.fromkeys(where, IN_HEADLINE))
            if any(each.where for each in found):
                return found
        return []


def by_segment(found: Sequence[Sequence[Found]], segments: int) -> list[list[Found]]:
    """What was found of each word in each of so many segments, by segment."""
    return [[each[at] for each in found] for at in range(segments)]


def _is_doubtful(word: str, found: Sequence[Found]) -> bool:
    """Whether many candidates are likely mistaken: those of a longer word always are.

    Of a shorter one if as many passages as by chance seem to hold it, or nearly.
    """
    if len(word) <= SHORTEST:
        texts = sum(each.texts for each in found)
        chance = sum(each.chance for each in found)
        return len(word) == SHORTEST and OFFSETS * texts < 2 * chance
    return True
