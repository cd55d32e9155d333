"""Reads the project's own documents for the tests that keep them true."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
HANDBOOK = DOCS / "handbook"

_FENCE = re.compile(r"^[ ]*```.*?^[ ]*```[ ]*$", re.DOTALL | re.MULTILINE)


def read(path: Path) -> str:
    """The text of a document."""
    return path.read_text(encoding="utf-8")


def sections(text: str, level: int = 2) -> dict[str, str]:
    """The text below each heading of a level, by heading; code in fences holds no headings."""
    masked = _FENCE.sub(lambda m: re.sub(r"^( *)#", r"\1 ", m[0], flags=re.MULTILINE), text)
    heads = list(re.finditer(rf"^(#{{1,{level}}}) (.+)$", masked, re.MULTILINE))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return {
        head[2]: text[head.end() : end]
        for head, end in zip(heads, ends, strict=True)
        if len(head[1]) == level
    }


def fences(text: str, language: str = "") -> list[str]:
    """What stands in fenced code of a language, or of any."""
    found = re.findall(r"^ *```(\w*)\n(.*?)^ *```$", text, re.DOTALL | re.MULTILINE)
    return [code for name, code in found if not language or name == language]


def headings(text: str) -> list[str]:
    """Every heading with its marks, outside of fenced code."""
    return re.findall(r"^#{1,6} .+$", _FENCE.sub("", text), re.MULTILINE)
