"""Lists the terms of many documents, in arrays of numbers and in bounded memory.

Documents come in the order of their numbers and are read in portions. A portion gives for each
of its terms a *piece* of the posting; at the end the pieces of a term are joined. Pieces take
about as much room as the postings, so that nothing grows with the length of all texts but these.
The format is that of :mod:`site_plugins.outputs.search.codec`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from site_plugins.domain.readings import END_OF_READINGS, FIRST_SYLLABLE
from site_plugins.outputs.search.codec import shard_count
from site_plugins.outputs.search.pieces import Level, Pieces, Terms, Whole, joined
from site_plugins.outputs.search.terms import PackedTerms
from site_plugins.outputs.search.varints import varints

Units: TypeAlias = NDArray[np.uint16]

_PORTION = 8_000_000
"""Units of text read at a time."""

_MOST_PASSAGES = 1 << 16
"""Passages of a portion at most: their numbers within the portion take 16 bits."""

_TOGETHER = 64
"""Shards put together at a time."""


def many_shards(terms: Iterable[PackedTerms]) -> Iterator[bytes]:
    """The shards of documents in the order of their numbers, not compressed."""
    titles: list[bytes] = []
    headlines: list[bytes] = []
    texts: list[bytes] = []
    pieces: dict[int, list[Pieces]] = {1: [], 2: []}
    length = passages = 0
    for one in terms:
        titles.append(one.title)
        headlines.append(one.headlines)
        for run in one.passages:
            if length + len(run) > 2 * _PORTION or len(texts) == _MOST_PASSAGES:
                _read_texts(texts, passages, pieces)
                passages += len(texts)
                length = 0
                texts.clear()
            texts.append(run)
            length += len(run)
    _read_texts(texts, passages, pieces)
    texts.clear()
    _read_heads(titles, headlines, pieces)
    titles.clear()
    headlines.clear()
    yield from _shards([joined(length, pieces.pop(length)) for length in (1, 2)])


def _laid_out(runs: list[bytes]) -> tuple[Units, Terms, Whole]:
    """Runs one behind the other: units, the number of each unit's run, the runs' starts."""
    letters: Units = np.frombuffer(b"".join(runs), dtype="<u2")
    lengths = np.fromiter(map(len, runs), np.int64, len(runs)) // 2
    owners = np.repeat(np.arange(len(runs), dtype=np.uint32), lengths)
    return letters, owners, np.cumsum(lengths) - lengths


def _read_texts(runs: list[bytes], first: int, pieces: dict[int, list[Pieces]]) -> None:
    """Add the pieces of a portion of passages, the first of which has the number ``first``."""
    if not runs:
        return
    letters, owners, _ = _laid_out(runs)
    at = np.flatnonzero(letters)
    keys = letters[at].astype(np.uint32) << np.uint32(16) | owners[at]
    pieces[1].append(_text_pieces(keys, first))
    del keys
    at = at[letters[np.minimum(at + 1, len(letters) - 1)] > 0]
    pairs = letters[at].astype(np.uint64) << np.uint64(32)
    pairs |= letters[at + 1].astype(np.uint64) << np.uint64(16)
    pairs |= owners[at]
    del letters, owners, at
    pieces[2].append(_text_pieces(pairs, first))


def _text_pieces(keys: NDArray[np.uint32] | NDArray[np.uint64], first: int) -> Pieces:
    """Pieces of keys that are ``term << 16 | passage``, in any order and repeated."""
    keys.sort()
    keys = keys[_changes(keys)]
    terms = (keys >> keys.dtype.type(16)).astype(np.uint32)
    passages = (keys & keys.dtype.type(0xFFFF)).astype(np.int32) + first
    del keys
    begins = _changes(terms)
    heads = np.flatnonzero(begins)
    rest = np.flatnonzero(~begins)
    data, ends = varints(passages[rest] - passages[rest - 1] - 1)
    cuts = np.concatenate(([0], ends))
    counts = np.diff(heads, append=len(terms)) - 1
    last = np.cumsum(counts)
    return Pieces(
        terms=terms[heads],
        firsts=passages[heads],
        lasts=passages[heads + counts],
        sizes=(cuts[last] - cuts[last - counts]).astype(np.int32),
        data=data,
    )


def _read_heads(
    titles: list[bytes], headlines: list[bytes], pieces: dict[int, list[Pieces]]
) -> None:
    """Put the pieces of titles and headlines before those of texts."""
    letters, owners, starts = _laid_out([*titles, *headlines])
    offsets = np.arange(len(letters), dtype=np.int64) - starts[owners]
    at = np.flatnonzero(letters)
    for length in (1, 2):
        if length == 2:
            at = at[letters[np.minimum(at + 1, len(letters) - 1)] > 0]
            terms = letters[at].astype(np.uint32) << np.uint32(16) | letters[at + 1]
        else:
            terms = letters[at].astype(np.uint32)
        own, offset = owners[at].astype(np.int64), offsets[at]
        in_title = own < len(titles)
        ends_title = letters[at + length] == 0
        offset = np.where(in_title, 2 * offset + ends_title, offset)
        if length == 1:
            reading = (terms >= FIRST_SYLLABLE) & (terms < END_OF_READINGS) & ~in_title
            kept = np.flatnonzero(~reading)
            terms, own, offset = terms[kept], own[kept], offset[kept]
        order = np.argsort(terms, kind="stable")
        if len(order):
            heads = _head_pieces(terms[order], own[order], offset[order], len(titles))
            pieces[length].insert(0, heads)


def _head_pieces(terms: Terms, owners: Whole, offsets: Whole, documents: int) -> Pieces:
    """The pieces of occurrences in titles and headlines, ordered by term and place.

    Args:
        terms: of each occurrence.
        owners: the document for a title, the document plus ``documents`` for its headlines.
        offsets: as the posting has them.
        documents: how many there are.
    """
    new_term = _changes(terms)
    in_headline = owners >= documents
    new_list = new_term | _changes(in_headline)
    new_owner = new_list | _changes(owners)
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
        lasts=np.full(len(heads), -1, dtype=np.int32),
        sizes=np.diff(cuts).astype(np.int32),
        data=data,
    )


def _shards(levels: list[Level]) -> Iterator[bytes]:
    """The shards of terms of one unit and of two."""
    total = sum(level.bytes_of_terms for level in levels)
    count = shard_count(total)
    ordered = [level.by_shard(count) for level in levels]
    levels.clear()
    for first in range(0, count, _TOGETHER):
        columns = [level.sections(first, min(first + _TOGETHER, count)) for level in ordered]
        for sections in zip(*columns, strict=True):
            yield b"".join((*sections, b"\0"))


def _changes(values: NDArray[np.generic]) -> NDArray[np.bool_]:
    """True at the first value and wherever a value differs from the one before."""
    changes = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes
