"""Postings that tell no offsets: those of common triples, and maps.

As pieces are joined, all triples have offsets; which are common is known when they are whole.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from site_plugins.outputs.search import codec
from site_plugins.outputs.search.codec import CODES, OFFSETS, has_map
from site_plugins.outputs.search.pieces import Pieces, Whole, alternating, chosen, gathered
from site_plugins.outputs.search.varints import varints


def common_triples(whole: Pieces, texts: Whole) -> tuple[Pieces, Pieces, Whole]:
    """Part the postings of triples.

    Args:
        whole: the postings, all with offsets.
        texts: for each of them the bytes of its passages, the last ones of it.

    Returns:
        those that keep their offsets; the common ones without, and the bytes of their passages.
    """
    # A passage takes a byte at least.
    rows = np.flatnonzero(texts > codec.MOST_PLACED)
    if not len(rows):
        return whole, chosen(whole, rows), texts[rows]
    ends = np.cumsum(whole.sizes, dtype=np.int64)
    told = gathered(whole.data, (ends - texts)[rows], texts[rows])
    distances, firsts = _distances(told, texts[rows])
    counts = np.diff(firsts)
    are_common = counts > codec.MOST_PLACED
    bare, cuts = varints(distances[np.repeat(are_common, counts)])
    rows = rows[are_common]
    spans = np.diff(np.concatenate(([0], cuts))[np.cumsum(counts[are_common])], prepend=0)
    heads = whole.sizes[rows] - texts[rows]
    begins = len(whole.data) + np.cumsum(spans) - spans
    common = replace(
        chosen(whole, rows),
        codes=np.zeros(len(rows), dtype=np.int8),
        sizes=(heads + spans).astype(np.int32),
        data=gathered(
            np.concatenate((whole.data, bare)),
            alternating((ends - whole.sizes)[rows], begins),
            alternating(heads, spans),
        ),
    )
    return chosen(whole, np.delete(np.arange(len(whole.terms)), rows)), common, spans


def with_maps(kind: int, whole: Pieces, texts: Whole) -> tuple[Pieces, NDArray[np.bool_]]:
    """The same with maps of passages where they are shorter, and where these are.

    Args:
        kind: of the terms.
        whole: their postings.
        texts: for each of them the bytes of its passages, the last ones of it.
    """
    mapped = np.zeros(len(whole.terms), dtype=np.bool_)
    ends = np.cumsum(whole.sizes, dtype=np.int64)
    widths = (whole.lasts >> 3) + 1
    # A passage takes a byte at least.
    rows = np.flatnonzero(texts > widths)
    if not len(rows):
        return whole, mapped
    told = gathered(whole.data, (ends - texts)[rows], texts[rows])
    counts = np.diff(np.searchsorted(np.flatnonzero(told < 128), np.cumsum(texts[rows])), prepend=0)
    passages = _passages(told)
    # They go on from one term to the next: each begins behind the last passage of the one before.
    firsts = np.cumsum(counts) - counts
    before = np.concatenate(([-1], passages))[firsts]
    passages -= np.repeat(before + 1, counts)
    chosen = np.array(
        [
            has_map(kind, count, last)
            for count, last in zip(counts.tolist(), whole.lasts[rows].tolist(), strict=True)
        ],
        dtype=np.bool_,
    )
    mapped[rows[chosen]] = True
    widths = np.where(mapped, widths, 0).astype(np.int64)
    begins = np.cumsum(widths) - widths
    bits = np.zeros(8 * int(widths.sum()), dtype=np.uint8)
    starts = 8 * begins[rows[chosen]]
    bits[np.repeat(starts, counts[chosen]) + passages[np.repeat(chosen, counts)]] = 1
    heads = whole.sizes - np.where(mapped, texts, 0)
    data = np.concatenate((whole.data, np.packbits(bits, bitorder="little")))
    data = gathered(
        data,
        alternating(ends - whole.sizes, len(whole.data) + begins),
        alternating(heads, widths),
    )
    return replace(whole, sizes=(heads + widths).astype(np.int32), data=data), mapped


def _distances(told: NDArray[np.uint8], sizes: Whole) -> tuple[Whole, Whole]:
    """The distances in postings with offsets, which are left out.

    Args:
        told: the passages of some terms, one behind the other.
        sizes: bytes of each of them.

    Returns:
        passages skipped before each, and where those of each term begin, the end of all last.
    """
    numbers, ends = _numbers(told)
    heads = np.searchsorted(ends, np.cumsum(sizes) - sizes)
    # Behind the code of two offsets comes the number of the two, which may look like that code: it
    # is one if an odd number of such codes stands before it in a row.
    at = np.arange(len(numbers))
    is_after = np.concatenate(([False], numbers[:-1] % CODES == OFFSETS))
    is_after[heads[heads < len(numbers)]] = False
    in_a_row = at - np.maximum.accumulate(np.where(is_after, 0, at))
    is_passage = in_a_row % 2 == 0
    counts = np.concatenate(([0], np.cumsum(is_passage)))
    return numbers[is_passage] // CODES, counts[np.append(heads, len(numbers))]


def _passages(data: NDArray[np.uint8]) -> Whole:
    """The passages that varints tell the distances of."""
    return np.cumsum(_numbers(data)[0] + 1) - 1


def _numbers(data: NDArray[np.uint8]) -> tuple[Whole, Whole]:
    """The numbers that varints are, and the last byte of each."""
    ends = np.flatnonzero(data < 128)
    if not len(ends):
        return ends, ends
    starts = np.concatenate(([0], ends[:-1] + 1))
    found = (data[starts] & np.uint8(127)).astype(np.int64)
    rows = np.flatnonzero(starts < ends)
    at = 0
    while len(rows):
        at += 1
        found[rows] |= (data[starts[rows] + at] & np.uint8(127)).astype(np.int64) << 7 * at
        rows = rows[np.flatnonzero(starts[rows] + at < ends[rows])]
    return found, ends
