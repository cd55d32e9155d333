"""Folding: which texts search treats as the same.

A text is folded character by character: NFKC, lower case, traditional to simplified (one to
one), then white space, punctuation, bars, bullets and arrows, controls and variation selectors are
dropped. What remains are letters, digits and other symbols (``℃`` becomes ``°c``, ``○`` and ``+``
stay). Only then a letter
and the combining marks behind it become one character again (NFC), as whole-text NFKC would
have it.

The browser folds with the same strings (:data:`TABLE`) and the same steps, see ``fold`` in
``theme/search/client.js``. Neither side asks its own Unicode version what a character is: the
table lists the characters to normalise, all of them assigned by Unicode 13, whose normal forms
and lower case can never change, and the characters to drop.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct

from site_plugins.domain import folding_table

TABLE: tuple[str, str, str, str] = (
    folding_table.NORMALISED,
    folding_table.DROPPED,
    folding_table.PAIR_KEYS,
    folding_table.PAIR_VALUES,
)
"""Ranges to normalise, ranges to drop, keys and values of the one-to-one pairs.

Every string is a list of base-36 numbers parted by blanks. A range is ``gap`` or ``gap.more``:
the distance of its first code from the last of the range before, and how many codes follow the
first. A key is the distance from the key before, a value the zigzag-coded distance from the
value before. Part of the search index, so that text and query are folded alike.
"""

_MARKS = re.compile("[\u0300-\u036f\u3099\u309a]")
_MARKED_LETTER = re.compile(
    "[a-z\u00df-\u024f\u0370-\u03ff\u0400-\u04ff\u1e00-\u1fff\u3041-\u3096\u309d-\u30ff]"
    "[\u0300-\u036f\u3099\u309a]+"
)


class FoldedText(Struct, frozen=True):
    """A folded text that knows where its characters come from.

    ``text[i]`` stands for ``original[starts[i]:ends[i]]``; one original character may stand
    behind several folded ones (``㎡`` → ``m2``), and the reverse (a letter with its marks).
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def fold(text: str) -> str:
    """The folded form of a text; folding it again changes nothing."""
    folded = text.translate(_replacements())
    if _MARKS.search(folded):
        folded = _MARKED_LETTER.sub(_composed, folded)
    return folded


def is_mark(character: str) -> bool:
    """Whether a folded character may become one with that before it."""
    return _MARKS.match(character) is not None


def fold_with_places(text: str) -> FoldedText:
    """The folded form of a text together with the place of each character in the original."""
    pieces = []
    for at, character in enumerate(text):
        pieces += [(folded, at, at + 1) for folded in character.translate(_replacements())]
    plain = "".join(piece[0] for piece in pieces)
    for match in reversed(list(_MARKED_LETTER.finditer(plain))):
        start, end = pieces[match.start()][1], pieces[match.end() - 1][2]
        composed = _composed(match)
        pieces[match.start() : match.end()] = [(letter, start, end) for letter in composed]
    return FoldedText(
        text="".join(piece[0] for piece in pieces),
        starts=tuple(piece[1] for piece in pieces),
        ends=tuple(piece[2] for piece in pieces),
    )


def changed_characters() -> Iterator[tuple[str, str]]:
    """Every character that folding changes, and what it becomes, by code; for other programs.

    What remains to be done behind it is to join a letter and the marks behind it (NFC).
    """
    table = _replacements()
    for code in sorted(table.codes):
        if not 0xD800 <= code < 0xE000 and table[code] != chr(code):
            yield chr(code), table[code]


class _Replacements(dict[int, str]):
    """What each character becomes; worked out once for every character that occurs."""

    def __init__(self) -> None:
        normalised, dropped, keys, values = TABLE
        self._normalised = frozenset(_range_codes(normalised))
        self._dropped = frozenset(_range_codes(dropped))
        self._pairs = dict(zip(_running(keys), _running_signed(values), strict=True))

    @property
    def codes(self) -> frozenset[int]:
        """Every code that may become something else."""
        return self._normalised | self._dropped | self._pairs.keys()

    def __missing__(self, code: int) -> str:
        text = chr(code)
        if code in self._normalised:
            text = "".join(c.lower() for c in unicodedata.normalize("NFKC", text))
        simplified = (self._pairs.get(ord(c), ord(c)) for c in text)
        self[code] = folded = "".join(chr(c) for c in simplified if c not in self._dropped)
        return folded


@functools.cache
def _replacements() -> _Replacements:
    return _Replacements()


def _composed(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", match[0])


def _range_codes(text: str) -> Iterator[int]:
    last = 0
    for item in text.split():
        gap, _, more = item.partition(".")
        first = last + int(gap, 36)
        last = first + int(more or "0", 36)
        yield from range(first, last + 1)


def _running(text: str) -> Iterator[int]:
    value = 0
    for item in text.split():
        value += int(item, 36)
        yield value


def _running_signed(text: str) -> Iterator[int]:
    value = 0
    for item in text.split():
        step = int(item, 36)
        value += -(step + 1) // 2 if step % 2 else step // 2
        yield value
