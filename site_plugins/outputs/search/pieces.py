"""Joins the pieces of postings, and distributes terms over shards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from site_plugins.outputs.search.codec import CODES, number_bytes
from site_plugins.outputs.search.varints import varints

Terms: TypeAlias = NDArray[np.uint32]
Whole: TypeAlias = NDArray[np.signedinteger]

_AT_ONCE = 1 << 20
"""Bytes of postings put together at a time, about."""

_JOINED_AT_ONCE = 1 << 16
"""Pieces joined at a time, about."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Pieces of the postings of terms of one length, ascending by term.

    Attributes:
        terms: the units of each term, the first one in the upper half.
        firsts: the first passage of each piece, which ``data`` leaves out: its distance
            depends on the piece before. -1 where the piece is that of titles and headlines.
        codes: what the format adds to the distance of the first passage, for pairs alone.
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


@dataclass(frozen=True, slots=True)
class Level:
    """All terms of one length with their postings, ``begins`` and ``spans`` telling where."""

    length: int
    terms: Terms
    headed: NDArray[np.bool_]
    begins: Whole
    spans: Whole
    data: NDArray[np.uint8]
    rows: Whole

    @property
    def bytes_of_terms(self) -> int:
        """What :func:`~site_plugins.outputs.search.codec.shard_count` asks for."""
        return len(self.data) + len(self.terms) * (2 + 2 * self.length)

    def by_shard(self, count: int) -> Level:
        """The same in the order of ``count`` shards; ``rows`` is the first term of each."""
        shards = term_hashes(self.terms, self.length) & np.uint32(count - 1)
        order = np.argsort(shards, kind="stable")
        return Level(
            length=self.length,
            terms=self.terms[order],
            headed=self.headed[order],
            begins=self.begins[order],
            spans=self.spans[order],
            data=self.data,
            rows=np.searchsorted(shards[order], np.arange(count + 1)),
        )

    def sections(self, first: int, last: int) -> list[bytes]:
        """This length's part of each shard from ``first`` to before ``last``, empty for none."""
        rows = self.rows[first : last + 1]
        inside = slice(rows[0], rows[-1])
        spans = self.spans[inside]
        shifts = self.begins[inside] - (np.cumsum(spans) - spans)
        data = self.data[np.repeat(shifts, spans) + np.arange(int(spans.sum()))].tobytes()
        sizes, size_ends = varints(2 * spans + self.headed[inside])
        at = rows - rows[0]
        data_cuts = np.concatenate(([0], np.cumsum(spans)))[at].tolist()
        size_cuts = np.concatenate(([0], size_ends))[at].tolist()
        size_bytes = sizes.tobytes()
        letters = self._letters(inside)
        width = 2 * self.length
        return [
            b"".join(
                (
                    number_bytes((self.length, high - low)),
                    letters[low * width : high * width],
                    size_bytes[size_cuts[shard] : size_cuts[shard + 1]],
                    data[data_cuts[shard] : data_cuts[shard + 1]],
                )
            )
            if high > low
            else b""
            for shard, (low, high) in enumerate(pairwise(at.tolist()))
        ]

    def _letters(self, inside: slice) -> bytes:
        terms = self.terms[inside]
        if self.length == 1:
            return terms.astype("<u2").tobytes()
        return (terms >> np.uint32(16) | terms << np.uint32(16)).astype("<u4").tobytes()


def joined(length: int, pieces: list[Pieces]) -> Level:
    """The whole postings of terms of a length; empties the list, for the pieces are large."""
    whole = _together(length, pieces, finished=True)
    spans = whole.sizes.astype(np.int64)
    return Level(
        length=length,
        terms=whole.terms,
        headed=whole.firsts < 0,
        begins=np.cumsum(spans) - spans,
        spans=spans,
        data=whole.data,
        rows=spans[:0],
    )


def merged(length: int, pieces: list[Pieces]) -> Pieces:
    """One piece for each term out of pieces of texts that follow each other; empties the list."""
    return _together(length, pieces, finished=False)


def _together(length: int, pieces: list[Pieces], finished: bool) -> Pieces:
    """One piece for each term, joined range by range of terms: see :func:`_joined`."""
    # Room for the largest prefixes; what is not written to takes no memory.
    total = sum(len(each.data) + 5 * len(each.terms) for each in pieces)
    data = np.empty(total, dtype=np.uint8)
    parts: list[Pieces] = []
    end = 0
    for some in _ranges(pieces):
        part = _joined(length, some, finished)
        data[end : end + len(part.data)] = part.data
        end += len(part.data)
        parts.append(replace(part, data=data[:0]))
    pieces.clear()
    return Pieces(
        terms=np.concatenate([part.terms for part in parts]),
        firsts=np.concatenate([part.firsts for part in parts]),
        codes=np.concatenate([part.codes for part in parts]),
        lasts=np.concatenate([part.lasts for part in parts]),
        sizes=np.concatenate([part.sizes for part in parts]),
        data=data[:end] if finished else data[:end].copy(),
    )


