"""The key of a title: a term that hardly any two titles share.

Titles of one series differ in a character or two: what is looked up of such a title stands in all
of them. Its key tells the one that is asked for. It is two private characters made of a hash,
written among the headlines like the readings of :mod:`site_plugins.domain.readings`; as with these,
no visible text is taken for it.
"""

from __future__ import annotations

from site_plugins.domain.readings import FIRST_SYLLABLE
from site_plugins.outputs.search.codec import term_hash

FIRST_OF_KEYS = 0xE900
"""The first private character of keys, behind those of readings."""

KEY_CHARACTERS = 0x700
"""How many there are: those from U+F000 on stand for signs in some texts."""

END_OF_PRIVATE = FIRST_OF_KEYS + KEY_CHARACTERS
"""Private characters of headlines lie before this and from the first reading on."""


def title_key(title: str) -> str:
    """The key of a title that is folded, in units."""
    rest, low = divmod(term_hash(title), KEY_CHARACTERS)
    return chr(FIRST_OF_KEYS + rest % KEY_CHARACTERS) + chr(FIRST_OF_KEYS + low)


def is_private(unit: str) -> bool:
    """Whether a unit of a headline is of a reading or a key: it makes no term by itself."""
    return FIRST_SYLLABLE <= ord(unit) < END_OF_PRIVATE
