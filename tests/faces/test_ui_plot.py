"""Charts: gaps stay gaps, claims are dashed, derived values have a band, numbers stay readable."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.utils.html import escape

from zhenggai.faces.ui.gantt import Bar, Lane, Schedule, gantt
from zhenggai.faces.ui.plot import Event, Frame, Limit, Point, Series, chart, strip, ticks

START = date(2026, 6, 1)
EVIL = "<script>"


def day(number: int) -> date:
    return START + timedelta(days=number)


def frame(**more: object) -> Frame:
    about = {
        "key": "bod",
        "title": "进水浓度",
        "sentence": "前 68.4，后 41.2",
        "days": (day(0), day(10)),
        "scale": (0, 100),
        "unit": "mg/L",
    }
    return Frame(**(about | more))


def series(kind: str, days: list[int], shape: str = "line") -> Series:
    return Series("在线", kind, tuple(Point(day(n), 50) for n in days), shape)


def test_missing_days_are_not_bridged():
    drawn = chart(frame(), (series("measured", [0, 1, 2, 6, 7]),))
    assert drawn.count('<path class="measured-line"') == 2


def test_a_day_alone_between_gaps_is_a_dot():
    drawn = chart(frame(), (series("measured", [0, 1, 4, 7, 8]),))
    assert drawn.count('<circle class="measured-dot"') == 1


def test_a_monthly_series_is_whole_when_told_so():
    points = tuple(Point(day(n), 50) for n in (0, 5, 10))
    drawn = chart(frame(), (Series("月报", "claimed", points, every=5),))
    assert drawn.count('<path class="claimed-line"') == 1


def test_steps_go_across_before_they_go_up():
    points = (Point(day(0), 0), Point(day(10), 100))
    drawn = chart(frame(), (Series("进度", "claimed", points, "step", every=31),))
    assert 'd="M0.0 1000.0H1000.0V0.0"' in drawn


def test_a_derived_series_shows_its_band_in_drawing_and_table():
    points = tuple(Point(day(n), 220, 183, 275) for n in range(3))
    drawn = chart(frame(scale=(0, 300)), (Series("推算", "derived", points),))
    assert 'class="derived-band"' in drawn
    assert "220（183–275）" in drawn


def test_the_drawing_has_a_title_a_sentence_and_its_numbers():
    drawn = chart(frame(), (series("measured", [0, 1]),))
    assert '<title id="bod-t">进水浓度</title>' in drawn
    assert '<desc id="bod-d">前 68.4，后 41.2</desc>' in drawn
    assert 'aria-labelledby="bod-t bod-d"' in drawn
    assert '<th scope="row">2026年6月2日</th><td class="n">50</td>' in drawn


def test_limit_and_events_are_written_in_words():
    drawn = chart(
        frame(), (series("measured", [0]),), Limit(60, "限值"), (Event(day(4), "报告完工"),)
    )
    assert "限值 60" in drawn
    assert "6月5日</time></b> 报告完工" in drawn


def test_words_in_a_chart_are_escaped():
    drawn = chart(
        frame(title=EVIL, sentence=EVIL, unit=EVIL, key="k"),
        (Series(EVIL, "claimed", (Point(day(1), 1),), "dots"),),
        Limit(3, EVIL),
        (Event(day(2), EVIL),),
    )
    assert EVIL not in drawn
    assert escape(EVIL) in drawn


def test_at_most_six_days_are_named():
    for length in (1, 5, 30, 74, 76, 200, 900):
        named = ticks(START, day(length))
        assert 1 <= len(named) <= 6
        assert all(START <= tick <= day(length) for tick in named)


def test_a_strip_says_what_each_day_was():
    drawn = strip("3 天", [(day(0), "ok"), (day(1), "over"), (day(2), "missing")])
    assert 'data-tip="6月2日 超标"' in drawn
    assert 'data-tip="6月3日 缺测"' in drawn


def test_remaining_work_is_hatched_up_to_the_deadline_and_told_in_a_table():
    lane = Lane("验收<b>", (Bar("todo", day(8), day(10)),), day(8))
    drawn = gantt(Schedule("p", "倒排", "最迟", (day(0), day(10)), day(5), day(10), (lane,)))
    assert 'fill="url(#p-hatch)" x="80.00%" width="20.00%"' in drawn
    assert "<b>" not in drawn.replace("<b></b>", "")
    assert "时限 6月11日" in drawn
    assert "<td>2026年6月9日</td><td>2026年6月11日</td>" in drawn


def labels(today: int, due: int) -> dict[str, tuple[int, str]]:
    """Where the words of today and of the deadline stand: the height and the side they turn to."""
    lane = Lane("1", (Bar("plan", day(0), day(5)),))
    drawn = gantt(Schedule("p", "倒排", "最迟", (day(0), day(100)), day(today), day(due), (lane,)))
    found = re.findall(r'<text class="(today|due)" x="[^"]*" y="(\d+)" text-anchor="(\w+)"', drawn)
    return {name: (int(height), side) for name, height, side in found}


def test_today_and_the_deadline_share_a_line_only_where_both_have_room():
    apart, near = labels(40, 80), labels(70, 80)
    assert apart["today"][0] == apart["due"][0]
    assert near["today"][0] < near["due"][0]


def test_a_label_at_the_edge_of_the_drawing_turns_inwards():
    assert labels(2, 98) == {"today": (8, "start"), "due": (8, "end")}
    assert labels(50, 3)["due"][1] == "start"
