"""Distributes whole postings over shards."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from site_plugins.outputs.search.codec import UNITS, bytes_beside, number_bytes
from site_plugins.outputs.search.pieces import Pieces, Terms, Whole, gathered
from site_plugins.outputs.search.varints import varints


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
        data = gathered(self.data, self.begins[inside], spans).tobytes()
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


def level_of(kind: int, whole: Pieces, mapped: NDArray[np.bool_]) -> Level:
    """The level of whole postings of a kind, some of which are maps."""
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
