"""Documents that answer a query, in the order of the results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from site_plugins.outputs.search.catalogue import Run
from site_plugins.outputs.search.reader.segment import (
    IN_HEADLINE,
    IN_TEXT,
    IN_TITLE,
    IS_TITLE,
    Found,
    SegmentReader,
)

FILTERS = ("kind", "column", "year", "periodical")


@dataclass(slots=True)
class Candidate:
    """A document that seems to answer.

    Attributes:
        segment: where it is.
        number: of the document there.
        run: kind, column, periodical and year.
        order: its place in the order of all documents of all segments.
        found: for each word that is wanted, where it may stand in the segment.
        unwanted: for each excluded word the same.
        rank: the higher the better; 0 if the document does not answer after all.
        sure: whether rank and answer are certain.
        likely: of what is not sure, and of a single long word alone: how much the offsets of its
            terms say for it. What cannot all be read is read in this order.
        passages: for each wanted word the first passage that holds it, once that is known.
        near: the stretch of its text that the word may be mistyped from, once that is known.
    """

    segment: SegmentReader
    number: int
    run: Run
    order: float
    found: Sequence[Found]
    unwanted: Sequence[Found]
    rank: float
    sure: bool
    passages: list[int] | None = field(default=None)
    likely: int = 0
    near: str = ""

    @property
    def day(self) -> int:
        """See :func:`~site_plugins.outputs.search.catalogue.day_number`."""
        return self.segment.facts.days[self.number]

    def is_among(self, others: Sequence[Candidate]) -> bool:
        """Whether one of the others is the same document."""
        return any(one.segment is self.segment and one.number == self.number for one in others)


def candidates(
    segment: SegmentReader,
    found: Sequence[Found],
    unwanted: Sequence[Found],
    *,
    long: bool = False,
) -> list[Candidate]:
    """The documents of a segment that seem to hold every word and none of the unwanted."""
    if not found:
        return []
    numbers = set(found[0].where)
    numbers.intersection_update(*(each.where for each in found))
    for each in unwanted:
        numbers -= {number for number in each.where if each.is_sure(number)}
    order = orders(segment)
    runs = segment.facts.runs
    return [
        Candidate(
            segment=segment,
            number=number,
            run=runs[number],
            order=order[number],
            found=found,
            unwanted=unwanted,
            rank=1 + sum(weight(each.where[number]) for each in found),
            sure=all(each.is_sure(number) for each in found)
            and not any(number in each.where for each in unwanted),
            likely=found[0].likely.get(number, 0) if long else 0,
        )
        for number in sorted(numbers)
    ]


def trust_alike(every: Sequence[Candidate]) -> None:
    """Where the offsets say about as much for nearly all that is not sure, the newest are first."""
    doubted = [one for one in every if not one.sure]
    best = max((one.likely for one in doubted), default=0)
    good = sum(4 * one.likely >= 3 * best for one in doubted)
    for one in every:
        if one.sure or 4 * good >= 3 * len(doubted):
            one.likely = 0


def orders(segment: SegmentReader) -> list[float]:
    """The place of each document in the order of all, those beside the base in between."""
    before = segment.facts.before
    if not before:
        return [float(number) for number in range(len(segment.facts.days))]
    count = len(before)
    return [place - 1 + (at + 1) / (count + 1) for at, place in enumerate(before)]


def weight(where: int) -> int:
    """More words in the title come before fewer, whatever the headlines say."""
    if where & IS_TITLE:
        return 1_000_000
    if where & IN_TITLE:
        return 1000
    return 1 if where & IN_HEADLINE else 0


def rows_to_read(candidate: Candidate, most: int | None) -> list[int]:
    """The passages that tell where words stand in a document, and what is shown of it.

    Args:
        candidate: the document.
        most: passages that are read at most for a word, None for all.
    """
    segment, number = candidate.segment, candidate.number
    start = segment.starts[number]
    if candidate.sure and candidate.passages is not None:
        return [shown_passage(candidate)]
    rows: dict[int, None] = {}
    for found in candidate.found:
        possible = found.passages.get(number, [])
        if not possible or (not found.sure_head and found.where[number] & ~IN_TEXT):
            rows[start] = None
        rows |= dict.fromkeys(possible[: 1 if found.sure_text else most])
    for found in candidate.unwanted:
        if number in found.where:
            rows |= dict.fromkeys([start, *found.passages.get(number, [])[:most]])
    if candidate.sure:
        candidate.passages = [
            next(iter(found.passages.get(number, [])), -1) for found in candidate.found
        ]
        return [shown_passage(candidate)]
    return list(rows)


def shown_passage(candidate: Candidate) -> int:
    """The passage of a document to show: the first that most of the words have found."""
    counts: defaultdict[int, int] = defaultdict(int)
    for passage in candidate.passages or []:
        if passage >= 0:
            counts[passage] += 1
    start = candidate.segment.starts[candidate.number]
    return min(counts, key=lambda at: (-counts[at], at)) if counts else start


def settle(
    candidate: Candidate, words: Sequence[str], unwanted: Sequence[str], rows: Collection[int]
) -> None:
    """Learn from the texts where words stand, and whether the document answers.

    What ``rows`` leave open stays so: the document then is not ``sure``.
    """
    rank = 1
    sure = True
    passages = []
    for word, found in zip(words, candidate.found, strict=True):
        where, passage, certain = _settled(candidate, word, found, rows)
        sure = sure and certain
        if not where:
            rank = 0
            break
        rank += weight(where)
        passages.append(passage)
    for word, found in zip(unwanted, candidate.unwanted, strict=True):
        if rank and candidate.number in found.where:
            where, _, certain = _settled(candidate, word, found, rows)
            sure = sure and certain
            rank = 0 if where and certain else rank
    candidate.rank, candidate.sure, candidate.passages = rank, sure or not rank, passages
    candidate.likely = 0


def _settled(
    candidate: Candidate, word: str, found: Found, rows: Collection[int]
) -> tuple[int, int, bool]:
    """Where a word stands, the first passage that holds it or -1, and whether that is certain."""
    segment, number = candidate.segment, candidate.number
    where = found.where[number]
    possible = found.passages.get(number, [])
    if found.sure_text:
        return where, possible[0] if possible else -1, True
    certain = True
    start = segment.starts[number]
    if not found.sure_head and where & ~IN_TEXT:
        certain = start in rows
        if certain:
            row = segment.row(start)
            title = segment.folded(row[1])
            where = (IN_TITLE if word in title else 0) | (IS_TITLE if word == title else 0)
            where |= IN_HEADLINE if any(word in segment.folded(each) for each in row[2]) else 0
    for passage in possible:
        if passage in rows and any(
            word in segment.folded(block) for block in segment.row(passage)[3]
        ):
            return where | IN_TEXT, passage, certain
    unread = [passage for passage in possible if passage not in rows]
    if unread:
        read = [passage for passage in possible if passage in rows]
        return where | IN_TEXT, read[0] if read else -1, certain and bool(where & ~IN_TEXT)
    return where & ~IN_TEXT, -1, certain


def in_order(every: list[Candidate], sort: str) -> list[Candidate]:
    """Candidates as they are listed: by ``relevance``, ``date`` (newest first) or ``oldest``."""
    if sort == "date":
        return sorted(every, key=lambda one: (-one.day, one.order))
    if sort == "oldest":
        return sorted(every, key=lambda one: (one.day or 1_000_000_000, one.order))
    return sorted(every, key=lambda one: (-one.rank, -one.likely, -one.day, one.order))


def passes(run: Run, filters: Mapping[str, str], left_out: str = "") -> bool:
    """Whether the documents of a run pass the filters, one of them left out."""
    return all(name == left_out or value in values_of(run, name) for name, value in filters.items())


def values_of(run: Run, name: str) -> list[str]:
    """The values of a filter that a run's documents have: a column and all those above it."""
    kind, column, periodical, year = run
    value = {"kind": kind, "column": column, "periodical": periodical, "year": str(year or "")}[
        name
    ]
    if not value:
        return []
    if name != "column":
        return [value]
    parts = value.split("/")
    return ["/".join(parts[: at + 1]) for at in range(len(parts))]
