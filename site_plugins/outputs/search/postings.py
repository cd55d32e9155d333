"""Writes the occurrences of terms as bytes: where each term stands, in as few bytes as is easy.

The posting of one term is a series of varints (seven bits a byte, lowest first):

* if the term stands in a title or a headline: the number of its occurrences in titles, and the
  number in headlines;
* its occurrences in titles, then those in headlines, then those in texts. A number ``n`` below:

  - even: the next owner (document in titles and headlines, passage in texts), ``n / 2`` owners
    are skipped; the offset within the owner's run follows;
  - odd: the same owner again, ``(n - 1) / 2`` offsets are skipped.

  Offsets in titles are doubled, plus one where the term ends the title.
* the occurrences of a common term in texts are its passages alone: ``n`` passages are skipped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from site_plugins.outputs.search.corpus import Corpus

Flags: TypeAlias = NDArray[np.bool_]
Whole: TypeAlias = NDArray[np.signedinteger]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Occurrences of terms of one length, ordered by term and place; at least one.

    Attributes:
        places: where they are, see ``Corpus``.
        term: number of the term among these, ascending from 0.
        heads: position of each term's first occurrence.
    """

    places: NDArray[np.uint64]
    term: Whole
    heads: Whole


@dataclass(frozen=True, slots=True)
class TermBatch:
    """Terms of one length with their postings.

    Attributes:
        letters: code points, one row for each term.
        sizes: bytes of each term's posting.
        headed: which terms stand in a title or headline.
        common: which terms' texts are listed without offsets.
        data: the postings, one behind the other.
    """

    letters: NDArray[np.uint32]
    sizes: NDArray[np.int32]
    headed: Flags
    common: Flags
    data: NDArray[np.uint8]


def text_counts(corpus: Corpus, found: Occurrences) -> Whole:
    """How often each term stands in texts."""
    in_text = found.places >= _text_place(corpus)
    return np.add.reduceat(in_text.astype(np.int64), found.heads)


def indexes(corpus: Corpus, places: NDArray[np.uint64]) -> Whole:
    """The positions in ``corpus.letters`` of places."""
    owners = (places >> np.uint64(corpus.offset_bits)).astype(np.int64)
    offsets = places & np.uint64((1 << corpus.offset_bits) - 1)
    return corpus.starts[owners] + offsets.astype(np.int64)


def write_postings(corpus: Corpus, length: int, found: Occurrences, common: Flags) -> TermBatch:
    """The postings of terms of a length, those of ``common`` terms without offsets in texts."""
    firsts = found.places[found.heads]
    rows = indexes(corpus, firsts)[:, None] + np.arange(length)
    values, starts = _values(corpus, length, found, common)
    data, ends = varints(values)
    return TermBatch(
        letters=corpus.alphabet[corpus.letters[rows]],
        sizes=np.diff(ends[starts[1:] - 1], prepend=0, append=len(data)).astype(np.int32),
        headed=firsts < _text_place(corpus),
        common=common,
        data=data,
    )


def _text_place(corpus: Corpus) -> np.uint64:
    """The first place in texts."""
    return np.uint64(2 * corpus.documents << corpus.offset_bits)


def varints(values: Whole) -> tuple[NDArray[np.uint8], Whole]:
    """Whole numbers as varints, and the offset behind each."""
    sizes = np.ones(len(values), dtype=np.int32)
    longer: list[tuple[Whole, Whole]] = []
    at = np.flatnonzero(values >= 128)
    rest = values[at] >> 7
    while len(at):
        sizes[at] += 1
        longer.append((at, rest))
        more = np.flatnonzero(rest >= 128)
        at, rest = at[more], rest[more] >> 7
    ends = np.cumsum(sizes)
    out = np.empty(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    starts = ends - sizes
    out[starts] = values | ((values >= 128) << 7)
    for number, (at, rest) in enumerate(longer, start=1):
        out[starts[at] + number] = rest | ((rest >= 128) << 7)
    return out, ends


def _values(corpus: Corpus, length: int, found: Occurrences, common: Flags) -> tuple[Whole, Whole]:
    """All numbers of all postings, and the position of each term's first."""
    places = found.places
    owner = (places >> np.uint64(corpus.offset_bits)).astype(np.int32)
    head = np.zeros(len(places), dtype=np.bool_)
    head[found.heads] = True
    new_owner = head | _changes(owner)
    bare = common[found.term] & (owner >= 2 * corpus.documents)
    if bare.any():
        kept = np.flatnonzero(new_owner | ~bare)
        places, owner = places[kept], owner[kept]
        head, new_owner, bare = head[kept], new_owner[kept], bare[kept]
    offset = (places & np.uint64((1 << corpus.offset_bits) - 1)).astype(np.int32)
    field = (owner >= corpus.documents).view(np.int8) + (owner >= 2 * corpus.documents)
    titled = np.flatnonzero(field == 0)
    ends_title = corpus.letters[indexes(corpus, places[titled]) + length] == 0
    offset[titled] = 2 * offset[titled] + ends_title
    new_list = np.flatnonzero(head | _changes(field))
    skipped = np.diff(owner, prepend=0) - 1
    skipped[new_list] = owner[new_list] - field[new_list] * np.int32(corpus.documents)
    number = np.where(new_owner, skipped << ~bare, (np.diff(offset, prepend=0) << 1) - 1)
    return _interleaved(number, offset, new_owner & ~bare, np.flatnonzero(head), field)


def _interleaved(
    number: Whole, offset: Whole, follows: Flags, heads: Whole, field: NDArray[np.int8]
) -> tuple[Whole, Whole]:
    """Numbers, each with its offset where that ``follows``, after the counts of a headed term."""
    in_title = np.add.reduceat((field == 0).astype(np.int32), heads)
    in_headline = np.add.reduceat((field == 1).astype(np.int32), heads)
    headed = np.flatnonzero(in_title + in_headline)
    counts = 1 + follows.astype(np.int32)
    counts[heads[headed]] += 2
    starts = np.cumsum(counts) - counts
    values = np.empty(int(counts.sum()), dtype=np.int32)
    firsts = starts[heads]
    values[firsts[headed]] = in_title[headed]
    values[firsts[headed] + 1] = in_headline[headed]
    starts[heads[headed]] += 2
    values[starts] = number
    followed = np.flatnonzero(follows)
    values[starts[followed] + 1] = offset[followed]
    return values, firsts


def _changes(values: NDArray[np.signedinteger]) -> Flags:
    """True at the first value and wherever a value differs from the one before."""
    changes = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes
