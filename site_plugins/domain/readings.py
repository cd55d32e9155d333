"""Readings: how Chinese text sounds in pinyin, so that it is found by those who type letters.

A reading is written as a string of private characters, one for each Chinese character: one
string with a character for each syllable, one with a character for each initial letter. Search
then finds ``zhengxie`` and ``zx`` in the readings of titles as it finds any other run of
characters in a text, and no visible text is ever taken for a reading.

Where characters have a second common reading (长: chang, zhang), a further string has the second
readings of all of them. Tones are left out; ü is written ``v``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from site_plugins.domain import readings_table

_SYLLABLE = re.compile("[a-z]+")

SYLLABLES: tuple[str, ...] = tuple(
    _SYLLABLE.findall(readings_table.FIRST),
)
"""All syllables in alphabetical order; the client gets this list with the index."""

FIRST_SYLLABLE = 0xE000
"""The private character of the first syllable; the others follow."""

FIRST_INITIAL = 0xE800
"""The private character of the initial ``a``; the other letters follow."""

END_OF_READINGS = 0xE81A
"""All private characters of readings lie before this and from :data:`FIRST_SYLLABLE` on."""

_LONGEST = 4000
"""Characters of a text that are read at most."""


def reading_strings(text: str) -> Iterator[str]:
    """The readings of a folded text: runs of two and more characters with known readings."""
    first, second = _syllables()
    for run in _runs(text[:_LONGEST], first):
        primary = "".join(map(first.__getitem__, run))
        secondary = "".join(second.get(each, first[each]) for each in run)
        yield from dict.fromkeys((primary, secondary))
        initials = _initials()
        yield from dict.fromkeys(each.translate(initials) for each in (primary, secondary))


def _runs(text: str, known: dict[str, str]) -> Iterator[str]:
    start = 0
    for at in range(len(text) + 1):
        if at == len(text) or text[at] not in known:
            if at - start > 1:
                yield text[start:at]
            start = at + 1


@functools.cache
def _syllables() -> tuple[dict[str, str], dict[str, str]]:
    """The private characters of first and second readings by character."""
    number = {syllable: chr(FIRST_SYLLABLE + at) for at, syllable in enumerate(SYLLABLES)}
    first = {}
    for entry in readings_table.FIRST.split():
        syllable = _SYLLABLE.match(entry)
        assert syllable is not None
        for character in entry[syllable.end() :]:
            first[character] = number[syllable[0]]
    second = {entry[0]: number[entry[1:]] for entry in readings_table.SECOND.split()}
    return first, second


@functools.cache
def _initials() -> dict[int, str]:
    """The private character of each syllable's first letter."""
    return {
        FIRST_SYLLABLE + at: chr(FIRST_INITIAL + ord(syllable[0]) - ord("a"))
        for at, syllable in enumerate(SYLLABLES)
    }
