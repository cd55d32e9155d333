"""One segment of the index: where words stand in it, and its texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from site_plugins.domain.folding import fold
from site_plugins.outputs.search.catalogue import Run, SegmentFacts
from site_plugins.outputs.search.codec import (
    OFFSETS,
    PAIR,
    Listed,
    Places,
    Posting,
    numbered_path,
    read_posting,
    read_shard,
    shard_of,
    units,
)
from site_plugins.outputs.search.compression import expanded
from site_plugins.outputs.search.reader.words import Part, covers
from site_plugins.outputs.search.texts import read_texts

# Where a word stands in a document.
IN_TEXT = 1
IN_HEADLINE = 2
IN_TITLE = 4
IS_TITLE = 8


EVIDENCE = {1: 4, 2: 3}
"""What it says that a pair stands where it should, by the number of offsets that are possible."""


@dataclass(slots=True)
class Found:
    """Where a word may stand in a segment.

    Attributes:
        where: the bits above by document; live documents alone.
        passages: the passages that may hold the word by document, ascending.
        sure_head: whether what is said of titles and headlines is certain.
        sure_text: whether what is said of texts is certain.
        texts: how many passages may hold the word.
        chance: how many would seem to if its terms stood at any offsets, times ``OFFSETS``.
        rarest, commonest: in how many passages its terms stand, the rarest and the commonest.
        likely: by document how much the offsets say for it.
    """

    where: dict[int, int] = field(default_factory=dict)
    passages: dict[int, list[int]] = field(default_factory=dict)
    sure_head: bool = True
    sure_text: bool = True
    texts: int = 0
    chance: int = 0
    rarest: int = 0
    commonest: int = 0
    likely: dict[int, int] = field(default_factory=dict)

    def is_sure(self, document: int) -> bool:
        """Whether the document holds the word for certain, in the best place that is said."""
        where = self.where.get(document, 0)
        return self.sure_head if where & ~IN_TEXT else self.sure_text


class SegmentReader:
    """Reads a segment's files as far as they are asked for.

    Args:
        facts: from the catalogue.
        read: gives the content of a file by its path below ``search/``.
    """

    def __init__(self, facts: SegmentFacts, read: Callable[[str], bytes]) -> None:
        self.facts = facts
        self.starts = facts.starts
        self.dead = frozenset(facts.dead)
        self.owners = [at for at, count in enumerate(facts.passages) for _ in range(count)]
        self.living_passages = sum(
            count for at, count in enumerate(facts.passages) if at not in self.dead
        )
        self._read = read
        self._shards: dict[int, dict[str, Listed]] = {}
        self._texts: dict[int, list[Any]] = {}

    def runs(self) -> list[tuple[Run, range]]:
        """Each run with its documents."""
        found, start = [], 0
        for run, each in groupby(self.facts.runs):
            end = start + sum(1 for _ in each)
            found.append((run, range(start, end)))
            start = end
        return found

    def shard_path(self, term: str) -> str:
        """The file that has the posting of a term."""
        return numbered_path(self.facts.path, "terms", self._shard_of(term))

    def _shard_of(self, term: str) -> int:
        return shard_of(term, self.facts.shards, self.facts.own)

    def text_path(self, passage: int) -> str:
        """The file that has a passage."""
        return numbered_path(self.facts.path, "texts", passage // self.facts.group)

    def posting(self, term: str) -> Posting:
        """Where a term stands in documents that are to be found."""
        number = self._shard_of(term)
        if number not in self._shards:
            file = self._read(numbered_path(self.facts.path, "terms", number))
            self._shards[number] = read_shard(expanded(file))
        found = read_posting(self._shards[number].get(term, Listed(PAIR, False, False, b"")))
        if not self.dead:
            return found
        dead, owners = self.dead, self.owners
        return Posting(
            [each for each in found.titles if each[0] not in dead],
            [each for each in found.headlines if each[0] not in dead],
            [each for each in found.passages if owners[each[0]] not in dead],
        )

    def row(self, passage: int) -> list[Any]:
        """A passage: address, title, headlines, blocks."""
        file, at = divmod(passage, self.facts.group)
        if file not in self._texts:
            content = self._read(numbered_path(self.facts.path, "texts", file))
            self._texts[file] = read_texts(content)
        found: list[Any] = self._texts[file][at]
        return found

    def folded(self, text: str) -> str:
        """A text of a passage, folded, in units."""
        return units(fold(text))

    def find(self, word: str, parts: Sequence[Part], key: str | None = None) -> Found:
        """Where a word may stand, from some terms of it, and its key as a title if that is asked.

        Without terms all documents may hold it.
        """
        if not parts:
            return self._anywhere()
        postings = [(part.at, self.posting(part.of(word))) for part in parts]
        titles = _aligned([(at, _without_flags(each.titles)) for at, each in postings])
        headlines = _aligned([(at, each.headlines) for at, each in postings])
        endings = [
            {(document, place // 2 - at) for document, place in each.titles if place % 2}
            for part, (at, each) in zip(parts, postings, strict=True)
            if part.end == len(word)
        ]
        keyed = {document for document, _ in self.posting(key).headlines} if key else None
        texts, chance = _together(postings)
        found = Found(
            sure_head=covers(parts, word),
            sure_text=any(part.size == len(word) for part in parts),
            texts=len(texts),
            chance=chance,
            rarest=min(len(each.passages) for _, each in postings),
            commonest=max(len(each.passages) for _, each in postings),
        )
        for document, start in titles:
            # Whether the title ends with the word is open where its last term was not looked up.
            exact = start == 0 and all((document, 0) in each for each in endings)
            exact = exact and (keyed is None or document in keyed)
            self._add(found, document, IN_TITLE | IS_TITLE if exact else IN_TITLE)
        for document, _ in headlines:
            self._add(found, document, IN_HEADLINE)
        for passage in texts:
            document = self.owners[passage]
            if self._add(found, document, IN_TEXT):
                found.passages.setdefault(document, []).append(passage)
                found.likely[document] = max(found.likely.get(document, 0), texts[passage])
        return found

    def _anywhere(self) -> Found:
        found = Found(sure_head=False, sure_text=False)
        for document in range(len(self.facts.days)):
            if self._add(found, document, IN_TEXT | IN_HEADLINE):
                rows = range(self.starts[document], self.starts[document + 1])
                found.passages[document] = list(rows)
        return found

    def _add(self, found: Found, document: int, where: int) -> bool:
        live = document not in self.dead
        if live:
            found.where[document] = found.where.get(document, 0) | where
        return live


def beside(letters: Sequence[list[Found]], readings: Sequence[list[Found]]) -> list[list[Found]]:
    """Where words stand, in each segment: as letters in texts, as pinyin in titles and names."""
    return [
        [
            replace(
                as_letters,
                where={
                    at: pinyin.where.get(at, 0) | as_letters.where.get(at, 0) & IN_TEXT
                    for at in pinyin.where.keys() | as_letters.passages.keys()
                },
                sure_head=True,
            )
            for as_letters, pinyin in zip(exact, reading, strict=True)
        ]
        if reading
        else exact
        for exact, reading in zip(letters, readings, strict=True)
    ]


def _aligned(lists: Sequence[tuple[int, Places]]) -> set[tuple[int, int]]:
    """Documents and offsets where all terms stand at their distance from there."""
    shifted = [
        {(document, offset - at) for document, offset in places if offset >= at}
        for at, places in lists
    ]
    return set.intersection(*shifted)


def _together(postings: Sequence[tuple[int, Posting]]) -> tuple[dict[int, int], int]:
    """The passages where all terms stand at their distance, as far as the offsets tell.

    Returns:
        the passages, ascending, with what the offsets say for each, and how many there would be
        by chance, times ``OFFSETS``.
    """
    (first, posting), *others = postings
    found = {passage: turned(bits, first) for passage, bits in posting.passages}
    likely = {passage: EVIDENCE.get(bits.bit_count(), 0) for passage, bits in found.items()}
    chance = 0
    for at, posting in others:
        both = {
            passage: (found[passage], turned(bits, at))
            for passage, bits in posting.passages
            if passage in found
        }
        chance = sum(
            min(OFFSETS, some.bit_count() * other.bit_count()) for some, other in both.values()
        )
        found = {passage: some & other for passage, (some, other) in both.items() if some & other}
        for passage in found:
            likely[passage] += EVIDENCE.get(both[passage][1].bit_count(), 0)
    return {passage: likely[passage] for passage in sorted(found)}, chance


def turned(bits: int, distance: int) -> int:
    """Bits of the offsets where a word begins, of those where a term of it stands."""
    distance %= OFFSETS
    return (bits >> distance | bits << (OFFSETS - distance)) & ((1 << OFFSETS) - 1)


def _without_flags(titles: Places) -> Places:
    return [(document, place // 2) for document, place in titles]
