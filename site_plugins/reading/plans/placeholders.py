"""Blanks that a text still leaves open: runs of X, Ｘ or × in place of a name or number."""

from __future__ import annotations

import re

from msgspec import Struct

from site_plugins.reading.plans.lines import split_lines

_AROUND = 6
# A run of X that no Latin letter or digit touches (XML, IX, X1 are words), nor what joins words
# in addresses and file names. Figures may stand before it where Chinese goes on: 20XX年.
_RUN = re.compile(
    r"(?<![A-Za-zＡ-Ｚａ-ｚ×_./\\&#=@%-])(?<![A-Za-z] )"
    r"(?P<run>[XＸ]+|×+)"
    r"(?![A-Za-zＡ-Ｚａ-ｚ0-9０-９×_/\\=@%-])(?!\.[A-Za-z0-9])(?! [A-Za-z])"
)
# X-rays, axes and shapes: a single X that belongs to the word.
_WORD = re.compile(r"射线|光|轴|染色体|坐标|形")
_FIGURE = re.compile(r"[0-9０-９]\s*$")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TIMES_BEFORE = re.compile(r"[0-9０-９）)a-zA-Z]\s*$")


class Placeholder(Struct, frozen=True, kw_only=True):
    """A blank: the run of signs, its line (from 1, or from what the caller says), words around."""

    text: str
    line: int
    excerpt: str


def find_placeholders(text: str, first_line: int = 1) -> tuple[Placeholder, ...]:
    """Every placeholder of a text in order; ``first_line`` is the number of its first line.

    Roman twenty (XX) in Chinese text is taken for a placeholder: there it nearly always is one.
    """
    found: list[Placeholder] = []
    for number, line in enumerate(split_lines(text), first_line):
        for match in _RUN.finditer(line):
            if _is_blank(match, line):
                around = line[max(match.start() - _AROUND, 0) : match.end() + _AROUND]
                found.append(Placeholder(text=match[0], line=number, excerpt=around.strip()))
    return tuple(found)


def _is_blank(match: re.Match[str], line: str) -> bool:
    run, end = match["run"], match.end()
    before = line[max(match.start() - 3, 0) : match.start()]
    if run.startswith("×"):
        # 3×5 and (a+b)×c multiply.
        return _TIMES_BEFORE.search(before) is None
    if _FIGURE.search(before) and not _HAN.match(line, end):
        return False
    return len(run) > 1 or _WORD.match(line, end) is None
