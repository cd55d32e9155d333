"""Lists the terms of a few documents in plain Python.

Gives the very bytes of :mod:`site_plugins.outputs.search.many`, slower for many documents, but
without loading numpy, which takes longer than to list the terms of some dozens.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import compress
from operator import add, or_

from site_plugins.outputs.search.codec import (
    ANYWHERE,
    LARGEST_SLOT,
    OFFSETS,
    Listed,
    Posting,
    bytes_beside,
    kind_of,
    listed,
    shard_bytes,
    shard_count,
    shard_of,
    slot_of,
    units,
)
from site_plugins.outputs.search.terms import DocumentTerms
from site_plugins.outputs.search.title_keys import is_private


def few_shards(
    terms: Iterable[DocumentTerms], common: Set[str]
) -> tuple[tuple[int, ...], list[bytes]]:
    """The shards of documents in the order of their numbers, not compressed.

    Args:
        terms: of each document.
        common: the common pairs.

    Returns:
        the slots that have a shard of their own, and all shards.
    """
    postings: defaultdict[str, Posting] = defaultdict(Posting)
    passage = 0
    for number, one in enumerate(terms):
        for term, places in title_places(one, common).items():
            postings[term].titles += [(number, offset) for offset in places]
        for term, places in headline_places(one, common).items():
            postings[term].headlines += [(number, offset) for offset in places]
        for blocks in one.passages:
            for term, bits in text_terms(blocks, common).items():
                postings[term].passages.append((passage, bits))
            passage += 1
    return _distributed(
        {
            term: listed(each, kind_of(term, len(each.passages), common))
            for term, each in postings.items()
        }
    )


def every_term(terms: DocumentTerms, common: Set[str]) -> set[str]:
    """All terms of a document, without where they stand: many are asked for at an update."""
    found = {
        term for term in _terms_of(terms.headlines, common) if len(term) > 1 or not is_private(term)
    }
    for blocks in ((terms.title,), *terms.passages):
        found |= _terms_of(blocks, common)
    return found


def _terms_of(blocks: Iterable[str], common: Set[str]) -> set[str]:
    """The terms of blocks; done by functions in C, one call for all of a block."""
    found: set[str] = set()
    for block in map(units, blocks):
        pairs = list(map(add, block, block[1:]))
        found.update(block)
        found.update(pairs)
        if common:
            triples = map(add, pairs, block[2:])
            are_common = list(map(common.__contains__, pairs))
            found.update(compress(triples, map(or_, are_common, are_common[1:])))
    return found


def title_places(terms: DocumentTerms, common: Set[str]) -> dict[str, list[int]]:
    """Offsets of the title's terms, doubled, plus one where a term ends the title."""
    title = units(terms.title)
    return _offsets([title], common, lambda at, length: 2 * at + (at + length == len(title)))


def headline_places(terms: DocumentTerms, common: Set[str]) -> dict[str, list[int]]:
    """Offsets of the headlines' terms."""
    places = _offsets(map(units, terms.headlines), common, lambda at, _: at)
    return {term: at for term, at in places.items() if len(term) > 1 or not is_private(term)}


def text_terms(blocks: Sequence[str], common: Set[str]) -> dict[str, int]:
    """The terms of a passage, and the bits of the offsets of pairs and triples."""
    found: dict[str, int] = {}
    start = 0
    for block in map(units, blocks):
        found.update(dict.fromkeys(block, 0))
        for at, term in enumerate(map(str.__add__, block, block[1:]), start):
            found[term] = found.get(term, 0) | 1 << at % OFFSETS
        if common:
            for at in _triples(block, common):
                term = block[at : at + 3]
                found[term] = found.get(term, 0) | 1 << (start + at) % OFFSETS
        start += len(block) + 1
    return {term: ANYWHERE if bits.bit_count() > 2 else bits for term, bits in found.items()}


def _triples(block: str, common: Set[str]) -> Iterator[int]:
    """Where in a block three units begin that hold a common pair."""
    before = block[:2] in common
    for at in range(len(block) - 2):
        after = block[at + 1 : at + 3] in common
        if before or after:
            yield at
        before = after


def _offsets(
    blocks: Iterable[str], common: Set[str], place: Callable[[int, int], int]
) -> dict[str, list[int]]:
    """The places of all terms of blocks that lie one unit apart."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    start = 0
    for block in blocks:
        for at, unit in enumerate(block):
            found[unit].append(place(start + at, 1))
            if at + 1 < len(block):
                found[block[at : at + 2]].append(place(start + at, 2))
        if common:
            for at in _triples(block, common):
                found[block[at : at + 3]].append(place(start + at, 3))
        start += len(block) + 1
    return found


def _distributed(postings: Mapping[str, Listed]) -> tuple[tuple[int, ...], list[bytes]]:
    """The shards of these terms, and the slots with a shard of their own."""
    sizes = {term: bytes_beside(len(term)) + len(each.data) for term, each in postings.items()}
    count = shard_count(sum(sizes.values()))
    slots: defaultdict[int, int] = defaultdict(int)
    for term, size in sizes.items():
        slots[slot_of(term, count)] += size
    own = tuple(sorted(slot for slot, size in slots.items() if size > LARGEST_SLOT))
    shards: list[dict[str, Listed]] = [{} for _ in range(count + len(own))]
    for term, each in postings.items():
        shards[shard_of(term, count, own)][term] = each
    return own, [shard_bytes(shard) for shard in shards]
