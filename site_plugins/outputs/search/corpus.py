"""Lays the folded runs of all documents end to end, as arrays of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from site_plugins.outputs.search.terms import DocumentTerms

Numbers: TypeAlias = NDArray[np.unsignedinteger]

_BATCH = 4096
"""Strings turned into numbers at a time."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """All titles, then all headlines, then all passages, each run followed by a break.

    Attributes:
        alphabet: code point of each letter number; number 0 is the break.
        letters: letter number of each place of the corpus.
        places: for each place ``owner << position_bits | offset in the owner's run``. The
            owners of titles are numbered from 0, those of headlines from ``documents``, and the
            passages from ``2 * documents``.
        position_bits: how many bits the offset takes.
        headline_start, text_start: where titles end and where headlines end.
        documents, passages: how many there are.
    """

    alphabet: NDArray[np.uint32]
    letters: Numbers
    places: Numbers
    position_bits: int
    headline_start: int
    text_start: int
    documents: int
    passages: int


def lay_out(terms: Sequence[DocumentTerms]) -> Corpus:
    """The corpus of documents in their final order; passages are numbered in that order."""
    fields = (
        [_run([one.title]) for one in terms],
        [_run(one.headlines) for one in terms],
        [_run(blocks) for one in terms for blocks in one.passages],
    )
    alphabet, letters = _letters(chain.from_iterable(fields))
    lengths = [np.fromiter(map(len, runs), np.int64, len(runs)) for runs in fields]
    bits = int(max(int(each.max(initial=0)) for each in lengths)).bit_length()
    title_end, headline_end, _ = (int(each) for each in np.cumsum([e.sum() for e in lengths]))
    return Corpus(
        alphabet=alphabet,
        letters=letters,
        places=_places(lengths, bits),
        position_bits=bits,
        headline_start=title_end,
        text_start=headline_end,
        documents=len(terms),
        passages=len(fields[2]),
    )


def _run(blocks: Iterable[str]) -> str:
    """Blocks with a break behind each: nothing is found across a break."""
    return "".join(f"{block}\0" for block in blocks)


def _letters(runs: Iterable[str]) -> tuple[NDArray[np.uint32], Numbers]:
    """The alphabet in code point order, and the runs written with its numbers."""
    batches = list(_code_points(runs))
    occurs = np.zeros(0x110000, dtype=np.bool_)
    occurs[0] = True
    for batch in batches:
        occurs[batch] = True
    alphabet = np.flatnonzero(occurs).astype(np.uint32)
    kind = np.uint16 if len(alphabet) <= 0xFFFF else np.uint32
    numbers = np.zeros(0x110000, dtype=kind)
    numbers[alphabet] = np.arange(len(alphabet), dtype=kind)
    return alphabet, np.concatenate([numbers[batch] for batch in batches] or [numbers[:0]])


def _code_points(runs: Iterable[str]) -> Iterator[NDArray[np.uint32]]:
    iterator = iter(runs)
    while batch := list(islice(iterator, _BATCH)):
        joined = "".join(batch).encode("utf-32-le", "surrogatepass")
        yield np.frombuffer(joined, dtype="<u4")


def _places(lengths: Sequence[NDArray[np.int64]], bits: int) -> Numbers:
    """Owner and offset of every place, see :class:`Corpus`."""
    every = np.concatenate(lengths)
    owners = np.arange(len(every), dtype=np.int64)
    kind = np.uint32 if len(every).bit_length() + bits <= 32 else np.uint64
    starts = np.cumsum(every) - every
    # Added modulo the type's size: what is negative here becomes right with the running number.
    shifts = ((owners << bits) - starts).astype(kind)
    return np.repeat(shifts, every) + np.arange(int(every.sum()), dtype=kind)
