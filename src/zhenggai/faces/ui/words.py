"""写法: how dates, times and numbers are written on Chinese screens."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from datetime import date

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
GAP = "\u00a0"
_GROUP_FROM = 10_000
_HUNDREDTH = Decimal("0.01")

Number = int | float | Decimal | Fraction


def zh_date(day: date) -> str:
    """Write a day in full.

    Examples
    --------
    >>> from datetime import date
    >>> zh_date(date(2026, 9, 24))
    '2026年9月24日'
    """
    local = _local(day)
    return f"{local.year}年{local.month}月{local.day}日"


def md(day: date) -> str:
    """Write month and day, for use where the year is plain.

    Examples
    --------
    >>> from datetime import date
    >>> md(date(2026, 9, 4))
    '9月4日'
    """
    local = _local(day)
    return f"{local.month}月{local.day}日"


def zh_time(moment: datetime) -> str:
    """Write the time of day on the campaign's wall clock."""
    return f"{_local(moment):%H:%M}"


def weekday(day: date) -> str:
    """Name the day of the week.

    Examples
    --------
    >>> from datetime import date
    >>> weekday(date(2026, 9, 20))
    '周日'
    """
    return WEEKDAYS[_local(day).weekday()]


def plain(value: Number) -> str:
    """Write a number without needless zeros; from five digits on, grouped by unbreakable spaces.

    Examples
    --------
    >>> plain(Fraction(342, 5)), plain(860), plain(1234567).replace(GAP, "_")
    ('68.4', '860', '1_234_567')
    """
    text = f"{_decimal(value):f}"
    whole, _, part = text.partition(".")
    if abs(int(whole)) >= _GROUP_FROM:
        whole = f"{int(whole):,}".replace(",", GAP)
    part = part.rstrip("0")
    return f"{whole}.{part}" if part else whole


def _decimal(value: Number) -> Decimal:
    if not isinstance(value, Fraction):
        return Decimal(str(value))
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact if Fraction(exact) == value else exact.quantize(_HUNDREDTH)


def _local(day: date) -> date:
    if isinstance(day, datetime) and timezone.is_aware(day):
        return timezone.localtime(day)
    return day