def _ranges(pieces: list[Pieces]) -> Iterator[list[Pieces]]:
    """The pieces of some terms at a time, each range with about as many as the others."""
    begins = [np.concatenate(([0], np.cumsum(each.sizes, dtype=np.int64))) for each in pieces]
    largest = max((each.terms for each in pieces), key=len, default=np.zeros(0, dtype=np.uint32))
    count = max(1, sum(len(each.terms) for each in pieces) // _JOINED_AT_ONCE)
    cuts = largest[np.arange(1, count) * len(largest) // count].tolist()
    for low, high in pairwise([0, *cuts, 1 << 32]):
        some = []
        for each, begin in zip(pieces, begins, strict=True):
            first, last = np.searchsorted(each.terms, (low, high)).tolist()
            rows = slice(first, last)
            some.append(
                Pieces(
                    terms=each.terms[rows],
                    firsts=each.firsts[rows],
                    codes=each.codes[rows],
                    lasts=each.lasts[rows],
                    sizes=each.sizes[rows],
                    data=each.data[begin[first] : begin[last]],
                )
            )
        yield some


def _joined(length: int, pieces: list[Pieces], finished: bool) -> Pieces:
    """One piece for each term; once it is ``finished``, the first passage stands in its data."""
    terms = np.concatenate([np.zeros(0, dtype=np.uint32), *(each.terms for each in pieces)])
    order = np.argsort(terms, kind="stable")
    terms = terms[order]
    new_term = np.ones(len(terms), dtype=np.bool_)
    np.not_equal(terms[1:], terms[:-1], out=new_term[1:])
    heads = np.flatnonzero(new_term)
    none = np.zeros(0, dtype=np.int32)
    firsts = np.concatenate([none, *(each.firsts for each in pieces)])[order]
    lasts = np.concatenate([none, *(each.lasts for each in pieces)])[order]
    codes = np.concatenate([none[:0].astype(np.int8), *(each.codes for each in pieces)])[order]
    before = np.where(new_term, -1, np.roll(lasts, 1))
    told = firsts >= 0 if finished else ~new_term
    factor = CODES if length == 2 else 1
    prefixes, prefix_ends = varints((factor * (firsts - before - 1) + codes)[told])
    widths = np.zeros(len(terms), dtype=np.int64)
    widths[told] = np.diff(prefix_ends, prepend=0)
    sizes = np.concatenate([none, *(each.sizes for each in pieces)]).astype(np.int64)
    begins = (np.cumsum(sizes) - sizes)[order]
    sizes = sizes[order]
    data = np.concatenate([np.zeros(0, dtype=np.uint8), *(each.data for each in pieces), prefixes])
    prefix_begins = len(data) - len(prefixes) + np.cumsum(widths) - widths
    spans = np.add.reduceat(widths + sizes, heads) if len(heads) else sizes[:0]
    ends = np.append(heads[1:], len(terms)) - 1 if len(heads) else heads
    return Pieces(
        terms=terms[heads],
        firsts=firsts[heads],
        codes=codes[heads],
        lasts=lasts[ends],
        sizes=spans.astype(np.int32),
        data=_gathered(data, _alternating(prefix_begins, begins), _alternating(widths, sizes)),
    )


def term_hashes(terms: Terms, length: int) -> Terms:
    """:func:`~site_plugins.outputs.search.codec.term_hash` of each term."""
    hashes = np.full(len(terms), 0x811C9DC5, dtype=np.uint32)
    for shift in (0,) if length == 1 else (16, 0):
        hashes = (hashes ^ (terms >> np.uint32(shift) & np.uint32(0xFFFF))) * np.uint32(0x01000193)
    return hashes ^ (hashes >> np.uint32(15))


def _alternating(some: Whole, others: Whole) -> Whole:
    """One of these, one of those, and so on."""
    both = np.empty(2 * len(some), dtype=np.int64)
    both[::2], both[1::2] = some, others
    return both


def _gathered(data: NDArray[np.uint8], begins: Whole, sizes: Whole) -> NDArray[np.uint8]:
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
