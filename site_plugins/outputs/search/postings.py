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

from site_plugins.outputs.search.corpus import Corpus, Numbers

Flags: TypeAlias = NDArray[np.bool_]
Whole: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Occurrences of terms of one length, ordered by term and place; at least one.

    Attributes:
        index: place in the corpus.
        term: number of the term among these, ascending from 0.
        heads: position of each term's first occurrence.
    """

    index: Whole
    term: Whole
    heads: Whole


@dataclass(frozen=True, slots=True)
class TermBatch:
    """Terms of one length with their postings.

    Attributes:
        letters: code points, one row for each term.
        ends: offset in ``data`` behind each term's posting.
        headed: which terms stand in a title or headline.
        common: which terms' texts are listed without offsets.
        data: the postings, one behind the other.
    """

    letters: NDArray[np.uint32]
    ends: Whole
    headed: Flags
    common: Flags
    data: bytes


def text_counts(corpus: Corpus, found: Occurrences) -> Whole:
    """How often each term stands in texts."""
    in_text = (found.index >= corpus.text_start).astype(np.int64)
    return np.add.reduceat(in_text, found.heads)


def write_postings(corpus: Corpus, length: int, found: Occurrences, common: Flags) -> TermBatch:
    """The postings of terms of a length, those of ``common`` terms without offsets in texts."""
    rows = found.index[found.heads][:, None] + np.arange(length)
    headed = found.index[found.heads] < corpus.text_start
    values, firsts = _values(corpus, length, found, common, headed)
    data, ends = varints(values)
    return TermBatch(
        letters=corpus.alphabet[corpus.letters[rows]],
        ends=np.append(ends[firsts[1:] - 1], len(data)),
        headed=headed,
        common=common,
        data=data,
    )


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


def _values(
    corpus: Corpus, length: int, found: Occurrences, common: Flags, headed: Flags
) -> tuple[Whole, Whole]:
    """All numbers of all postings, and the position of each term's first."""
    index, term = found.index, found.term
    field = (index >= corpus.headline_start).view(np.int8) + (index >= corpus.text_start)
    places = corpus.places[index].astype(np.int64)
    owner, offset = places >> corpus.position_bits, places & ((1 << corpus.position_bits) - 1)
    in_title = field == 0
    ends_title = in_title & (corpus.letters[index + length] == 0)
    offset = (offset << in_title) + ends_title
    head = _changes(term)
    new_list = head | _changes(field)
    new_owner = new_list | _changes(owner)
    bare = common[term] & (field == 2)
    if bare.any():
        keep = ~bare | new_owner
        owner, offset, term = owner[keep], offset[keep], term[keep]
        head, new_list, new_owner, bare, in_title, field = (
            flags[keep] for flags in (head, new_list, new_owner, bare, in_title, field)
        )
    skipped = _steps(owner, new_list)
    number = np.where(new_owner, skipped << ~bare, (_steps(offset, new_list) << 1) | 1)
    opens = head & headed[term]
    follows = new_owner & ~bare
    counts = 1 + follows + 2 * opens
    starts = np.cumsum(counts) - counts
    values = np.empty(int(counts.sum()), dtype=np.int64)
    own = starts + 2 * opens
    values[own] = number
    values[own[follows] + 1] = offset[follows]
    firsts = np.flatnonzero(head)
    values[starts[opens]] = np.add.reduceat(in_title.astype(np.int64), firsts)[headed]
    in_headline = (field == 1).astype(np.int64)
    values[starts[opens] + 1] = np.add.reduceat(in_headline, firsts)[headed]
    return values, starts[firsts]


def _changes(values: Numbers | NDArray[np.signedinteger]) -> Flags:
    """True at the first value and wherever a value differs from the one before."""
    changes = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes


def _steps(values: Whole, anew: Flags) -> Whole:
    """Each value's distance from the one before less one; the value itself where a list begins."""
    steps = values.copy()
    steps[1:] -= np.where(anew[1:], 0, values[:-1] + 1)
    return steps
