"""Counts pairs in arrays of units, and tells the common ones there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from site_plugins.outputs.search.common_pairs import CLASSES, MOST, least_hits
from site_plugins.outputs.search.ordering import (
    Units,
    by_unit,
    changes,
    laid_out,
    one_before,
    terms_at,
)
from site_plugins.outputs.search.pieces import Terms, Whole

_AT_ONCE = 500
"""Passages whose pairs are counted at a time: what fits the processor's caches is put in order
fastest."""


def common_pairs(sample: Iterable[bytes], count: int) -> tuple[str, ...]:
    """The common pairs one behind the other in classes, the commonest first.

    Args:
        sample: the passages of :func:`sampled_passages`, in UTF-16 with a zero behind each block.
        count: how many passages there are.
    """
    runs = list(sample)
    if not runs:
        return ()
    counted = [_counted(runs[at : at + _AT_ONCE]) for at in range(0, len(runs), _AT_ONCE)]
    pairs = np.concatenate([some for some, _ in counted])
    order = np.argsort(pairs, kind="stable")
    pairs = pairs[order]
    heads = np.flatnonzero(changes(pairs))
    if not len(heads):
        return ()
    hits = np.add.reduceat(np.concatenate([some for _, some in counted])[order], heads)
    pairs = pairs[heads]
    enough = hits >= least_hits(len(runs), count)
    pairs, hits = pairs[enough], hits[enough]
    order = np.lexsort((pairs, -hits))[:MOST]
    pairs, shares = pairs[order].tolist(), (hits[order] / len(runs)).tolist()
    classes: list[list[str]] = [[] for _ in CLASSES]
    for pair, share in zip(pairs, shares, strict=True):
        number = next(at for at, least in enumerate(CLASSES) if share >= least)
        classes[number].append(chr(pair >> 16) + chr(pair & 0xFFFF))
    return tuple("".join(sorted(some)) for some in classes)


def _counted(runs: Sequence[bytes]) -> tuple[Terms, Whole]:
    """The pairs of whole characters in some passages, and in how many each stands."""
    letters, owners, _ = laid_out(runs)
    begins = _is_whole(letters[:-1]) & _is_whole(letters[1:])
    at = one_before(by_unit(letters), begins, letters)
    pairs, owners = terms_at(at, 2, letters), owners[at]
    pairs = pairs[np.flatnonzero(changes(pairs) | changes(owners))]
    heads = np.flatnonzero(changes(pairs))
    return pairs[heads], np.diff(heads, append=len(pairs))


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

    def begin(self, letters: Units) -> NDArray[np.bool_]:
        """For each unit but the last whether a common pair begins there."""
        inside: NDArray[np.bool_] = self.together[
            self.firsts[letters[:-1]], self.seconds[letters[1:]]
        ]
        return inside


def _is_whole(letters: Units) -> NDArray[np.bool_]:
    """Whether a unit is a character: neither the end of a block nor half of one."""
    return (letters > 0) & ((letters < 0xD800) | (letters > 0xDFFF))
