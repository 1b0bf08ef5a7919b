"""倒排图: lanes of a back-schedule; remaining work is hatched and right-aligned to the deadline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from zhenggai.faces.ui.plot import see_table, share, ticks
from zhenggai.faces.ui.words import md, zh_date

if TYPE_CHECKING:
    from datetime import date

    from django.utils.safestring import SafeString

_ROW = 16
# Shares of a narrow phone's width: a label needs this much on either side of its day.
_MONTH_NEEDS, _TODAY_NEEDS, _DUE_NEEDS = 0.04, 0.05, 0.14

BarKind = Literal["plan", "done", "todo", "over"]


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of days: hollow plan, solid done, hatched todo, dashed red over the deadline."""

    kind: BarKind
    start: date
    finish: date


@dataclass(frozen=True, slots=True)
class Lane:
    """One step of the plan, its bars, and the day it must start, if still to come."""

    name: str
    bars: tuple[Bar, ...]
    must_start: date | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """The whole drawing: its key on the page, title, sentence, days, today and the deadline."""

    key: str
    title: str
    sentence: str
    days: tuple[date, date]
    today: date
    deadline: date
    lanes: tuple[Lane, ...]

    def across(self, day: date) -> float:
        """Share of the width at which a day stands."""
        first, last = self.days
        return (day - first) / (last - first)


def gantt(schedule: Schedule) -> SafeString:
    """Draw a back-schedule with today, the deadline, legend and table."""
    lanes = format_html_join("", "{}", ((_lane(schedule, lane),) for lane in schedule.lanes))
    return format_html(
        '<figure class="gantt" role="group" aria-label="{}"><p class="sr">{}</p>{}{}{}{}</figure>',
        schedule.title,
        schedule.sentence,
        _legend(schedule.key),
        _months(schedule),
        lanes,
        _table(schedule),
    )


def _names() -> dict[BarKind, str]:
    return {
        "plan": _("计划"),
        "done": _("实际起止"),
        "todo": _("待做（按时限倒排）"),
        "over": _("超出文件时限"),
    }


def _legend(key: str) -> SafeString:
    entries = format_html_join(
        "",
        '<li><svg aria-hidden="true"><rect class="{}"{} width="100%" height="100%" rx="2"/></svg>'
        "{}</li>",
        ((kind, _fill(kind, key), name) for kind, name in _names().items()),
    )
    return format_html('<ul class="legend" aria-hidden="true">{}</ul>', entries)


def _months(schedule: Schedule) -> SafeString:
    today, due = schedule.across(schedule.today), schedule.across(schedule.deadline)
    close = abs(today - due) < _TODAY_NEEDS + 2 * _DUE_NEEDS
    below = 2 if close else 1
    named = format_html_join(
        "",
        "{}",
        (
            (_label("", schedule.across(day), below, md(day), _MONTH_NEEDS),)
            for day in ticks(*schedule.days)
            if schedule.across(day) <= 1 - _MONTH_NEEDS
        ),
    )
    return format_html(
        '<div class="lane months{}" aria-hidden="true"><span class="name">{}</span>'
        '<svg><defs><pattern id="{}-hatch" width="7" height="7" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><rect class="hatch-bg" width="7" height="7"/>'
        '<line class="hatch-ink" y2="7"/></pattern></defs>{}{}{}</svg>'
        '<span class="end">{}</span></div>',
        " two" if close else "",
        _("节点"),
        schedule.key,
        named,
        _label("today", today, 0, _("今天"), _TODAY_NEEDS),
        _label(
            "due",
            due,
            below - 1,
            _("时限 %(day)s") % {"day": md(schedule.deadline)},
            _DUE_NEEDS,
        ),
        _("最迟开工"),
    )


def _label(name: str, at: float, row: int, words: str, needs: float) -> SafeString:
    """Write words at a day, turned inwards where half of them would leave the drawing."""
    anchor = "start" if at < needs else "end" if at > 1 - needs else "middle"
    return format_html(
        '<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>',
        name,
        share(at),
        _ROW // 2 + row * _ROW,
        anchor,
        words,
    )


def _lane(schedule: Schedule, lane: Lane) -> SafeString:
    bars = format_html_join("", "{}", ((_bar(schedule, bar),) for bar in lane.bars))
    start = lane.must_start
    late = "" if start is None else _vertical("must-start", schedule.across(start))
    return format_html(
        '<div class="lane"><span class="name">{}</span><svg aria-hidden="true">{}{}{}{}</svg>'
        '<span class="end{}">{}</span></div>',
        lane.name,
        bars,
        late,
        _vertical("today-line", schedule.across(schedule.today)),
        _vertical("due-line", schedule.across(schedule.deadline)),
        " soon" if start else "",
        md(start) if start else "—",
    )


def _bar(schedule: Schedule, bar: Bar) -> SafeString:
    left = schedule.across(bar.start)
    return format_html(
        '<rect class="{}"{} x="{}" width="{}" y="27%" height="46%" rx="3" data-tip="{}"/>',
        bar.kind,
        _fill(bar.kind, schedule.key),
        share(left),
        share(schedule.across(bar.finish) - left),
        f"{_names()[bar.kind]} {md(bar.start)}–{md(bar.finish)}",
    )


def _fill(kind: BarKind, key: str) -> SafeString | str:
    return format_html(' fill="url(#{}-hatch)"', key) if kind == "todo" else ""


def _vertical(name: str, at: float) -> SafeString:
    return format_html(
        '<line class="{}" x1="{}" x2="{}" y1="0" y2="100%"/>', name, share(at), share(at)
    )


def _table(schedule: Schedule) -> SafeString:
    heads: tuple[str, ...] = (_("节点"), _("性质"), _("开始"), _("结束"), _("最迟开工"))
    head = format_html_join("", '<th scope="col">{}</th>', ((h,) for h in heads))
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>',
        (
            (
                lane.name,
                _names()[bar.kind],
                zh_date(bar.start),
                zh_date(bar.finish),
                zh_date(lane.must_start) if lane.must_start else "—",
            )
            for lane in schedule.lanes
            for bar in lane.bars
        ),
    )
    return see_table(format_html("<tr>{}</tr>", head), rows)
