"""A type case for tests: Chinese characters fill their cells, all others are given a width."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from site_plugins.outputs.print.faces import Face, Fonts


@dataclass(slots=True)
class SquareCase:
    """Every face has every character; quotation marks are narrow in 楷体, as in some fonts."""

    letter: float = 0.55
    missing: Sequence[str] = ()
    substitutes: Mapping[Face, str] = field(default_factory=dict)

    def fonts(self, face: Face) -> Fonts:
        return Fonts((f"Test {face.value}",), 400)

    def advance(self, face: Face, char: str) -> float | None:
        if face is Face.KAI and char in "“”":
            return 0.35
        return 1.0 if unicodedata.east_asian_width(char) in "WFA" else self.letter
