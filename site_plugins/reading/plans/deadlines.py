"""Days and stretches of a year by which a plan promises something: 6月底前, 上半年, 年底前."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from msgspec import Struct

from site_plugins.reading.plans.numbers import han_value

_HAN = "一二三四五六七八九十"
_MONTH = rf"(?:[0-9０-９]{{1,2}}|十[一二]?|[{_HAN}])"
_BEFORE = r"(?:之?前|以前)"
_DEADLINE = re.compile(
    rf"""
      {_MONTH}月?\s*[至到—～~-]\s*(?P<range>{_MONTH})月份?
    | (?:(?P<year>[0-9０-９]{{4}})年)?(?P<month>{_MONTH})月
        (?: (?P<day>[0-9０-９]{{1,2}}|[{_HAN}]{{1,3}})[日号]
          | 份?(?P<third>上旬|中旬|下旬|底|末|中) )?
        (?P<before>{_BEFORE})?
    | (?<!每)第?(?P<quarter>[一二三四1-4])季度(?:末|底)?(?:{_BEFORE}|内)?
    | (?<!每)(?<!近)(?P<half>上半年|下半年)(?:{_BEFORE}|内)?
    | (?P<end>(?:今年|本年|全年|当年)?(?:年底|年末|岁末)(?:{_BEFORE})?
      | (?<![十百来多少这届])年内|今年内|本年度内)
    """,
    re.VERBOSE,
)
_DAYS = {"上旬": 10, "中旬": 20, "中": 20}
_NOT_AFTER = re.compile(r"[/—-]?[0-9０-９]")


class Deadline(Struct, frozen=True, kw_only=True):
    """A day that a text names; ``words`` as it says it, ``start`` and ``end`` their place in the
    text that was searched. ``is_firm`` is False for 下半年, which names a stretch that ends with
    the year anyway."""

    day: date
    words: str
    start: int
    end: int
    is_firm: bool = True


def find_deadlines(text: str, year: int) -> tuple[Deadline, ...]:
    """Every deadline in a text of the year's plan, in order; days that there are not are passed."""
    found = []
    for match in _DEADLINE.finditer(text):
        day = _day(match, year)
        if day is not None and not _NOT_AFTER.match(text, match.end()):
            firm = match["half"] != "下半年"
            made = Deadline(
                day=day, words=match[0], start=match.start(), end=match.end(), is_firm=firm
            )
            found.append(made)
    return tuple(found)


def _day(match: re.Match[str], year: int) -> date | None:
    if match["end"]:
        return date(year, 12, 31)
    if match["half"]:
        return date(year, 6, 30) if match["half"] == "上半年" else date(year, 12, 31)
    if match["quarter"]:
        return _last(year, 3 * _number(match["quarter"]))
    if match["range"]:
        return _last(year, _number(match["range"]))
    told = int(match["year"]) if match["year"] else year
    month = _number(match["month"])
    if match["day"]:
        try:
            return date(told, month, _number(match["day"]))
        except ValueError:
            return None
    if match["third"] in _DAYS and 1 <= month <= 12:
        return date(told, month, _DAYS[match["third"]])
    if match["before"] and not match["third"] and 1 <= month <= 12:
        # 6月前 is before June begins, 6月底前 before it ends.
        return date(told, month, 1) - timedelta(days=1)
    return _last(told, month)


def _last(year: int, month: int) -> date | None:
    if not 1 <= month <= 12:
        return None
    return date(year, month, calendar.monthrange(year, month)[1])


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else han_value(written) or 0
