"""序时进度: story 1.5 to the day, and which light follows."""

from __future__ import annotations

from datetime import date

import pytest

from zhenggai.kernel.schedule.progress import Light, LightThresholds, PaceKind, light, pace

DUE, NODE = date(2026, 8, 31), date(2026, 7, 15)
SEVEN = LightThresholds(slack_wd=7, due_within=7)


@pytest.mark.parametrize(
    ("today", "text"),
    [
        (date(2026, 7, 15), "余47天"),
        (date(2026, 7, 16), "未达序时进度1天"),
        (date(2026, 8, 6), "未达序时进度22天"),
        (date(2026, 8, 30), "未达序时进度46天"),
        (date(2026, 8, 31), "今日到期"),
        (date(2026, 9, 1), "超期1天"),
    ],
)
def test_an_internal_node_is_not_a_deadline(today, text):
    stands = pace(today, DUE, NODE, None, None)
    assert stands.text == text
    assert (stands.kind is PaceKind.OVERDUE) == (today > DUE)


def test_reporting_ends_the_lag_but_not_the_deadline():
    reported = date(2026, 8, 5)
    assert pace(date(2026, 8, 6), DUE, NODE, reported, None).text == "余25天"
    assert pace(date(2026, 9, 2), DUE, NODE, reported, None).text == "超期2天"


def test_what_happens_later_is_not_yet_known():
    later = date(2026, 9, 10)
    assert pace(date(2026, 8, 6), DUE, NODE, later, later).text == "未达序时进度22天"
    assert pace(date(2026, 9, 1), DUE, NODE, later, later).text == "超期1天"


def test_late_stays_late_after_closing():
    stands = pace(date(2026, 12, 1), DUE, NODE, date(2026, 9, 2), date(2026, 9, 12))
    assert (stands.kind, stands.text) == (PaceKind.CLOSED_LATE, "超期12天后销号")


def test_closing_on_the_last_day_is_in_time():
    assert pace(date(2026, 12, 1), DUE, NODE, DUE, DUE).text == "已销号"


def test_without_a_deadline_nothing_is_overdue():
    assert pace(date(2030, 1, 1), None, None, None, None).text == "时限未载明"
    assert pace(date(2030, 1, 1), None, NODE, None, None).kind is PaceKind.UNKNOWN
    assert pace(date(2030, 1, 1), None, None, None, DUE).text == "已销号"


@pytest.mark.parametrize(
    ("today", "node_on", "slack", "expected"),
    [
        (date(2026, 8, 6), None, None, Light.GREEN),
        (date(2026, 8, 6), None, 7, Light.GREEN),
        (date(2026, 8, 6), None, 6, Light.YELLOW),
        (date(2026, 8, 6), None, -20, Light.YELLOW),
        (date(2026, 8, 6), NODE, 30, Light.YELLOW),
        (date(2026, 8, 23), None, 30, Light.GREEN),
        (date(2026, 8, 24), None, 30, Light.YELLOW),
        (date(2026, 8, 31), None, 30, Light.YELLOW),
        (date(2026, 9, 1), None, 30, Light.RED),
    ],
)
def test_red_only_after_the_deadline_has_passed(today, node_on, slack, expected):
    assert light(pace(today, DUE, node_on, None, None), slack, SEVEN) is expected


def test_the_thresholds_come_from_the_caller():
    stands = pace(date(2026, 8, 6), DUE, None, None, None)
    assert light(stands, 5, LightThresholds(slack_wd=5, due_within=7)) is Light.GREEN
    assert light(stands, 5, LightThresholds(slack_wd=5, due_within=25)) is Light.YELLOW


def test_closed_and_unknown_items_have_no_colour_of_haste():
    today = date(2026, 12, 1)
    assert light(pace(today, DUE, None, None, date(2026, 9, 12)), None, SEVEN) is Light.CLOSED
    assert light(pace(today, None, None, None, None), 3, SEVEN) is Light.NONE
