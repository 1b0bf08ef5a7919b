"""调度: what happened to each measure, and what the county says each month."""

from __future__ import annotations

from datetime import date

import pytest
from tests.world import act, on
from tests.world_works import under_way

from zhenggai.apps.ledger.models import Standing
from zhenggai.apps.planning import queries
from zhenggai.apps.planning.actions import record_measure, report_progress
from zhenggai.apps.planning.models import Progress
from zhenggai.apps.trail.models import Entry
from zhenggai.kernel.verdict import Refused

pytestmark = pytest.mark.usefixtures("zhaoling")


def test_a_finished_measure_gives_time_back():
    item = under_way()
    before = Standing.objects.get(item=item).slack_wd
    record_measure(
        "W-037", "prelim", date(2026, 6, 11), date(2026, 6, 15), act=act("bing", on(6, 15))
    )
    line = queries.gantt(item)[0]
    assert (line.actual_start, line.actual_finish) == (date(2026, 6, 11), date(2026, 6, 15))
    assert Standing.objects.get(item=item).slack_wd > before
    assert queries.measures_finished_by_name(item)["前期工作"] == date(2026, 6, 15)


def test_a_look_back_does_not_know_what_happened_later():
    item = under_way()
    record_measure(
        "W-037", "prelim", date(2026, 6, 11), date(2026, 7, 1), act=act("bing", on(7, 1))
    )
    assert queries.outlook(item, date(2026, 6, 10)).slack_wd < 0
    assert "prelim" in queries.outlook(item, date(2026, 6, 30)).late
    assert "prelim" not in queries.outlook(item, date(2026, 7, 1)).late


def test_a_correction_keeps_the_first_day_in_the_trail():
    under_way()
    for day in (25, 26):
        record_measure(
            "W-037", "prelim", date(2026, 6, 11), date(2026, 6, day), "evidence:1",
            act=act("bing", on(6, 27)),
        )  # fmt: skip
    told = Entry.objects.filter(verb="planning.measure.recorded").order_by("pk")
    assert ["2026-06-25" in e.body for e in told] == [True, False]
    assert ["2026-06-26" in e.body for e in told] == [False, True]


@pytest.mark.parametrize(
    ("start", "finish"),
    [
        (date(2026, 6, 20), date(2026, 6, 11)),
        (date(2026, 6, 20), date(2026, 6, 28)),
        (date(2026, 6, 28), None),
    ],
)
def test_days_that_cannot_be_are_refused(start, finish):
    under_way()
    with pytest.raises(Refused, match="先后颠倒或晚于2026-06-27"):
        record_measure("W-037", "prelim", start, finish, act=act("bing", on(6, 27)))


def test_only_who_answers_or_the_office_records():
    under_way()
    with pytest.raises(Refused, match="不是本事项的责任单位"):
        record_measure("W-037", "prelim", date(2026, 6, 11), None, act=act("yi", on(6, 27)))
    with pytest.raises(Refused, match="无权登记措施起止日期"):
        record_measure("W-037", "prelim", date(2026, 6, 11), None, act=act("zhujian", on(6, 27)))
    record_measure("W-037", "prelim", date(2026, 6, 11), None, act=act("office-1", on(6, 27)))


def test_a_measure_outside_the_plan_is_refused():
    under_way()
    with pytest.raises(Refused, match="没有可登记的措施“bridge”"):
        record_measure("W-037", "bridge", date(2026, 6, 11), None, act=act("bing", on(6, 27)))


def test_the_same_words_next_month_are_taken_and_the_latest_month_shows():
    item = under_way()
    for month, percent, at in (("2026-06", 20, on(6, 28)), ("2026-07", 45, on(7, 28))):
        report_progress("W-037", month, "管网正在施工。", percent, act=act("bing", at))
    report_progress("W-037", "2026-06", "更正：管网施工中。", 22, act=act("bing", on(7, 29)))
    assert [(p.month, p.percent) for p in queries.progress(item)] == [
        ("2026-07", 45),
        ("2026-06", 22),
    ]
    assert Progress.objects.count() == 3
    assert Standing.objects.get(item=item).percent == 45


def test_a_double_press_reports_once_and_the_text_stays_out_of_the_trail():
    under_way()
    press = act("bing", on(6, 28))
    for _ in range(2):
        report_progress("W-037", "2026-06", "管网正在施工。", 20, act=press)
    assert Progress.objects.count() == 1
    assert "管网" not in Entry.objects.get(verb="planning.progress.reported").body


@pytest.mark.parametrize(
    ("month", "text", "percent", "said"),
    [
        ("2026-13", "在建", 20, "不是可填报的月份"),
        ("2026-07", "在建", 20, "不是可填报的月份"),
        ("2026-06", "  ", 20, "没有文字"),
        ("2026-06", "在建", 101, "不在0至100之间"),
    ],
)
def test_a_report_that_says_nothing_is_refused(month, text, percent, said):
    under_way()
    with pytest.raises(Refused, match=said):
        report_progress("W-037", month, text, percent, act=act("bing", on(6, 28)))


def test_another_county_does_not_report_here():
    under_way()
    with pytest.raises(Refused, match="不是本事项的责任单位"):
        report_progress("W-037", "2026-06", "在建", 20, act=act("yi", on(6, 28)))
