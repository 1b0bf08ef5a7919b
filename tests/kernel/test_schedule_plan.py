"""倒排工期: a sewage plan of 昭陵市 walked back by hand, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from zhenggai.kernel.calendars.load import load_calendar
from zhenggai.kernel.schedule.backward import back_schedule
from zhenggai.kernel.schedule.forward import Actual, forward
from zhenggai.kernel.schedule.network import Link, Measure, in_order
from zhenggai.kernel.schedule.outlook import outlook
from zhenggai.kernel.verdict import Refused
from zhenggai.packs.shelf import HERE, read_csv

DEADLINE = date(2026, 9, 30)
PLAN = (
    Measure("close", "销号", 1, after=(Link("notice"),)),
    Measure("mains", "主管铺设", 20, low=15, high=30),
    Measure("household", "入户接管", 15, after=(Link("mains"),)),
    Measure("trial", "通水试运行", 30, "calendar", after=(Link("household"),)),
    Measure("sampling", "出水采样", 2, after=(Link("household", lag=5),)),
    Measure("check", "验收", 2, after=(Link("trial"), Link("sampling"))),
    Measure("notice", "公示", 5, "notice", after=(Link("check"),)),
)


@pytest.fixture(scope="module")
def calendar():
    return load_calendar({"2026.csv": read_csv(HERE / "calendars" / "2026.csv")})


def spans(windows) -> dict[str, tuple[str, str]]:
    return {
        key: (f"{w.latest_start:%m-%d}", f"{w.latest_finish:%m-%d}") for key, w in windows.items()
    }


def codes(refusal) -> set[str]:
    return {reason.code for reason in refusal.value.reasons}


def test_the_plan_walked_back_by_hand(calendar):
    assert spans(back_schedule(PLAN, DEADLINE, calendar)) == {
        "mains": ("07-01", "07-28"),
        "household": ("07-29", "08-18"),
        "trial": ("08-19", "09-17"),
        "sampling": ("09-16", "09-17"),
        "check": ("09-18", "09-20"),  # Friday and the make-up Sunday
        "notice": ("09-21", "09-29"),  # counted: 22, 23, 24, 28, 29; mid-autumn is off
        "close": ("09-30", "09-30"),
    }


def test_a_deadline_on_a_holiday_leaves_the_last_working_day_before(calendar):
    (window,) = back_schedule([Measure("a", "销号", 1)], date(2026, 10, 3), calendar).values()
    assert window.latest_start == window.latest_finish == date(2026, 9, 30)


def test_calendar_days_may_end_on_the_holiday_itself(calendar):
    trial = Measure("a", "试运行", 10, "calendar")
    (window,) = back_schedule([trial], date(2026, 10, 3), calendar).values()
    assert (window.latest_start, window.latest_finish) == (date(2026, 9, 24), date(2026, 10, 3))


def test_a_plan_over_new_year_is_drawn_and_marked(calendar):
    plan = (Measure("a", "施工", 5), Measure("b", "验收", 1, after=(Link("a"),)))
    windows = back_schedule(plan, date(2027, 1, 6), calendar)
    assert windows["b"].assumed
    assert spans(windows)["a"] == ("12-30", "01-05")
    assert windows["a"].assumed
    early = back_schedule(plan, date(2026, 12, 30), calendar)
    assert not early["a"].assumed


def test_the_outlook_before_anything_began(calendar):
    seen = outlook(PLAN, DEADLINE, date(2026, 6, 22), {}, calendar)
    assert seen.must_start_on == date(2026, 7, 1)
    assert seen.slack_wd == 7
    assert seen.critical == ("mains", "household", "trial", "check", "notice", "close")
    assert seen.late == ()
    assert seen.expected_finish == date(2026, 9, 20)
    assert seen.finish_range == (date(2026, 9, 14), date(2026, 10, 12))


def test_once_the_mains_are_begun_the_next_date_is_that_of_the_households(calendar):
    begun = {"mains": Actual(date(2026, 6, 8))}
    seen = outlook(PLAN, DEADLINE, date(2026, 6, 15), begun, calendar)
    assert seen.must_start_on == date(2026, 7, 29)
    assert seen.expected_finish == date(2026, 9, 8)


def test_begun_a_day_too_late_the_slack_is_negative_and_the_measure_named(calendar):
    seen = outlook(PLAN, DEADLINE, date(2026, 7, 2), {}, calendar)
    assert seen.slack_wd == -1
    assert seen.late == ("mains",)
    assert seen.expected_finish > DEADLINE


def test_a_trial_that_ends_on_the_sunday_after_its_saturday_is_late_by_a_day(calendar):
    trial = Measure("a", "试运行", 3, "calendar")
    seen = outlook([trial], date(2026, 8, 8), date(2026, 8, 7), {}, calendar)
    assert seen.expected_finish == date(2026, 8, 9)
    assert seen.slack_wd == -1


def test_running_work_cannot_end_in_the_past_but_a_notice_runs_out_by_itself(calendar):
    today = date(2026, 8, 10)
    measures = (Measure("a", "施工", 2), Measure("b", "公示", 5, "notice"))
    begun = {"a": Actual(date(2026, 7, 1)), "b": Actual(date(2026, 7, 1))}
    found = forward(measures, today, begun, calendar)
    assert found["a"].finish == today
    assert found["b"].finish == date(2026, 7, 8)


def test_a_started_trial_that_overruns_ends_today_even_on_a_sunday(calendar):
    trial = Measure("a", "试运行", 3, "calendar")
    found = forward([trial], date(2026, 8, 9), {"a": Actual(date(2026, 8, 1))}, calendar)
    assert found["a"].finish == date(2026, 8, 9)


def test_when_all_is_done_the_slack_is_what_was_left(calendar):
    done = {"a": Actual(date(2026, 9, 1), date(2026, 9, 28))}
    seen = outlook([Measure("a", "施工", 5)], DEADLINE, date(2026, 10, 20), done, calendar)
    assert seen.must_start_on is None
    assert (seen.slack_wd, seen.critical, seen.late) == (2, (), ())


def test_a_cycle_is_named_in_the_words_of_the_plan():
    ring = (
        Measure("a", "施工", 1, after=(Link("b"),)),
        Measure("b", "验收", 1, after=(Link("a"),)),
    )
    with pytest.raises(Refused, match=r"措施互为前提：(施工→验收→施工|验收→施工→验收)") as refusal:
        in_order(ring)
    assert codes(refusal) == {"plan-cycle"}


def test_every_fault_of_a_network_is_named_at_once():
    broken = (
        Measure("a", "施工", 0),
        Measure("a", "施工二", 3, low=4),
        Measure("b", "验收", 1, after=(Link("c"), Link("a", lag=-1))),
    )
    with pytest.raises(Refused) as refusal:
        in_order(broken)
    assert codes(refusal) == {"plan-duplicate", "plan-duration", "plan-unknown"}
    assert "措施“验收”的前置措施“c”不在方案中" in str(refusal.value)
    assert all(reason.remedy for reason in refusal.value.reasons)


@pytest.mark.parametrize(
    ("actuals", "code"),
    [
        ({"x": Actual(date(2026, 8, 1))}, "actual-unknown"),
        ({"mains": Actual(date(2026, 8, 2), date(2026, 8, 1))}, "actual-order"),
        ({"mains": Actual(date(2026, 8, 1), date(2026, 8, 7))}, "actual-order"),
        ({"mains": Actual(date(2026, 8, 7))}, "actual-order"),
    ],
)
def test_what_cannot_have_happened_is_refused(calendar, actuals, code):
    with pytest.raises(Refused) as refusal:
        forward(PLAN, date(2026, 8, 6), actuals, calendar)
    assert codes(refusal) == {code}


def test_a_plan_without_measures_has_no_outlook(calendar):
    with pytest.raises(ValueError, match="without measures"):
        outlook([], DEADLINE, date(2026, 8, 6), {}, calendar)
