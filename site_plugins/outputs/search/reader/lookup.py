"""Chooses the terms of words that are looked up: few shards must leave few texts to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from site_plugins.domain.readings import SYLLABLES
from site_plugins.outputs.search.codec import OFFSETS
from site_plugins.outputs.search.reader.approximate import weights_of
from site_plugins.outputs.search.reader.query import Spent
from site_plugins.outputs.search.reader.segment import (
    IN_HEADLINE,
    IS_TITLE,
    Found,
    SegmentReader,
)
from site_plugins.outputs.search.reader.words import (
    LOOKUPS,
    NEAR_LOOKUPS,
    PARTS,
    SHORTEST,
    Part,
    chosen_parts,
    covers,
    near_parts,
    parts_of_reading,
    readings_of,
)
from site_plugins.outputs.search.title_keys import title_key

FEW = 10
"""Candidates that are cheaper to read than to look up further terms."""

FEW_TITLES = 5
"""Titles that may be the word that are read sooner than its key is looked up."""

CHANCES = 4
"""So many times as many candidates as chance would bring are still taken for chance."""

READINGS = 3
"""Terms of pinyin that are looked up at most."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """Looks words up in the segments of an index; ``common`` says how common pairs are."""

    segments: Sequence[SegmentReader]
    common: Mapping[str, int]

    def found(
        self, words: Sequence[str], spent: Spent
    ) -> tuple[list[list[Found]], list[list[Part]]]:
        """Where words may stand, in each segment, and the terms of them that were looked up.

        Of several words one term each is looked up first; the others only if that leaves many.
        Of a single word further ones are looked up where two leave many that seem mistaken; in
        place of the last of them its key where there are many titles that it may be.
        """
        chosen = [chosen_parts(word, self.common) for word in words]
        parts: list[list[Part]] = [[] for _ in words]
        found: list[list[Found]] = []
        if not words:
            return found, parts
        is_single = len(words) == 1
        key: str | None = None
        steps = _steps(words, chosen)
        # Of what may be pinyin a round is left for that.
        if is_single and next(readings_of(words[0], SYLLABLES), []):
            del steps[1:]
        for step in steps:
            taken = step[: LOOKUPS - sum(map(len, parts))]
            if found and is_single:
                if not self._is_doubtful(words[0], parts[0], found[0]):
                    if covers(parts[0], words[0]):
                        break
                    # What is left open may be the mistake.
                    taken = taken[:1]
                further = [part for _, part in taken]
                if self._are_titles_open(words[0], [*parts[0], *further], found[0]):
                    key = title_key(words[0])
                    spent.files |= {segment.shard_path(key) for segment in self.segments}
                    del taken[-1:]
            for at, part in taken:
                parts[at].append(part)
            self._spend(words, parts, spent)
            if not found or taken or key:
                found = [
                    [segment.find(word, own, key) for segment in self.segments]
                    for word, own in zip(words, parts, strict=True)
                ]
            if self._count(found) <= FEW:
                break
        return found, parts

    def _is_doubtful(self, word: str, parts: Sequence[Part], found: Sequence[Found]) -> bool:
        passages = sum(each.living_passages for each in self.segments)
        return _is_doubtful(word, parts, found, passages)

    def _are_titles_open(self, word: str, parts: Sequence[Part], found: Sequence[Found]) -> bool:
        """Whether many titles may be the word, and such terms of it do not tell which are."""
        titles = sum(bool(where & IS_TITLE) for each in found for where in each.where.values())
        return titles > FEW_TITLES and not covers(parts, word)

    def seems_chance(self, found: Sequence[Found]) -> bool:
        """Whether hardly more passages seem to hold a word than would by chance."""
        passages = sum(each.living_passages for each in self.segments)
        texts = sum(each.texts for each in found)
        rarest = sum(each.rarest for each in found)
        commonest = sum(each.commonest for each in found)
        return texts * passages <= CHANCES * rarest * commonest

    def _count(self, found: Sequence[Sequence[Found]]) -> int:
        """How many documents may hold all words."""
        return sum(
            len(set(each[0].where).intersection(*(one.where for one in each[1:])))
            for each in by_segment(found, len(self.segments))
        )

    def _spend(self, words: Sequence[str], parts: Sequence[Sequence[Part]], spent: Spent) -> None:
        for word, own in zip(words, parts, strict=True):
            for part in own:
                spent.files |= {segment.shard_path(part.of(word)) for segment in self.segments}

    def look_near(
        self,
        words: Sequence[str],
        found: Sequence[Sequence[Found]],
        parts: Sequence[list[Part]],
        spent: Spent,
    ) -> None:
        """Look further terms up, of words that stand nowhere if there are any."""
        missing = [at for at in range(len(words)) if not any(each.where for each in found[at])]
        is_free = len(self.segments) == 1 or spent.most is None
        most = NEAR_LOOKUPS if is_free and len(parts) == 1 else LOOKUPS
        for at in missing or range(len(words)):
            left = most - sum(map(len, parts))
            weights = weights_of(self.segments, words[at], parts[at])
            parts[at] += near_parts(words[at], weights, self.common, left)
        self._spend(words, parts[: len(words)], spent)

    def readings(self, word: str, spent: Spent) -> list[Found]:
        """Where letters stand as pinyin, in each segment; nothing if nowhere."""
        left = READINGS
        asked: list[list[str]] = []
        for kind in readings_of(word, SYLLABLES):
            asked.append([])
            for reading in kind:
                parts = parts_of_reading(reading)
                if len(parts) <= left:
                    left -= len(parts)
                    asked[-1].append(reading)
                    self._spend([reading], [parts], spent)
        for some in asked:
            found = [Found() for _ in self.segments]
            for reading in some:
                parts = parts_of_reading(reading)
                for segment, each in zip(self.segments, found, strict=True):
                    where = segment.find(reading, parts).where
                    each.where.update(dict.fromkeys(where, IN_HEADLINE))
            if any(each.where for each in found):
                return found
        return []


def by_segment(found: Sequence[Sequence[Found]], segments: int) -> list[list[Found]]:
    """What was found of each word in each of so many segments, by segment."""
    return [[each[at] for each in found] for at in range(segments)]


def _steps(words: Sequence[str], chosen: Sequence[Sequence[Part]]) -> list[list[tuple[int, Part]]]:
    """What is looked up at once, and what after that: the number of the word, and its term."""
    if len(words) == 1:
        (every,) = chosen
        return [[(0, part) for part in every[:PARTS]], [(0, part) for part in every[PARTS:]]]
    first = [(at, parts[0]) for at, parts in enumerate(chosen)]
    return [first, [(at, part) for at, parts in enumerate(chosen) for part in parts[1:PARTS]]]


def _is_doubtful(word: str, parts: Sequence[Part], found: Sequence[Found], passages: int) -> bool:
    """Whether many candidates are likely mistaken, of so many passages of all texts.

    Those of a longer word are, unless its terms are nearly all of it and the rarest is hardly
    ever without the others, and not because these are everywhere. Of a word of :data:`SHORTEST`
    units they are if besides no more passages seem to hold it than by chance, or nearly.
    """
    if len(word) < SHORTEST:
        return False
    texts = sum(each.texts for each in found)
    rarest = sum(each.rarest for each in found)
    commonest = sum(each.commonest for each in found)
    covered = {at for part in parts for at in range(part.at, part.end)}
    if len(covered) + 1 >= len(word) and 10 * texts >= 9 * rarest and 4 * commonest <= 3 * passages:
        return False
    chance = sum(each.chance for each in found)
    return len(word) > SHORTEST or OFFSETS * texts < 2 * chance
