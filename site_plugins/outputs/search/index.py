"""Builds the search index from nothing: the catalogue, the shards of terms, and the texts.

Below ``search/`` lie, all of them gzip files with the ending ``.bin``:

* ``catalogue.bin``: JSON, see :mod:`site_plugins.outputs.search.catalogue`;
* ``base/terms/<high>/<low>.bin``: shards, see :mod:`site_plugins.outputs.search.codec`;
* ``base/texts/<high>/<low>.bin``: see :mod:`site_plugins.outputs.search.texts`;
* ``delta/…``: the same for documents that came or changed since, where there are any, see
  :mod:`site_plugins.outputs.search.update`.

``<high>`` and ``<low>`` are the number's parts above and of its lowest eight bits, in
hexadecimal. ``base`` and ``delta`` are the segments that the catalogue lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from site_plugins.outputs.search.catalogue import FILE, catalogue_file
from site_plugins.outputs.search.documents import SearchDocument, SearchLabels
from site_plugins.outputs.search.segment import SegmentWriter
from site_plugins.outputs.search.terms import DocumentTerms, document_terms

BASE = "base"


def build_index(
    documents: Iterable[SearchDocument],
    labels: SearchLabels,
    terms_of: Callable[[SearchDocument], DocumentTerms] = document_terms,
) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the index: path below ``search/``, and bytes.

    The bytes depend on the documents and labels alone, not on the documents' order. Every file
    is yielded once, the catalogue last: who writes them in this order never leaves a catalogue
    without its files.

    Args:
        documents: what is searched; addresses differ.
        labels: names for the search page's filters.
        terms_of: folds a document; pass a caching one to fold only what changed.

    Raises:
        ValueError: a document's date is neither empty nor of the form ``2022-03-18``.
    """
    writer = SegmentWriter(BASE, terms_of)
    for document in documents:
        writer.add(document)
    yield from writer.files()
    yield FILE, catalogue_file(labels, [writer.facts])
