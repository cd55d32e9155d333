"""Answers a query: exactly, else by pinyin, else approximately, else with suggestions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from site_plugins.domain.readings import SYLLABLES
from site_plugins.outputs.search.catalogue import FILE, read_catalogue, read_labels
from site_plugins.outputs.search.codec import units
from site_plugins.outputs.search.reader.approximate import approximate, known_pieces
from site_plugins.outputs.search.reader.candidates import (
    FILTERS,
    Candidate,
    candidates,
    in_order,
    passes,
    settle,
    values_of,
)
from site_plugins.outputs.search.reader.excerpts import excerpt_of, hits_in, whole
from site_plugins.outputs.search.reader.segment import IN_HEADLINE, Found, SegmentReader
from site_plugins.outputs.search.reader.words import (
    covering_places,
    first_places,
    further_places,
    parse,
    readings_of,
)

FEW = 10
"""Candidates for a word that are cheaper to read than to look up further terms."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: words, and how the answer is to be cut and ordered.

    Attributes:
        words: as typed: parted by white space, ``"…"`` keeps white space from parting, ``-词``
            excludes.
        limit: results given at most, None for all.
        offset: results passed over.
        sort: ``relevance``, ``date`` (newest first) or ``oldest``.
        filters: values of ``kind``, ``column`` (with its sub-columns), ``year``, ``periodical``.
    """

    words: str
    limit: int | None = 10
    offset: int = 0
    sort: str = "relevance"
    filters: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Hits:
    """What seems to answer, and the words it was found by."""

    every: list[Candidate]
    words: Sequence[str]
    unwanted: Sequence[str]


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
        self.labels = read_labels(catalogue)
        self.segments = [SegmentReader(facts, read) for facts in read_catalogue(catalogue)]

    def answer(self, query: Query) -> dict[str, Any]:
        """The answer as the browser's client gives it.

        ``total``, ``results``, ``words``, ``facets``; ``exact``: whether total and facets are
        certain; ``approximate``: the results are only similar and not counted; ``pinyin``:
        letters were taken for pinyin; ``suggestions``: parts of the words that occur, where the
        whole does not.
        """
        query = replace(query, filters=_given(query.filters))
        asked = parse(query.words)
        words = [word.folded for word in asked.wanted]
        unwanted = [word.folded for word in asked.unwanted]
        found = [self._found(word) for word in words]
        excluded = [self._found(word) for word in unwanted]
        hits = self._hits(words, found, unwanted, excluded)
        shown = self._window(hits, query)
        answer: dict[str, Any] = {"approximate": False, "pinyin": False, "suggestions": []}
        if words and not shown and not self._any(hits):
            readings = [self._readings(word) for word in words]
            if any(readings):
                both = [reading or exact for reading, exact in zip(readings, found, strict=True)]
                hits = self._hits(words, both, unwanted, excluded)
                shown = self._window(hits, query)
                answer["pinyin"] = self._any(hits)
            if not shown and not self._any(hits):
                pieces = known_pieces(self.segments, words)
                near = approximate(
                    self.segments,
                    words,
                    _by_segment(found, self.segments),
                    _by_segment(excluded, self.segments),
                )
                hits = _Hits(near, pieces or words, ())
                shown = self._window(hits, query)
                answer["approximate"] = bool(near)
                answer["suggestions"] = list(map(whole, pieces))
        # What is only similar does not count as found.
        counted = [] if answer["approximate"] else hits.every
        filtered = _filtered(counted, query.filters)
        return {
            "total": len(filtered),
            "results": [self._result(hit, hits.words) for hit in shown],
            "words": [word.typed for word in asked.wanted],
            "facets": self._facets(counted, query.filters),
            "exact": all(hit.sure for hit in filtered),
            **answer,
        }

    def _found(self, word: str) -> list[Found]:
        """Where a word may stand, in each segment."""
        places: list[int] = []
        more = first_places(word)
        while more:
            places = sorted(places + more)
            found = [segment.find(word, places) for segment in self.segments]
            count = sum(len(each.where) for each in found)
            more = further_places(word, places, count) if count > FEW else []
        return found

    def _readings(self, word: str) -> list[Found]:
        """Where letters stand as pinyin, in each segment; nothing if nowhere."""
        for kind in readings_of(word, SYLLABLES):
            found = [Found() for _ in self.segments]
            for reading in kind:
                places = covering_places(reading)
                for segment, each in zip(self.segments, found, strict=True):
                    where = segment.find(reading, places).where
                    each.where.update(dict.fromkeys(where, IN_HEADLINE))
            if any(each.where for each in found):
                return found
        return []

    def _hits(
        self,
        words: Sequence[str],
        found: Sequence[Sequence[Found]],
        unwanted: Sequence[str],
        excluded: Sequence[Sequence[Found]],
    ) -> _Hits:
        every = [
            hit
            for at, segment in enumerate(self.segments)
            for hit in candidates(
                segment, [each[at] for each in found], [each[at] for each in excluded]
            )
        ]
        return _Hits(every, words, unwanted)

    def _window(self, hits: _Hits, query: Query) -> list[Candidate]:
        """The results to be shown, certain; takes those that do not answer out of ``hits``."""
        first = max(0, query.offset)
        last = None if query.limit is None else first + max(0, query.limit)
        while True:
            listed = in_order(_filtered(hits.every, query.filters), query.sort)
            shown = listed[first:last]
            open_ones = [hit for hit in listed[:last] if not hit.sure]
            open_ones += [hit for hit in shown if hit.sure and hit.passages is None]
            if not shown or not open_ones:
                return shown
            for hit in open_ones:
                settle(hit, hits.words, hits.unwanted)
            hits.every = [hit for hit in hits.every if hit.rank]

    def _any(self, hits: _Hits) -> bool:
        """Whether any document answers, whatever the filters."""
        return bool(self._window(hits, Query("", limit=1)))

    def _result(self, hit: Candidate, words: Sequence[str]) -> dict[str, Any]:
        segment, facts = hit.segment, hit.segment.facts
        kind, column, periodical, year = hit.run
        start = segment.starts[hit.number]
        address, title, headlines, blocks = segment.row(_passage_for(hit, start))[:4]
        text, marks = excerpt_of([*headlines, *blocks], words)
        day = facts.days[hit.number]
        return {
            "url": address,
            "title": title,
            "date": date.fromordinal(day).isoformat() if day else "",
            "column": column,
            "kind": kind,
            "excerpt": whole(text),
            "year": year or None,
            "periodical": periodical,
            "labels": {
                "kind": self._label("kind", kind),
                "column": self._label("column", column),
                "periodical": self._label("periodical", periodical),
            },
            "marks": {
                "title": [[each.start, each.end] for each in hits_in(units(title), words)],
                "excerpt": marks,
            },
        }

    def _label(self, name: str, value: str) -> str:
        return self.labels.get(name, {}).get(value, value)

    def _facets(
        self, hits: Sequence[Candidate], filters: Mapping[str, str]
    ) -> dict[str, list[dict[str, Any]]]:
        """For each filter the values that occur, counted as if that filter were not set."""
        facets = {}
        for name in FILTERS:
            counts: defaultdict[str, int] = defaultdict(int)
            for hit in hits:
                if passes(hit.run, filters, name):
                    for value in values_of(hit.run, name):
                        counts[value] += 1
            order = sorted(
                counts.items(),
                key=lambda item: -int(item[0]) if name == "year" else (-item[1], item[0]),
            )
            facets[name] = [
                {"value": value, "label": self._label(name, value), "count": count}
                for value, count in order
            ]
        return facets


def _given(filters: Mapping[str, str]) -> dict[str, str]:
    """The filters that are set, a column without slashes at its ends."""
    return {
        name: value.strip("/") if name == "column" else value
        for name, value in filters.items()
        if value
    }


def _filtered(hits: Sequence[Candidate], filters: Mapping[str, str]) -> list[Candidate]:
    return [hit for hit in hits if passes(hit.run, filters)] if filters else list(hits)


def _by_segment(found: Sequence[Sequence[Found]], segments: Sequence[object]) -> list[list[Found]]:
    return [[each[at] for each in found] for at in range(len(segments))]


def _passage_for(hit: Candidate, start: int) -> int:
    """The passage of a document to show: the first that most of the words have found."""
    counts: defaultdict[int, int] = defaultdict(int)
    for passage in hit.passages or []:
        if passage >= 0:
            counts[passage] += 1
    return min(counts, key=lambda at: (-counts[at], at)) if counts else start
