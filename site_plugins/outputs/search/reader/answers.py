"""Answers a query: exactly, else by pinyin, else approximately, else with suggestions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from site_plugins.domain.readings import SYLLABLES
from site_plugins.outputs.search.catalogue import FILE, read_catalogue, read_labels
from site_plugins.outputs.search.reader.approximate import (
    FEW_MISTRUSTED,
    approximate,
    known_pieces,
    similar_to,
    stretch_near,
)
from site_plugins.outputs.search.reader.candidates import (
    FILTERS,
    Candidate,
    candidates,
    trust_alike,
    values_of,
)
from site_plugins.outputs.search.reader.excerpts import whole
from site_plugins.outputs.search.reader.lookup import FEW, Lookup, by_segment
from site_plugins.outputs.search.reader.query import Query, Spent
from site_plugins.outputs.search.reader.results import Results
from site_plugins.outputs.search.reader.segment import Found, SegmentReader, beside
from site_plugins.outputs.search.reader.window import Hits, Window, filtered, read_window
from site_plugins.outputs.search.reader.words import (
    LONG_WORD,
    LOOKUPS,
    PARTS,
    SHORTEST,
    Part,
    commonness,
    parse,
    readings_of,
    spaced,
)


class IndexReader:
    """The index of a site.

    Args:
        read: gives the content of a file by its path below ``search/``.

    Raises:
        LookupError, TypeError, ValueError: the index is damaged or of another format; the
            methods raise the same.
    """

    def __init__(self, read: Callable[[str], bytes]) -> None:
        catalogue = read(FILE)
        self.segments = [SegmentReader(facts, read) for facts in read_catalogue(catalogue)]
        self._lookup = Lookup(self.segments, commonness(self.segments[0].facts.common))
        self._results = Results(read_labels(catalogue))

    def choices(self) -> dict[str, dict[str, str]]:
        """For each filter the values that there are, and their names for people."""
        runs = {run for segment in self.segments for run in segment.facts.runs}
        every = {
            name: {value: value for run in runs for value in values_of(run, name)}
            for name in FILTERS
        }
        labels = self._results.labels
        return {name: {**values, **labels.get(name, {})} for name, values in every.items()}

    def found(self, query: Query) -> dict[str, Any]:
        """The answer that the search page comes to if its reader asks it to go on to the end.

        As long as texts are left that may hold the words, and none that was read does, it goes on.
        Where nothing holds them, what comes near on the way is told, and the rest left to ``next``.
        """
        first = answer = self.answer(query)
        near = list(first["results"]) if first["near"] else []
        beyond: int | None = None
        while not answer["exact"] and answer["approximate"] and answer["next"] is not None:
            offset = answer["next"]
            answer = self.answer(replace(query, offset=offset))
            if answer["total"]:
                return answer
            if not answer["near"] or beyond is not None:
                continue
            if query.limit is None or len(near) + len(answer["results"]) <= query.limit:
                near += answer["results"]
            else:
                beyond = offset
        if answer is first:
            return first
        following = answer["next"] if beyond is None else beyond
        return {
            **first,
            "results": near or first["results"],
            "near": bool(near),
            "exact": answer["exact"],
            "positions": following or 0,
            "next": following,
        }

    def answer(self, query: Query) -> dict[str, Any]:
        """The answer as the browser's client gives it.

        ``total``, ``results``, ``words``, ``facets``; ``exact``: whether total and facets are
        certain; ``approximate``: the results are only similar and not counted; ``near``: each of
        them holds what a single mistake makes the word of; ``pinyin``: letters were taken for
        pinyin; ``suggestions``: parts of the words that occur, where the whole does not;
        ``positions``: how far ``offset`` reaches, those that turned out mistaken included;
        ``next``: the offset to go on from, where there is more.
        """
        query = replace(query, filters=query.given)
        asked = parse(query.words)
        words = [word.folded for word in asked.wanted]
        unwanted = [word.folded for word in asked.unwanted]
        spent = Spent.by(query)
        found, parts = self._lookup.found([*words, *unwanted], spent)
        asking = _Asking(query, words, unwanted, found, parts, spent)
        hits = self._hits(asking, asking.wanted, words)
        readings: list[list[Found]] = []
        early = asking.reads_early and bool(hits.every) and all(hit.rank == 1 for hit in hits.every)
        if early:
            readings = [self._lookup.readings(word, spent) for word in words]
            hits = self._hits(asking, beside(asking.wanted, readings), words)
        doubtful = len(hits.every) <= FEW and not any(hit.sure for hit in hits.every)
        asking.count = len(filtered(hits.every, query.filters))
        asking.few = (
            asking.is_single
            and doubtful
            and 0 < asking.count == len(hits.every) <= self._mistrusted(query)
        )
        asking.looks_near = asking.beyond or (asking.few and self._seems_chance(asking, hits))
        asking.known = [list(own) for own in parts[: len(words)]]
        if asking.looks_near:
            # While the texts are read, lest there be a fourth round.
            self._lookup.look_near(words, found, parts, spent)
        further = doubtful and not early
        groups = spaced(words, SYLLABLES)
        read = ["".join(words[at] for at in rows) for rows in groups]
        looked_up = [self._lookup.readings(word, spent) for word in read] if further else []
        window = read_window(hits, query.upto(asking.count) if asking.beyond else query, spent)
        if asking.beyond:
            window.shown, window.following = [], None
        pairs = list(zip(looked_up, groups, strict=bool(looked_up)))
        is_everywhere = all(reading or len(rows) == 1 for reading, rows in pairs)
        if not hits.every and is_everywhere and any(looked_up):
            readings = looked_up
            both = [reading or asking.wanted[rows[0]] for reading, rows in pairs]
            hits = self._hits(asking, both, read)
            window = read_window(hits, query, spent)
        similar = self._similar(asking, hits, window)
        shown = similar.shown or window.shown
        # What is only similar does not count as found.
        counted = [] if similar.shown else hits.every
        listed = filtered(counted, query.filters)
        following = similar.following if similar.shown else window.following
        return {
            "total": len(listed),
            "results": [
                self._results.result(hit, [hit.near] if hit.near else similar.marked)
                for hit in shown
            ],
            "words": [word.typed for word in asked.wanted],
            "facets": self._results.facets(counted, query.filters),
            "exact": all(hit.sure for hit in listed) and not similar.hides,
            "positions": (following or 0) if similar.shown else len(listed) + len(window.mistaken),
            "next": following,
            "approximate": bool(similar.shown),
            "near": any(hit.near for hit in similar.shown),
            "pinyin": bool(readings) and any(hit.rank > 1 for hit in hits.every),
            "suggestions": list(map(whole, similar.pieces)),
        }

    def _mistrusted(self, query: Query) -> int:
        """Candidates at most behind which similar documents are listed, if they are all mistaken:
        as many as one query can read beside the terms for these."""
        return FEW_MISTRUSTED // (1 if query.limit is None else len(self.segments))

    def _seems_chance(self, asking: _Asking, hits: Hits) -> bool:
        if asking.query.limit is None:
            return True
        heads = any(hit.rank > 1 for hit in hits.every)
        return not heads and self._lookup.seems_chance(asking.wanted[0])

    def _similar(self, asking: _Asking, hits: Hits, window: Window) -> _Similar:
        """What is similar, where nothing that was read holds the words."""
        words, query = asking.words, asking.query
        similar = _Similar([], hits.words)
        if words and not hits.every:
            parts = asking.parts[: len(words)]
            if not asking.count and asking.looks_further:
                self._lookup.look_near(words, asking.found, asking.parts, asking.spent)
            # What is looked up ahead, and how much, depends on the index's history; what is
            # suggested shall not.
            told = asking.known if asking.looks_near else parts
            told = [own[:LOOKUPS] for own in told]
            similar.pieces = known_pieces(self.segments, words, told)
            similar.marked = similar.pieces or words
            if asking.is_long and not asking.beyond:
                similar.shown = list(map(similar_to, window.mistaken))
                similar.following = asking.count if asking.few else None
            if asking.looks_near or not similar.shown:
                near = approximate(
                    self.segments,
                    words,
                    parts,
                    by_segment(asking.wanted, len(self.segments)),
                    by_segment(asking.excluded, len(self.segments)),
                )
                every = [one for one in near if not one.is_among(window.mistaken)]
                behind = query.behind(asking.count, len(similar.shown))
                rest = read_window(Hits(every, similar.marked, ()), behind, asking.spent)
                similar.shown += rest.shown
                similar.following = None
                if rest.shown and rest.following is not None and asking.is_single:
                    similar.following = asking.count + rest.following
        elif asking.is_long and not window.shown and not asking.beyond:
            similar.shown = list(map(similar_to, window.mistaken))
            similar.following = window.following
            similar.hides = bool(similar.shown) and window.following is not None
        if len(words) == 1 and len(words[0]) >= SHORTEST:
            for hit in similar.shown:
                hit.near = stretch_near(hit, words[0])
            similar.shown = [hit for hit in similar.shown if hit.near] or similar.shown
        return similar

    def _hits(
        self, asking: _Asking, found: Sequence[Sequence[Found]], words: Sequence[str]
    ) -> Hits:
        """What seems to answer by where its words seem to stand."""
        excluded = asking.excluded
        every = [
            hit
            for at, segment in enumerate(self.segments)
            for hit in candidates(
                segment,
                [each[at] for each in found],
                [each[at] for each in excluded],
                long=len(words) == 1 and not excluded and len(words[0]) >= LONG_WORD,
            )
        ]
        trust_alike(every)
        return Hits(every, words, asking.unwanted)


@dataclass(slots=True)
class _Asking:
    """A query while it is answered.

    Attributes:
        query: what is asked.
        words, unwanted: folded.
        found, parts: of all words, the unwanted last, in each segment where they may stand, and
            the terms of them that were looked up.
        spent: what the answer has cost.
        count: how many documents seem to answer.
        few: similar documents are listed behind those, if all of them turn out mistaken.
        looks_near: the terms for similar documents were looked up before that is known.
        known: the terms of the wanted words that were looked up before those.
    """

    query: Query
    words: list[str]
    unwanted: list[str]
    found: list[list[Found]]
    parts: list[list[Part]]
    spent: Spent
    count: int = 0
    few: bool = False
    looks_near: bool = False
    known: list[list[Part]] = field(default_factory=list)

    @property
    def wanted(self) -> list[list[Found]]:
        """Where the wanted words may stand."""
        return self.found[: len(self.words)]

    @property
    def excluded(self) -> list[list[Found]]:
        """Where the unwanted words may stand."""
        return self.found[len(self.words) :]

    @property
    def beyond(self) -> bool:
        """Whether what is asked for stands behind all that seems to answer."""
        return self.few and self.query.offset >= self.count

    @property
    def is_long(self) -> bool:
        """Whether a word may hold a mistake."""
        return any(len(word) >= SHORTEST for word in self.words)

    @property
    def is_letters(self) -> bool:
        """Whether a word may be pinyin."""
        return any(any(readings_of(word, SYLLABLES)) for word in self.words)

    @property
    def reads_early(self) -> bool:
        """Whether letters are looked up as pinyin before texts are read: there is a round left."""
        most = PARTS if len(self.parts) == 1 else 1
        return self.is_letters and all(len(own) <= most for own in self.parts)

    @property
    def is_single(self) -> bool:
        """Whether there is one word, whose similar documents go on behind what one query reads."""
        return len(self.words) == 1 and self.is_long and not self.is_letters

    @property
    def looks_further(self) -> bool:
        """Whether there is a round left for the terms of similar documents."""
        is_first = len(self.parts) != 1 or len(self.parts[0]) <= PARTS
        return is_first and not self.is_letters


@dataclass(slots=True)
class _Similar:
    """Similar documents to be shown, what is marked in them, parts of the words that occur.

    ``hides``: documents are left that may hold the words themselves; ``following``: where to go on.
    """

    shown: list[Candidate]
    marked: Sequence[str]
    pieces: list[str] = field(default_factory=list)
    following: int | None = None
    hides: bool = False
