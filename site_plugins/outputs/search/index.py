"""Builds the search index: the catalogue, the shards of terms, and the texts for excerpts.

Below ``search/`` lie, all of them gzip files with the ending ``.bin``:

* ``catalogue.bin``: JSON, see :mod:`site_plugins.outputs.search.catalogue`;
* ``base/terms/<high>/<low>.bin``: shards, see :mod:`site_plugins.outputs.search.shards`;
* ``base/texts/<high>/<low>.bin``: JSON, a few passages each, the newest documents first:
  ``[address, title, headlines, blocks]``; headlines only with a document's first passage.

``<high>`` and ``<low>`` are the number's parts above and of its lowest eight bits, in
hexadecimal. ``base`` is the first of the segments that the catalogue lists; each of them is
complete in itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence

from site_plugins.outputs.search.catalogue import catalogue, day_number, in_order, segment
from site_plugins.outputs.search.compression import compressed
from site_plugins.outputs.search.corpus import lay_out
from site_plugins.outputs.search.documents import SearchDocument, SearchLabels
from site_plugins.outputs.search.grams import FEWEST_FOR_COMMON, term_batches
from site_plugins.outputs.search.postings import TermBatch
from site_plugins.outputs.search.shards import joined_terms, write_shards
from site_plugins.outputs.search.terms import DocumentTerms, document_terms

GROUP_LENGTH = 2000
"""Characters of a file of texts, on the average: an excerpt costs one such file."""

LARGEST_GROUP = 8
"""Passages in a file of texts at most."""

_BASE = "base"


def build_index(
    documents: Iterable[SearchDocument],
    labels: SearchLabels,
    terms_of: Callable[[SearchDocument], DocumentTerms] = document_terms,
    fewest_for_common: int = FEWEST_FOR_COMMON,
) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the index: path below ``search/``, and bytes.

    The bytes depend on the documents and labels alone, not on the documents' order. Every file
    is yielded once, the catalogue last: who writes them in this order never leaves a catalogue
    without its files.

    Args:
        documents: what is searched; addresses differ.
        labels: names for the search page's filters.
        terms_of: folds a document; pass a caching one to fold only what changed.
        fewest_for_common: see :mod:`site_plugins.outputs.search.grams`; smaller in tests.

    Raises:
        ValueError: a document's date is neither empty nor of the form ``2022-03-18``.
    """
    ordered = in_order(documents)
    terms = [terms_of(document) for document in ordered]
    digest = hashlib.blake2b(digest_size=8)
    group = _group_size(ordered, terms)
    count = 0
    for number, content in enumerate(_texts(ordered, terms, group)):
        digest.update(content)
        yield _path("texts", number), content
    corpus = lay_out(terms)
    passages = [len(one.passages) for one in terms]
    del terms
    common: dict[int, str] = {}
    batches = _noting(term_batches(corpus, fewest_for_common), common)
    del corpus
    for number, shard in enumerate(write_shards(batches)):
        content = compressed(shard)
        digest.update(content)
        yield _path("terms", number), content
        count = number + 1
    numbers = {"shards": count, "group": group}
    base = segment(_BASE, ordered, passages, common, numbers)
    # Part of every address the client asks for: a browser's cache never mixes two builds.
    base["version"] = digest.hexdigest()
    yield "catalogue.bin", compressed(_json(catalogue(labels, [base])))


def _noting(batches: Iterable[TermBatch], common: dict[int, str]) -> Iterator[TermBatch]:
    """Pass batches on, and note their common terms of two and more characters by length."""
    for batch in batches:
        length = batch.letters.shape[1]
        if length > 1 and batch.common.any():
            common[length] = common.get(length, "") + joined_terms(batch.letters[batch.common])
        yield batch


def _path(folder: str, number: int) -> str:
    return f"{_BASE}/{folder}/{number >> 8:02x}/{number & 255:02x}.bin"


def _group_size(documents: Sequence[SearchDocument], terms: Sequence[DocumentTerms]) -> int:
    length = sum(sum(map(len, one.texts)) for one in documents)
    passages = sum(len(one.passages) for one in terms)
    return max(1, min(LARGEST_GROUP, round(GROUP_LENGTH * passages / max(1, length))))


def _texts(
    documents: Sequence[SearchDocument], terms: Sequence[DocumentTerms], group: int
) -> Iterator[bytes]:
    """The files of texts: newest documents first, for those are the likeliest shown together."""
    days = [-day_number(document) for document in documents]
    waiting: list[list[object]] = []
    for at in sorted(range(len(documents)), key=days.__getitem__):
        for record in _records(documents[at], terms[at]):
            waiting.append(record)
            if len(waiting) == group:
                yield compressed(_json(waiting))
                waiting = []
    if waiting:
        yield compressed(_json(waiting))


def _records(document: SearchDocument, terms: DocumentTerms) -> Iterator[list[object]]:
    headlines, start = document.headlines, 0
    for passage in terms.passages:
        end = start + len(passage)
        yield [document.address, document.title, headlines, document.texts[start:end]]
        headlines, start = (), end


def _json(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")
