"""数值修约: rounding by GB/T 8170, once, on exact numbers.

From   GB/T 8170-2008 数值修约规则: the even digit is kept at an exact half (四舍六入五成双).
Takes  A ``Fraction``, which is exact, and a number of decimals.
Gives  A ``Decimal`` that prints with just these decimals.
Never  Rounds twice, or rounds a float.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction


def round_half_even(value: Fraction, places: int) -> Decimal:
    """Round to a number of decimals; an exact half goes to the even digit.

    Parameters
    ----------
    value
        The exact value, not rounded before: 连续修约 is forbidden by the standard.
    places
        Decimals kept; negative for tens, hundreds.

    Returns
    -------
    Decimal
        With ``places`` decimals, trailing zeros included; never a negative zero.

    References
    ----------
    .. [1] GB/T 8170-2008, rules of rounding and the ban on rounding in steps.

    Examples
    --------
    >>> from fractions import Fraction
    >>> [str(round_half_even(Fraction(n, 100), 1)) for n in (105, 115, 1251, -125)]
    ['1.0', '1.2', '12.5', '-1.2']
    >>> str(round_half_even(Fraction(1250), -2))
    '1.2E+3'
    """
    scaled = value * 10**places if places >= 0 else value / 10**-places
    return Decimal(f"{round(scaled)}E{-places}")
