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
_NO_LIMIT = -(2**63)


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
    detection_limit
        The highest limit of the values below detection, in ticks; None where there is none.
    """

    series: str
    day: date
    ticks_sum: int
    mean: Fraction | None
    n: int
    expected: int
    status: Coverage
    detection_limit: int | None = None


@dataclass(frozen=True, slots=True)
class _Counts:
    """What both forms count of a day; the rest follows from it in one place."""

    total: int
    n: int
    detection_limit: int | None


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
    days: dict[tuple[str, date], list[Observation]] = defaultdict(list)
    for row in observations:
        day = (row.at.astimezone(BEIJING) - _label(every)).date()
        days[row.series, day].append(row)
    return tuple(
        _value(series, day, _counted(rows), _DAY // every)
        for (series, day), rows in sorted(days.items())
    )


def _counted(rows: Iterable[Observation]) -> _Counts:
    total = n = 0
    limit = None
    for row in rows:
        if row.flag == Flag.OK:
            total, n = total + row.ticks, n + 1
        elif row.flag == Flag.BELOW_DETECTION:
            limit = row.ticks if limit is None else max(limit, row.ticks)
    return _Counts(total, n, limit)


def daily_columns(columns: Columns, *, every: timedelta) -> tuple[DailyValue, ...]:
    """Return the same as ``daily`` for one series, from columns."""
    label = _BEIJING_SECONDS - _label(every) // timedelta(seconds=1)
    number = (columns.t.astype(np.int64) + label) // _DAY_SECONDS
    days, position = np.unique(number, return_inverse=True)
    valid, below = (columns.flag == flag for flag in (Flag.OK, Flag.BELOW_DETECTION))
    sums = np.zeros(len(days), np.int64)
    np.add.at(sums, position[valid], columns.ticks[valid])
    limits = np.full(len(days), _NO_LIMIT, np.int64)
    np.maximum.at(limits, position[below], columns.ticks[below])
    n = np.bincount(position[valid], minlength=len(days))
    counts = zip(sums.tolist(), n.tolist(), limits.tolist(), strict=True)
    return tuple(
        _value(
            columns.series,
            _date(day),
            _Counts(total, count, None if limit == _NO_LIMIT else limit),
            _DAY // every,
        )
        for day, (total, count, limit) in zip(days.tolist(), counts, strict=True)
    )


def _label(every: timedelta) -> timedelta:
    """How far the label of a value lies after the interval it speaks of."""
    return every if every < _DAY else timedelta()


def _date(number: int) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + number * _DAY).date()


def _value(series: str, day: date, counts: _Counts, expected: int) -> DailyValue:
    mean = Fraction(counts.total, counts.n) if counts.n else None
    status = _coverage(counts, expected)
    return DailyValue(
        series, day, counts.total, mean, counts.n, expected, status, counts.detection_limit
    )


def _coverage(counts: _Counts, expected: int) -> Coverage:
    if not counts.n:
        return Coverage.EMPTY
    return Coverage.FULL if counts.n >= expected else Coverage.PARTIAL
