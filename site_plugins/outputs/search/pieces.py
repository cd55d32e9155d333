"""Pieces of postings: many of them in a few arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Terms: TypeAlias = NDArray[np.unsignedinteger]
Whole: TypeAlias = NDArray[np.signedinteger]

_AT_ONCE = 1 << 20
"""Bytes of postings put together at a time, about."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Pieces of the postings of terms of one kind, ascending by term.

    Attributes:
        terms: the units of each term, sixteen bits each, the last one lowest.
        firsts: the first passage of each piece, which ``data`` leaves out: its distance
            depends on the piece before. -1 where the piece is that of titles and headlines.
        codes: what the format adds to the distance of the first passage where it tells offsets.
        lasts: the last passage; -1 in titles and headlines.
        sizes: bytes of each piece in ``data``.
        data: the pieces, one behind the other.
    """

    terms: Terms
    firsts: Whole
    codes: Whole
    lasts: Whole
    sizes: Whole
    data: NDArray[np.uint8]


def chosen(whole: Pieces, rows: Whole) -> Pieces:
    """Some of the pieces, ascending."""
    begins = np.cumsum(whole.sizes, dtype=np.int64) - whole.sizes
    sizes = whole.sizes[rows]
    return Pieces(
        terms=whole.terms[rows],
        firsts=whole.firsts[rows],
        codes=whole.codes[rows],
        lasts=whole.lasts[rows],
        sizes=sizes,
        data=gathered(whole.data, begins[rows], sizes),
    )


def one_behind_the_other(parts: Sequence[Pieces], data: NDArray[np.uint8]) -> Pieces:
    """Pieces of one range of terms after the other, with the data of all."""
    return Pieces(
        terms=np.concatenate([part.terms for part in parts]),
        firsts=np.concatenate([part.firsts for part in parts]),
        codes=np.concatenate([part.codes for part in parts]),
        lasts=np.concatenate([part.lasts for part in parts]),
        sizes=np.concatenate([part.sizes for part in parts]),
        data=data,
    )


def alternating(some: Whole, others: Whole) -> Whole:
    """One of these, one of those, and so on."""
    both = np.empty(2 * len(some), dtype=np.int64)
    both[::2], both[1::2] = some, others
    return both


def gathered(data: NDArray[np.uint8], begins: Whole, sizes: Whole) -> NDArray[np.uint8]:
    """Stretches of bytes put one behind the other."""
    ends = np.cumsum(sizes)
    out = np.empty(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    start = 0
    while start < len(sizes):
        done = int(ends[start] - sizes[start])
        stop = max(start + 1, int(np.searchsorted(ends, done + _AT_ONCE, side="right")))
        some = slice(start, stop)
        shifts = begins[some] - (ends[some] - sizes[some] - done)
        total = int(ends[stop - 1]) - done
        out[done : done + total] = data[np.repeat(shifts, sizes[some]) + np.arange(total)]
        start = stop
    return out
