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
    from collections.abc import Sequence
    from datetime import date
    from fractions import Fraction

_FEW = 5


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


def days(found: Sequence[date]) -> str:
    """Print a few days by month and day; more are counted."""
    few = "、".join(f"{d.month}月{d.day}日" for d in sorted(found)[:_FEW])
    return few if len(found) <= _FEW else f"{few}等{len(found)}日"
