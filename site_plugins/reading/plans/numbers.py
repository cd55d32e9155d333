"""The numbers that open the parts, clauses and items of a plan, and what only looks like one.

Four styles, as GB/T 9704-2012 orders the levels of an official text: ``一、``, ``（一）``, ``1.``
and ``（1）``; and two that texts use below or instead of these: ``1）`` and ``①``.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

from msgspec import Struct


class Style(Enum):
    """How a number is written; the level it opens depends on what stands above it."""

    HAN = "一、"
    HAN_BRACKET = "（一）"
    ARABIC = "1."
    ARABIC_BRACKET = "（1）"
    HALF_BRACKET = "1）"
    CIRCLED = "①"

    @property
    def depth(self) -> int:
        """Where the style stands among the others, from 0 for ``一、`` down."""
        return tuple(Style).index(self)


class Marker(Struct, frozen=True, kw_only=True):
    """A number at the beginning of a line.

    ``value`` is None where the brackets are empty (``（）``: the number was forgotten); ``printed``
    is the number as printed, without white space; ``end`` is the offset after it.
    """

    style: Style
    value: int | None
    printed: str
    end: int


_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_HAN = "零〇○一二三四五六七八九十百"
_SPACE = r"[ \t\u3000\u00a0]*"
_MARKER = re.compile(
    rf"""
      (?P<han>[{_HAN}]{{1,7}}) {_SPACE} (?: 、 | [.．](?![{_HAN}]) )
    | [（(] {_SPACE} (?P<han_bracket>[{_HAN}]{{1,7}}) {_SPACE} [）)] (?: {_SPACE} [、．] )?
    | (?P<arabic>[0-9０-９]{{1,3}}) {_SPACE} (?: 、 | [.．](?![0-9０-９]) )
    | [（(] {_SPACE} (?P<arabic_bracket>[0-9０-９]{{1,3}}) {_SPACE} [）)] (?: {_SPACE} [、．] )?
    | (?P<han_sign>[㈠-㈩]) | (?P<arabic_sign>[⒈-⒛]) | (?P<arabic_bracket_sign>[⑴-⒇])
    | (?P<half_bracket>[0-9０-９]{{1,3}}) {_SPACE} [）)] (?: {_SPACE} [、．] )?
    | (?P<circled>[①-⑳㉑-㉟㊱-㊿]) (?: {_SPACE} [、.．] )?
    | [（(] {_SPACE} (?P<empty>) [）)]
    """,
    re.VERBOSE,
)
_STYLES = {
    "han": Style.HAN,
    "han_bracket": Style.HAN_BRACKET,
    "han_sign": Style.HAN_BRACKET,
    "arabic": Style.ARABIC,
    "arabic_sign": Style.ARABIC,
    "arabic_bracket": Style.ARABIC_BRACKET,
    "arabic_bracket_sign": Style.ARABIC_BRACKET,
    "half_bracket": Style.HALF_BRACKET,
    "circled": Style.CIRCLED,
    "empty": Style.HAN_BRACKET,
}
# 一、二季度 and 3、4月份 are numbers in a row, （一）至（三）项 refers to clauses: neither opens
# anything.
_NEXT_NUMBER = re.compile(
    rf"([{_HAN}]{{1,7}}|[0-9０-９]{{1,3}})(?=[、，,和及至季年月日号期批届楼])"
)
_NEXT_BRACKET = re.compile(r"[至到和及与、~～—-]\s*[（(]\s*[一二三四五六七八九十百0-9０-９]")


def han_value(written: str) -> int | None:
    """The value of a Han numeral up to 999 (十一, 二十三, 一百零二, 一〇二); None if it is none."""
    if len(written) > 1 and all(c in _DIGITS for c in written):
        # Digits in a row count as a number only with a zero among them: 二三 is "two or three".
        digits = [_DIGITS[c] for c in written]
        has_zero = 0 in digits and digits[0] != 0 and len(digits) <= 3
        return int("".join(map(str, digits))) if has_zero else None
    match = re.fullmatch(
        r"(?:([一二三四五六七八九])百)?(?:([一二三四五六七八九])?(十))?([零〇○])?([一二三四五六七八九])?",
        written,
    )
    if match is None:
        return None
    hundred, tens, ten, zero, unit = match.groups()
    if zero and not (hundred and unit):
        return None
    if hundred and ((ten and not tens) or (unit and not ten and not zero)):
        return None
    value = 100 * _DIGITS[hundred or "零"] + _DIGITS[unit or "零"]
    return (value + 10 * (_DIGITS[tens] if tens else 1) if ten else value) or None


def read_marker(text: str, start: int = 0) -> Marker | None:
    """The number that stands at ``start``, or None.

    Numbers of four digits are years, ``3.5`` is a decimal: neither is a marker.
    """
    match = _MARKER.match(text, start)
    if match is None or match.lastgroup is None:
        return None
    style = _STYLES[match.lastgroup]
    value = _value(match.lastgroup, match[match.lastgroup])
    if match.lastgroup != "empty" and (not value or _runs_on(text, match.end(), style, value)):
        return None
    printed = "".join(match[0].split())
    return Marker(style=style, value=value, printed=printed, end=match.end())


def _value(group: str, written: str) -> int | None:
    if group == "empty":
        return None
    if group.endswith("_sign") or group == "circled":
        return int(unicodedata.numeric(written))
    return han_value(written) if group.startswith("han") else int(written)


def _runs_on(text: str, end: int, style: Style, value: int) -> bool:
    if style not in (Style.HAN, Style.ARABIC):
        # A 、 right behind the bracket was read as part of the number: look at it again.
        return _NEXT_BRACKET.match(text, end - text.startswith("、", end - 1)) is not None
    following = _NEXT_NUMBER.match(text, end)
    if following is None:
        return False
    written = following[1]
    return (han_value(written) if style is Style.HAN else _arabic(written)) == value + 1


def _arabic(written: str) -> int | None:
    return int(written) if written.isdecimal() else None
