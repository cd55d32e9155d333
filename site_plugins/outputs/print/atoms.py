"""A text cut into atoms: what stands in whole or half cells of the grid and is never parted.

A Chinese character, its punctuation too, has a cell of one em; figures have half a cell each, as in
the typefaces that the standard names; other letters get as many half cells as they need. What does
not fill its cell by nature is set into a box of that width, so that the grid holds whatever the
font.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from site_plugins.outputs.print.document import LINE_END, Run
from site_plugins.outputs.print.faces import Face, TypeCase

Side = Literal["left", "center", "right"]

OPENING = frozenset("（〔［｛《〈「『【〖“‘([{")
"""Marks that no line ends with."""

CLOSING = frozenset("，。、；：？！）〕］｝》〉」』】〗”’·．,.;:?!)]}%％‰°℃′″～")
"""Marks that no line begins with."""

RAISED_SIZE = 0.6
"""Size of raised characters, in em of the text."""

_PAIRED = frozenset("—…")  # never parted from their like
_KEPT = frozenset("\n\t")
_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_SPACES = frozenset(" \xa0\t")
_KEPT_SPACE = "\xa0"  # within a box, Typst drops any other
_FIGURES = re.compile(r"[0-9]+(?:[.,:/\-–][0-9]+)*[.%]?")
_URL_BREAK = re.compile(r"(?<=[/?&=_.\-])")
_LONG_WORD = 8  # cells; a longer word may be parted
_WIDE_LATIN = frozenset("·×÷±°℃‰—…")  # punctuation of Chinese texts
_QUOTES = frozenset("“”‘’")


class Atom(Struct, frozen=True):
    """``width`` in cells. ``plain`` says that its characters fill their cells by themselves;
    otherwise it is set into a box, at ``side``, its letters drawn closer by ``tracking`` em.

    ``size`` is that of the characters in em of the text. A LINE_END has no width and ends the line;
    ``blank`` is a space, ``narrow`` a word of letters or figures.
    """

    text: str
    face: Face
    width: float
    plain: bool = False
    side: Side = "center"
    tracking: float = 0.0
    size: float = 1.0
    blank: bool = False
    narrow: bool = False

    @property
    def ends_line(self) -> bool:
        """Whether the line ends here."""
        return self.text == LINE_END

    @property
    def is_mark(self) -> bool:
        """Whether Typst would draw it close to another mark, or to the line's edge."""
        return self.plain and unicodedata.category(self.text[0])[0] == "P"


def atoms(runs: Sequence[Run], case: TypeCase, *, on_grid: bool = True) -> tuple[Atom, ...]:
    """The atoms of a paragraph in order; joined, their texts are the text of its runs without
    characters that are never seen.

    ``on_grid`` False leaves figures and letters their own width, as a centred title has them.
    """
    found = (atom for run in runs for atom in _run_atoms(run, case))
    return tuple(found if on_grid else (_as_drawn(atom, case) for atom in found))


def _as_drawn(atom: Atom, case: TypeCase) -> Atom:
    if not atom.narrow:
        return atom
    return replace(atom, width=_natural(atom.text, atom.face, case) * atom.size, tracking=0.0)


def _run_atoms(run: Run, case: TypeCase) -> Iterator[Atom]:
    text = visible(run.text)
    at = 0
    while at < len(text):
        char = text[at]
        end = at + 1
        if char == LINE_END:
            yield Atom(char, run.face, 0)
        elif run.raised:
            end = text.find(LINE_END, at) if LINE_END in text[at:] else len(text)
            yield _word(text[at:end], run.face, case, size=RAISED_SIZE)
        elif char in _SPACES:
            yield Atom(_KEPT_SPACE, run.face, 0.5, blank=True)
        elif char in _PAIRED and text[at : at + 2] == char * 2:
            end = at + 2
            yield Atom(char * 2, run.face, 2)
        elif _is_wide(text, at):
            end = _with_marks(text, end)
            yield _cell(text[at:end], run.face, case)
        else:
            while end < len(text) and _is_letter(text, end):
                end += 1
            yield from _words(text[at:end], run.face, case)
        at = end


def visible(text: str) -> str:
    """The text without controls and characters that only direct how others are shaped."""
    return "".join(c for c in text if c in _KEPT or not _is_hidden(c))


def _is_hidden(char: str) -> bool:
    # U+FDD0 … U+FDEF are no characters. Unassigned ones stay: a newer Unicode may know them.
    return unicodedata.category(char) in ("Cc", "Cf", "Cs") or "\ufdd0" <= char <= "\ufdef"


def needed(text: str) -> frozenset[str]:
    """The characters for which a font is needed: all but white space and variation selectors."""
    return frozenset(c for c in visible(text) if not c.isspace() and c not in _SELECTORS)


def _with_marks(text: str, end: int) -> int:
    """Behind the combining marks and variation selectors that belong to a character."""
    while end < len(text) and unicodedata.category(text[end]) in ("Mn", "Me", "Mc"):
        end += 1
    return end


def _is_wide(text: str, at: int) -> bool:
    """Whether a character has a whole cell: East Asian width, ambiguous ones by what they are."""
    char = text[at]
    width = unicodedata.east_asian_width(char)
    if width in "WF":
        return True
    if char in _QUOTES:
        around = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
        return not (len(around) == 2 and around.isascii() and around.isalnum())
    return width == "A" and (char in _WIDE_LATIN or unicodedata.category(char)[0] not in "LM")


def _is_letter(text: str, at: int) -> bool:
    return text[at] not in _SPACES and text[at] != LINE_END and not _is_wide(text, at)


def _cell(text: str, face: Face, case: TypeCase) -> Atom:
    char = text[0]
    advance = case.advance(face, char)
    side: Side = "right" if char in OPENING else "left" if char in CLOSING - {"·"} else "center"
    fills = len(text) == 1 and advance is not None and abs(advance - 1) < 0.005
    return Atom(text, face, 1, plain=fills, side=side)


def _words(text: str, face: Face, case: TypeCase) -> Iterator[Atom]:
    """One word; a long one, such as a web address, in pieces that may be parted."""
    word = _word(text, face, case)
    if word.width <= _LONG_WORD:
        yield word
        return
    for piece in filter(None, _URL_BREAK.split(text)):
        atom = _as_drawn(_word(piece, face, case), case)
        if atom.width <= _LONG_WORD:
            yield atom
        else:
            yield from (_as_drawn(_word(char, face, case), case) for char in piece)


def _word(text: str, face: Face, case: TypeCase, size: float = 1.0) -> Atom:
    natural = _natural(text, face, case) * size
    if _FIGURES.fullmatch(text) and size == 1:
        width = len(text.replace("%", "%%")) / 2
    else:
        width = max(math.ceil(natural * 2 - 0.05) / 2, 0.5)
    tracking = round(min(0.0, (width - natural) / size / len(text)), 4)
    side: Side = "left" if text[-1] in CLOSING and not text[0].isalnum() else "center"
    return Atom(text, face, width, side=side, tracking=tracking, size=size, narrow=True)


def _natural(text: str, face: Face, case: TypeCase) -> float:
    """The width that a word has by its letters, in em."""
    return sum(case.advance(face, char) or 0.5 for char in text)
