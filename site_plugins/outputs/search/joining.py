"""Joins the pieces of postings to whole ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from site_plugins.outputs.search.bare import common_triples, with_maps
from site_plugins.outputs.search.codec import CODES, COMMON_TRIPLE, PLACED, TRIPLE
from site_plugins.outputs.search.levels import Level, level_of
from site_plugins.outputs.search.pieces import (
    Pieces,
    Whole,
    alternating,
    gathered,
    one_behind_the_other,
)
from site_plugins.outputs.search.varints import varints

_JOINED_AT_ONCE = 1 << 16
"""Pieces joined at a time, about; 16 bytes of postings count as much as one."""


def joined(kind: int, pieces: list[Pieces]) -> list[Level]:
    """The whole postings of terms of a kind; empties the list, for the pieces are large.

    Those of triples are parted: the common ones are a level of their own.
    """
    common: list[tuple[Pieces, NDArray[np.bool_]]] = []
    maps: list[NDArray[np.bool_]] = []

    def finished(some: list[Pieces]) -> Pieces:
        part, texts = _joined(kind, some, finished=True)
        mapped = np.zeros(len(part.terms), dtype=np.bool_)
        if kind == TRIPLE:
            part, bare, texts = common_triples(part, texts)
            common.append(with_maps(COMMON_TRIPLE, bare, texts))
            mapped = mapped[: len(part.terms)]
        elif kind not in PLACED:
            part, mapped = with_maps(kind, part, texts)
        maps.append(mapped)
        return part

    levels = [level_of(kind, _together(pieces, finished), np.concatenate(maps))]
    if common:
        parts, common_maps = zip(*common, strict=True)
        whole = one_behind_the_other(parts, np.concatenate([part.data for part in parts]))
        levels.append(level_of(COMMON_TRIPLE, whole, np.concatenate(common_maps)))
    return levels


def merged(kind: int, pieces: list[Pieces]) -> Pieces:
    """One piece for each term out of pieces of texts that follow each other; empties the list."""
    return _together(pieces, lambda some: _joined(kind, some, finished=False)[0])


def _together(pieces: list[Pieces], join: Callable[[list[Pieces]], Pieces]) -> Pieces:
    """One piece for each term, joined range by range of terms; empties the list."""
    # Room for the largest prefixes, which is given back; what is not written to takes no memory.
    total = sum(len(each.data) + 5 * len(each.terms) for each in pieces)
    data = np.empty(total, dtype=np.uint8)
    none = np.empty(0, dtype=np.uint8)
    parts: list[Pieces] = []
    end = 0
    for some in _ranges(pieces):
        part = join(some)
        data[end : end + len(part.data)] = part.data
        end += len(part.data)
        parts.append(replace(part, data=none))
    pieces.clear()
    data.resize(end, refcheck=False)
    return one_behind_the_other(parts, data)


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
        data=gathered(data, alternating(prefix_begins, begins), alternating(widths, sizes)),
    )
    return whole, spans - np.where(firsts[heads] < 0, sizes[heads], 0)
