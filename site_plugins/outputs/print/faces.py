"""The typefaces of an official document, and what the layout must know about them.

GB/T 9704-2012 names 小标宋 for the title, 黑体 and 楷体 for the first two levels, 仿宋 for the
text, 宋体 for page numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Protocol

from msgspec import Struct


class Face(Enum):
    """A typeface by its duty; the value is its Chinese name, as messages say it."""

    TITLE = "小标宋"
    HEI = "黑体"
    KAI = "楷体"
    FANG = "仿宋"
    SONG = "宋体"


class Fonts(Struct, frozen=True):
    """What sets a face: font families in the order in which they are tried, and the weight
    (100 to 900) of the first."""

    families: tuple[str, ...]
    weight: int = 400


class TypeCase(Protocol):
    """The fonts that set one document; a tool chooses them."""

    @property
    def missing(self) -> Sequence[str]:
        """The document's characters that no font at hand has."""

    @property
    def substitutes(self) -> Mapping[Face, str]:
        """The faces that are not at hand, with the name of the font that is used instead."""

    def fonts(self, face: Face) -> Fonts:
        """The fonts that set a face."""

    def advance(self, face: Face, char: str) -> float | None:
        """The width of a character in em, None if no font has it."""
