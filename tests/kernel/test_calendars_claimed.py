"""公示天数核对: story 4.1 and the notice of 宿州."""

from __future__ import annotations

from datetime import date

import pytest

from zhenggai.kernel.calendars.claimed import claimed_period
from zhenggai.kernel.calendars.load import load_calendar
from zhenggai.kernel.verdict import Answer, Refused
from zhenggai.packs.shelf import HERE, families, read_csv


@pytest.fixture(scope="module")
def calendar():
    return load_calendar({path.name: read_csv(path) for path in families([HERE], "calendars")})


def test_five_days_that_call_themselves_ten(calendar):
    verdict = claimed_period(calendar, date(2026, 9, 28), date(2026, 10, 9), 10)
    assert verdict.answer is Answer.NOT_MET
    assert verdict.reasons[0].text == (
        "首尾均计为5个工作日（9月28、29、30日，10月8、9日），公告当日不计为4个；"
        "满10个工作日应至2026年10月16日（公告当日不计）"
    )
    assert verdict.reasons[0].remedy


def test_four_days_that_called_themselves_ten_in_print(calendar):
    verdict = claimed_period(calendar, date(2024, 9, 29), date(2024, 10, 9), 10)
    assert "首尾均计为4个工作日" in verdict.reasons[0].text
    assert "应至2024年10月17日" in verdict.reasons[0].text


@pytest.mark.parametrize(
    ("last", "days"),
    [(date(2026, 10, 16), 10), (date(2026, 10, 9), 4), (date(2026, 10, 18), 10)],
)
def test_putting_the_dates_or_the_words_right_settles_it(calendar, last, days):
    assert claimed_period(calendar, date(2026, 9, 28), last, days).answer is Answer.MET


@pytest.mark.parametrize("days", [3, 5])
def test_counting_the_day_of_publication_or_too_few_is_not_settled(calendar, days):
    verdict = claimed_period(calendar, date(2026, 9, 28), date(2026, 10, 9), days)
    assert verdict.answer is Answer.NOT_MET


@pytest.mark.parametrize(
    ("first", "last", "days", "code"),
    [
        (date(2026, 12, 29), date(2027, 1, 6), 5, "calendar-unpublished"),
        (date(2026, 12, 21), date(2027, 1, 6), 5, "calendar-unpublished"),
        (date(2026, 9, 28), date(2026, 9, 27), 5, "notice-dates"),
    ],
)
def test_what_cannot_be_counted_is_refused(calendar, first, last, days, code):
    with pytest.raises(Refused) as refusal:
        claimed_period(calendar, first, last, days)
    assert refusal.value.reasons[0].code == code
