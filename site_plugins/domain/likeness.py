"""How much two Chinese texts are alike, by the pairs of characters that they share."""

from __future__ import annotations

import re
from collections import Counter

_NO_WORD = re.compile(r"[\W_]+")


def pairs_of(text: str) -> Counter[str]:
    """Every two neighbouring letters, figures and ideographs of a text, counted.

    White space and punctuation are left out first. A text of one character is that character.
    """
    words = _NO_WORD.sub("", text)
    if len(words) == 1:
        return Counter([words])
    return Counter(words[i : i + 2] for i in range(len(words) - 1))


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """Dice's coefficient of two counts of :func:`pairs_of`: 0.0 nothing shared, 1.0 the same.

    Two empty texts are not alike: there is nothing that they share.
    """
    size = one.total() + other.total()
    if not size:
        return 0.0
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return 2 * sum(min(count, large[pair]) for pair, count in small.items()) / size


def text_likeness(one: str, other: str) -> float:
    """:func:`likeness` of two texts."""
    return likeness(pairs_of(one), pairs_of(other))
