"""Reads the texts of results as far as a query may, and leaves out what was mistaken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from site_plugins.outputs.search.reader.candidates import (
    Candidate,
    in_order,
    passes,
    rows_to_read,
    settle,
)
from site_plugins.outputs.search.reader.query import Query, Spent

MOST_READ = 3
"""Passages of a document that are read at most to see whether it holds a word."""


@dataclass(slots=True)
class Hits:
    """What seems to answer, and the words it was found by."""

    every: list[Candidate]
    words: Sequence[str]
    unwanted: Sequence[str]


@dataclass(slots=True)
class Window:
    """Results to be shown, candidates that were mistaken, and where to go on."""

    shown: list[Candidate]
    mistaken: list[Candidate]
    following: int | None


def read_window(hits: Hits, query: Query, spent: Spent) -> Window:
    """The results to be shown; takes those that do not answer out of ``hits``."""
    first = max(0, query.offset)
    last = None if query.limit is None else first + max(0, query.limit)
    listed = in_order(filtered(hits.every, query.filters), query.sort)
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
    return Window(
        shown=in_order([hit for hit, _ in taken if hit.rank], query.sort),
        mistaken=[hit for hit, _ in taken if not hit.rank],
        following=following if following < len(listed) else None,
    )


def filtered(hits: Sequence[Candidate], filters: Mapping[str, str]) -> list[Candidate]:
    """Those that pass the filters."""
    return [hit for hit in hits if passes(hit.run, filters)] if filters else list(hits)
