"""工期研判: is there still time, on which day must the next measure begin, and what decides it.

From   ``docs/algorithms/back-schedule.md``.
Takes  Measures, deadline, today, what has happened, a calendar.
Gives  An ``Outlook``.
Never  Calls anyone late against the 文件时限: that is ``progress`` and needs no plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai.kernel.calendars.workdays import working_days_between
from zhenggai.kernel.schedule.backward import back_schedule
from zhenggai.kernel.schedule.forward import forward

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from zhenggai.kernel.calendars.workdays import Calendar
    from zhenggai.kernel.schedule.backward import Window
    from zhenggai.kernel.schedule.forward import Actual, Earliest
    from zhenggai.kernel.schedule.network import Measure


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the plan looks like today.

    Parameters
    ----------
    must_start_on
        The last responsible day of the next measure not yet begun; nothing when all have begun.
    slack_wd
        The least time to spare of any unfinished measure; negative when it is already too late,
        even by a weekend. [working days]
    critical
        Keys of the unfinished measures that have no more than this to spare.
    late
        Keys of the measures whose own last day to start, or once begun to finish, has passed.
    expected_finish
        When all is done if each measure takes its likely duration.
    finish_range
        The same with all durations low, and with all high.
    assumed
        Whether a day of this lies in a year without notice: 「未公布，暂按周末推算」.
    """

    must_start_on: date | None
    slack_wd: int
    critical: tuple[str, ...]
    late: tuple[str, ...]
    expected_finish: date
    finish_range: tuple[date, date]
    assumed: bool


def outlook(
    measures: Iterable[Measure],
    deadline: date,
    today: date,
    actuals: Mapping[str, Actual],
    calendar: Calendar,
) -> Outlook:
    """Hold what can still be done against what must be done.

    Parameters
    ----------
    measures
        An acyclic network with at least one measure.
    deadline
        The last day, inclusive.

    Raises
    ------
    Refused
        As ``back_schedule`` and ``forward`` do.
    ValueError
        There is no measure.

    Examples
    --------
    >>> from datetime import date
    >>> from zhenggai.kernel.calendars.workdays import Calendar
    >>> from zhenggai.kernel.schedule.network import Measure
    >>> calendar = Calendar.of([2026], off=[], work=[])
    >>> works = [Measure("works", "施工", 5)]
    >>> seen = outlook(works, date(2026, 8, 14), date(2026, 8, 6), {}, calendar)
    >>> seen.must_start_on.isoformat(), seen.slack_wd, seen.expected_finish.isoformat()
    ('2026-08-10', 2, '2026-08-12')
    """
    listed = tuple(measures)
    if not listed:
        raise ValueError("a plan without measures has no outlook")
    windows = back_schedule(listed, deadline, calendar)
    earliest = forward(listed, today, actuals, calendar)
    slacks = {
        key: slack(calendar, earliest[key].finish, window.latest_finish)
        for key, window in windows.items()
        if not _finished(actuals.get(key))
    }
    expected = _last(earliest)
    least = min(slacks.values(), default=slack(calendar, expected, deadline))
    return Outlook(
        must_start_on=min(
            (w.latest_start for key, w in windows.items() if key not in actuals), default=None
        ),
        slack_wd=least,
        critical=tuple(key for key, spare in slacks.items() if spare == least),
        late=tuple(key for key in slacks if _is_late(windows[key], actuals.get(key), today)),
        expected_finish=expected,
        finish_range=(
            _last(forward([m.lasting(m.shortest) for m in listed], today, actuals, calendar)),
            _last(forward([m.lasting(m.longest) for m in listed], today, actuals, calendar)),
        ),
        assumed=any(window.assumed for window in windows.values())
        or any(found.assumed for found in earliest.values()),
    )


def slack(calendar: Calendar, expected: date, latest: date) -> int:
    """Count the working days to spare; at least one is missing when the day itself is missed.

    Examples
    --------
    A Sunday is no working day, yet it is later than the Saturday that was the last day:

    >>> from datetime import date
    >>> from zhenggai.kernel.calendars.workdays import Calendar
    >>> slack(Calendar.of([2026], [], []), date(2026, 8, 9), date(2026, 8, 8))
    -1
    """
    plans = calendar.with_weekends_assumed()
    if expected <= latest:
        return len(working_days_between(plans, expected, latest))
    return -max(1, len(working_days_between(plans, latest, expected)))


def _finished(actual: Actual | None) -> bool:
    return actual is not None and actual.finish is not None


def _is_late(window: Window, actual: Actual | None, today: date) -> bool:
    """Whether an unfinished measure has missed its own last day."""
    return (window.latest_finish if actual else window.latest_start) < today


def _last(earliest: Mapping[str, Earliest]) -> date:
    return max(found.finish for found in earliest.values())
