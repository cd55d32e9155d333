"""Documents with almost what is asked: for words with a character mistyped, left out or added."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from site_plugins.outputs.search.codec import OFFSETS, Places, Posting
from site_plugins.outputs.search.reader.candidates import Candidate, orders, weight
from site_plugins.outputs.search.reader.segment import Found, SegmentReader, turned
from site_plugins.outputs.search.reader.words import MOST_PAIRS, all_places

SHORTEST = 4
"""Units of a word that may hold a mistake."""

MOST = 50
"""Candidates that are listed at most."""

MOST_PIECES = 5
"""Suggestions at most."""

_CUT = re.compile("^[\udc00-\udfff]|[\ud800-\udbff]$")
"""Half of a character at an end."""

Scores = dict[int, tuple[int, int]]
"""By document: the score, and the passage that has it, -1 where it is the title or headline."""


def approximate(
    segments: Sequence[SegmentReader],
    words: Sequence[str],
    found: Sequence[Sequence[Found]],
    unwanted: Sequence[Sequence[Found]],
) -> list[Candidate]:
    """The documents that come nearest.

    Args:
        segments: of the index.
        words: all words that are wanted.
        found: for each segment and each word where it stands exactly.
        unwanted: for each segment and each excluded word the same.
    """
    if not any(len(word) >= SHORTEST for word in words):
        return []
    weights = [pair_weights(segments, word) for word in words]
    nearest: list[Candidate] = []
    for at, segment in enumerate(segments):
        scores = [
            _scores(segment, word, weights[number])
            if len(word) >= SHORTEST
            else {one: (1 + weight(bits), -1) for one, bits in found[at][number].where.items()}
            for number, word in enumerate(words)
        ]
        numbers = set(scores[0]).intersection(*scores[1:])
        numbers = {one for one in numbers if not any(one in each.where for each in unwanted[at])}
        order = orders(segment)
        nearest += [
            Candidate(
                segment=segment,
                number=number,
                run=segment.facts.runs[number],
                order=order[number],
                found=found[at],
                unwanted=unwanted[at],
                rank=sum(each[number][0] for each in scores),
                sure=True,
                passages=[each[number][1] for each in scores],
            )
            for number in sorted(numbers)
        ]
    nearest.sort(key=lambda one: (-one.rank, -one.day, one.order))
    return nearest[:MOST]


def pair_weights(segments: Sequence[SegmentReader], word: str) -> dict[int, int]:
    """The weight of each pair of a word, by its place; 0 if no document has it.

    The rarer the pair, the more it says: a whole number about the logarithm of how rare it is.
    """
    documents = sum(len(segment.facts.days) - len(segment.dead) for segment in segments)
    weights = {}
    for at in all_places(word):
        holding = sum(len(_holders(segment, word[at : at + 2])) for segment in segments)
        value = 1
        while (holding + 1) << value <= documents:
            value += 1
        weights[at] = value if holding else 0
    return weights


def known_pieces(segments: Sequence[SegmentReader], words: Sequence[str]) -> list[str]:
    """Parts of the words that occur, as far as their pairs tell; none of a very long word."""
    pieces: dict[str, None] = {}
    for word in words:
        known = 1 < len(word) <= MOST_PAIRS + 1
        weights = pair_weights(segments, word) if known else {}
        start = -1
        for at in range(len(word)):
            if weights.get(at):
                start = at if start < 0 else start
            elif start >= 0:
                pieces[word[start : at + 1]] = None
                start = -1
    whole = [piece for piece in pieces if not _CUT.search(piece)]
    return [piece for piece in whole if [piece] != list(words)][:MOST_PIECES]


def _holders(segment: SegmentReader, term: str) -> set[int]:
    """The live documents that hold a term."""
    posting = segment.posting(term)
    holding = {document for document, _ in (*posting.titles, *posting.headlines)}
    holding.update(segment.owners[passage] for passage, _ in posting.passages)
    return holding - segment.dead


def _scores(segment: SegmentReader, word: str, weights: Mapping[int, int]) -> Scores:
    """How near each document comes to a word: pairs at about their places, or in one passage."""
    enough = max(1, len(weights) - 2)
    postings = {at: segment.posting(word[at : at + 2]) for at in weights}
    scores: Scores = {}
    by_passage: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for at, posting in postings.items():
        for passage, bits in posting.passages:
            by_passage[passage].append((at, turned(bits, at)))
    for passage in sorted(by_passage):
        score = _best(by_passage[passage], weights, enough)
        document = segment.owners[passage]
        if score > scores.get(document, (0, 0))[0]:
            scores[document] = score, passage
    for factor, places_of in ((2, _headlines), (3, _titles)):
        for document, score in _aligned(postings, weights, enough, places_of).items():
            if factor * score > scores.get(document, (0, 0))[0]:
                scores[document] = factor * score, scores.get(document, (0, -1))[1]
    return {document: each for document, each in scores.items() if document not in segment.dead}


def _best(places: Sequence[tuple[int, int]], weights: Mapping[int, int], enough: int) -> int:
    """The best score of pairs that begin, but for one unit, where they should; 0 if too few do.

    Args:
        places: where in the word each pair begins, and the bits of where the word then begins.
        weights: of each pair, by its place.
        enough: pairs that must agree.
    """
    best = 0
    if len(places) >= enough:
        for at in range(OFFSETS):
            near = 1 << at | 1 << (at + 1) % OFFSETS
            agreeing = [weights[place] for place, bits in places if bits & near]
            if len(agreeing) >= enough:
                best = max(best, sum(agreeing))
    return best


def _titles(posting: Posting) -> Places:
    return [(document, place // 2) for document, place in posting.titles]


def _headlines(posting: Posting) -> Places:
    return posting.headlines


def _aligned(
    postings: Mapping[int, Posting],
    weights: Mapping[int, int],
    enough: int,
    places_of: Callable[[Posting], Places],
) -> dict[int, int]:
    """The best score of each document's pairs that begin, but for one unit, where they should."""
    starts: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for at, posting in postings.items():
        for document, place in places_of(posting):
            starts[document, place - at].add(at)
    best: dict[int, int] = {}
    for (document, start), places in starts.items():
        together = places | starts.get((document, start + 1), set())
        score = sum(map(weights.__getitem__, together))
        if len(together) >= enough and score > best.get(document, 0):
            best[document] = score
    return best
