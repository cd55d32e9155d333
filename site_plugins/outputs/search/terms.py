"""Folds one document and cuts its text into passages; the part of indexing worth caching."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from site_plugins.domain.folding import fold
from site_plugins.domain.readings import reading_strings
from site_plugins.outputs.search.documents import SearchDocument

PASSAGE_LENGTH = 2400
"""Characters after which a long text is cut at the next end of a block.

An excerpt costs the reader one passage, however long the document is.
"""


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """A document after folding.

    ``headlines`` end with the readings of the title and of people's names
    (:mod:`site_plugins.domain.readings`). ``passages`` hold the folded blocks in order, one
    string for each block (it may be empty); there is always at least one passage.
    """

    title: str
    headlines: tuple[str, ...]
    passages: tuple[tuple[str, ...], ...]


def document_terms(document: SearchDocument) -> DocumentTerms:
    """Fold a document: depends on nothing else, so the result may be cached by content."""
    title = fold(document.title)
    readings = [
        reading
        for text in (title, *map(fold, document.people))
        for reading in reading_strings(text)
    ]
    return DocumentTerms(
        title=title,
        headlines=(*map(fold, document.headlines), *dict.fromkeys(readings)),
        passages=tuple(_passages(document.blocks)),
    )


def _passages(texts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    blocks: list[str] = []
    length = 0
    for text in texts:
        if blocks and length + len(text) > PASSAGE_LENGTH:
            yield tuple(blocks)
            blocks, length = [], 0
        blocks.append(fold(text))
        length += len(text)
    yield tuple(blocks)


@dataclass(frozen=True, slots=True)
class PackedTerms:
    """A document after folding in little room: UTF-16, a zero behind each block."""

    title: bytes
    headlines: bytes
    passages: tuple[bytes, ...]


def packed(terms: DocumentTerms) -> PackedTerms:
    """The same in two bytes a character; nothing is found across the zero behind a block."""
    passages = tuple(map(_run, terms.passages))
    return PackedTerms(_run([terms.title]), _run(terms.headlines), passages)


def _run(blocks: Iterable[str]) -> bytes:
    return "".join(f"{block}\0" for block in blocks).encode("utf-16-le", "surrogatepass")
