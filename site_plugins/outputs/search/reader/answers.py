"""Answers a query: exactly, else by pinyin, else approximately, else with suggestions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from site_plugins.domain.readings import SYLLABLES
from site_plugins.outputs.search.catalogue import FILE, read_catalogue, read_labels
from site_plugins.outputs.search.codec import OFFSETS, units
from site_plugins.outputs.search.reader.approximate import (
    SHORTEST,
    approximate,
    known_pieces,
    similar,
)
from site_plugins.outputs.search.reader.candidates import (
    FILTERS,
    Candidate,
    candidates,
    in_order,
    passes,
    rows_to_read,
    settle,
    shown_passage,
    values_of,
)
from site_plugins.outputs.search.reader.excerpts import excerpt_of, hits_in, whole
from site_plugins.outputs.search.reader.segment import IN_HEADLINE, Found, SegmentReader
from site_plugins.outputs.search.reader.words import (
    LONG_WORD,
    LOOKUPS,
    PLACES,
    chosen_places,
    commonness,
    further_places,
    near_places,
    parse,
    places_of_reading,
    readings_of,
)

FEW = 10
"""Candidates that are cheaper to read than to look up further terms."""

BESIDE_TEXTS = 2
"""Files that a query may cost beside one for each result, of which there are ten at least."""

FEWEST_RESULTS = 10

MOST_READ = 3
"""Passages of a document that are read at most to see whether it holds a word."""

READINGS = 3
"""Terms of pinyin that are looked up at most."""


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


@dataclass(slots=True)
class _Spent:
    """The files that a query has asked for; ``most`` bounds those of texts, None for no bound."""

    most: int | None
    files: set[str] = field(default_factory=set)

    def takes(self, paths: set[str]) -> bool:
        """Whether these are affordable too; then they are spent."""
        fits = self.most is None or len(self.files | paths) <= self.most
        if fits:
            self.files |= paths
        return fits


@dataclass(slots=True)
class _Window:
    """Results to be shown, candidates that were mistaken, and where to go on."""

    shown: list[Candidate]
    mistaken: list[Candidate]
    following: int | None


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
        self.common = commonness(self.segments[0].facts.common)

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
        query = replace(query, filters=_given(query.filters))
        asked = parse(query.words)
        words = [word.folded for word in asked.wanted]
        unwanted = [word.folded for word in asked.unwanted]
        limit = query.limit
        spent = _Spent(None if limit is None else max(limit, FEWEST_RESULTS) + BESIDE_TEXTS)
        found, places = self._found([*words, *unwanted], spent)
        found, excluded = found[: len(words)], found[len(words) :]
        hits = self._hits(words, found, unwanted, excluded)
        doubtful = len(hits.every) <= FEW and not any(hit.sure for hit in hits.every)
        nothing = not hits.every and (len(places) != 1 or len(places[0]) <= PLACES)
        readings = [self._readings(word, spent) if doubtful else [] for word in words]
        window = self._window(hits, query, spent)
        answer: dict[str, Any] = {"approximate": False, "pinyin": False, "suggestions": []}
        if words and not hits.every and any(readings):
            both = [reading or exact for reading, exact in zip(readings, found, strict=True)]
            hits = self._hits(words, both, unwanted, excluded)
            window = self._window(hits, query, spent)
            answer["pinyin"] = bool(hits.every)
        if words and not hits.every:
            letters = any(len(list(readings_of(word, SYLLABLES))) for word in words)
            if nothing and not letters:
                self._look_near(words, found, places, spent)
            looked = places[: len(words)]
            pieces = known_pieces(self.segments, words, looked)
            near = [similar(hit) for hit in window.mistaken] or approximate(
                self.segments,
                words,
                looked,
                _by_segment(found, self.segments),
                _by_segment(excluded, self.segments),
            )
            if not any(len(word) >= SHORTEST for word in words):
                near = []
            hits = _Hits(near, pieces or words, ())
            window = self._window(hits, query, spent)
            window.following = None
            answer["approximate"] = bool(near)
            answer["suggestions"] = list(map(whole, pieces))
        elif not window.shown and any(len(word) >= SHORTEST for word in words):
            window.shown = [similar(hit) for hit in window.mistaken]
            answer["approximate"] = bool(window.shown)
        # What is only similar does not count as found.
        counted = [] if answer["approximate"] else hits.every
        filtered = _filtered(counted, query.filters)
        return {
            "total": len(filtered),
            "results": [self._result(hit, hits.words) for hit in window.shown],
            "words": [word.typed for word in asked.wanted],
            "facets": self._facets(counted, query.filters),
            "exact": all(hit.sure for hit in filtered)
            and not (answer["approximate"] and window.following is not None),
            "positions": window.following or 0
            if answer["approximate"]
            else len(filtered) + len(window.mistaken),
            "next": window.following,
            **answer,
        }

    def _found(
        self, words: Sequence[str], spent: _Spent
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
            for each in _by_segment(found, self.segments)
        )

    def _spend(self, words: Sequence[str], places: Sequence[Sequence[int]], spent: _Spent) -> None:
        for word, own in zip(words, places, strict=True):
            for at in own:
                term = word[at : at + 2]
                spent.files |= {segment.shard_path(term) for segment in self.segments}

    def _look_near(
        self,
        words: Sequence[str],
        found: Sequence[Sequence[Found]],
        places: Sequence[list[int]],
        spent: _Spent,
    ) -> None:
        """Look further terms up, of words that stand nowhere if there are any."""
        missing = [at for at in range(len(words)) if not any(each.where for each in found[at])]
        for at in missing or range(len(words)):
            taken = sum(map(len, places))
            places[at] += near_places(words[at], places[at], LOOKUPS - taken + len(places[at]))
        self._spend(words, places[: len(words)], spent)

    def _readings(self, word: str, spent: _Spent) -> list[Found]:
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
                segment,
                [each[at] for each in found],
                [each[at] for each in excluded],
                long=len(words) == 1 and len(words[0]) >= LONG_WORD,
            )
        ]
        return _Hits(every, words, unwanted)

    def _window(self, hits: _Hits, query: Query, spent: _Spent) -> _Window:
        """The results to be shown; takes those that do not answer out of ``hits``."""
        first = max(0, query.offset)
        last = None if query.limit is None else first + max(0, query.limit)
        listed = in_order(_filtered(hits.every, query.filters), query.sort)
        taken: list[tuple[Candidate, list[int]]] = []
        for hit in listed[first:last]:
            rows = rows_to_read(hit, None if query.limit is None else MOST_READ)
            while not spent.takes(set(map(hit.segment.text_path, rows))):
                if taken or len(rows) == 1:
                    rows = []
                    break
                rows.pop()
            if not rows:
                break
            taken.append((hit, rows))
        for hit, rows in taken:
            if not hit.sure:
                settle(hit, hits.words, hits.unwanted, rows)
        hits.every = [hit for hit in hits.every if hit.rank]
        following = first + len(taken)
        return _Window(
            shown=in_order([hit for hit, _ in taken if hit.rank], query.sort),
            mistaken=[hit for hit, _ in taken if not hit.rank],
            following=following if following < len(listed) else None,
        )

    def _result(self, hit: Candidate, words: Sequence[str]) -> dict[str, Any]:
        segment, facts = hit.segment, hit.segment.facts
        kind, column, periodical, year = hit.run
        address, title, headlines, blocks = segment.row(shown_passage(hit))[:4]
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


def _is_doubtful(word: str, found: Sequence[Found]) -> bool:
    """Whether many candidates are likely mistaken: those of a longer word always are.

    Of a shorter one if as many passages as by chance seem to hold it, or nearly.
    """
    if len(word) <= SHORTEST:
        texts = sum(each.texts for each in found)
        chance = sum(each.chance for each in found)
        return len(word) == SHORTEST and OFFSETS * texts < 2 * chance
    return True


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
