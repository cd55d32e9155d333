"""Finds the terms to index: strings of one, two and, where they are common, more characters.

Every character and every pair of characters is a term. A term that stands in very many places
is *common*: its posting names passages without offsets, which is exact for the term itself but
cannot tell what stands next to it. So every string that begins or ends with a common term and
is one character longer is a term too, and so on. A query longer than a common term always finds
a longer term to use, and no posting that a query needs grows with the whole site.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from site_plugins.outputs.search.corpus import Corpus, Numbers
from site_plugins.outputs.search.postings import (
    Flags,
    Occurrences,
    TermBatch,
    indexes,
    text_counts,
    write_postings,
)

LONGEST = 8
"""Characters of the longest term."""

FEWEST_FOR_COMMON = 4000
"""Places in texts that a pair must exceed to be common; half as many more for each letter more.

Lower, and postings get shorter but the index larger and slower to build: 4,000 places are about
8 KB for the reader.
"""

_SORTED_AT_ONCE = 1_000_000
_WRITTEN_AT_ONCE = 100_000
"""Occurrences handled at a time. They bound the memory and fit the processor's caches; the
result does not depend on them."""

_SAMPLE = 16
"""One of so many places is counted to part the work evenly."""


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Where terms of one length may stand.

    ``group`` and ``other`` decide the term: equal pairs are equal strings. ``index`` is the
    place in the corpus, None where the position in the arrays is the place.
    """

    length: int
    group: Numbers
    other: Numbers
    index: NDArray[np.uint32] | None = None


def term_batches(corpus: Corpus, fewest_for_common: int = FEWEST_FOR_COMMON) -> Iterator[TermBatch]:
    """Terms with their postings, ascending by length; no term is in two batches."""
    # The last keeps the ranks of common terms within 16 bits.
    limit = max(fewest_for_common, corpus.passages // 8, len(corpus.letters) // 60_000)
    letters = corpus.letters
    for found in _sorted(corpus, _Candidates(1, letters, np.zeros_like(letters))):
        yield write_postings(corpus, 1, found, np.ones(len(found.heads), dtype=np.bool_))
    candidates = _Candidates(2, letters[:-1], letters[1:])
    longer = 0
    while len(candidates.group):
        length = candidates.length
        # Texts made of a few phrases only would be indexed over and over again.
        last = length == LONGEST or longer > len(letters) * 1.25
        ranks, known = np.zeros(len(letters) + 1, dtype=np.uint16), 0
        for found in _sorted(corpus, candidates):
            common = (text_counts(corpus, found) > limit * length / 2) & (not last)
            _rank(corpus, ranks, found, common, known)
            known += int(common.sum())
            yield write_postings(corpus, length, found, common)
        candidates = _extended(corpus, length, ranks, known)
        longer += len(candidates.group)


def _rank(
    corpus: Corpus, ranks: NDArray[np.uint16], found: Occurrences, common: Flags, known: int
) -> None:
    """Note the rank, counted from 1, of the common term that begins at a place."""
    if common.any():
        numbers = np.where(common, np.cumsum(common) + known, 0)
        at = np.flatnonzero(common[found.term])
        ranks[indexes(corpus, found.places[at])] = numbers[found.term[at]]


def _extended(corpus: Corpus, length: int, ranks: NDArray[np.uint16], known: int) -> _Candidates:
    """Strings one longer that begin or, failing that, end with one of the ``known`` terms."""
    groups, others, indexes_of = [], [], []
    for first in range(0, len(corpus.letters), _SORTED_AT_ONCE):
        group, other, index = _extended_within(corpus.letters, length, ranks, known, first)
        groups.append(group)
        others.append(other)
        indexes_of.append(index)
    group = np.concatenate(groups)
    groups.clear()
    other = np.concatenate(others)
    others.clear()
    index = np.concatenate(indexes_of)
    return _Candidates(length + 1, group, other, index)


def _extended_within(
    letters: Numbers, length: int, ranks: NDArray[np.uint16], known: int, first: int
) -> tuple[Numbers, Numbers, NDArray[np.uint32]]:
    """The same for a stretch of the corpus: group, other and index of each candidate."""
    here = letters[first : first + _SORTED_AT_ONCE]
    behind = np.zeros_like(here)
    following = letters[first + length : first + length + len(here)]
    behind[: len(following)] = following
    rank = ranks[first : first + len(here)]
    next_rank = ranks[first + 1 : first + 1 + len(here)]
    begins = (rank > 0) & (behind > 0)
    ends = (rank == 0) & (next_rank > 0) & (here > 0)
    at = np.flatnonzero(begins | ends)
    starts = begins[at]
    kind = np.uint16 if 2 * known <= 0xFFFF else np.uint32
    group = np.where(starts, rank[at], next_rank[at] + kind(known))
    return group, np.where(starts, behind[at], here[at]), (at + first).astype(np.uint32)


def _sorted(corpus: Corpus, candidates: _Candidates) -> Iterator[Occurrences]:
    """Occurrences in the order of their terms, in portions that part no term."""
    bits = np.uint64(len(corpus.starts).bit_length() + corpus.offset_bits)
    base = np.uint64(len(corpus.alphabet))
    room = (1 << 64) // (len(corpus.alphabet) << int(bits))
    for low, high in _portions(candidates.group, room):
        chosen = (candidates.group >= low) & (candidates.group < high)
        if candidates.length == 2:
            chosen &= candidates.other > 0
        at = np.flatnonzero(chosen)
        index = at if candidates.index is None else candidates.index[at]
        codes = (candidates.group[at] - low).astype(np.uint64) * base + candidates.other[at]
        keys = (codes << bits) | corpus.places(index)
        del chosen, at, index, codes
        keys.sort()
        yield from _parted(keys, bits)


def _parted(keys: NDArray[np.uint64], bits: np.uint64) -> Iterator[Occurrences]:
    """Sorted keys as occurrences, a few terms at a time."""
    start = 0
    while start < len(keys):
        last = keys[min(start + _WRITTEN_AT_ONCE, len(keys)) - 1] >> bits
        end = int(np.searchsorted(keys, (last + np.uint64(1)) << bits))
        portion = keys[start:end]
        codes = portion >> bits
        heads = np.ones(len(codes), dtype=np.bool_)
        np.not_equal(codes[1:], codes[:-1], out=heads[1:])
        yield Occurrences(
            places=portion & ((np.uint64(1) << bits) - np.uint64(1)),
            term=np.cumsum(heads) - 1,
            heads=np.flatnonzero(heads),
        )
        start = end


def _portions(group: Numbers, room: int) -> Iterator[tuple[int, int]]:
    """Ranges of at most ``room`` groups, each with about ``_SORTED_AT_ONCE`` places.

    Group 0 is the break and left out.
    """
    step = _SAMPLE if len(group) > _SORTED_AT_ONCE else 1
    counts = np.bincount(group[::step], minlength=int(group.max(initial=0)) + 1) * step
    counts[0] = 0
    total = np.cumsum(counts)
    low = 1
    while low < len(counts):
        wanted = total[low - 1] + _SORTED_AT_ONCE
        high = max(low + 1, int(np.searchsorted(total, wanted, side="right")))
        high = min(high, low + room)
        yield low, high
        low = high
