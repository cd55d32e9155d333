"""Folds one document and cuts its text into passages; the part of indexing worth caching."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from site_plugins.domain.folding import fold
from site_plugins.outputs.search.documents import SearchDocument

PASSAGE_LENGTH = 2400
"""Characters after which a long text is cut at the next end of a block.

An excerpt costs the reader one passage, however long the document is.
"""


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """A document after folding.

    ``passages`` hold the folded blocks of ``texts`` in order, one string for each block (it may
    be empty); there is always at least one passage.
    """

    title: str
    headlines: tuple[str, ...]
    passages: tuple[tuple[str, ...], ...]


def document_terms(document: SearchDocument) -> DocumentTerms:
    """Fold a document: depends on nothing else, so the result may be cached by content."""
    return DocumentTerms(
        title=fold(document.title),
        headlines=tuple(map(fold, document.headlines)),
        passages=tuple(_passages(document.texts)),
    )


def _passages(texts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    blocks: list[str] = []
    length = 0
    for text in texts:
        if blocks and length + len(text) > PASSAGE_LENGTH:
            yield tuple(blocks)
            blocks, length = [], 0
        blocks.append(fold(text))
        length += len(text)
    yield tuple(blocks)
