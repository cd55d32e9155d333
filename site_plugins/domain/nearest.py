"""The nearest known word to a mistyped one, for messages that suggest a correction."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like ``word``, or None where none is near."""
    matches = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return matches[0] if matches else None


def suggestion(word: str, known: Iterable[str]) -> str:
    """``，是不是“title”？`` or an empty text."""
    near = nearest(word, known)
    return f"，是不是“{near}”" if near else ""
