"""Folds one document and cuts its text into passages; the part of indexing worth caching."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from site_plugins.domain.folding import fold
from site_plugins.domain.readings import reading_strings
from site_plugins.outputs.search.codec import units
from site_plugins.outputs.search.documents import SearchDocument
from site_plugins.outputs.search.title_keys import title_key

PASSAGE_LENGTH = 2400
"""Characters after which a long text is cut at the next end of a block.

An excerpt costs the reader one passage, however long the document is.
"""


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """A document after folding.

    ``headlines`` end with the readings of the title and of people's names
    (:mod:`site_plugins.domain.readings`) and the title's key
    (:mod:`site_plugins.outputs.search.title_keys`). ``passages`` hold the folded blocks in order,
    one string for each block (it may be empty); there is always at least one passage.
    """

    title: str
    headlines: tuple[str, ...]
    passages: tuple[tuple[str, ...], ...]


def document_terms(document: SearchDocument) -> DocumentTerms:
    """Fold a document: depends on nothing else, so the result may be cached by content."""
    return terms_folded_by(lambda texts: list(map(fold, texts)), document)


def terms_folded_by(
    fold_all: Callable[[Sequence[str]], list[str]], document: SearchDocument
) -> DocumentTerms:
    """The same with another way to fold some texts."""
    blocks = document.blocks
    count = len(blocks)
    title, *folded = fold_all((document.title, *blocks, *document.headlines, *document.people))
    names = folded[count + len(document.headlines) :]
    readings = [reading for text in (title, *names) for reading in reading_strings(text)]
    headlines = folded[count : count + len(document.headlines)]
    return DocumentTerms(
        title=title,
        headlines=(*headlines, *dict.fromkeys(readings), title_key(units(title))),
        passages=tuple(_passages(blocks, folded)),
    )


def _passages(texts: Sequence[str], folded: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The folded texts in passages, which are cut by the length of the texts as they were."""
    if sum(map(len, texts)) <= PASSAGE_LENGTH:  # nearly all documents, so told first
        yield tuple(folded[: len(texts)])
        return
    start = length = 0
    for at, text in enumerate(texts):
        if at > start and length + len(text) > PASSAGE_LENGTH:
            yield tuple(folded[start:at])
            start, length = at, 0
        length += len(text)
    yield tuple(folded[start : len(texts)])


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
    return "\0".join((*blocks, "")).encode("utf-16-le", "surrogatepass")
