"""Lists the terms of many documents, in arrays of numbers and in bounded memory.

Documents come in the order of their numbers and are read in portions. A portion gives for each
of its terms a *piece* of the posting; at the end the pieces of a term are joined. Pieces take
about as much room as the postings, so that nothing grows with the length of all texts but these.
The format is that of :mod:`site_plugins.outputs.search.codec`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from site_plugins.domain.readings import FIRST_SYLLABLE
from site_plugins.outputs.search.codec import (
    CODES,
    COMMON_PAIR,
    LARGEST_SLOT,
    OFFSETS,
    PAIR,
    SINGLE,
    SLOTS,
    TRIPLE,
    TWO,
    UNITS,
    shard_count,
)
from site_plugins.outputs.search.joining import joined, merged
from site_plugins.outputs.search.levels import Level
from site_plugins.outputs.search.many_pairs import PairTable
from site_plugins.outputs.search.ordering import (
    Units,
    by_unit,
    changes,
    laid_out,
    one_before,
    terms_at,
)
from site_plugins.outputs.search.pieces import Pieces, Terms, Whole
from site_plugins.outputs.search.terms import PackedTerms
from site_plugins.outputs.search.title_keys import END_OF_PRIVATE
from site_plugins.outputs.search.varints import varints

_PORTION = 1_000_000
"""Units of text read at a time: what fits the processor's caches is put in order fastest, and what
is known of a unit takes some thirty times its room."""

_MERGED = 8
"""Portions whose pieces are merged: a term in all of them then takes the room of one."""

_MERGED_AGAIN = 6
"""Merged pieces that are merged into one, for the same reason."""

_HEADS_AT_ONCE = 1_000_000
"""Occurrences in titles and headlines looked at at a time, about."""

_SAMPLE = 64
"""One in so many of them is looked at to part them evenly."""

_CODES = np.full(1 << OFFSETS, OFFSETS + 1, dtype=np.int8)
_CODES[1 << np.arange(OFFSETS)] = np.arange(OFFSETS)
_CODES[list(TWO)] = OFFSETS
"""The code of the bits of offsets."""

_NUMBERS_OF_TWO = np.zeros(1 << OFFSETS, dtype=np.int8)
_NUMBERS_OF_TWO[list(TWO)] = np.arange(len(TWO))

_KINDS = (SINGLE, PAIR, TRIPLE, COMMON_PAIR)
"""The kinds that are told from units and pairs; which triples are common is counted at last."""

_TOGETHER = 64
"""Shards put together at a time."""


def many_shards(
    terms: Iterable[PackedTerms], common: Iterable[str]
) -> tuple[tuple[int, ...], Iterator[bytes]]:
    """The shards of documents in the order of their numbers, not compressed.

    Args:
        terms: of each document.
        common: the common pairs.

    Returns:
        the slots that have a shard of their own, and all shards.
    """
    told = PairTable.of(common)
    titles: list[bytes] = []
    headlines: list[bytes] = []
    texts: list[bytes] = []
    gathered = _Gathered()
    length = passages = 0
    for one in terms:
        titles.append(one.title)
        headlines.append(one.headlines)
        for run in one.passages:
            if length > _PORTION:
                _read_texts(texts, passages, told, gathered.latest)
                passages += len(texts)
                length = 0
                texts.clear()
                gathered.merge()
            texts.append(run)
            length += len(run) // 2
    _read_texts(texts, passages, told, gathered.latest)
    texts.clear()
    pieces = gathered.taken()
    _read_heads(titles, headlines, told, pieces)
    levels = [level for kind in _KINDS for level in joined(kind, pieces.pop(kind))]
    return _shards(sorted(levels, key=attrgetter("kind")))


class _Gathered:
    """The pieces of all portions; where they are many, those of earlier ones in less room."""

    def __init__(self) -> None:
        self.latest: dict[int, list[Pieces]] = {kind: [] for kind in _KINDS}
        self._merged: dict[int, list[Pieces]] = {kind: [] for kind in _KINDS}
        self._largest: dict[int, list[Pieces]] = {kind: [] for kind in _KINDS}

    def merge(self) -> None:
        """Merge what there is enough of."""
        if len(self.latest[SINGLE]) == _MERGED:
            _merge(self.latest, self._merged)
        if len(self._merged[SINGLE]) == _MERGED_AGAIN:
            _merge(self._merged, self._largest)

    def taken(self) -> dict[int, list[Pieces]]:
        """All of them, which are given away."""
        if self._merged[SINGLE] or self._largest[SINGLE]:
            _merge(self.latest, self._merged)
        levels = self._largest, self._merged, self.latest
        return {kind: [one for level in levels for one in level.pop(kind)] for kind in _KINDS}


def _merge(small: dict[int, list[Pieces]], pieces: dict[int, list[Pieces]]) -> None:
    """Move what was gathered of some portions over, in less room."""
    for kind, some in small.items():
        if some:
            pieces[kind].append(merged(kind, some))


def _read_texts(
    runs: list[bytes], first: int, common: PairTable, pieces: dict[int, list[Pieces]]
) -> None:
    """Add the pieces of a portion of passages, the first of which has the number ``first``."""
    if not runs:
        return
    portion = _Portion.of(runs, first)
    letters = portion.letters
    # A zero ends every run, so that neither a pair nor a triple reaches into the next.
    singles = by_unit(letters)
    pieces[SINGLE].append(portion.bare(singles, 1))
    pairs = one_before(singles, letters > 0, letters)
    del singles
    is_common = common.begin(letters)
    is_bare = is_common[pairs]
    pieces[COMMON_PAIR].append(portion.bare(pairs[np.flatnonzero(is_bare)], 2))
    pieces[PAIR].append(portion.placed(pairs[np.flatnonzero(~is_bare)], 2))
    begins = (is_common[:-1] | is_common[1:]) & (letters[:-2] > 0)
    triples = one_before(pairs, begins, letters)
    del pairs, is_bare, begins
    pieces[TRIPLE].append(portion.placed(triples, 3))


@dataclass(frozen=True, slots=True)
class _Portion:
    """Some passages one behind the other.

    Attributes:
        letters: their units.
        owners: the number of each unit's passage.
        offsets: of each unit in its passage, modulo ``OFFSETS``.
    """

    letters: Units
    owners: Whole
    offsets: NDArray[np.uint8]

    @classmethod
    def of(cls, runs: list[bytes], first: int) -> _Portion:
        """These passages, the first of which has the number ``first``."""
        letters, owners, starts = laid_out(runs)
        shifts = (-starts % OFFSETS).astype(np.int32)[owners]
        offsets = (np.arange(len(letters), dtype=np.int32) + shifts) % np.int32(OFFSETS)
        return cls(letters, owners + np.int32(first), offsets.astype(np.uint8))

    def bare(self, at: Whole, length: int) -> Pieces:
        """Pieces of the terms of so many units at these places, which are in their order."""
        terms, passages, heads = self._terms(at, length)
        return _text_pieces(terms[heads], passages[heads], None)

    def placed(self, at: Whole, length: int) -> Pieces:
        """The same with offsets."""
        terms, passages, heads = self._terms(at, length)
        bits = _bits_of(self.offsets[at], heads)
        return _text_pieces(terms[heads], passages[heads], bits)

    def _terms(self, at: Whole, length: int) -> tuple[Terms, Whole, Whole]:
        """The terms at these places, their passages, and where either changes."""
        terms, passages = terms_at(at, length, self.letters), self.owners[at]
        return terms, passages, np.flatnonzero(changes(terms) | changes(passages))


def _bits_of(offsets: NDArray[np.uint8], heads: Whole) -> NDArray[np.uint16]:
    """The bits of the offsets from each head to the next.

    Where there are more than two, which is all that a posting tells of them, some may be missing.
    """
    bits = np.uint16(1) << offsets.astype(np.uint16)
    sizes = np.diff(heads, append=len(bits))
    found = bits[heads]
    rows = np.flatnonzero(sizes > 1)
    at = 0
    while len(rows):
        at += 1
        found[rows] |= bits[heads[rows] + at]
        is_open = (sizes[rows] > at + 1) & (_CODES[found[rows]] <= OFFSETS)
        rows = rows[np.flatnonzero(is_open)]
    return found


def _text_pieces(terms: Terms, passages: Whole, bits: NDArray[np.uint16] | None) -> Pieces:
    """Pieces of terms and their passages, ordered by both, with the bits of offsets if any."""
    begins = changes(terms)[: len(terms)]
    heads = np.flatnonzero(begins)
    others = np.flatnonzero(~begins)
    gaps = np.diff(passages)[others - 1] - np.int32(1)
    counts = np.zeros(len(terms), dtype=np.int64)
    counts[others] = 1
    if bits is None:
        codes = np.zeros(len(heads), dtype=np.int8)
        out = gaps
    else:
        code = _CODES[bits]
        codes = code[heads]
        two = np.flatnonzero(code == OFFSETS)
        behind = counts[two]
        counts[two] += 1
        starts = np.cumsum(counts) - counts
        out = np.empty(len(others) + len(two), dtype=np.int32)
        out[starts[others]] = CODES * gaps + code[others]
        out[starts[two] + behind] = _NUMBERS_OF_TWO[bits[two]]
    data, ends = varints(out)
    cuts = np.concatenate(([0], ends))
    totals = np.concatenate(([0], np.cumsum(counts)))[np.append(heads, len(terms))]
    lasts = np.append(heads[1:], len(terms)) - 1 if len(heads) else heads
    return Pieces(
        terms=terms[heads],
        firsts=passages[heads],
        codes=codes,
        lasts=passages[lasts],
        sizes=np.diff(cuts[totals]).astype(np.int32),
        data=data,
    )


def _read_heads(
    titles: list[bytes],
    headlines: list[bytes],
    common: PairTable,
    pieces: dict[int, list[Pieces]],
) -> None:
    """Put the pieces of titles and headlines before those of texts."""
    lengths = np.fromiter(map(len, (*titles, *headlines)), np.int64) // 2
    letters: Units = np.frombuffer(b"".join((*titles, *headlines)), dtype="<u2")
    documents = len(titles)
    titles.clear()
    headlines.clear()
    starts = np.cumsum(lengths) - lengths
    for kind in _KINDS:
        length = UNITS[kind]
        terms = _terms_of(letters, kind, common)
        # Range by range: what is known of an occurrence takes ten times the room of its term.
        count = max(1, len(terms) // _HEADS_AT_ONCE)
        cuts = np.unique(np.sort(terms[::_SAMPLE])[:: max(1, len(terms) // _SAMPLE // count)])
        heads = []
        for low, high in pairwise([1, *cuts[cuts > 1].tolist(), 1 << 16 * length]):
            at = np.flatnonzero((terms >= low) & (terms < high))
            own = np.searchsorted(starts, at, side="right") - 1
            in_title = own < documents
            offset = at - starts[own]
            offset = np.where(in_title, 2 * offset + (letters[at + length] == 0), offset)
            if length == 1:
                some = terms[at]
                private = (some >= FIRST_SYLLABLE) & (some < END_OF_PRIVATE) & ~in_title
                at, own, offset = at[~private], own[~private], offset[~private]
            order = np.argsort(terms[at], kind="stable")
            if len(order):
                at = at[order]
                heads.append(_head_pieces(terms[at], own[order], offset[order], documents))
        pieces[kind][:0] = heads


def _terms_of(letters: Units, kind: int, common: PairTable) -> Terms:
    """The term of a kind that begins at each unit, 0 where there is none."""
    if kind == SINGLE:
        return letters.astype(np.uint32)
    is_common = common.begin(letters)
    paired = (letters[:-1] > 0) & (letters[1:] > 0)
    if kind == TRIPLE:
        terms: Terms = letters[:-2].astype(np.uint64) << np.uint64(32)
        terms |= letters[1:-1].astype(np.uint64) << np.uint64(16) | letters[2:]
        is_term = (is_common[:-1] | is_common[1:]) & paired[:-1] & paired[1:]
    else:
        terms = letters[:-1].astype(np.uint32) << np.uint32(16) | letters[1:]
        is_term = is_common if kind == COMMON_PAIR else paired & ~is_common
    terms[~is_term] = 0
    return terms


def _head_pieces(terms: Terms, owners: Whole, offsets: Whole, documents: int) -> Pieces:
    """The pieces of occurrences in titles and headlines, ordered by term and place.

    Args:
        terms: of each occurrence.
        owners: the document for a title, the document plus ``documents`` for its headlines.
        offsets: as the posting has them.
        documents: how many there are.
    """
    new_term = changes(terms)
    in_headline = owners >= documents
    new_list = new_term | changes(in_headline)
    new_owner = new_list | changes(owners)
    document = owners - in_headline * documents
    before = np.where(new_list, -1, np.roll(document, 1))
    steps = 2 * (offsets - np.roll(offsets, 1)) - 1
    values = np.where(new_owner, 2 * (document - before - 1), steps)
    heads = np.flatnonzero(new_term)
    # Behind the number of a new document its offset, before a term's numbers its two counts.
    widths = 1 + new_owner.astype(np.int64)
    widths[heads] += 2
    starts = np.cumsum(widths) - widths
    out = np.empty(int(widths.sum()), dtype=np.int64)
    out[starts[heads]] = np.add.reduceat((~in_headline).astype(np.int64), heads)
    out[starts[heads] + 1] = np.add.reduceat(in_headline.astype(np.int64), heads)
    places = starts + 2 * new_term
    out[places] = values
    out[places[new_owner] + 1] = offsets[new_owner]
    data, ends = varints(out)
    cuts = np.concatenate(([0], ends))[np.concatenate((starts[heads], [len(out)]))]
    return Pieces(
        terms=terms[heads],
        firsts=np.full(len(heads), -1, dtype=np.int32),
        codes=np.zeros(len(heads), dtype=np.int8),
        lasts=np.full(len(heads), -1, dtype=np.int32),
        sizes=np.diff(cuts).astype(np.int32),
        data=data,
    )


def _shards(levels: list[Level]) -> tuple[tuple[int, ...], Iterator[bytes]]:
    """The slots with a shard of their own, and the shards of terms of all kinds."""
    count = shard_count(sum(level.bytes_of_terms for level in levels))
    sizes = sum(level.bytes_by_slot(SLOTS * count) for level in levels)
    own = np.flatnonzero(sizes > LARGEST_SLOT)
    shard_of_slot = np.arange(SLOTS * count) % count
    shard_of_slot[own] = count + np.arange(len(own))
    ordered = [level.by_shard(shard_of_slot) for level in levels]
    levels.clear()
    return tuple(own.tolist()), _written(ordered, count + len(own))


def _written(levels: Sequence[Level], count: int) -> Iterator[bytes]:
    """So many shards."""
    for first in range(0, count, _TOGETHER):
        columns = [level.sections(first, min(first + _TOGETHER, count)) for level in levels]
        for sections in zip(*columns, strict=True):
            yield b"".join((*sections, b"\0"))
