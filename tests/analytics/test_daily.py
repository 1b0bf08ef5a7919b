"""日均值: which day a value belongs to, and which values count."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.analytics.daily import Columns, Coverage, daily, daily_columns
from zhenggai.analytics.observations import BEIJING, Flag, Observation, seconds

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
JULY_1 = datetime(2026, 7, 1, tzinfo=BEIJING)


def hour(n, ticks, flag=Flag.OK):
    return Observation(7, "cod_out", JULY_1 + n * HOUR, ticks, flag)


def test_the_value_of_midnight_belongs_to_the_day_that_ended():
    rows = daily([hour(0, 10), hour(1, 20), hour(24, 30), hour(25, 40)], every=HOUR)
    assert [(d.day, d.ticks_sum, d.n) for d in rows] == [
        (date(2026, 6, 30), 10, 1),
        (date(2026, 7, 1), 50, 2),
        (date(2026, 7, 2), 40, 1),
    ]


def test_a_daily_value_passes_through_on_its_own_day():
    (row,) = daily([hour(0, 684)], every=DAY)
    assert (row.day, row.mean, row.expected, row.status) == (
        date(2026, 7, 1),
        Fraction(684),
        1,
        Coverage.FULL,
    )


def test_the_mean_is_exact():
    (row,) = daily([hour(1, 1), hour(2, 1), hour(3, 2)], every=HOUR)
    assert row.mean == Fraction(4, 3)


def test_what_is_below_detection_in_doubt_or_under_maintenance_is_in_no_mean():
    flags = [f for f in Flag if f is not Flag.OK]
    rows = [hour(1, 100), *(hour(n, 1, flag) for n, flag in enumerate(flags, start=2))]
    (row,) = daily(rows, every=HOUR)
    assert (row.mean, row.n, row.expected, row.status) == (Fraction(100), 1, 24, Coverage.PARTIAL)


@pytest.mark.parametrize(
    ("flags", "limit"),
    [
        ((Flag.MISSING, Flag.SUSPECT), None),
        ((Flag.MAINTENANCE, Flag.BELOW_DETECTION), 2),
        ((Flag.BELOW_DETECTION, Flag.BELOW_DETECTION), 2),
    ],
)
def test_a_day_without_a_valid_value_has_no_mean_and_keeps_its_detection_limit(flags, limit):
    (row,) = daily([hour(n, n, flag) for n, flag in enumerate(flags, start=1)], every=HOUR)
    told = (row.mean, row.n, row.status.label, row.detection_limit)
    assert told == (None, 0, "无有效数据", limit)


def test_a_whole_day_is_full():
    (row,) = daily([hour(n, n) for n in range(1, 25)], every=HOUR)
    assert (row.n, row.status.label, row.mean) == (24, "齐全", Fraction(25, 2))


def test_each_series_has_its_own_days():
    other = Observation(7, "bod_in", JULY_1 + HOUR, 5)
    assert [d.series for d in daily([hour(1, 1), other], every=HOUR)] == ["bod_in", "cod_out"]


@given(
    st.lists(
        st.tuples(
            st.integers(-(2**31) + 1, 2**31 - 1),
            st.sampled_from(Flag),
            st.integers(0, 4 * 86400),
        ),
        unique_by=lambda value: value[2],
    ),
    st.sampled_from([timedelta(minutes=10), HOUR, DAY]),
)
def test_the_column_form_equals_the_scalar_form(values, every):
    rows = [
        Observation(7, "cod_out", JULY_1 + timedelta(seconds=second), ticks, flag)
        for ticks, flag, second in values
    ]
    columns = Columns(
        "cod_out",
        np.array([seconds(r.at) for r in rows], np.uint32),
        np.array([r.ticks for r in rows], np.int32),
        np.array([r.flag for r in rows], np.uint8),
    )
    assert daily_columns(columns, every=every) == daily(rows, every=every)
