"""Dates and times: what is understood, and that every form says the same point in time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_plugins.domain.moments import SHANGHAI, Moment, moment_of


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2022-03-18", "2022-03-18"),
        ("2022-3-8", "2022-03-08"),
        ("  2022-03-18\n", "2022-03-18"),
        ("2022-03-18 09:30", "2022-03-18T09:30:00+08:00"),
        ("2022-03-18T9:30", "2022-03-18T09:30:00+08:00"),
        ("2022-03-18  09:30:15", "2022-03-18T09:30:15+08:00"),
        ("2022-03-18 09:30:15.25", "2022-03-18T09:30:15+08:00"),
        ("2022-03-18T09:30:00Z", "2022-03-18T17:30:00+08:00"),
        ("2022-03-18T20:00:00-05:00", "2022-03-19T09:00:00+08:00"),
        ("2022-03-18 09:30 +0800", "2022-03-18T09:30:00+08:00"),
        ("2024-02-29", "2024-02-29"),
        (date(2022, 3, 18), "2022-03-18"),
        (datetime(2022, 3, 18, 9, 30), "2022-03-18T09:30:00+08:00"),
        (datetime(2022, 3, 18, 1, 30, tzinfo=UTC), "2022-03-18T09:30:00+08:00"),
    ],
)
def test_reads_what_editors_write(written: object, iso: str) -> None:
    moment = moment_of(written)
    assert moment is not None
    assert moment.iso == iso


@pytest.mark.parametrize(
    "written",
    [
        "2022-02-30",
        "2023-02-29",
        "2022-13-01",
        "2022-00-10",
        "2022-03-18 25:00",
        "2022-03-18 09:60",
        "2022/03/18",
        "2022年3月18日",
        "03-18",
        "20220318",
        "2022-03-18 上午",
        "2022-03-18T09:30:00+99:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:00-14:00",
        "",
        None,
        True,
        20220318,
        ["2022-03-18"],
        datetime(9999, 12, 31, 23, 59, tzinfo=timezone(-timedelta(hours=14))),
    ],
)
def test_refuses_what_is_no_date(written: object) -> None:
    assert moment_of(written) is None


def test_a_day_alone_comes_before_the_times_of_that_day() -> None:
    written = ["2022-03-19", "2022-03-18 09:30", "2022-03-18 00:00", "2022-03-18"]
    moments = [m for m in map(moment_of, written) if m is not None]
    assert [m.stamp for m in sorted(moments)] == written[::-1]


def test_forms_for_readers() -> None:
    moment = Moment(datetime(2022, 3, 8, 9, 5, tzinfo=SHANGHAI), has_time=True)
    assert (moment.label, moment.stamp) == ("2022年3月8日", "2022-03-08 09:05")
    assert Moment(moment.at).stamp == "2022-03-08"


def _zone(minutes: int) -> timezone:
    return timezone(timedelta(minutes=minutes))


MOMENTS = st.builds(
    Moment,
    st.datetimes(
        min_value=datetime(2, 1, 2), max_value=datetime(9998, 12, 30), timezones=st.just(SHANGHAI)
    ).map(lambda at: at.replace(microsecond=0)),
    st.booleans(),
)


@given(MOMENTS)
def test_iso_form_round_trip(moment: Moment) -> None:
    again = moment_of(moment.iso)
    assert again is not None
    assert again.has_time == moment.has_time
    assert again.day == moment.day
    assert not moment.has_time or again == moment


@given(MOMENTS)
def test_stamp_round_trip(moment: Moment) -> None:
    again = moment_of(moment.stamp)
    assert again is not None
    assert again.stamp == moment.stamp


@given(st.text(alphabet="0123456789-:TZ+ .年月日", max_size=30))
def test_any_text_is_a_moment_or_none(text: str) -> None:
    moment = moment_of(text)
    assert moment is None or moment_of(moment.iso) is not None


@given(st.datetimes(timezones=st.integers(-1439, 1439).map(_zone)))
def test_any_zone_is_kept_as_the_same_instant(at: datetime) -> None:
    moment = moment_of(at)
    assert moment is None or moment.at == at
