"""有效日: which days of a series can be used, and the windows they are looked for in.

From   Rules of use: flagged and missing days are neither compliance nor exceedance.
Takes  Daily values in any order, with repeats, and the day of the judgement.
Gives  The usable values of each day before that day.
Never  Puts a zero, a detection limit or a neighbour's value where a day has none.
"""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from zhenggai.kernel.reconcile.model import Daily, Facts


def last_days(day: date, count: int) -> tuple[date, ...]:
    """List the ``count`` days before a day, oldest first; the day itself is not over."""
    return tuple(day - timedelta(days=n) for n in range(count, 0, -1))


def dailies(facts: Facts, series: str) -> tuple[Daily, ...]:
    """Return what is on record of a series before the day of the judgement."""
    return tuple(d for d in facts.series.get(series, ()) if d.day < facts.day)


def valid_values(found: Iterable[Daily]) -> Mapping[date, tuple[Fraction, ...]]:
    """Return the distinct valid values of each day that has any."""
    by_day: dict[date, set[Fraction]] = {}
    for daily in found:
        if daily.status == "valid" and daily.value is not None:
            by_day.setdefault(daily.day, set()).add(daily.value)
    return {day: tuple(sorted(by_day[day])) for day in sorted(by_day)}


def detection_limits(found: Iterable[Daily]) -> Mapping[date, Fraction]:
    """Return the best detection limit of each day reported below detection."""
    by_day: dict[date, Fraction] = {}
    for daily in found:
        if daily.status == "below_limit_of_detection" and daily.value is not None:
            by_day[daily.day] = min(daily.value, by_day.get(daily.day, daily.value))
    return by_day


def day_means(found: Iterable[Daily]) -> Mapping[date, Fraction]:
    """Return one value a day; a day reported with two valid values counts with their mean."""
    return {day: mean(values) for day, values in valid_values(found).items()}


def mean(values: Iterable[Fraction]) -> Fraction:
    """Return the exact mean of at least one value."""
    listed = tuple(values)
    return sum(listed, start=Fraction(0)) / len(listed)


def refs(found: Iterable[Daily], days: Iterable[date]) -> tuple[str, ...]:
    """Return the references of the daily values of some days."""
    wanted = set(days)
    return tuple(sorted({d.ref for d in found if d.day in wanted}))
