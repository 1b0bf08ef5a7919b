"""工作日: the counts of published notices and of stories 1.2, 1.4, 4.1 and 4.2."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from zhenggai.kernel.calendars.load import load_calendar
from zhenggai.kernel.calendars.workdays import (
    Calendar,
    YearNotPublishedError,
    add_working_days,
    days_text,
    is_over,
    legal_period,
    months_later,
    subtract_working_days,
    workday_on_or_after,
    workday_on_or_before,
    working_days_between,
)
from zhenggai.kernel.verdict import Refused
from zhenggai.packs.shelf import HERE, families, read_csv

BEIJING = timezone(timedelta(hours=8))


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return load_calendar({path.name: read_csv(path) for path in families([HERE], "calendars")})


def inclusive(calendar: Calendar, first: date, last: date) -> int:
    return len(working_days_between(calendar, first - timedelta(days=1), last))


def test_every_year_from_2004_to_2026_is_known_and_no_other(calendar):
    assert calendar.years == set(range(2004, 2027))
    assert not calendar.knows(2027)


@pytest.mark.parametrize(
    ("place", "first", "last", "calendar_days", "working_days"),
    [
        ("岳阳", date(2019, 12, 18), date(2019, 12, 22), 5, 3),
        ("永兴", date(2020, 8, 19), date(2020, 8, 23), 5, 3),
        ("东丽", date(2025, 1, 21), date(2025, 2, 8), 19, 10),
    ],
)
def test_published_notices_hold_fewer_working_days_than_days(
    calendar, place, first, last, calendar_days, working_days
):
    assert (last - first).days + 1 == calendar_days
    assert inclusive(calendar, first, last) == working_days


def test_the_notice_of_suzhou_claims_ten_working_days_and_has_four_with_its_own(calendar):
    published, last = date(2024, 9, 29), date(2024, 10, 9)
    counted = working_days_between(calendar, published - timedelta(days=1), last)
    assert days_text(counted, by_month=True) == "9月29、30日，10月8、9日"
    assert legal_period(calendar, published, 10, "working").to_on == date(2024, 10, 17)


def test_five_days_that_call_themselves_ten(calendar):
    first, last = date(2026, 9, 28), date(2026, 10, 9)
    both_ends = working_days_between(calendar, first - timedelta(days=1), last)
    assert days_text(both_ends, by_month=True) == "9月28、29、30日，10月8、9日"
    assert len(working_days_between(calendar, first, last)) == 4
    ten = legal_period(calendar, first, 10, "working")
    assert ten.to_on == date(2026, 10, 16)
    assert date(2026, 10, 10) in ten.counted


def test_the_make_up_sunday_counts(calendar):
    period = legal_period(calendar, date(2026, 9, 18), 5, "working")
    assert period.describe() == (
        "公示期至2026年9月24日24时（5个工作日：20、21、22、23、24日，其中20日为调休上班）"
    )


def test_a_period_over_two_months_names_both(calendar):
    period = legal_period(calendar, date(2026, 9, 28), 5, "working")
    assert period.describe() == (
        "公示期至2026年10月10日24时"
        "（5个工作日：9月29、30日，10月8、9、10日，其中10月10日为调休上班）"
    )


def test_a_period_without_exchange_does_not_speak_of_one(calendar):
    period = legal_period(calendar, date(2026, 8, 6), 3, "working")
    assert period.describe("申辩期") == "申辩期至2026年8月11日24时（3个工作日：7、10、11日）"


def test_calendar_days_count_weekends_and_need_no_notice(calendar):
    period = legal_period(calendar, date(2026, 12, 29), 7, "calendar")
    assert period.to_on == date(2027, 1, 5)
    assert period.describe() == "公示期至2027年1月5日24时（7个自然日，当日不计）"


def test_a_period_is_over_at_midnight_and_not_a_minute_before(calendar):
    period = legal_period(calendar, date(2026, 9, 18), 5, "working")
    assert not is_over(period, datetime(2026, 9, 24, 23, 59, tzinfo=BEIJING))
    assert is_over(period, datetime(2026, 9, 25, 0, 0, tzinfo=BEIJING))
    assert is_over(period, datetime(2026, 9, 24, 16, 1, tzinfo=UTC))


def test_a_moment_without_zone_is_not_guessed(calendar):
    period = legal_period(calendar, date(2026, 9, 18), 5, "working")
    with pytest.raises(ValueError, match="no zone"):
        is_over(period, datetime(2026, 9, 25, 0, 1))  # noqa: DTZ001 - what is refused


@pytest.mark.parametrize("weekends_assumed", [False, True])
def test_a_legal_period_into_a_year_without_notice_is_refused(calendar, weekends_assumed):
    asked = calendar.with_weekends_assumed() if weekends_assumed else calendar
    with pytest.raises(Refused) as refusal:
        legal_period(asked, date(2026, 12, 29), 5, "working")
    (reason,) = refusal.value.reasons
    assert reason.code == "calendar-unpublished"
    assert reason.text == "2027年放假安排尚未载入，5个工作日中已知2个（12月30、31日）"
    assert reason.remedy == "请安装日历包后重试"
    assert reason.facts == ("workday:2026-12-30", "workday:2026-12-31")


def test_a_look_back_after_twelve_months_needs_no_notice():
    assert months_later(date(2026, 9, 30), 12) == date(2027, 9, 30)
    assert months_later(date(2027, 8, 31), 6) == date(2028, 2, 29)
    assert months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)


def test_a_year_without_notice_is_not_answered_but_can_be_assumed_for_plans(calendar):
    new_year = date(2027, 1, 1)
    with pytest.raises(YearNotPublishedError, match="2027年放假安排尚未载入"):
        calendar.is_workday(new_year)
    plans = calendar.with_weekends_assumed()
    assert plans.is_workday(new_year)
    assert plans.assumed(new_year)
    assert not plans.assumed(date(2026, 12, 31))


def test_thirty_working_days_from_feedback_end_where_the_story_says(calendar):
    assert add_working_days(calendar, date(2026, 6, 18), 30) == date(2026, 7, 31)


def test_nothing_added_or_subtracted_leaves_the_day(calendar):
    holiday = date(2026, 10, 1)
    assert add_working_days(calendar, holiday, 0) == holiday
    assert subtract_working_days(calendar, holiday, 0) == holiday
    assert workday_on_or_before(calendar, holiday) == date(2026, 9, 30)
    assert workday_on_or_after(calendar, holiday) == date(2026, 10, 8)


def test_negative_counts_and_empty_periods_are_mistakes(calendar):
    with pytest.raises(ValueError, match="negative"):
        add_working_days(calendar, date(2026, 8, 6), -1)
    with pytest.raises(ValueError, match="at least 1"):
        legal_period(calendar, date(2026, 8, 6), 0, "working")


def test_the_digest_names_the_content_not_the_order(calendar):
    one = Calendar.of([2026, 2025], off=[date(2026, 1, 1), date(2025, 1, 1)], work=[])
    other = Calendar.of([2025, 2026], off=[date(2025, 1, 1), date(2026, 1, 1)], work=[])
    assert one.digest == other.digest
    assert one.digest != calendar.digest
    assert one.digest != Calendar.of([2025, 2026], off=one.off, work=[date(2026, 1, 4)]).digest
