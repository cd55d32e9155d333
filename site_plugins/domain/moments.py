"""Dates and times as editors write them; everything is Asia/Shanghai (UTC+8, no summer time)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

from msgspec import Struct
from msgspec.structs import force_setattr

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")

_FIRST, _LAST = 2, 9998

_WRITTEN = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)


class Moment(Struct, frozen=True, array_like=True, order=True):
    """A point in time; ``has_time`` is False where only the day was written.

    A day alone stands for its first minute, so it sorts before the times of that day.
    """

    at: datetime
    has_time: bool = False

    def __post_init__(self) -> None:
        if self.at.tzinfo is not SHANGHAI:
            # One zone object for all: moments are compared without conversion.
            force_setattr(self, "at", self.at.astimezone(SHANGHAI))

    @property
    def day(self) -> date:
        """The calendar day in Shanghai."""
        return self.at.date()

    @property
    def iso(self) -> str:
        """``2022-03-18`` or ``2022-03-18T09:30:00+08:00``."""
        return self.at.isoformat() if self.has_time else self.at.date().isoformat()

    @property
    def stamp(self) -> str:
        """``2022-03-18 09:30`` or ``2022-03-18``."""
        # Not strftime, which writes early years with fewer than four figures on some machines.
        at = self.at.replace(tzinfo=None)
        return at.isoformat(" ", "minutes") if self.has_time else at.date().isoformat()

    @property
    def label(self) -> str:
        """``2022年3月18日``."""
        return f"{self.at.year}年{self.at.month}月{self.at.day}日"


def moment_of(value: object) -> Moment | None:
    """The moment that a front-matter value means, or None where it means none.

    Accepts what YAML gives: a text, a date, a datetime (without zone: Shanghai). The first and
    last years of the calendar are none: other zones would count them out of it.
    """
    found = _moment_of(value)
    return found if found is not None and _FIRST <= found.at.year <= _LAST else None


def _moment_of(value: object) -> Moment | None:
    if isinstance(value, datetime):
        at = value if value.tzinfo else value.replace(tzinfo=SHANGHAI)
        try:
            return Moment(at.astimezone(SHANGHAI), has_time=True)
        except OverflowError:
            return None
    if isinstance(value, date):
        return Moment(datetime(value.year, value.month, value.day, tzinfo=SHANGHAI))
    if isinstance(value, str):
        return _moment_of_text(value.strip())
    return None


def _moment_of_text(text: str) -> Moment | None:
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    try:
        at = datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0)
        )
        if zone is None:
            return Moment(at.replace(tzinfo=SHANGHAI), has_time=hour is not None)
        return Moment(at.replace(tzinfo=_zone(zone)).astimezone(SHANGHAI), has_time=True)
    except (ValueError, OverflowError):
        return None


def _zone(text: str) -> timezone:
    if text == "Z":
        return UTC
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "")
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))
