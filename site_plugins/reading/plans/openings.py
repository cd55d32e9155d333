"""A line that opens a part, clause or item, cut into number, run-in title and text."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from site_plugins.reading.plans.lines import SourceLine

PieceKind = Literal["markup", "number", "title", "text"]

TITLE_LENGTH = 40
"""The longest plausible run-in title in characters, without the mark that ends it."""

_SEEN = 240  # how far the end of a title is sought; links make it longer than what is read
_ENDS = "。："
_OPENERS = dict(zip("“‘「『《（([", "”’」』》）)]", strict=True))
_LINK = re.compile(r"\]\([^()]*\)|\[\^[^\]]*\]")
_SIGNS = re.compile(r"[*_`\[\]]")
_RUNS_ON = ("，", "、", "；", ",", ";")


class Cut(Struct, frozen=True, kw_only=True):
    """The pieces of a line in order; joined, they are the line but for white space.

    Markup pieces are what makes a heading of it (hashes, ``**`` around number or title, an
    attribute list) and no part of the plan's text.
    """

    pieces: tuple[tuple[PieceKind, str], ...]

    def joined(self, kind: PieceKind) -> str:
        """The pieces of one kind as one string."""
        return "".join(text for piece, text in self.pieces if piece == kind)

    @property
    def bold_text(self) -> int:
        """How many of the text's first characters stand in the bold that began at the number."""
        for (kind, text), (after, mark) in pairwise(self.pieces):
            if kind == "text" and after == "markup" and mark in ("**", "__"):
                return len(text)
        return 0


def cut_line(line: SourceLine, *, is_part: bool) -> Cut:
    """Cuts a line that opens something; without a number all of it is title or text.

    The title ends at the first 。 or ： outside brackets and quotation marks, or where bold
    letters end that began at the number, or at the end of the line. It is taken for one only up
    to :data:`TITLE_LENGTH` characters; headings and parts may be longer where no mark follows.
    """
    whole = bool(line.level) or is_part
    before: list[tuple[PieceKind, str]] = [("markup", line.before)]
    if line.marker is None:
        pieces = _unnumbered(line.body)
    else:
        before.append(("markup", line.bold))
        before.append(("number", line.marker.printed))
        rest = line.body[line.marker.end :].strip()
        pieces = _bold_number(rest, line.bold, whole) if line.bold else _plain_number(rest, whole)
    pieces = [*before, *pieces, ("markup", line.after)]
    return Cut(pieces=tuple((kind, text) for kind, text in pieces if text))


def _plain_number(rest: str, whole: bool) -> list[tuple[PieceKind, str]]:
    """``**标题。**正文`` or ``标题。正文``."""
    bold = rest[:2] if rest.startswith(("**", "__")) else ""
    end = rest.find(bold, 2, _SEEN) if bold else -1
    if end > 2:
        inner, tail = rest[2:end].strip(), rest[end + 2 :].lstrip()
        ends = inner.endswith(tuple(_ENDS)) or not tail or tail[0] in _ENDS
        if ends and 0 < _seen_length(inner) <= TITLE_LENGTH + 1:
            mark = tail[:1] if not inner.endswith(tuple(_ENDS)) else ""
            return [
                ("markup", bold),
                ("title", inner),
                ("markup", bold),
                ("title", mark),
                ("text", tail[len(mark) :].strip()),
            ]
    title, text = split_title(rest, whole=whole)
    return [("title", title), ("text", text)]


def _bold_number(rest: str, bold: str, whole: bool) -> list[tuple[PieceKind, str]]:
    """What follows the number in ``**（一）**标题。正文`` and ``**（一）标题**。正文``."""
    end = rest.find(bold)
    inner, tail = rest[:end].strip(), rest[end + 2 :].strip()
    if not inner:
        return [("markup", bold), *_plain_number(tail, whole)]
    if len(inner) <= _SEEN and _seen_length(inner) <= TITLE_LENGTH + 1:
        mark = tail[:1] if tail[:1] in tuple(_ENDS) and inner[-1] not in _ENDS else ""
        title: list[tuple[PieceKind, str]] = [("title", inner), ("markup", bold), ("title", mark)]
        return [*title, ("text", tail[len(mark) :].strip())]
    in_bold, text = split_title(inner, whole=whole)
    return [("title", in_bold), ("text", text), ("markup", bold), ("text", tail)]


def _unnumbered(body: str) -> list[tuple[PieceKind, str]]:
    bold = body[:2] if body.startswith(("**", "__")) else ""
    if bold and len(body) > 4 and body.find(bold, 2) == len(body) - 2:
        return [("markup", bold), ("title", body[2:-2].strip()), ("markup", bold)]
    return [("title", body)]


def split_title(rest: str, *, whole: bool) -> tuple[str, str]:
    """(title, text) of what follows a number; the title is empty where none is plausible.

    ``whole`` says that a long line without any mark is a title too.
    """
    end = _title_end(rest)
    if end is not None and 0 < _seen_length(rest[: end - 1]) <= TITLE_LENGTH:
        return rest[:end], rest[end:].strip()
    unmarked = not any(mark in (rest[_SEEN:] if end is None else rest) for mark in _ENDS)
    short = len(rest) <= _SEEN and _seen_length(rest) <= TITLE_LENGTH
    if unmarked and (whole or short) and not rest.endswith(_RUNS_ON):
        return rest, ""
    return "", rest


def _title_end(rest: str) -> int | None:
    """The offset after the first 。 or ： that ends a title, seeking it outside brackets first."""
    head = rest[:_SEEN]
    closers: list[str] = []
    plain = None
    for at, char in enumerate(head):
        if closers and char == closers[-1]:
            closers.pop()
        elif char in _OPENERS:
            closers.append(_OPENERS[char])
        elif char in _ENDS:
            if not closers:
                return _after_bold(head, at + 1)
            plain = at + 1 if plain is None else plain
    # An unclosed bracket hides every mark behind it: then the first mark counts.
    return plain if closers else None


def _after_bold(head: str, end: int) -> int:
    """Behind the ``**`` that closes bold letters begun within the title."""
    for bold in ("**", "__"):
        if head.startswith(bold, end) and head.count(bold, 0, end) % 2:
            return end + 2
    return end


def _seen_length(text: str) -> int:
    return len(_SIGNS.sub("", _LINK.sub("", text)))
