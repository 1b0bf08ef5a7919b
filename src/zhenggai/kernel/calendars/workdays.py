"""工作日: which days count, how many there are, and when a legal period ends.

From   国务院办公厅部分节假日安排通知 of each year (``packs/calendars``); 民法典 arts. 201, 203.
Takes  A ``Calendar`` of the published years, and days.
Gives  Days, counts of days, and a ``Period`` that lists every day it counted.
Never  Counts a legal period in a year whose notice is not loaded; reads a clock or a file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING, Literal, TypeAlias
from zoneinfo import ZoneInfo

from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

DayKind: TypeAlias = Literal["working", "calendar"]

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_BEIJING = ZoneInfo("Asia/Shanghai")


class YearNotPublishedError(LookupError):
    """A day was asked for whose year has no notice of days off."""

    def __init__(self, year: int) -> None:
        super().__init__(f"{year}年放假安排尚未载入")
        self.year = year


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the notices say about the days of the published years.

    Parameters
    ----------
    years
        Years whose notice is loaded.
    off
        Holidays, and weekdays off in exchange.
    work
        Weekend days worked in exchange (调休上班).
    digest
        SHA-256 of the content; a published notice keeps it to say which calendar it was counted by.
    weekends_assumed
        Whether an unpublished year is counted by its weekends. True for plans only.
    """

    years: frozenset[int]
    off: frozenset[date]
    work: frozenset[date]
    digest: str
    weekends_assumed: bool = False

    @classmethod
    def of(cls, years: Iterable[int], off: Iterable[date], work: Iterable[date]) -> Calendar:
        """Build a calendar and its digest.

        Examples
        --------
        >>> from datetime import date
        >>> calendar = Calendar.of([2026], off=[date(2026, 9, 25)], work=[date(2026, 9, 20)])
        >>> calendar.is_workday(date(2026, 9, 20)), calendar.is_workday(date(2026, 9, 25))
        (True, False)
        """
        known, rest, worked = frozenset(years), frozenset(off), frozenset(work)
        lines = [
            *(f"{year}" for year in sorted(known)),
            *(f"{day},off" for day in sorted(rest)),
            *(f"{day},work" for day in sorted(worked)),
        ]
        return cls(known, rest, worked, sha256("\n".join(lines).encode()).hexdigest())

    def knows(self, year: int) -> bool:
        """Whether the notice of a year is loaded."""
        return year in self.years

    def assumed(self, day: date) -> bool:
        """Whether a day's year has no notice; screens then print 「未公布，暂按周末推算」."""
        return day.year not in self.years

    def with_weekends_assumed(self) -> Calendar:
        """Give the same calendar for plans: an unpublished year has weekends and no holidays."""
        return replace(self, weekends_assumed=True)

    def is_workday(self, day: date) -> bool:
        """Whether people work on a day.

        Raises
        ------
        YearNotPublishedError
            The day's year has no notice, and weekends were not assumed.
        """
        if self.assumed(day) and not self.weekends_assumed:
            raise YearNotPublishedError(day.year)
        if day in self.work:
            return True
        return day not in self.off and not is_weekend(day)


def is_weekend(day: date) -> bool:
    """Whether a day is a Saturday or a Sunday, whatever the notice says of it."""
    return day.weekday() >= _SATURDAY


def working_days_between(calendar: Calendar, after: date, until: date) -> tuple[date, ...]:
    """List the working days later than ``after`` and not later than ``until``; half-open.

    Examples
    --------
    >>> from datetime import date
    >>> calendar = Calendar.of([2026], off=[date(2026, 9, 25)], work=[date(2026, 9, 20)])
    >>> [d.day for d in working_days_between(calendar, date(2026, 9, 18), date(2026, 9, 25))]
    [20, 21, 22, 23, 24]
    """
    span = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return tuple(day for day in span if calendar.is_workday(day))


def add_working_days(calendar: Calendar, start: date, n: int) -> date:
    """Give the ``n``-th working day after ``start``; ``start`` itself is not counted.

    With ``n`` = 0 the answer is ``start``, working day or not.

    Raises
    ------
    ValueError
        ``n`` is negative.
    YearNotPublishedError
        The count runs into a year without notice.
    """
    return _walk(calendar, start, n, _ONE_DAY)


def subtract_working_days(calendar: Calendar, end: date, n: int) -> date:
    """Give the ``n``-th working day before ``end``; ``end`` itself is not counted.

    With ``n`` = 0 the answer is ``end``. So a work of ``k`` working days that finishes on the
    working day ``f`` starts on ``subtract_working_days(calendar, f, k - 1)``; and between two
    working days this undoes ``add_working_days``. Raises as that does.

    Examples
    --------
    >>> from datetime import date
    >>> calendar = Calendar.of([2026], off=[], work=[])
    >>> subtract_working_days(calendar, date(2026, 8, 10), 1)  # Monday, so the Friday before
    datetime.date(2026, 8, 7)
    """
    return _walk(calendar, end, n, -_ONE_DAY)


def _walk(calendar: Calendar, day: date, n: int, step: timedelta) -> date:
    if n < 0:
        raise ValueError(f"{n} working days: the number may not be negative")
    while n:
        day += step
        n -= calendar.is_workday(day)
    return day


def workday_on_or_before(calendar: Calendar, day: date) -> date:
    """Give the day itself if people work on it, else the last working day before it."""
    return day if calendar.is_workday(day) else subtract_working_days(calendar, day, 1)


