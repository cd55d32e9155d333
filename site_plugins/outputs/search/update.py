"""Brings the index up to date: what an edit touches, and nothing else.

The base segment holds most documents. What came or changed since lies in a second segment, the
*delta*, which is written anew at every update; the old versions in the base are *dead*: the
catalogue names their numbers, and the client passes them over. Now and then all is written into
a new base (*compaction*), which gives the bytes of a build from nothing.

Exact answers never depend on that: documents are compared by the same order, and the passages of
a document are cut by its own text alone.

What is no longer public leaves every file in the same update: its texts, its postings, its
address. The same holds for the words that an edit takes away. What the dead version of an
edited document still has in the base are terms that its public version has as well; so when
the document is withdrawn later, the terms of its last version are all that have to go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from site_plugins.outputs.search.catalogue import FILE, catalogue_file
from site_plugins.outputs.search.changes import (
    Opener,
    Published,
    apply_changes,
    changes_since,
    check_catalogue,
    reason_to_compact,
)
from site_plugins.outputs.search.documents import SearchDocument, SearchLabels
from site_plugins.outputs.search.index import BASE
from site_plugins.outputs.search.published_index import DamagedIndex, reading
from site_plugins.outputs.search.segment import FEW, SegmentWriter
from site_plugins.outputs.search.state import IndexState, new_state, read_state
from site_plugins.outputs.search.terms import DocumentTerms, document_terms


class IndexUpdate:
    """An update of the index.

    Attributes:
        files: new and changed files, each once, the catalogue last: path below ``search/`` and
            bytes. To be taken once, to its end.
        replaced: paths of published files that do not stay: they are written anew or to be
            deleted. None for all that this module wrote below ``search/``.
        reason: why the whole index was written, in Chinese; empty if it was not.
    """

    def __init__(
        self,
        files: Iterable[tuple[str, bytes]],
        replaced: frozenset[str] | None,
        state: Callable[[], bytes],
        reason: str = "",
    ) -> None:
        self.files: Iterator[tuple[str, bytes]] = self._watched(files)
        self.replaced = replaced
        self.reason = reason
        self._state = state
        self._done = False

    @property
    def state(self) -> bytes:
        """To be given to the next update.

        Raises:
            RuntimeError: ``files`` has not been taken to its end.
        """
        if not self._done:
            raise RuntimeError("the files of the index come before its state")
        return self._state()

    def _watched(self, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        yield from files
        self._done = True


def update_index(
    state: bytes | IndexState | None,
    documents: Mapping[str, str],
    open_documents: Opener,
    labels: SearchLabels,
    *,
    compact: bool,
    published: Published,
    terms_of: Callable[[SearchDocument], DocumentTerms] | None = None,
) -> IndexUpdate:
    """Bring the published index up to date.

    Args:
        state: what the last update gave, None if there was none; it may have been read already.
        documents: the address of every document that is public now, and a digest of it that
            changes whenever the document does.
        open_documents: gives the documents at some addresses, in any order, once for each
            address; asked only for what is new or changed, or for all.
        labels: names for the search page's filters.
        compact: write all of it as a build from nothing would.
        published: the content of a file that the last update gave or left, by its path below
            ``search/``; None if it is missing.
        terms_of: folds a document otherwise than usual, with the same result.

    Raises:
        ValueError: a document's date is neither empty nor of the form ``2022-03-18``.
    """
    rebuild = partial(_rebuilt, documents, open_documents, labels, terms_of)
    if state is None:
        return rebuild("还没有索引，全部新建")
    if compact:
        return rebuild("按要求合并索引")
    try:
        with reading():
            old = state if isinstance(state, IndexState) else read_state(state)
        changes = changes_since(old, documents, labels)
        if not changes:
            with reading():
                check_catalogue(old, published)
            return IndexUpdate((), frozenset(), old.to_bytes)
        reason = reason_to_compact(old, changes)
        if not reason:
            fold = terms_of or document_terms
            files, new = apply_changes(old, changes, open_documents, labels, published, fold)
            replaced = frozenset(old.paths_without(new)).union(files)
            return IndexUpdate(files.items(), replaced, new.to_bytes)
    except DamagedIndex:
        reason = "已有的索引缺损，全部重建"
    return rebuild(reason)


def _rebuilt(
    documents: Mapping[str, str],
    open_documents: Opener,
    labels: SearchLabels,
    terms_of: Callable[[SearchDocument], DocumentTerms] | None,
    reason: str,
) -> IndexUpdate:
    """The whole index, written from nothing."""
    if terms_of is None and len(documents) > FEW:
        from site_plugins.outputs.search.many_terms import many_terms

        terms_of = many_terms
    writer = SegmentWriter(BASE, terms_of or document_terms)
    written: list[IndexState] = []

    def files() -> Iterator[tuple[str, bytes]]:
        for document in open_documents(tuple(documents)):
            writer.add(document)
        yield from writer.files()
        catalogue = catalogue_file(labels, [writer.facts])
        written.append(new_state(labels, catalogue, writer.addresses, documents, writer.facts))
        yield FILE, catalogue

    return IndexUpdate(files(), None, lambda: written[0].to_bytes(), reason)
