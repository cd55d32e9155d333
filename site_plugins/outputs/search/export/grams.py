"""Cuts folded texts into pairs of characters, and queries likewise."""

from __future__ import annotations

from collections.abc import Iterable

from site_plugins.domain.folding import fold


def grams(blocks: Iterable[str]) -> str:
    """The words of all blocks, parted by blanks: ``双月协商`` → ``双月 月协 协商 商``."""
    words: list[str] = []
    for block in blocks:
        folded = fold(block)
        words += (folded[at : at + 2] for at in range(len(folded)))
    return " ".join(words)


def phrase(text: str) -> tuple[str, ...]:
    """The pairs that stand one behind the other where ``text`` stands; one character, alone.

    Empty where folding leaves nothing.
    """
    folded = fold(text)
    return tuple(folded[at : at + 2] for at in range(max(1, len(folded) - 1))) if folded else ()


def match_expression(words: Iterable[str], without: Iterable[str] = ()) -> str:
    """The argument of FTS5's MATCH for documents with all words, and with none of ``without``.

    Empty where there is nothing to look for.
    """
    wanted = " AND ".join(filter(None, map(_match, words)))
    unwanted = " OR ".join(filter(None, map(_match, without)))
    return f"({wanted}) NOT ({unwanted})" if wanted and unwanted else wanted


def _match(word: str) -> str:
    pairs = phrase(word)
    if not pairs:
        return ""
    # Only ASCII quotation marks could end the string, and folding drops them.
    return f'"{" ".join(pairs)}"' + ("*" if len(pairs[0]) == 1 else "")
