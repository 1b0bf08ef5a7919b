"""倒排工期: what holds for every network, deadline and calendar."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai.kernel.calendars.workdays import (
    Calendar,
    add_working_days,
    working_days_between,
)
from zhenggai.kernel.schedule.backward import back_schedule
from zhenggai.kernel.schedule.forward import Actual, forward
from zhenggai.kernel.schedule.network import Link, Measure
from zhenggai.kernel.schedule.outlook import outlook

WEEK = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
WEEKDAYS = [day for day in WEEK if day.weekday() < 5]
WEEKENDS = [day for day in WEEK if day.weekday() > 4]

calendars = st.builds(
    lambda off, work: Calendar.of([2026], off, work),
    st.sets(st.sampled_from(WEEKDAYS), max_size=25),
    st.sets(st.sampled_from(WEEKENDS), max_size=10),
)
deadlines = st.dates(date(2026, 6, 1), date(2027, 2, 28))
todays = st.dates(date(2026, 3, 1), date(2026, 12, 31))


@st.composite
def networks(draw):
    """Up to six measures of any kind; each waits for some of the earlier ones."""
    found: list[Measure] = []
    for number in range(draw(st.integers(1, 6))):
        earlier = draw(st.sets(st.sampled_from(range(number)), max_size=2)) if number else set()
        links = tuple(Link(f"m{n}", draw(st.integers(0, 3))) for n in sorted(earlier))
        kind = draw(st.sampled_from(["working", "calendar", "notice"]))
        found.append(Measure(f"m{number}", f"措施{number}", draw(st.integers(1, 12)), kind, links))
    return draw(st.permutations(found))


@settings(max_examples=60, deadline=None)
@given(networks(), deadlines, calendars)
def test_no_measure_starts_before_what_it_waits_for_and_none_ends_after_the_deadline(
    network, deadline, calendar
):
    plans = calendar.with_weekends_assumed()
    plan = back_schedule(network, deadline, calendar)
    for measure in network:
        window = plan[measure.key]
        assert window.latest_start <= window.latest_finish <= deadline
        for link in measure.after:
            ready = add_working_days(plans, plan[link.before].latest_finish, link.lag + 1)
            assert ready <= window.latest_start


@settings(max_examples=60, deadline=None)
@given(networks(), deadlines, calendars)
def test_every_window_holds_exactly_the_days_of_its_measure(network, deadline, calendar):
    plans = calendar.with_weekends_assumed()
    plan = back_schedule(network, deadline, calendar)
    for measure in network:
        window = plan[measure.key]
        if measure.day_kind == "calendar":
            assert (window.latest_finish - window.latest_start).days + 1 == measure.days
            continue
        counted_from = window.latest_start - timedelta(days=measure.day_kind == "working")
        counted = working_days_between(plans, counted_from, window.latest_finish)
        assert len(counted) == measure.days
        assert plans.is_workday(window.latest_start)


@settings(max_examples=60, deadline=None)
@given(networks(), deadlines, calendars)
def test_a_deadline_one_working_day_later_makes_no_start_earlier(network, deadline, calendar):
    later = add_working_days(calendar.with_weekends_assumed(), deadline, 1)
    before = back_schedule(network, deadline, calendar)
    after = back_schedule(network, later, calendar)
    assert all(before[key].latest_start <= after[key].latest_start for key in before)
    assert all(before[key].latest_finish <= after[key].latest_finish for key in before)


@settings(max_examples=60, deadline=None)
@given(networks(), todays, calendars)
def test_walking_forward_keeps_the_order_and_starts_nothing_in_the_past(network, today, calendar):
    plans = calendar.with_weekends_assumed()
    found = forward(network, today, {}, calendar)
    for measure in network:
        assert found[measure.key].start >= today
        for link in measure.after:
            ready = add_working_days(plans, found[link.before].finish, link.lag + 1)
            assert found[measure.key].start >= ready


@settings(max_examples=60, deadline=None)
@given(networks(), deadlines, todays, calendars)
def test_slack_is_negative_exactly_when_the_plan_cannot_be_kept(network, deadline, today, calendar):
    seen = outlook(network, deadline, today, {}, calendar)
    assert (seen.slack_wd < 0) == (seen.expected_finish > deadline)
    assert (seen.must_start_on < today) == bool(seen.late)
    assert seen.critical


@settings(max_examples=60, deadline=None)
@given(networks(), deadlines, calendars)
def test_a_plan_begun_on_its_last_days_is_still_in_time(network, deadline, calendar):
    windows = back_schedule(network, deadline, calendar)
    first = min(window.latest_start for window in windows.values())
    seen = outlook(network, deadline, first, {}, calendar)
    assert seen.slack_wd >= 0
    assert seen.late == ()


@settings(max_examples=60, deadline=None)
@given(networks(), deadlines, todays, calendars, st.integers(0, 20))
def test_a_day_lost_never_brings_the_end_nearer(network, deadline, today, calendar, lost):
    now = outlook(network, deadline, today, {}, calendar)
    then = outlook(network, deadline, today + timedelta(days=lost), {}, calendar)
    assert then.expected_finish >= now.expected_finish
    assert then.slack_wd <= now.slack_wd


@settings(max_examples=60, deadline=None)
@given(networks(), todays, calendars)
def test_what_was_finished_in_order_is_left_as_it_was(network, today, calendar):
    before = forward(network, today, {}, calendar)
    actuals = {key: Actual(found.start, found.finish) for key, found in before.items()}
    end = max(found.finish for found in before.values())
    after = forward(network, end + timedelta(days=30), actuals, calendar)
    assert {k: (v.start, v.finish) for k, v in after.items()} == {
        k: (v.start, v.finish) for k, v in before.items()
    }
