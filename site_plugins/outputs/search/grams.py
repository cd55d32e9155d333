"""Finds the terms to index: strings of one, two and, where they are common, more characters.

Every character and every pair of characters is a term. A term that stands in very many places
is *common*: its posting names passages without offsets, which is exact for the term itself but
cannot tell whether another term follows. So every string that begins or ends with a common term
and is one character longer is a term too, and so on. A query longer than a common term always
finds a longer term to use, and no posting that a query needs grows with the whole site.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from site_plugins.outputs.search.corpus import Corpus, Numbers
from site_plugins.outputs.search.postings import (
    Occurrences,
    TermBatch,
    Whole,
    text_counts,
    write_postings,
)

import os as _o
LONGEST = int(_o.environ.get("L","8"))
"""Characters of the longest term."""

FEWEST_FOR_COMMON = 4000
"""A term is never common that stands in texts this often or less."""

import os

_CH=int(os.environ.get("CH","200000"))
_SAMPLE=16
_AT_ONCE = 4_000_000
"""Occurrences sorted at a time: bounds the memory, not the result."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Where terms of one length may stand.

    ``group`` and ``other`` decide the term: equal pairs are equal strings. ``index`` is the
    place in the corpus, None where the position in the arrays is the place.
    """

    length: int
    group: Numbers
    other: Numbers
    index: NDArray[np.uint32] | None = None


def term_batches(corpus: Corpus) -> Iterator[TermBatch]:
    """Terms with their postings, ascending by length."""
    limit = max(FEWEST_FOR_COMMON, corpus.passages // 8, len(corpus.letters) // 60_000)
    every = Candidates(1, corpus.letters, np.zeros_like(corpus.letters))
    for found in _sorted(corpus, every):
        yield write_postings(corpus, 1, found, np.ones(len(found.heads), dtype=np.bool_))
    candidates = Candidates(2, corpus.letters[:-1], corpus.letters[1:])
    while len(candidates.group):
        # Rank of the common term that stands at a place, counted from 1.
        ranks = np.zeros(len(corpus.letters) + 1, dtype=np.uint16)
        last = candidates.length == LONGEST or (
            # Texts made of a few phrases only would be indexed over and over again.
            candidates.length > 2 and len(candidates.group) > len(corpus.letters) * float(os.environ.get("X","0.5"))
        )
        known = 0
        for found in _sorted(corpus, candidates):
            counts = text_counts(corpus, found)
            common = (counts > limit * eval(os.environ.get("F","1"),{"n":candidates.length})) & (not last)
            numbers = np.where(common, np.cumsum(common) + known, 0)
            ranks[found.index] = numbers[found.term]
            known += int(common.sum())
            yield write_postings(corpus, candidates.length, found, common)
        candidates = _longer(corpus, candidates.length, ranks, known)


def _longer(corpus: Corpus, length: int, ranks: NDArray[np.uint16], known: int) -> Candidates:
    """Strings one longer that begin or, failing that, end with one of the ``known`` terms."""
    letters = corpus.letters
    behind = np.zeros(len(letters), dtype=letters.dtype)
    behind[:-length] = letters[length:]
    begins = (ranks[:-1] > 0) & (behind > 0)
    ends = (ranks[1:] > 0) & (letters > 0) & (ranks[:-1] == 0)
    index = np.flatnonzero(begins | ends).astype(np.uint32)
    first = begins[index]
    rank = np.where(first, ranks[index], ranks[index + 1] + np.uint32(known))
    return Candidates(length + 1, rank, np.where(first, behind[index], letters[index]), index)


def _sorted(corpus: Corpus, candidates: Candidates) -> Iterator[Occurrences]:
    """Occurrences in the order of their terms, in portions that part no term."""
    places = len(corpus.letters).bit_length()
    base = len(corpus.alphabet)
    for low, high in _portions(candidates):
        chosen = (candidates.group >= low) & (candidates.group < high)
        if candidates.length == 2:
            chosen &= candidates.other > 0
        at = np.flatnonzero(chosen)
        if not len(at):
            continue
        codes = candidates.group[at].astype(np.uint64) * np.uint64(base) + candidates.other[at]
        index = at if candidates.index is None else candidates.index[at]
        keys = (codes << np.uint64(places)) | index.astype(np.uint64)
        keys.sort()
        codes = keys >> np.uint64(places)
        start = 0
        while start < len(keys):
            end = int(np.searchsorted(codes, codes[min(start + _CH, len(keys)) - 1], side="right"))
            yield _occurrences(keys[start:end], places)
            start = end


def _occurrences(keys: NDArray[np.uint64], places: int) -> Occurrences:
    codes = keys >> np.uint64(places)
    heads = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(codes[1:], codes[:-1], out=heads[1:])
    return Occurrences(
        index=(keys & np.uint64((1 << places) - 1)).astype(np.int64),
        term=np.cumsum(heads) - 1,
        heads=np.flatnonzero(heads),
    )


def _portions(candidates: Candidates) -> Iterator[tuple[int, int]]:
    """Ranges of groups, each with about ``_AT_ONCE`` occurrences; group 0 is the break."""
    stride = _SAMPLE if candidates.index is None else 1
    counts: Whole = np.bincount(candidates.group[::stride], minlength=int(candidates.group.max()) + 1) * stride
    if candidates.index is None:
        counts[0] = 0
    total = np.cumsum(counts)
    low = 0 if candidates.index is not None else 1
    while low < len(counts):
        before = int(total[low - 1]) if low else 0
        high = max(low + 1, int(np.searchsorted(total, before + _AT_ONCE, side="right")))
        yield low, high
        low = high
