"""Writes one segment of the index: its texts and its shards."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

from site_plugins.outputs.search.catalogue import Place, SegmentFacts, place_of
from site_plugins.outputs.search.codec import numbered_path
from site_plugins.outputs.search.common_pairs import pairs_of, sampled_passages
from site_plugins.outputs.search.compression import compressed_postings
from site_plugins.outputs.search.documents import SearchDocument
from site_plugins.outputs.search.few import few_shards
from site_plugins.outputs.search.store import ByteStore
from site_plugins.outputs.search.terms import DocumentTerms, PackedTerms, packed
from site_plugins.outputs.search.texts import group_size, passages_of, text_files

FEW = 40
"""Documents up to which plain Python lists their terms faster than numpy is loaded."""


class SegmentWriter:
    """Takes documents in any order, then gives the files of the segment they make.

    The bytes depend on the documents alone, not on their order. A document is kept in about
    four bytes a character until its part has been written.

    Args:
        path: the folder of the segment.
        terms_of: folds a document.
        common: the common pairs in classes; None to find them out.
    """

    def __init__(
        self,
        path: str,
        terms_of: Callable[[SearchDocument], DocumentTerms],
        common: Sequence[str] | None = None,
    ) -> None:
        self._path = path
        self._terms_of = terms_of
        self._common = common
        self._places: list[Place] = []
        self._starts = [0]  # the first passage of each document, as they came
        self._passages = ByteStore()
        self._terms: list[DocumentTerms] = []
        self._packed = ByteStore()  # of each document: title, headlines, passages
        self._characters = 0
        self._facts: SegmentFacts | None = None
        self.addresses: tuple[str, ...] = ()

    def add(self, document: SearchDocument) -> None:
        """Take a document.

        Raises:
            ValueError: its date is neither empty nor of the form ``2022-03-18``.
        """
        terms = self._terms_of(document)
        self._places.append(place_of(document))
        for passage in passages_of(document, terms):
            self._passages.append(passage)
        self._starts.append(len(self._passages))
        self._characters += sum(map(len, document.blocks))
        self._terms.append(terms)
        if len(self._places) > FEW:
            for one in map(packed, self._terms):
                for run in (one.title, one.headlines, *one.passages):
                    self._packed.append(run)
            self._terms.clear()

    @property
    def facts(self) -> SegmentFacts:
        """What the catalogue says of the segment; known when all files have been taken."""
        assert self._facts is not None
        return self._facts

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file of the segment, once: path below ``search/``, and bytes."""
        order = sorted(range(len(self._places)), key=lambda at: self._places[at].key)
        places = [self._places[at] for at in order]
        self.addresses = tuple(place.address for place in places)
        counts = tuple(self._starts[at + 1] - self._starts[at] for at in order)
        group = group_size(self._characters, sum(counts))
        digest = hashlib.blake2b(digest_size=8)
        for number, content in enumerate(text_files(self._taken_passages(order), group)):
            digest.update(content)
            yield numbered_path(self._path, "texts", number), content
        files = 0
        common = self._common if self._common is not None else self._common_pairs(order, counts)
        own, shards = self._shards(order, common)
        for number, shard in enumerate(shards):
            content = compressed_postings(shard)
            digest.update(content)
            yield numbered_path(self._path, "terms", number), content
            files = number + 1
        self._facts = SegmentFacts(
            path=self._path,
            version=digest.hexdigest(),
            shards=files - len(own),
            own=own,
            group=group,
            runs=tuple(place.run for place in places),
            days=tuple(place.day for place in places),
            passages=counts,
            common=tuple(common),
        )

    def _taken_passages(self, order: Iterable[int]) -> Iterator[bytes]:
        for at in order:
            for passage in range(self._starts[at], self._starts[at + 1]):
                yield self._passages[passage]
        self._passages.clear()

    def _common_pairs(self, order: Sequence[int], counts: Sequence[int]) -> tuple[str, ...]:
        """The common pairs in classes."""
        ends = list(accumulate(counts))
        sample = sampled_passages(sum(counts))
        if not sample:
            return ()
        from site_plugins.outputs.search.many_pairs import common_pairs

        def passage(number: int) -> bytes:
            row = bisect_right(ends, number)
            at, within = order[row], number - ends[row] + counts[row]
            if self._terms:
                return packed(self._terms[at]).passages[within]
            return self._packed[self._starts[at] + 2 * at + 2 + within]

        return common_pairs(map(passage, sample), sum(counts))

    def _shards(
        self, order: list[int], common: Iterable[str]
    ) -> tuple[tuple[int, ...], Iterable[bytes]]:
        """The slots that have a shard of their own, and all shards."""
        pairs = pairs_of(common)
        if not len(self._packed):
            return few_shards((self._terms[at] for at in order), pairs)
        from site_plugins.outputs.search.many import many_shards

        def taken() -> Iterator[PackedTerms]:
            for at in order:
                first, last = (self._starts[each] + 2 * each for each in (at, at + 1))
                title, headlines, *passages = map(self._packed.__getitem__, range(first, last))
                yield PackedTerms(title, headlines, tuple(passages))
            self._packed.clear()

        return many_shards(taken(), pairs)
