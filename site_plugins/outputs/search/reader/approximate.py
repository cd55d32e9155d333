"""Documents with almost what is asked: for words with a character mistyped, left out or added."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from site_plugins.outputs.search.codec import OFFSETS, Places
from site_plugins.outputs.search.reader.candidates import Candidate, orders, shown_passage, weight
from site_plugins.outputs.search.reader.segment import EVIDENCE, Found, SegmentReader, turned
from site_plugins.outputs.search.reader.words import SHORTEST, Part

FEW_MISTRUSTED = 5
"""Candidates at most behind which similar documents are listed, if they are all mistaken."""

MOST = 50
"""Candidates that are listed at most."""

MOST_PIECES = 5
"""Suggestions at most."""

CERTAIN = 1 << 24
"""The odds of what is meant for certain, if a guess is right."""

BITS = 31
"""Guesses that are told apart when documents take turns: as many as a browser shifts by."""

_CUT = re.compile("^[\udc00-\udfff]|[\ud800-\udbff]$|^[a-z]+$")
"""Half of a character at an end, or Latin letters."""

Scores = dict[int, tuple[int, int]]
"""By document: the score, and the passage that has it, -1 where it is the title or headline."""

_IN_PLACE = 1
"""What it says besides if it stands exactly there, not one unit further."""


def similar_to(mistaken: Candidate) -> Candidate:
    """A document that turned out not to hold the words, as one that comes near to them."""
    passages = [next(iter(found.passages.get(mistaken.number, [])), -1) for found in mistaken.found]
    return replace(mistaken, rank=1, sure=True, likely=0, passages=passages)


def stretch_near(candidate: Candidate, word: str) -> str:
    """The stretch of what is shown of a document that a word may be mistyped from."""
    segment = candidate.segment
    _, title, headlines, blocks, *_ = segment.row(shown_passage(candidate))
    return nearly(word, map(segment.folded, (title, *headlines, *blocks)))


def nearly(word: str, texts: Iterable[str]) -> str:
    """The first stretch of folded texts that a word may be mistyped from; empty if there is none.

    One unit of the word is wrong, missing or superfluous: so half of it stands there as it is.
    """
    half = len(word) // 2
    for text in texts:
        found = [
            *((at, end) for at in _places(text, word[:half]) if (end := _end(text, at, word)) >= 0),
            *(
                (start, at + len(word) - half)
                for at in _places(text, word[half:])
                if (start := _start(text, at, word[:half])) >= 0
            ),
        ]
        if found:
            start, end = min(found)
            return text[start:end]
    return ""


def _places(text: str, piece: str) -> Iterator[int]:
    at = text.find(piece)
    while at >= 0:
        yield at
        at = text.find(piece, at + 1)


def _end(text: str, at: int, word: str) -> int:
    """Where in a text the word ends that begins there but for a mistake; -1 if it does not."""
    same = 0
    while same < len(word) and text[at + same : at + same + 1] == word[same]:
        same += 1
    end = at + same
    if same + 1 >= len(word):
        return end
    # A unit is wrong, missing or superfluous.
    for skipped, passed in ((1, 1), (1, 0), (0, 1)):
        left = word[same + passed :]
        if text.startswith(left, end + skipped):
            return end + skipped + len(left)
    return -1


def _start(text: str, end: int, word: str) -> int:
    """Where in a text the word starts that ends there but for a mistake; -1 if it does not."""
    before = text[max(0, end - len(word) - 1) : end]
    length = _end(before[::-1], 0, word[::-1])
    return end - length if length >= 0 else -1


def approximate(
    segments: Sequence[SegmentReader],
    words: Sequence[str],
    parts: Sequence[Sequence[Part]],
    found: Sequence[Sequence[Found]],
    unwanted: Sequence[Sequence[Found]],
) -> list[Candidate]:
    """The documents that come nearest.

    Args:
        segments: of the index.
        words: all words that are wanted.
        parts: the terms of each word that are looked up.
        found: for each segment and each word where it stands exactly.
        unwanted: for each segment and each excluded word the same.
    """
    if not any(len(word) >= SHORTEST for word in words):
        return []
    weights = [weights_of(segments, word, own) for word, own in zip(words, parts, strict=True)]
    groups: dict[int, list[Candidate]] = {}
    for at, segment in enumerate(segments):
        scores = [
            _scores(segment, word, weights[number])
            if len(word) >= SHORTEST
            else {0: {one: (1 + weight(bits), -1) for one, bits in found[at][number].where.items()}}
            for number, word in enumerate(words)
        ]
        # Of several words the guesses are not told apart.
        every = scores[0] if len(words) == 1 else {0: _joined(list(map(_best_of, scores)))}
        order = orders(segment)
        for guess, documents in every.items():
            groups.setdefault(guess, []).extend(
                Candidate(
                    segment=segment,
                    number=number,
                    run=segment.facts.runs[number],
                    order=order[number],
                    found=found[at],
                    unwanted=unwanted[at],
                    rank=score,
                    sure=True,
                    passages=[passage],
                )
                for number, (score, passage) in documents.items()
                if not any(number in each.where for each in unwanted[at])
            )
    return _likeliest(groups)


def _likeliest(groups: Mapping[int, list[Candidate]]) -> list[Candidate]:
    """The documents that are likeliest meant, ranked in that order.

    Of each guess one of its documents is meant if the guess is right: the fewer there are that
    come as near, the likelier each of them.
    """
    odds: defaultdict[tuple[int, int], int] = defaultdict(int)
    known: dict[tuple[int, int], Candidate] = {}
    fits: defaultdict[tuple[int, int], int] = defaultdict(int)
    for at, group in enumerate(groups.values()):
        group.sort(key=lambda one: -one.rank)
        for _, same in groupby(enumerate(group, 1), key=lambda one: one[1].rank):
            equals = list(same)
            for _, one in equals:
                key = id(one.segment), one.number
                odds[key] += CERTAIN // equals[-1][0]
                fits[key] |= 1 << at % BITS
                if key not in known or one.rank > known[key].rank:
                    known[key] = one
    likeliest = sorted(
        known, key=lambda key: (-odds[key], -known[key].rank, -known[key].day, known[key].order)
    )
    listed = [known[likeliest[at]] for at in in_turn([fits[key] for key in likeliest])]
    return [replace(one, rank=len(listed) - at) for at, one in enumerate(listed)]


def in_turn(fits: Sequence[int]) -> list[int]:
    """The first :data:`MOST` of some documents, so that every guess has its turn.

    Documents of one guess hold the same text as a rule: if the first of them is not what is meant,
    the next is not either. So a guess counts half for each document of it that is listed already.

    Args:
        fits: the guesses that each document fits, as bits; the likeliest document first.
    """
    queues: defaultdict[int, list[int]] = defaultdict(list)
    for at, bits in enumerate(fits):
        if len(queues[bits]) < MOST:
            queues[bits].append(at)
    heads = dict.fromkeys(queues, 0)
    taken: defaultdict[int, int] = defaultdict(int)
    listed: list[int] = []

    def key(bits: int) -> tuple[int, int]:
        guesses = _rows(bits)
        return -sum(CERTAIN >> taken[each] for each in guesses), queues[bits][heads[bits]]

    while heads and len(listed) < MOST:
        bits = min(heads, key=key)
        listed.append(queues[bits][heads[bits]])
        heads[bits] += 1
        if heads[bits] == len(queues[bits]):
            del heads[bits]
        for each in _rows(bits):
            taken[each] += 1
    return listed


def _rows(bits: int) -> list[int]:
    return [at for at in range(bits.bit_length()) if bits >> at & 1]


def _best_of(guesses: Mapping[int, Scores]) -> Scores:
    best: Scores = {}
    for scores in guesses.values():
        for document, scored in scores.items():
            if scored[0] > best.get(document, (0, 0))[0]:
                best[document] = scored
    return best


def _joined(words: Sequence[Scores]) -> Scores:
    """The sums over all words, with the passage of the first word that has one."""
    numbers = set(words[0]).intersection(*words[1:])
    return {
        number: (
            sum(each[number][0] for each in words),
            next((each[number][1] for each in words if each[number][1] >= 0), -1),
        )
        for number in numbers
    }


def weights_of(
    segments: Sequence[SegmentReader], word: str, parts: Sequence[Part]
) -> dict[Part, int]:
    """The weight of each term of a word that is looked up; 0 if no document has it.

    The rarer the term, the more it says: a whole number about the logarithm of how rare it is.
    """
    documents = sum(len(segment.facts.days) - len(segment.dead) for segment in segments)
    weights = {}
    for part in sorted(parts):
        holding = sum(len(_holders(segment, part.of(word))) for segment in segments)
        value = 1
        while (holding + 1) << value <= documents:
            value += 1
        weights[part] = value if holding else 0
    return weights


def known_pieces(
    segments: Sequence[SegmentReader], words: Sequence[str], parts: Sequence[Sequence[Part]]
) -> list[str]:
    """Parts of the words that occur, as far as the terms that were looked up tell."""
    pieces: dict[str, None] = {}
    for word, own in zip(words, parts, strict=True):
        weights = weights_of(segments, word, own) if len(word) > 1 else {}
        start = end = 0
        for part, value in weights.items():
            if not value or part.size == 1:
                continue
            # Terms that share a unit are one piece.
            if part.at >= end:
                pieces |= {word[start:end]: None} if end else {}
                start = part.at
            end = max(end, part.end)
        pieces |= {word[start:end]: None} if end else {}
    whole = [piece for piece in pieces if piece in words or not _CUT.search(piece)]
    return [piece for piece in whole if [piece] != list(words)][:MOST_PIECES]


def _holders(segment: SegmentReader, term: str) -> set[int]:
    """The live documents that hold a term."""
    posting = segment.posting(term)
    holding = {document for document, _ in (*posting.titles, *posting.headlines)}
    holding.update(segment.owners[passage] for passage, _ in posting.passages)
    return holding - segment.dead


def guesses_of(word: str, parts: Sequence[Part]) -> list[int]:
    """Which of these terms may be right, as bits, for each guess at the mistake.

    A wrong character spoils the terms with it, a missing one those that reach across its place. A
    guess that leaves no term says nothing.
    """

    def left(spoils: Callable[[Part], bool]) -> int:
        return sum(1 << row for row, part in enumerate(parts) if not spoils(part))

    wrong = [left(lambda part: part.at <= at < part.end) for at in range(len(word))]  # noqa: B023
    missing = [left(lambda part: part.at < at < part.end) for at in range(1, len(word))]  # noqa: B023
    return sorted({guess for guess in (*wrong, *missing) if guess})


def _scores(segment: SegmentReader, word: str, weights: Mapping[Part, int]) -> dict[int, Scores]:
    """How near documents come to a word by each guess: terms about where they should stand."""
    parts = list(weights)
    places = [part.at for part in parts]
    guesses = guesses_of(word, parts)
    postings = [segment.posting(part.of(word)) for part in parts]
    value = list(weights.values())
    scores: dict[int, Scores] = {guess: {} for guess in guesses}
    by_passage: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    fewest = min((guess.bit_count() for guess in guesses), default=1)
    for row, posting in enumerate(postings):
        for passage, bits in posting.passages:
            by_passage[passage].append((row, turned(bits, places[row])))
    for passage in sorted(by_passage):
        rows = by_passage[passage]
        document = segment.owners[passage]
        if len(rows) < fewest or document in segment.dead:
            continue
        for guess in guesses:
            score = _score(rows, guess, value)
            if score > scores[guess].get(document, (0, 0))[0]:
                scores[guess][document] = score, passage
    headlines = [(row, each.headlines) for row, each in enumerate(postings)]
    titles = [
        (row, [(document, place // 2) for document, place in each.titles])
        for row, each in enumerate(postings)
    ]
    for factor, field in ((2, headlines), (3, titles)):
        for document, agreeing in _starts(field, places):
            if document in segment.dead:
                continue
            for guess in guesses:
                if guess & ~agreeing == 0:
                    score = factor * sum(
                        each + EVIDENCE[1] + _IN_PLACE
                        for row, each in enumerate(value)
                        if guess >> row & 1
                    )
                    before = scores[guess].get(document, (0, -1))
                    if score > before[0]:
                        scores[guess][document] = score, before[1]
    return scores


def _score(rows: Sequence[tuple[int, int]], guess: int, value: Sequence[int]) -> int:
    """The best score of the terms of a guess that begin, but for one unit, where they should.

    Args:
        rows: terms of the word that stand in a passage, and the bits of where the word begins.
        guess: terms that all must agree.
        value: weight of each term.
    """
    own = [(row, bits) for row, bits in rows if guess >> row & 1]
    best = 0
    if len(own) == guess.bit_count():
        for at in range(OFFSETS):
            near = 1 << at | 1 << (at + 1) % OFFSETS
            if all(bits & near for _, bits in own):
                score = sum(
                    value[row] + EVIDENCE.get(bits.bit_count(), 0) + _IN_PLACE * (bits >> at & 1)
                    for row, bits in own
                )
                best = max(best, score)
    return best


def _starts(
    field: Sequence[tuple[int, Places]], places: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Documents, and as bits the terms that begin, but for one unit, where they should."""
    starts: defaultdict[tuple[int, int], int] = defaultdict(int)
    for row, where in field:
        for document, place in where:
            starts[document, place - places[row]] |= 1 << row
    for (document, start), rows in sorted(starts.items()):
        yield document, rows | starts.get((document, start + 1), 0)
