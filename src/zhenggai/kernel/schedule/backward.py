"""倒排工期: from the deadline back to the last day on which each measure may start.

From   ``docs/algorithms/back-schedule.md``.
Takes  Measures, a deadline and a calendar.
Gives  A ``Window`` for each measure: latest start and latest finish, both inclusive.
Never  Looks at today: a window in the past is an answer, not an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from zhenggai.kernel.calendars.workdays import subtract_working_days, workday_on_or_before
from zhenggai.kernel.schedule.network import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zhenggai.kernel.calendars.workdays import Calendar
    from zhenggai.kernel.schedule.network import Link, Measure

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """The last days on which a measure may start and finish.

    Parameters
    ----------
    latest_start
        For a notice: the day it is posted, which is not counted.
    latest_finish
        The last day of work, or of the notice.
    assumed
        Whether one of its days lies in a year without notice: 「未公布，暂按周末推算」.
    """

    latest_start: date
    latest_finish: date
    assumed: bool


def back_schedule(
    measures: Iterable[Measure], deadline: date, calendar: Calendar
) -> Mapping[str, Window]:
    """Walk the network backwards from the deadline, which is the last day itself.

    Parameters
    ----------
    measures
        An acyclic network in any order.
    deadline
        The last day on which the last measure may finish, a working day or not.
    calendar
        Years without notice are counted by weekends and marked ``assumed``.

    Returns
    -------
    Mapping[str, Window]
        One window a measure, in the order of ``in_order``.

    Raises
    ------
    Refused
        The network has a cycle, an unknown predecessor, a repeated key or a wrong duration.

    Examples
    --------
    The notice of five days must end by 09-30; the Sunday 09-20 and the days off count as published.

    >>> from datetime import date
    >>> from zhenggai.kernel.calendars.workdays import Calendar
    >>> from zhenggai.kernel.schedule.network import Link, Measure
    >>> calendar = Calendar.of([2026], off=[date(2026, 9, 25)], work=[date(2026, 9, 20)])
    >>> accept = Measure("accept", "验收", 1)
    >>> notice = Measure("notice", "公示", 5, "notice", after=(Link("accept"),))
    >>> plan = back_schedule([accept, notice], date(2026, 9, 30), calendar)
    >>> plan["notice"].latest_start.isoformat(), plan["accept"].latest_finish.isoformat()
    ('2026-09-22', '2026-09-21')
    """
    plans = calendar.with_weekends_assumed()
    ordered = in_order(measures)
    limits = dict.fromkeys((measure.key for measure in ordered), deadline)
    windows: dict[str, Window] = {}
    for measure in reversed(ordered):
        window = _window(measure, limits[measure.key], plans)
        windows[measure.key] = window
        for link in measure.after:
            limits[link.before] = min(limits[link.before], _limit_before(window, link, plans))
    return {measure.key: windows[measure.key] for measure in ordered}


def _window(measure: Measure, limit: date, plans: Calendar) -> Window:
    if measure.day_kind == "calendar":
        finish, start = limit, limit - timedelta(days=measure.days - 1)
    else:
        finish = workday_on_or_before(plans, limit)
        counted_before = measure.days if measure.day_kind == "notice" else measure.days - 1
        start = subtract_working_days(plans, finish, counted_before)
    return Window(start, finish, touches_unpublished_year(plans, start, finish))


def _limit_before(window: Window, link: Link, plans: Calendar) -> date:
    """Give the last day on which a predecessor may finish: the day before a working day."""
    opening = workday_on_or_before(plans, window.latest_start)
    return subtract_working_days(plans, opening, link.lag) - _ONE_DAY


def touches_unpublished_year(calendar: Calendar, start: date, finish: date) -> bool:
    """Whether a span has a day in a year without notice."""
    return not all(calendar.knows(year) for year in range(start.year, finish.year + 1))
