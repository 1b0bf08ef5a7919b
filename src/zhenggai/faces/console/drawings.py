"""事项图: the back-schedule, the notice's calendar and the charts of one item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from zhenggai.apps.monitoring import queries as monitoring
from zhenggai.faces.console.series_charts import series_chart
from zhenggai.faces.ui.gantt import Bar, BarKind, Lane, Schedule, gantt
from zhenggai.faces.ui.plot import Event
from zhenggai.faces.ui.words import md

if TYPE_CHECKING:
    from datetime import date

    from django.utils.safestring import SafeString

    from zhenggai.apps.evidence.models import Claim
    from zhenggai.apps.places.models import Place
    from zhenggai.apps.planning.queries import MeasureLine
    from zhenggai.kernel.calendars.workdays import Period

CHART_DAYS = 90
WEEK = 7
DAY = timedelta(days=1)


def plan_gantt(measures: tuple[MeasureLine, ...], due_on: date, today: date) -> SafeString:
    """Draw the measures with what was done and what is left, right-aligned to the deadline."""
    days = [due_on, today]
    for measure in measures:
        days += [measure.latest_start, measure.latest_finish]
        days += [day for day in (measure.actual_start, measure.actual_finish) if day]
    left = sum(measure.actual_finish is None for measure in measures)
    said = _("%(all)s项措施，%(left)s项未完成；文件时限%(due)s。") % {
        "all": len(measures),
        "left": left,
        "due": md(due_on),
    }
    lanes = tuple(_lane(no, measure, today, due_on) for no, measure in enumerate(measures, start=1))
    span = (min(days) - DAY, max(days) + DAY)
    return gantt(Schedule("plan", _("节点与倒排"), said, span, today, due_on, lanes))


def _lane(no: int, measure: MeasureLine, today: date, due_on: date) -> Lane:
    name = f"{no} {measure.name}"
    if measure.actual_start and measure.actual_finish:
        done = Bar("done", measure.actual_start, measure.actual_finish + DAY)
        return Lane(name, (_planned(measure), done))
    begun = measure.actual_start
    started = (Bar("done", begun, min(today, measure.latest_finish) + DAY),) if begun else ()
    kind: BarKind = "over" if measure.latest_finish > due_on else "todo"
    rest_from = max(measure.latest_start, today) if begun else measure.latest_start
    rest = (
        (Bar(kind, rest_from, measure.latest_finish + DAY),)
        if rest_from <= measure.latest_finish
        else ()
    )
    return Lane(name, (*started, *rest), None if begun else measure.latest_start)


def _planned(measure: MeasureLine) -> Bar:
    return Bar("plan", measure.latest_start, measure.latest_finish + DAY)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One square: its day, its ordinal if counted, and what it is called."""

    day: date
    kind: str
    word: str


def notice_weeks(period: Period) -> tuple[tuple[CalendarDay, ...], ...]:
    """Return whole weeks around a notice, Monday first: what counted, what did not and why."""
    first = period.from_on - timedelta(days=period.from_on.weekday())
    last = period.to_on + timedelta(days=WEEK - 1 - period.to_on.weekday())
    ordinals = {day: no for no, day in enumerate(period.counted, start=1)}
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    squares = [_square(day, period, ordinals.get(day)) for day in days]
    return tuple(tuple(squares[n : n + WEEK]) for n in range(0, len(squares), WEEK))


def _square(day: date, period: Period, ordinal: int | None) -> CalendarDay:
    if day == period.from_on:
        return CalendarDay(day, "posted", _("公示"))
    weekend = day.weekday() >= WEEK - 2
    if ordinal is not None:
        make_up = " make-up" if weekend and period.day_kind == "working" else ""
        return CalendarDay(day, f"counted{make_up}", _("第%(n)s") % {"n": ordinal})
    if not period.from_on < day < period.to_on:
        return CalendarDay(day, "out", "")
    return CalendarDay(day, "rest", _("周末") if weekend else _("放假"))


def place_charts(
    place: Place, keys: frozenset[str], claim: Claim | None, today: date
) -> tuple[SafeString, ...]:
    """Draw the series a theme weighs, with the day the unit says the works were finished."""
    first = today - timedelta(days=CHART_DAYS - 1)
    if claim is not None and claim.finished_on < first + timedelta(days=CHART_DAYS // 3):
        first = claim.finished_on - timedelta(days=CHART_DAYS // 3)
    events = _events(claim, first, today)
    seen = (one for one in monitoring.seen(place, first, today) if one.key in keys and one.valid)
    return tuple(series_chart(one, f"c-{one.key}", events) for one in seen)


def _events(claim: Claim | None, first: date, today: date) -> tuple[Event, ...]:
    if claim is None:
        return ()
    body = claim.by_body.name
    said = (
        Event(claim.finished_on, _("%(body)s申报完工") % {"body": body}),
        Event(claim.claimed_on, _("%(body)s申请销号") % {"body": body}),
    )
    return tuple(event for event in said if first <= event.day <= today)
