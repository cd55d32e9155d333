"""Distributes terms over shards: a term's shard follows from its characters alone.

A shard holds for each length of terms that occurs in it: the length, the number of terms, the
byte length of their characters in UTF-8, those characters one term behind the other, then for
each term ``2 * bytes of its posting + 1 if it stands in a title or headline``, then the
postings (:mod:`site_plugins.outputs.search.postings`). All numbers are varints. A length of 0
ends the shard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from site_plugins.outputs.search.postings import Flags, TermBatch, Whole, varints

SHARD_SIZE = 14_000
"""Bytes of a shard before compression at most, on the average."""

_TOGETHER = 64
"""Shards put together at a time."""


@dataclass(frozen=True, slots=True)
class _Level:
    """All terms of one length, ordered by shard.

    Attributes:
        length: characters of each term.
        rows: the first term of each shard, and the number of terms.
        letters: the terms' characters.
        begins, spans: where each term's posting lies in ``data``, which is not ordered.
        headed: which terms stand in a title or headline.
    """

    length: int
    rows: Whole
    letters: str
    begins: Whole
    spans: Whole
    headed: Flags
    data: NDArray[np.uint8]

    def sections(self, first: int, last: int) -> list[bytes]:
        """This length's part of each shard from ``first`` to before ``last``, empty for none."""
        rows = self.rows[first : last + 1]
        spans = self.spans[rows[0] : rows[-1]]
        shifts = self.begins[rows[0] : rows[-1]] - (np.cumsum(spans) - spans)
        data = self.data[np.repeat(shifts, spans) + np.arange(int(spans.sum()))].tobytes()
        sizes, size_ends = varints(2 * spans + self.headed[rows[0] : rows[-1]])
        at = rows - rows[0]
        data_cuts = np.concatenate(([0], np.cumsum(spans)))[at].tolist()
        size_cuts = np.concatenate(([0], size_ends))[at].tolist()
        size_bytes = sizes.tobytes()
        sections = []
        for shard, (low, high) in enumerate(pairwise(rows.tolist())):
            letters = self.letters[low * self.length : high * self.length].encode()
            sections.append(
                _numbers(self.length, high - low, len(letters))
                + letters
                + size_bytes[size_cuts[shard] : size_cuts[shard + 1]]
                + data[data_cuts[shard] : data_cuts[shard + 1]]
                if high > low
                else b""
            )
        return sections


def write_shards(batches: Iterable[TermBatch]) -> Iterator[bytes]:
    """The shards in order, not yet compressed; their number is a power of two."""
    by_length: dict[int, list[TermBatch]] = {}
    total = 0
    for batch in batches:
        length = batch.letters.shape[1]
        by_length.setdefault(length, []).append(batch)
        total += len(batch.data) + (3 * length + 2) * len(batch.sizes)
    count = 1 << max(0, (total // SHARD_SIZE).bit_length())
    levels = [_level(length, by_length.pop(length), count) for length in sorted(by_length)]
    for first in range(0, count, _TOGETHER):
        columns = [level.sections(first, min(first + _TOGETHER, count)) for level in levels]
        for sections in zip(*columns, strict=True):
            yield b"".join((*sections, b"\0"))
    if not levels:
        yield b"\0"


def term_hashes(letters: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """FNV-1a of each row's code points, its upper half folded into its lower."""
    hashes = np.full(len(letters), 0x811C9DC5, dtype=np.uint32)
    for column in letters.T:
        hashes = (hashes ^ column) * np.uint32(0x01000193)
    return hashes ^ (hashes >> np.uint32(15))


def joined_terms(letters: NDArray[np.uint32]) -> str:
    """The terms of these code points, one behind the other."""
    return letters.astype("<u4").tobytes().decode("utf-32-le", "replace")


def _level(length: int, batches: list[TermBatch], count: int) -> _Level:
    """The terms of one length by shard; empties the list, for the postings are large."""
    letters = np.concatenate([batch.letters for batch in batches])
    shards = term_hashes(letters) & np.uint32(count - 1)
    order = np.argsort(shards, kind="stable")
    spans = np.concatenate([batch.sizes for batch in batches])
    headed = np.concatenate([batch.headed for batch in batches])
    data = np.concatenate([batch.data for batch in batches])
    batches.clear()
    return _Level(
        length=length,
        rows=np.searchsorted(shards[order], np.arange(count + 1)),
        letters=joined_terms(letters[order]),
        begins=(np.cumsum(spans) - spans)[order],
        spans=spans[order],
        headed=headed[order],
        data=data,
    )


def _numbers(*values: int) -> bytes:
    """A few numbers as varints."""
    written = bytearray()
    for value in values:
        rest = value
        while rest > 127:
            written.append(rest & 127 | 128)
            rest >>= 7
        written.append(rest)
    return bytes(written)
