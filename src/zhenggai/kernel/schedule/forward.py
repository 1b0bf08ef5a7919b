"""预计进度: from today and what has happened to the first day each measure can be done.

From   ``docs/algorithms/back-schedule.md``.
Takes  Measures, today, what was started and finished so far, and a calendar.
Gives  An ``Earliest`` for each measure, both days inclusive.
Never  Corrects a fact: work that began before its predecessor ended keeps its day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from zhenggai.kernel.calendars.workdays import add_working_days, workday_on_or_after
from zhenggai.kernel.schedule.backward import touches_unpublished_year
from zhenggai.kernel.schedule.network import in_order
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zhenggai.kernel.calendars.workdays import Calendar
    from zhenggai.kernel.schedule.network import Measure


@dataclass(frozen=True, slots=True)
class Actual:
    """What happened to a measure; a measure that has not begun has no ``Actual``.

    Parameters
    ----------
    start
        The day it began; of a notice, the day it was posted.
    finish
        The day it ended, or nothing while it runs.
    """

    start: date
    finish: date | None = None


@dataclass(frozen=True, slots=True)
class Earliest:
    """The first days on which a measure can start and finish, or did.

    Parameters
    ----------
    start, finish
        Inclusive; of a notice, the day it is posted and its last day.
    assumed
        Whether one of its days lies in a year without notice: 「未公布，暂按周末推算」.
    """

    start: date
    finish: date
    assumed: bool


def forward(
    measures: Iterable[Measure],
    today: date,
    actuals: Mapping[str, Actual],
    calendar: Calendar,
) -> Mapping[str, Earliest]:
    """Walk the network forwards; nothing unfinished ends in the past.

    Parameters
    ----------
    measures
        An acyclic network in any order.
    today
        The first day on which something can still be done.
    actuals
        What was started, by key of the measure.
    calendar
        Years without notice are counted by weekends and marked ``assumed``.

    Raises
    ------
    Refused
        The network is wrong (see ``in_order``); ``actual-unknown`` or ``actual-order``: what is
        said to have happened is not in the plan, ends before it begins, or lies after today.

    Examples
    --------
    >>> from datetime import date
    >>> from zhenggai.kernel.calendars.workdays import Calendar
    >>> from zhenggai.kernel.schedule.network import Link, Measure
    >>> calendar = Calendar.of([2026], off=[], work=[])
    >>> design = Measure("design", "勘察设计", 3)
    >>> works = Measure("works", "施工", 2, after=(Link("design"),))
    >>> begun = {"design": Actual(date(2026, 8, 5))}
    >>> forward([design, works], date(2026, 8, 6), begun, calendar)["works"].finish.isoformat()
    '2026-08-11'
    """
    plans = calendar.with_weekends_assumed()
    ordered = in_order(measures)
    _check(ordered, today, actuals)
    found: dict[str, Earliest] = {}
    for measure in ordered:
        actual = actuals.get(measure.key)
        start = actual.start if actual else _start(measure, today, found, plans)
        finish = _finish(measure, start, plans)
        if actual:
            finish = actual.finish or _not_before(today, measure, finish, plans)
        assumed = touches_unpublished_year(plans, start, finish)
        found[measure.key] = Earliest(start, finish, assumed)
    return found


def _start(measure: Measure, today: date, found: Mapping[str, Earliest], plans: Calendar) -> date:
    ready = [
        add_working_days(plans, found[link.before].finish, link.lag + 1) for link in measure.after
    ]
    day = max([today, *ready])
    return day if measure.day_kind == "calendar" else workday_on_or_after(plans, day)


def _finish(measure: Measure, start: date, plans: Calendar) -> date:
    if measure.day_kind == "calendar":
        return start + timedelta(days=measure.days - 1)
    if measure.day_kind == "notice":
        return add_working_days(plans, start, measure.days)
    # Work may have begun on a Saturday, which fills no working day.
    return add_working_days(plans, workday_on_or_after(plans, start), measure.days - 1)


def _not_before(today: date, measure: Measure, finish: date, plans: Calendar) -> date:
    """Give the day running work can end; a posted notice runs out by itself."""
    if measure.day_kind == "notice" or finish >= today:
        return finish
    return today if measure.day_kind == "calendar" else workday_on_or_after(plans, today)


def _check(ordered: tuple[Measure, ...], today: date, actuals: Mapping[str, Actual]) -> None:
    names = {measure.key: measure.name for measure in ordered}
    reasons = [
        Reason("actual-unknown", f"填报的措施“{key}”不在方案中", "请核对措施编号后重新填报")
        for key in sorted(actuals.keys() - names.keys())
    ]
    for key in (key for key in names if key in actuals):
        start, finish = actuals[key].start, actuals[key].finish or actuals[key].start
        if not start <= finish <= today:
            text = f"措施“{names[key]}”填报的起止日期（{start}、{finish}）先后颠倒或晚于{today}"
            reasons.append(Reason("actual-order", text, "请更正日期后重新填报"))
    if reasons:
        raise Refused(*reasons)
