"""工作日: what holds for every calendar, day and count."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai.kernel.calendars.workdays import (
    Calendar,
    add_working_days,
    legal_period,
    subtract_working_days,
    workday_on_or_before,
    working_days_between,
)

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
ALL_DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
WEEKENDS = [day for day in ALL_DAYS if day.weekday() > 4]
WEEKDAYS = [day for day in ALL_DAYS if day.weekday() < 5]

calendars = st.builds(
    lambda off, work: Calendar.of([2026, 2027], off, work),
    st.sets(st.sampled_from(WEEKDAYS), max_size=30),
    st.sets(st.sampled_from(WEEKENDS), max_size=12),
)
days = st.dates(date(2026, 6, 1), date(2027, 3, 31))
counts = st.integers(1, 60)


@settings(max_examples=50, deadline=None)
@given(calendars, days, counts)
def test_adding_then_counting_gives_the_number_back(calendar, start, n):
    end = add_working_days(calendar, start, n)
    assert len(working_days_between(calendar, start, end)) == n
    assert calendar.is_workday(end)


@settings(max_examples=50, deadline=None)
@given(calendars, days, counts)
def test_between_working_days_subtracting_undoes_adding(calendar, day, n):
    start = workday_on_or_before(calendar, day)
    assert subtract_working_days(calendar, add_working_days(calendar, start, n), n) == start


@settings(max_examples=50, deadline=None)
@given(calendars, days, counts, st.sampled_from(["working", "calendar"]))
def test_a_period_counts_exactly_its_days_and_never_the_day_of_publication(
    calendar, from_on, n, day_kind
):
    period = legal_period(calendar, from_on, n, day_kind)
    assert len(period.counted) == n
    assert from_on < period.counted[0]
    assert period.counted == tuple(sorted(set(period.counted)))
    assert period.to_on == period.counted[-1]


@settings(max_examples=50, deadline=None)
@given(calendars, days, days, days)
def test_counts_of_adjoining_spans_add_up(calendar, a, b, c):
    a, b, c = sorted((a, b, c))
    whole = working_days_between(calendar, a, c)
    assert working_days_between(calendar, a, b) + working_days_between(calendar, b, c) == whole


@settings(max_examples=50, deadline=None)
@given(calendars, days, counts)
def test_a_longer_period_contains_the_shorter(calendar, from_on, n):
    shorter = legal_period(calendar, from_on, n, "working")
    longer = legal_period(calendar, from_on, n + 1, "working")
    assert longer.counted[:-1] == shorter.counted
