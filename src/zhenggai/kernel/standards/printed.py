"""数与日的印法: how sentences print numbers and days.

From   Practice of published notices: 12.4, not 12.40; 2026年6月30日.
Takes  Exact numbers and days.
Gives  Words for a sentence.
Never  Feeds a printed number back into a judgement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.kernel.quantities.rounding import round_half_even

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from fractions import Fraction

_FEW = 7


def plain(value: Fraction, places: int = 6) -> str:
    """Print a number for people: rounded half to even, without idle zeros.

    Examples
    --------
    >>> from fractions import Fraction
    >>> plain(Fraction("12.40")), plain(Fraction(1000)), plain(Fraction(1, 3), 2)
    ('12.4', '1000', '0.33')
    """
    printed = f"{round_half_even(value, places):f}"
    return printed.rstrip("0").rstrip(".") if "." in printed else printed


def fixed(value: Fraction, places: int) -> str:
    """Print a number with a fixed count of decimals, as its series does."""
    return f"{round_half_even(value, places):f}"


def on_day(day: date) -> str:
    """Print a day in full."""
    return f"{day.year}年{day.month}月{day.day}日"


def days(found: Iterable[date]) -> str:
    """Print days by month and day, those in a row as one stretch; after a few, their count.

    Examples
    --------
    >>> from datetime import date
    >>> days([date(2026, 7, 30), date(2026, 7, 31), date(2026, 8, 1), date(2026, 8, 4)])
    '7月30日至8月1日、8月4日'
    """
    listed = sorted(set(found))
    stretches: list[list[date]] = []
    for day in listed:
        if stretches and (day - stretches[-1][-1]).days == 1:
            stretches[-1].append(day)
        else:
            stretches.append([day])
    few = "、".join(_stretch(s[0], s[-1]) for s in stretches[:_FEW])
    return few if len(stretches) <= _FEW else f"{few}等{len(listed)}日"


def _stretch(first: date, last: date) -> str:
    begun = f"{first.month}月{first.day}日"
    return begun if first == last else f"{begun}至{last.month}月{last.day}日"
