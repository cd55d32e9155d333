"""Marks that lead from a plan's Markdown through the conversion to the places in its HTML.

They are Unicode noncharacters (U+FDD0 … U+FDEF), which no text may interchange and neither
Markdown nor the allow-list touches.
"""

from __future__ import annotations

import re

OPEN = "\ufdd0"
"""Begins an opening; its running number follows, then :data:`NUMBER`."""
NUMBER = "\ufdd1"
TITLE = "\ufdd2"
TEXT = "\ufdd3"
CLOSING = "\ufdd4"
"""Stands alone in a paragraph before the closing."""
SHIELD = "\ufdd5"
"""Keeps Markdown from making a list of a paragraph that begins with a number."""

_DIGIT_ZERO = 0xFDE0
_ANY = re.compile("[\ufdd0-\ufdef]|%EF%B7%(?:9[0-9A-F]|A[0-9A-F])", re.IGNORECASE)
OPENING = re.compile(f"{OPEN}([\ufde0-\ufde9]+){NUMBER}")


def opening_mark(index: int) -> str:
    """The mark before the number of the plan's opening ``index``."""
    digits = "".join(chr(_DIGIT_ZERO + int(digit)) for digit in str(index))
    return f"{OPEN}{digits}{NUMBER}"


def opening_index(match: re.Match[str]) -> int:
    """The running number that a match of :data:`OPENING` carries."""
    return int("".join(str(ord(digit) - _DIGIT_ZERO) for digit in match[1]))


def without_marks(text: str) -> str:
    """``text`` without any mark, in an address too; also what a source must not smuggle in."""
    return _ANY.sub("", text)
