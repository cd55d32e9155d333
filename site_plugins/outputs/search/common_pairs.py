"""Which pairs are common: so common that their postings would be most of what a query costs.

What is common is told from some of the passages, evenly spread over all, so that it is known before
any postings are written. It depends on the documents alone, is noted in the catalogue, and stays
until everything is written anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

LEAST_PASSAGES = 1000
"""A pair that stands in fewer passages is not common: its posting is short as it is."""

LEAST_SHARE = 0.1
"""Nor is one that stands in a smaller part of the passages."""

SAMPLE = 2000
"""Passages that are looked at, about."""

MOST = 2048
"""Common pairs at most: the catalogue lists them."""

CLASSES = (0.5, 0.25, 0.0)
"""Parts of the passages above which a common pair is of the first class, the second, the third."""


def sampled_passages(count: int) -> Sequence[int]:
    """Which of so many passages are looked at; none of few."""
    if count < LEAST_PASSAGES:
        return ()
    some = min(count, SAMPLE)
    return [at * count // some for at in range(some)]


def least_hits(sampled: int, count: int) -> float:
    """In how many of the sampled passages a common pair stands at least, of so many passages."""
    return max(LEAST_SHARE, LEAST_PASSAGES / count) * sampled


def pairs_of(classes: Iterable[str]) -> frozenset[str]:
    """The pairs that stand one behind the other in some strings."""
    return frozenset(some[at : at + 2] for some in classes for at in range(0, len(some), 2))
