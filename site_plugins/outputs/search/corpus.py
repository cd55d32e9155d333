"""Lays the folded runs of all documents end to end, as arrays of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from site_plugins.outputs.search.terms import DocumentTerms

Numbers: TypeAlias = NDArray[np.unsignedinteger]

_BATCH = 500
"""Strings turned into numbers at a time."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """All titles, then all headlines, then all passages, each run followed by a break.

    A run has an owner. The owners of titles are numbered from 0, those of headlines from
    ``documents``, the passages from ``2 * documents``. A *place* is a number that tells the
    owner and the offset in its run: ``owner << offset_bits | offset``.

    Attributes:
        alphabet: code point of each letter number; number 0 is the break.
        letters: the runs, one behind the other, in letter numbers.
        starts: where each owner's run begins in ``letters``.
        offset_bits: how many bits an offset takes.
        documents: how many there are.
    """

    alphabet: NDArray[np.uint32]
    letters: Numbers
    starts: NDArray[np.int64]
    offset_bits: int
    documents: int

    @property
    def text_start(self) -> int:
        """Where the passages begin in ``letters``."""
        first = 2 * self.documents
        return int(self.starts[first]) if first < len(self.starts) else len(self.letters)

    @property
    def passages(self) -> int:
        """How many there are."""
        return len(self.starts) - 2 * self.documents

    def places(self, index: NDArray[np.integer]) -> NDArray[np.uint64]:
        """The places of ascending positions in ``letters``."""
        counts = np.diff(np.searchsorted(index, self.starts), append=len(index))
        owners = np.arange(len(self.starts), dtype=np.int64)
        shifts = (owners << self.offset_bits) - self.starts
        return (index + np.repeat(shifts, counts)).astype(np.uint64)


def lay_out(terms: Sequence[DocumentTerms]) -> Corpus:
    """The corpus of documents in their final order; passages are numbered in that order."""
    titles = [_run([one.title]) for one in terms]
    headlines = [_run(one.headlines) for one in terms]
    texts = [_run(blocks) for one in terms for blocks in one.passages]
    runs = [*titles, *headlines, *texts]
    alphabet, letters = _letters(runs)
    lengths = np.fromiter(map(len, runs), np.int64, len(runs))
    return Corpus(
        alphabet=alphabet,
        letters=letters,
        starts=np.cumsum(lengths) - lengths,
        offset_bits=int(lengths.max(initial=0)).bit_length(),
        documents=len(terms),
    )


def _run(blocks: Iterable[str]) -> str:
    """Blocks with a break behind each: nothing is found across a break."""
    return "".join(f"{block}\0" for block in blocks)


def _letters(runs: Sequence[str]) -> tuple[NDArray[np.uint32], Numbers]:
    """The alphabet in code point order, and the runs written with its numbers."""
    occurs = np.zeros(0x110000, dtype=np.bool_)
    occurs[0] = True
    for batch in _code_points(runs):
        occurs[batch] = True
    alphabet = np.flatnonzero(occurs).astype(np.uint32)
    kind = np.uint16 if len(alphabet) <= 0xFFFF else np.uint32
    numbers = np.zeros(0x110000, dtype=kind)
    numbers[alphabet] = np.arange(len(alphabet), dtype=kind)
    batches = [numbers[batch] for batch in _code_points(runs)]
    return alphabet, np.concatenate([numbers[:0], *batches])


def _code_points(runs: Sequence[str]) -> Iterator[NDArray[np.uint32]]:
    for first in range(0, len(runs), _BATCH):
        joined = "".join(runs[first : first + _BATCH])
        yield np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4")
