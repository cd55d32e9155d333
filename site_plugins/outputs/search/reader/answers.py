"""Answers a query: exactly, else by pinyin, else approximately, else with suggestions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from site_plugins.domain.readings import SYLLABLES
from site_plugins.outputs.search.catalogue import FILE, read_catalogue, read_labels
from site_plugins.outputs.search.reader.approximate import (
    SHORTEST,
    approximate,
    known_pieces,
    similar,
)
from site_plugins.outputs.search.reader.candidates import candidates
from site_plugins.outputs.search.reader.excerpts import whole
from site_plugins.outputs.search.reader.lookup import FEW, Lookup, by_segment
from site_plugins.outputs.search.reader.query import Query, Spent
from site_plugins.outputs.search.reader.results import Results
from site_plugins.outputs.search.reader.segment import Found, SegmentReader
from site_plugins.outputs.search.reader.window import Hits, filtered, read_window
from site_plugins.outputs.search.reader.words import (
    LONG_WORD,
    PARTS,
    commonness,
    parse,
    readings_of,
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

    def found(self, query: Query) -> dict[str, Any]:
        """The answer that the search page comes to: as long as there are only similar documents
        and texts are left that may hold the words, it goes on."""
        first = answer = self.answer(query)
        while answer["approximate"] and answer["next"] is not None:
            answer = self.answer(replace(query, offset=answer["next"]))
        if answer is not first and answer["approximate"]:
            return {**first, "exact": True, "next": None}
        return answer

    def answer(self, query: Query) -> dict[str, Any]:
        """The answer as the browser's client gives it.

        ``total``, ``results``, ``words``, ``facets``; ``exact``: whether total and facets are
        certain; ``approximate``: the results are only similar and not counted; ``pinyin``:
        letters were taken for pinyin; ``suggestions``: parts of the words that occur, where the
        whole does not; ``positions``: how far ``offset`` reaches, those that turned out mistaken
        included; ``next``: the offset to go on from, where there is more.
        """
        query = replace(query, filters=query.given)
        asked = parse(query.words)
        words = [word.folded for word in asked.wanted]
        unwanted = [word.folded for word in asked.unwanted]
        spent = Spent.by(query)
        found, parts = self._lookup.found([*words, *unwanted], spent)
        found, excluded = found[: len(words)], found[len(words) :]
        hits = self._hits(words, found, unwanted, excluded)
        doubtful = len(hits.every) <= FEW and not any(hit.sure for hit in hits.every)
        nothing = not hits.every and (len(parts) != 1 or len(parts[0]) <= PARTS)
        readings = [self._lookup.readings(word, spent) if doubtful else [] for word in words]
        window = read_window(hits, query, spent)
        is_long = any(len(word) >= SHORTEST for word in words)
        is_pinyin = is_similar = False
        pieces: list[str] = []
        if words and not hits.every and any(readings):
            both = [reading or exact for reading, exact in zip(readings, found, strict=True)]
            hits = self._hits(words, both, unwanted, excluded)
            window = read_window(hits, query, spent)
            is_pinyin = bool(hits.every)
        if words and not hits.every:
            if nothing and not any(any(readings_of(word, SYLLABLES)) for word in words):
                self._lookup.look_near(words, found, parts, spent)
            looked = parts[: len(words)]
            pieces = known_pieces(self.segments, words, looked)
            near = [similar(hit) for hit in window.mistaken] or approximate(
                self.segments,
                words,
                looked,
                by_segment(found, len(self.segments)),
                by_segment(excluded, len(self.segments)),
            )
            hits = Hits(near if is_long else [], pieces or words, ())
            window = read_window(hits, query, spent)
            window.following = None
            is_similar = bool(hits.every)
        elif not window.shown and is_long:
            window.shown = [similar(hit) for hit in window.mistaken]
            is_similar = bool(window.shown)
        # What is only similar does not count as found.
        counted = [] if is_similar else hits.every
        listed = filtered(counted, query.filters)
        following = window.following
        return {
            "total": len(listed),
            "results": [self._results.result(hit, hits.words) for hit in window.shown],
            "words": [word.typed for word in asked.wanted],
            "facets": self._results.facets(counted, query.filters),
            "exact": all(hit.sure for hit in listed) and not (is_similar and following is not None),
            "positions": (following or 0) if is_similar else len(listed) + len(window.mistaken),
            "next": following,
            "approximate": is_similar,
            "pinyin": is_pinyin,
            "suggestions": list(map(whole, pieces)),
        }

    def _hits(
        self,
        words: Sequence[str],
        found: Sequence[Sequence[Found]],
        unwanted: Sequence[str],
        excluded: Sequence[Sequence[Found]],
    ) -> Hits:
        every = [
            hit
            for at, segment in enumerate(self.segments)
            for hit in candidates(
                segment,
                [each[at] for each in found],
                [each[at] for each in excluded],
                long=len(words) == 1 and len(words[0]) >= LONG_WORD,
            )
        ]
        return Hits(every, words, unwanted)
