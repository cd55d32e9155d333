"""Joins the pieces of postings, and distributes terms over shards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from site_plugins.outputs.search import codec
from site_plugins.outputs.search.codec import (
    CODES,
    COMMON_TRIPLE,
    OFFSETS,
    PLACED,
    TRIPLE,
    UNITS,
    bytes_beside,
    has_map,
    number_bytes,
)
from site_plugins.outputs.search.varints import varints

Terms: TypeAlias = NDArray[np.unsignedinteger]
Whole: TypeAlias = NDArray[np.signedinteger]

_AT_ONCE = 1 << 20
"""Bytes of postings put together at a time, about."""

_JOINED_AT_ONCE = 1 << 16
"""Pieces joined at a time, about; 16 bytes of postings count as much as one."""


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


@dataclass(frozen=True, slots=True)
class Level:
    """All terms of one kind with their postings, ``begins`` and ``spans`` telling where."""

    kind: int
    terms: Terms
    mapped: NDArray[np.bool_]
    headed: NDArray[np.bool_]
    begins: Whole
    spans: Whole
    data: NDArray[np.uint8]
    rows: Whole

    @property
    def bytes_of_terms(self) -> int:
        """What :func:`~site_plugins.outputs.search.codec.shard_count` asks for."""
        return len(self.data) + len(self.terms) * bytes_beside(UNITS[self.kind])

    def bytes_by_slot(self, count: int) -> Whole:
        """Bytes of terms by each of ``count`` slots."""
        sizes = self.spans + bytes_beside(UNITS[self.kind])
        return np.bincount(self._slots(count), sizes, count).astype(np.int64)

    def by_shard(self, shard_of_slot: Whole) -> Level:
        """The same in the order of shards, as each slot has it; ``rows`` has their first terms."""
        shards = shard_of_slot[self._slots(len(shard_of_slot))]
        order = np.argsort(shards, kind="stable")
        return Level(
            kind=self.kind,
            terms=self.terms[order],
            mapped=self.mapped[order],
            headed=self.headed[order],
            begins=self.begins[order],
            spans=self.spans[order],
            data=self.data,
            rows=np.searchsorted(shards[order], np.arange(int(shard_of_slot.max()) + 2)),
        )

    def _slots(self, count: int) -> NDArray[np.uint32]:
        return term_hashes(self.terms, UNITS[self.kind]) & np.uint32(count - 1)

    def sections(self, first: int, last: int) -> list[bytes]:
        """This kind's part of each shard from ``first`` to before ``last``, empty for none."""
        rows = self.rows[first : last + 1]
        inside = slice(rows[0], rows[-1])
        spans = self.spans[inside]
        shifts = self.begins[inside] - (np.cumsum(spans) - spans)
        data = self.data[np.repeat(shifts, spans) + np.arange(int(spans.sum()))].tobytes()
        flags = 2 * self.mapped[inside] + self.headed[inside]
        sizes, size_ends = varints(4 * spans + flags)
        at = rows - rows[0]
        data_cuts = np.concatenate(([0], np.cumsum(spans)))[at].tolist()
        size_cuts = np.concatenate(([0], size_ends))[at].tolist()
        size_bytes = sizes.tobytes()
        letters = self._letters(inside)
        width = 2 * UNITS[self.kind]
        return [
            b"".join(
                (
                    number_bytes((self.kind, high - low)),
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
        columns = _units_of(self.terms[inside], UNITS[self.kind])
        return np.stack(columns, axis=1).astype("<u2").tobytes()


def joined(kind: int, pieces: list[Pieces]) -> list[Level]:
    """The whole postings of terms of a kind; empties the list, for the pieces are large.

    Those of triples are parted: the common ones are a level of their own.
    """
    common: list[tuple[Pieces, NDArray[np.bool_]]] = []
    maps: list[NDArray[np.bool_]] = []

    def finished(some: list[Pieces]) -> Pieces:
        part, texts = _joined(kind, some, finished=True)
        if kind == TRIPLE:
            rows = _common_rows(texts, part)
            if len(rows):
                bare, bare_texts = _without_offsets(part, texts, rows)
                common.append(_with_maps(COMMON_TRIPLE, bare, bare_texts))
                part = _chosen(part, np.delete(np.arange(len(part.terms)), rows))
        mapped = np.zeros(len(part.terms), dtype=np.bool_)
        if kind not in PLACED:
            part, mapped = _with_maps(kind, part, texts)
        maps.append(mapped)
        return part

    levels = [_level(kind, _together(pieces, finished), np.concatenate(maps))]
    if common:
        parts, common_maps = zip(*common, strict=True)
        whole = _one_behind_the_other(parts, np.concatenate([part.data for part in parts]))
        levels.append(_level(COMMON_TRIPLE, whole, np.concatenate(common_maps)))
    return levels


def _level(kind: int, whole: Pieces, mapped: NDArray[np.bool_]) -> Level:
    spans = whole.sizes.astype(np.int64)
    return Level(
        kind=kind,
        terms=whole.terms,
        mapped=mapped,
        headed=whole.firsts < 0,
        begins=np.cumsum(spans) - spans,
        spans=spans,
        data=whole.data,
        rows=spans[:0],
    )


def merged(kind: int, pieces: list[Pieces]) -> Pieces:
    """One piece for each term out of pieces of texts that follow each other; empties the list."""
    whole = _together(pieces, lambda some: _joined(kind, some, finished=False)[0])
    return replace(whole, data=whole.data.copy())


def _together(pieces: list[Pieces], join: Callable[[list[Pieces]], Pieces]) -> Pieces:
    """One piece for each term, joined range by range of terms; empties the list."""
    # Room for the largest prefixes; what is not written to takes no memory.
    total = sum(len(each.data) + 5 * len(each.terms) for each in pieces)
    data = np.empty(total, dtype=np.uint8)
    parts: list[Pieces] = []
    end = 0
    for some in _ranges(pieces):
        part = join(some)
        data[end : end + len(part.data)] = part.data
        end += len(part.data)
        parts.append(replace(part, data=data[:0]))
    pieces.clear()
    return _one_behind_the_other(parts, data[:end])


def _one_behind_the_other(parts: Sequence[Pieces], data: NDArray[np.uint8]) -> Pieces:
    """Pieces of one range of terms after the other, with the data of all."""
    return Pieces(
        terms=np.concatenate([part.terms for part in parts]),
        firsts=np.concatenate([part.firsts for part in parts]),
        codes=np.concatenate([part.codes for part in parts]),
        lasts=np.concatenate([part.lasts for part in parts]),
        sizes=np.concatenate([part.sizes for part in parts]),
        data=data,
    )


def _ranges(pieces: list[Pieces]) -> Iterator[list[Pieces]]:
    """The pieces of some terms at a time, each range with about as many as the others."""
    begins = [np.concatenate(([0], np.cumsum(each.sizes, dtype=np.int64))) for each in pieces]
    largest = max((each.terms for each in pieces), key=len, default=np.zeros(0, dtype=np.uint32))
    total = sum(len(each.terms) for each in pieces) + sum(len(each.data) for each in pieces) // 16
    count = min(max(1, total // _JOINED_AT_ONCE), max(1, len(largest)))
    cuts = largest[np.arange(1, count) * len(largest) // count]
    rows_of = [[0, *np.searchsorted(each.terms, cuts).tolist(), len(each.terms)] for each in pieces]
    for number in range(count):
        some = []
        for each, begin, row in zip(pieces, begins, rows_of, strict=True):
            first, last = row[number : number + 2]
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


def _with_maps(kind: int, whole: Pieces, texts: Whole) -> tuple[Pieces, NDArray[np.bool_]]:
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
    told = _gathered(whole.data, (ends - texts)[rows], texts[rows])
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
    data = _gathered(
        data,
        _alternating(ends - whole.sizes, len(whole.data) + begins),
        _alternating(heads, widths),
    )
    return replace(whole, sizes=(heads + widths).astype(np.int32), data=data), mapped


def _common_rows(texts: Whole, whole: Pieces) -> Whole:
    """Which of some triples are common.

    Args:
        texts: for each of them the bytes of its passages, the last ones of it.
        whole: their postings.
    """
    # A passage takes a byte at least.
    rows = np.flatnonzero(texts > codec.MOST_PLACED)
    if not len(rows):
        return rows
    ends = np.cumsum(whole.sizes, dtype=np.int64)
    told = _gathered(whole.data, (ends - texts)[rows], texts[rows])
    _, firsts = _distances(told, texts[rows])
    return rows[firsts[1:] - firsts[:-1] > codec.MOST_PLACED]


def _without_offsets(whole: Pieces, texts: Whole, rows: Whole) -> tuple[Pieces, Whole]:
    """Some of the postings with nothing but distances, and the bytes of their passages."""
    ends = np.cumsum(whole.sizes, dtype=np.int64)
    told = _gathered(whole.data, (ends - texts)[rows], texts[rows])
    distances, firsts = _distances(told, texts[rows])
    bare, cuts = varints(distances)
    spans = np.diff(np.concatenate(([0], cuts))[firsts])
    heads = whole.sizes[rows] - texts[rows]
    data = np.concatenate((whole.data, bare))
    begins = len(whole.data) + np.cumsum(spans) - spans
    some = replace(
        _chosen(whole, rows),
        codes=np.zeros(len(rows), dtype=np.int8),
        sizes=(heads + spans).astype(np.int32),
        data=_gathered(
            data,
            _alternating((ends - whole.sizes)[rows], begins),
            _alternating(heads, spans),
        ),
    )
    return some, spans


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
    low = (data & np.uint8(127)).astype(np.int64)
    ends = np.flatnonzero(data < 128)
    if not len(ends):
        return low, ends
    starts = np.concatenate(([0], ends[:-1] + 1))
    shifts = 7 * (np.arange(len(data)) - np.repeat(starts, np.diff(ends, prepend=-1)))
    return np.add.reduceat(low << shifts, starts), ends


def _chosen(whole: Pieces, rows: Whole) -> Pieces:
    """Some of the pieces, ascending."""
    begins = np.cumsum(whole.sizes, dtype=np.int64) - whole.sizes
    sizes = whole.sizes[rows]
    return Pieces(
        terms=whole.terms[rows],
        firsts=whole.firsts[rows],
        codes=whole.codes[rows],
        lasts=whole.lasts[rows],
        sizes=sizes,
        data=_gathered(whole.data, begins[rows], sizes),
    )


def _joined(kind: int, pieces: list[Pieces], finished: bool) -> tuple[Pieces, Whole]:
    """One piece for each term, and the bytes of its passages.

    Once it is ``finished``, the first passage stands in its data.
    """
    terms = np.concatenate([each.terms for each in pieces] or [np.zeros(0, dtype=np.uint32)])
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
    factor = CODES if kind in PLACED else 1
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
    whole = Pieces(
        terms=terms[heads],
        firsts=firsts[heads],
        codes=codes[heads],
        lasts=lasts[ends],
        sizes=spans.astype(np.int32),
        data=_gathered(data, _alternating(prefix_begins, begins), _alternating(widths, sizes)),
    )
    return whole, spans - np.where(firsts[heads] < 0, sizes[heads], 0)


def term_hashes(terms: Terms, length: int) -> NDArray[np.uint32]:
    """:func:`~site_plugins.outputs.search.codec.term_hash` of each term."""
    hashes = np.full(len(terms), 0x811C9DC5, dtype=np.uint32)
    for units in _units_of(terms, length):
        hashes = (hashes ^ units) * np.uint32(0x01000193)
    return hashes ^ (hashes >> np.uint32(15))


def _units_of(terms: Terms, length: int) -> list[NDArray[np.uint32]]:
    """The first unit of each term, the second, and so on."""
    shifts = [terms.dtype.type(16 * at) for at in reversed(range(length))]
    return [(terms >> shift).astype(np.uint32) & np.uint32(0xFFFF) for shift in shifts]


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
