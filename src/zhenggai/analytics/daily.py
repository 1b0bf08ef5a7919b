"""日均值: the values of a Beijing day as one exact mean, in a readable form and a column form.

A mean over less than a day carries the time its interval ended, so the value of 00:00 belongs to
the day before. A series of one value a day is labelled with the first moment of its own day and
passes through. Only values flagged OK are counted: what is below detection, under maintenance or
in doubt is in no mean. Everything is whole ticks until the one division.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from zhenggai.analytics.observations import BEIJING, Flag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from zhenggai.analytics.observations import Observation

_DAY = timedelta(days=1)
_DAY_SECONDS = 86400
_BEIJING_SECONDS = 8 * 3600


class Coverage(StrEnum):
    """How much of a day was measured; what is enough is for a rule to say."""

    FULL = "full"
    PARTIAL = "partial"
    EMPTY = "empty"

    @property
    def label(self) -> str:
        """What the screens print."""
        return _LABELS[self]


_LABELS = {Coverage.FULL: "齐全", Coverage.PARTIAL: "不齐", Coverage.EMPTY: "无有效数据"}


@dataclass(frozen=True, slots=True)
class DailyValue:
    """One day of one series.

    Parameters
    ----------
    ticks_sum
        The sum of the valid values, in ticks.
    mean
        Their exact mean, in ticks; None where there is none.
    n, expected
        How many values were valid, and how many a whole day has.
    """

    series: str
    day: date
    ticks_sum: int
    mean: Fraction | None
    n: int
    expected: int
    status: Coverage


@dataclass(frozen=True, slots=True)
class Columns:
    """Values of one place and series as arrays: t in seconds since 1970 UTC, as in the archive."""

    series: str
    t: NDArray[np.uint32]
    ticks: NDArray[np.int32]
    flag: NDArray[np.uint8]


def daily(observations: Iterable[Observation], *, every: timedelta) -> tuple[DailyValue, ...]:
    """Return the days of one place's series, sorted by series and day.

    Parameters
    ----------
    every
        The interval of the values, such as an hour; a day for daily values.
    """
    days: dict[tuple[str, date], list[int]] = defaultdict(list)
    for row in observations:
        day = (row.at.astimezone(BEIJING) - _label(every)).date()
        valid = days[row.series, day]
        if row.flag == Flag.OK:
            valid.append(row.ticks)
    return tuple(
        _value(series, day, sum(ticks), len(ticks), _DAY // every)
        for (series, day), ticks in sorted(days.items())
    )


def daily_columns(columns: Columns, *, every: timedelta) -> tuple[DailyValue, ...]:
    """Return the same as ``daily`` for one series, from columns."""
    label = _BEIJING_SECONDS - _label(every) // timedelta(seconds=1)
    number = (columns.t.astype(np.int64) + label) // _DAY_SECONDS
    days, position = np.unique(number, return_inverse=True)
    valid = columns.flag == Flag.OK
    n = np.bincount(position[valid], minlength=len(days))
    sums = np.zeros(len(days), np.int64)
    np.add.at(sums, position[valid], columns.ticks[valid])
    return tuple(
        _value(columns.series, _date(day), total, count, _DAY // every)
        for day, total, count in zip(days.tolist(), sums.tolist(), n.tolist(), strict=True)
    )


def _label(every: timedelta) -> timedelta:
    """How far the label of a value lies after the interval it speaks of."""
    return every if every < _DAY else timedelta()


def _date(number: int) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + number * _DAY).date()


def _value(series: str, day: date, total: int, n: int, expected: int) -> DailyValue:
    mean = Fraction(total, n) if n else None
    status = Coverage.EMPTY if not n else Coverage.FULL if n >= expected else Coverage.PARTIAL
    return DailyValue(series, day, total, mean, n, expected, status)
