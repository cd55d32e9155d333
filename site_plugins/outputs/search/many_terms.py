"""Folds many documents: the same as :func:`~site_plugins.outputs.search.terms.document_terms`.

Nearly every character becomes one character or none, whatever stands around it. These are looked
up in one table, all of a document at once; a document with any other character is folded in the
ordinary way.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from site_plugins.domain.folding import changed_characters, fold, is_mark
from site_plugins.outputs.search.documents import SearchDocument
from site_plugins.outputs.search.terms import DocumentTerms, terms_folded_by

Units: TypeAlias = NDArray[np.uint16]

_BETWEEN = "\uffff"
"""Between two texts: no character."""

_DROPPED, _OTHER = 0, 0xFFFE


def many_terms(document: SearchDocument) -> DocumentTerms:
    """Fold a document."""
    return terms_folded_by(fold_all, document)


def fold_all(texts: Sequence[str]) -> list[str]:
    """The folded form of each text."""
    whole = _BETWEEN.join(texts)
    if whole.count(_BETWEEN) != len(texts) - 1:
        return list(map(fold, texts))
    units: Units = np.frombuffer(whole.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    folded = _table()[units]
    if (folded == _OTHER).any():
        return list(map(fold, texts))
    text: str = folded[folded != _DROPPED].tobytes().decode("utf-16-le")
    return text.split(_BETWEEN)


@cache
def _table() -> Units:
    """What each unit of UTF-16 becomes."""
    table = np.arange(1 << 16, dtype=np.uint16)
    for character, folded in changed_characters():
        if ord(character) < len(table):
            is_simple = len(folded) < 2 and folded < "\ufffe" and not is_mark(folded)
            table[ord(character)] = (ord(folded) if folded else _DROPPED) if is_simple else _OTHER
    marks = [code for code in range(1 << 16) if is_mark(chr(code))]
    table[[*marks, 0, _OTHER, *range(0xD800, 0xE000)]] = _OTHER
    table[ord(_BETWEEN)] = ord(_BETWEEN)
    return table
