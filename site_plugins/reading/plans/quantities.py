"""Numbers with a unit in a plan's sentences: 4次, 不少于两场, 每季度1期, 95%以上, 百分之九十."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

_HAN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_ARABIC = r"[0-9０-９]{1,9}(?:[,，][0-9０-９]{3}){0,3}(?:[.．][0-9０-９]{1,9})?"
_HAN = r"[一二两三四五六七八九十百千〇零]{1,9}"
_NUMBER = rf"(?:{_ARABIC}|{_HAN})"
_UNITS = (
    "人次 场次 批次 课时 字 个百分点 场 次 期 个 件 项 篇 份 条 名 家 户 部 册 本 辑 "
    "集 轮 批 天 套 处 所 位 卷 支 类 门 讲 堂 版 幅 张 遍 回 元 人 "
    "间 座 块 棵 份 组 对 站 "
).split()
_UNIT = "|".join(sorted(set(_UNITS), key=len, reverse=True))
# Bounded, so that no text takes long: nobody means longer numbers or gaps.
_SPACE = r"[ \t\u3000]{0,3}"
_QUANTITY = re.compile(
    rf"""
    (?P<floor>(?:不少于|不低于|不下于|不下|至少|最少|不小于|超过|达到|达|力争|争取)?){_SPACE}
    (?:
      (?P<low>{_NUMBER}){_SPACE}(?P<range>(?:[至到—～~-]{_SPACE}(?P<high>{_NUMBER}))?){_SPACE}
      (?P<myriad>万?)(?P<more>[余多]?){_SPACE}
      (?P<unit>%|％|{_UNIT})
    | 百分之(?P<hundredth>{_NUMBER})
    )
    (?P<above>(?:{_SPACE}(?:以上|及以上|起))?)
    """,
    re.VERBOSE,
)
_OPEN = re.compile(rf"(?P<blank>[XＸx×]{{1,9}}|[_＿]{{1,9}}|若干|多|数|几)(?:余|多)?(?:{_UNIT})")
_EVERY = re.compile(
    r"每(?:(?P<two>两|2|二)个月|个?(?P<unit>季度?|月|半年|年度?))|双月(?=召开|举办|开展)"
)
_TIMES = {"季": 4, "季度": 4, "月": 12, "半年": 2, "年": 1, "年度": 1}
_EACH = re.compile(
    r"每[一]?(?:周|天|日|名|位|个(?!月|季)|家|户|人|支|县|区|乡|镇|村|社区|次|场|期|件)"
)
# 三次产业, 一次性, 三个月, 一个时期, 第4次, 上一次, 同一件, 唯一一个: numbers that count nothing.
_NOT_BEFORE = re.compile(r"[第每某同这那哪其任唯上下前后统如逐]$|[0-9０-９.．/年月]$")
_NOT_AFTER = re.compile(
    r"产业|性|月|时期|阶段|层面|方面|五年|世纪|国[^内际]|规定|维护|意识|自信|确立"
)
_LIKE_AN_ARTICLE = ("个", "项", "批", "套", "条", "支", "类", "处", "家", "名", "位", "人")


class Quantity(Struct, frozen=True, kw_only=True):
    """A number with its unit, ``start`` and ``end`` in the text that was searched.

    ``count`` is the whole number, the lower one of a range; ``at_least`` says that more is meant
    too. ``has_floor`` says that words such as 不少于 stand with it.
    """

    count: int
    unit: str
    at_least: bool
    has_floor: bool
    start: int
    end: int


class Frequency(Struct, frozen=True, kw_only=True):
    """每季度, 每月: how often in a year, and where it is said."""

    times: int
    words: str
    start: int


def number_value(written: str) -> int | None:
    """The value of an Arabic or Han numeral (两千, 一百二十, 三〇), None where it is none."""
    plain = written.replace(",", "").replace("，", "")
    if plain.isdecimal():
        return int(plain)
    total = digit = 0
    last = None
    for char in plain:
        if char in _HAN_UNITS:
            if last == "unit" or (digit == 0 and char != "十"):
                return None
            total += (digit or 1) * _HAN_UNITS[char]
            digit, last = 0, "unit"
        elif char in _HAN_DIGITS:
            if last == "digit" and digit:
                return None  # 三四 is three or four
            digit = _HAN_DIGITS[char]
            last = "digit"
        else:
            return None
    return total + digit or None


def find_quantities(text: str) -> Iterator[Quantity]:
    """Every number with a unit that counts something, in order; those in quotation marks belong
    to a slogan and are passed."""
    for match in _QUANTITY.finditer(text):
        quantity = _quantity(match, text)
        if quantity is not None and not _in_quotes(text, match.start()):
            yield quantity


def _quantity(match: re.Match[str], text: str) -> Quantity | None:
    written = match["low"] or match["hundredth"]
    at = match.start("low") if match["low"] else match.start()
    before = text[:at] if not match["floor"] else text[: match.start()]
    if not match["floor"] and _NOT_BEFORE.search(before[-1:]):
        return None
    count = number_value(written)
    if count is None or _NOT_AFTER.match(text, match.end()):
        return None
    unit = "%" if match["hundredth"] or match["unit"] in "%％" else match["unit"]
    if written == "一" and unit in _LIKE_AN_ARTICLE and not match["floor"]:
        return None
    floor = bool(match["floor"] and match["floor"] not in ("达到", "达")) or bool(match["above"])
    return Quantity(
        count=count * 10_000 if match["myriad"] else count,
        unit=unit,
        at_least=floor or bool(match["range"]) or bool(match["more"]),
        has_floor=bool(match["floor"] or match["above"]),
        start=match.start(),
        end=match.end(),
    )


def find_open(text: str) -> Iterator[tuple[str, int]]:
    """Numbers left open (X次, 若干项), and where they stand."""
    for match in _OPEN.finditer(text):
        if match["blank"] not in ("多", "数", "几") and not _in_quotes(text, match.start()):
            yield match[0], match.start()


def find_frequency(text: str, before: int) -> Frequency | None:
    """How often a year, said last before the place ``before``."""
    found = None
    for match in _EVERY.finditer(text, 0, before):
        times = 6 if match["two"] or not match["unit"] else _TIMES.get(match["unit"])
        if times is not None:
            found = Frequency(times=times, words=match[0], start=match.start())
    return found


def is_for_each(text: str, before: int) -> bool:
    """Whether the number is promised for each one of many (每名委员) or each week: no sum is
    known."""
    return _EACH.search(text, 0, before) is not None


def _in_quotes(text: str, at: int) -> bool:
    for opening, closing in ("“”", "《》", "「」", "‘’"):
        if text.count(opening, 0, at) > text.count(closing, 0, at):
            return True
    return False