def workday_on_or_after(calendar: Calendar, day: date) -> date:
    """Give the day itself if people work on it, else the next working day."""
    return day if calendar.is_workday(day) else add_working_days(calendar, day, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """A legal period (公示期, 申辩期): it ends at 24:00 of its last day.

    Parameters
    ----------
    from_on
        The day of publication or receipt, which is not counted.
    to_on
        The last day.
    counted
        Every day that was counted, in order; its last is ``to_on``.
    day_kind
        ``working`` or ``calendar``.
    """

    from_on: date
    to_on: date
    counted: tuple[date, ...]
    day_kind: DayKind

    @property
    def end_text(self) -> str:
        """The end in words: 「2026年9月24日24时」."""
        return f"{self.to_on.year}年{self.to_on.month}月{self.to_on.day}日24时"

    def describe(self, leading: str = "公示期") -> str:
        """Say when the period ends and which days it counted.

        Parameters
        ----------
        leading
            The words in front, such as 「申辩期」.

        Examples
        --------
        >>> from datetime import date
        >>> calendar = Calendar.of([2026], off=[], work=[date(2026, 9, 20)])
        >>> legal_period(calendar, date(2026, 9, 18), 3, "working").describe()
        '公示期至2026年9月22日24时（3个工作日：20、21、22日，其中20日为调休上班）'
        """
        return f"{leading}至{self.end_text}（{self._count_text()}）"

    def _count_text(self) -> str:
        if self.day_kind == "calendar":
            return f"{len(self.counted)}个自然日，当日不计"
        exchanged = tuple(day for day in self.counted if is_weekend(day))
        by_month = not _one_month(self.counted)
        text = f"{len(self.counted)}个工作日：{days_text(self.counted, by_month=by_month)}"
        if not exchanged:
            return text
        return f"{text}，其中{days_text(exchanged, by_month=by_month)}为调休上班"


def days_text(days: Iterable[date], *, by_month: bool) -> str:
    """List days the way a notice does, with or without their months.

    Examples
    --------
    >>> from datetime import date
    >>> days_text([date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 9)], by_month=True)
    '9月30日，10月8、9日'
    """
    groups = groupby(days, key=lambda day: (day.year, day.month))
    return "，".join(
        (f"{month}月" if by_month else "") + "、".join(str(day.day) for day in group) + "日"
        for (_, month), group in groups
    )


def _one_month(days: tuple[date, ...]) -> bool:
    return len({(day.year, day.month) for day in days}) == 1


def legal_period(calendar: Calendar, from_on: date, days: int, day_kind: DayKind) -> Period:
    """Count a legal period; the day of publication is not counted (民法典 art. 201).

    Parameters
    ----------
    calendar
        Assumed weekends do not help here: what the State Council has not published is refused.
    from_on
        The day of publication or receipt.
    days
        How many days the rule grants. [working or calendar days, at least 1]

    Raises
    ------
    Refused
        ``calendar-unpublished``: a working day would have to be counted in a year without notice;
        the reason carries the days known so far.
    ValueError
        ``days`` is less than 1.
    """
    if days < 1:
        raise ValueError(f"a period of {days} days: at least 1")
    counted: list[date] = []
    day = from_on
    while len(counted) < days:
        day += _ONE_DAY
        if day_kind == "working" and calendar.assumed(day):
            raise Refused(year_unpublished(day.year, days, counted))
        if day_kind == "calendar" or calendar.is_workday(day):
            counted.append(day)
    return Period(from_on, day, tuple(counted), day_kind)


def year_unpublished(year: int, days: int, counted: Sequence[date]) -> Reason:
    """Say that a year has no notice, and which of the days are known so far."""
    known = f"，{days}个工作日中已知{len(counted)}个"
    if counted:
        known += f"（{days_text(counted, by_month=True)}）"
    return Reason(
        code="calendar-unpublished",
        text=f"{year}年放假安排尚未载入{known}",
        remedy="请安装日历包后重试",
        facts=tuple(f"workday:{day}" for day in counted),
    )


def is_over(period: Period, at: datetime) -> bool:
    """Whether a period has ended: true from 00:00 of the day after its last, Beijing time.

    Parameters
    ----------
    at
        A moment with its zone; it is read in Asia/Shanghai.

    Raises
    ------
    ValueError
        The moment has no zone, so its day is not known.

    Examples
    --------
    >>> from datetime import UTC, date, datetime
    >>> period = Period(date(2026, 9, 23), date(2026, 9, 24), (date(2026, 9, 24),), "working")
    >>> is_over(period, datetime(2026, 9, 24, 15, 59, tzinfo=UTC))
    False
    >>> is_over(period, datetime(2026, 9, 24, 16, 0, tzinfo=UTC))  # midnight in 昭陵市
    True
    """
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no zone: give an aware datetime")
    return at.astimezone(_BEIJING).date() > period.to_on


def months_later(day: date, months: int) -> date:
    """Give the same day of a later month, or that month's last day (民法典 art. 202).

    Needs no notice: 回头看 after twelve months is a date, not a count of days.

    Examples
    --------
    >>> from datetime import date
    >>> months_later(date(2026, 9, 30), 12), months_later(date(2026, 8, 31), 6)
    (datetime.date(2027, 9, 30), datetime.date(2027, 2, 28))
    """
    month = day.month - 1 + months
    first = date(day.year + month // 12, month % 12 + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - _ONE_DAY)
