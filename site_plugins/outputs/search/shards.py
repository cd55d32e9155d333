"""Distributes terms over shards: a term's shard follows from its characters alone.

A shard holds for each length of terms that occurs in it: the length, the number of terms, the
byte length of their characters in UTF-8, those characters one term behind the other, then for
each term ``2 * bytes of its posting + 1 if it stands in a title or headline``, then the
postings (:mod:`site_plugins.outputs.search.postings`). All numbers are varints. A length of 0
ends the shard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from site_plugins.outputs.search.postings import TermBatch, Whole, varints

SHARD_SIZE = 14_000
"""Bytes of a shard before compression at most, on the average."""

_PIECES = 20_000
"""Postings put in order at a time."""


@dataclass(frozen=True, slots=True)
class _Level:
    """All terms of one length, ordered by shard; each field holds one slice for each shard."""

    length: int
    rows: Whole
    letters: str
    sizes: bytes
    size_ends: Whole
    data: bytes
    data_ends: Whole

    def section(self, shard: int) -> bytes:
        """This length's part of a shard, empty where it has none."""
        first, last = int(self.rows[shard]), int(self.rows[shard + 1])
        if first == last:
            return b""
        letters = self.letters[first * self.length : last * self.length].encode()
        head = _numbers(self.length, last - first, len(letters))
        sizes = self.sizes[_end(self.size_ends, first) : _end(self.size_ends, last)]
        data = self.data[_end(self.data_ends, first) : _end(self.data_ends, last)]
        return b"".join((head, letters, sizes, data))


def write_shards(batches: Iterable[TermBatch]) -> Iterator[bytes]:
    """The shards in order, not yet compressed; their number is a power of two."""
    by_length: dict[int, list[TermBatch]] = {}
    total = 0
    for batch in batches:
        length = batch.letters.shape[1]
        by_length.setdefault(length, []).append(batch)
        total += len(batch.data) + (3 * length + 2) * len(batch.ends)
    count = 1 << max(0, (total // SHARD_SIZE).bit_length())
    levels = [_level(length, of_length, count) for length, of_length in by_length.items()]
    for shard in range(count):
        sections = (level.section(shard) for level in levels)
        yield b"".join((*sections, b"\0"))


def term_hashes(letters: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """FNV-1a of each row's code points, its upper half folded into its lower."""
    hashes = np.full(len(letters), 0x811C9DC5, dtype=np.uint32)
    for column in letters.T:
        hashes = (hashes ^ column) * np.uint32(0x01000193)
    return hashes ^ (hashes >> np.uint32(15))


def _level(length: int, batches: Sequence[TermBatch], count: int) -> _Level:
    letters = np.concatenate([batch.letters for batch in batches])
    shards = term_hashes(letters) & np.uint32(count - 1)
    order = np.argsort(shards, kind="stable")
    spans = np.concatenate([np.diff(batch.ends, prepend=0) for batch in batches])
    begins = (np.cumsum(spans) - spans)[order]
    spans = spans[order]
    headed = np.concatenate([batch.headed for batch in batches])[order]
    sizes, size_ends = varints(2 * spans + headed)
    data = np.concatenate([batch.data for batch in batches])
    return _Level(
        length=length,
        rows=np.searchsorted(shards[order], np.arange(count + 1)),
        letters=letters[order].astype("<u4").tobytes().decode("utf-32-le", "replace"),
        sizes=sizes.tobytes(),
        size_ends=size_ends,
        data=b"".join(_gathered(data, begins, spans)),
        data_ends=np.cumsum(spans),
    )


def _gathered(data: NDArray[np.uint8], begins: Whole, spans: Whole) -> Iterator[bytes]:
    """The pieces of data that begin at the offsets and have these lengths, a few at a time."""
    for first in range(0, len(begins), _PIECES):
        lengths = spans[first : first + _PIECES]
        shifts = begins[first : first + _PIECES] - (np.cumsum(lengths) - lengths)
        total = int(lengths.sum())
        yield data[np.repeat(shifts, lengths) + np.arange(total)].tobytes()


def _end(ends: Whole, count: int) -> int:
    """Offset behind the first ``count`` items."""
    return int(ends[count - 1]) if count else 0


def _numbers(*values: int) -> bytes:
    return varints(np.array(values, dtype=np.int64))[0].tobytes()
