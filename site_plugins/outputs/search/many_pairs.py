"""Counts pairs in arrays of units, and tells the common ones there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from site_plugins.outputs.search.common_pairs import CLASSES, MOST, least_hits


def common_pairs(sample: Iterable[bytes], count: int) -> tuple[str, ...]:
    """The common pairs one behind the other in classes, the commonest first.

    Args:
        sample: the passages of :func:`sampled_passages`, in UTF-16 with a zero behind each block.
        count: how many passages there are.
    """
    runs = list(sample)
    if not runs:
        return ()
    letters: NDArray[np.uint16] = np.frombuffer(b"".join(runs), dtype="<u2")
    lengths = np.fromiter(map(len, runs), np.int64, len(runs)) // 2
    owners = np.repeat(np.arange(len(runs), dtype=np.uint64), lengths)
    at = np.flatnonzero(_is_whole(letters[:-1]) & _is_whole(letters[1:]))
    keys = letters[at].astype(np.uint64) << np.uint64(48)
    keys |= letters[at + 1].astype(np.uint64) << np.uint64(32) | owners[at]
    keys.sort()
    pairs = keys[np.diff(keys, prepend=np.uint64(0)) > 0] >> np.uint64(32)
    heads = np.flatnonzero(np.diff(pairs, prepend=np.uint64(0)))
    pairs, hits = pairs[heads], np.diff(heads, append=len(pairs))
    enough = hits >= least_hits(len(runs), count)
    pairs, hits = pairs[enough], hits[enough]
    order = np.lexsort((pairs, -hits))[:MOST]
    pairs, shares = pairs[order].tolist(), (hits[order] / len(runs)).tolist()
    classes: list[list[str]] = [[] for _ in CLASSES]
    for pair, share in zip(pairs, shares, strict=True):
        number = next(at for at, least in enumerate(CLASSES) if share >= least)
        classes[number].append(chr(pair >> 16) + chr(pair & 0xFFFF))
    return tuple("".join(sorted(some)) for some in classes)


@dataclass(frozen=True, slots=True)
class PairTable:
    """Tells common pairs in arrays of units.

    Attributes:
        firsts: for each unit the number of those that begin a common pair, else 0.
        seconds: the same of those that end one.
        together: by both numbers, whether they are a common pair.
    """

    firsts: NDArray[np.uint16]
    seconds: NDArray[np.uint16]
    together: NDArray[np.bool_]

    @classmethod
    def of(cls, pairs: Iterable[str]) -> PairTable:
        """The table of these pairs."""
        every = list(pairs)
        tables = np.zeros((2, 1 << 16), dtype=np.uint16)
        for at, table in enumerate(tables):
            units = sorted({ord(pair[at]) for pair in every})
            table[units] = np.arange(1, len(units) + 1)
        together = np.zeros(tables.max(axis=1) + 1, dtype=np.bool_)
        for pair in every:
            together[tables[0, ord(pair[0])], tables[1, ord(pair[1])]] = True
        return cls(tables[0], tables[1], together)

    def begin(self, letters: NDArray[np.uint16]) -> NDArray[np.bool_]:
        """For each unit but the last whether a common pair begins there."""
        inside: NDArray[np.bool_] = self.together[
            self.firsts[letters[:-1]], self.seconds[letters[1:]]
        ]
        return inside


def _is_whole(letters: NDArray[np.uint16]) -> NDArray[np.bool_]:
    """Whether a unit is a character: neither the end of a block nor half of one."""
    return (letters > 0) & ((letters < 0xD800) | (letters > 0xDFFF))
