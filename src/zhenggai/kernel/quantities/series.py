"""监测指标: what is measured, and its values as whole ticks.

From   ``packs/series``.
Takes  The text a device or a person wrote, with its unit.
Gives  A whole number of ticks, the form in which the archive keeps values.
Never  Takes what is not plainly a number for one, or a float for an exact value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from zhenggai.kernel.quantities.units import convert
from zhenggai.kernel.verdict import Reason, Refused

_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?")
_INT32_MAX = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Series:
    """One thing that is measured (监测指标).

    Parameters
    ----------
    key, name
        Such as ``bod_in`` and 进水五日生化需氧量.
    hj212
        Factor code of HJ 212-2017, or empty where it has none.
    unit
        The unit of its values everywhere inside.
    ticks_per_unit
        How many ticks make one unit; the archive keeps whole ticks in 32 bits.
    places
        Decimals it is printed with.
    period
        What one value stands for: ``day``, ``hour``.
    """

    key: str
    name: str
    hj212: str
    unit: str
    ticks_per_unit: int
    places: int
    period: str


def to_ticks(text: str, unit: str, series: Series) -> int:
    """Read what was written into whole ticks of a series.

    The value is converted exactly and rounded once, to the nearest tick, an exact half to the
    even one (GB/T 8170); so decimals beyond a tick are rounded, not refused.

    Parameters
    ----------
    text
        A plain decimal number in ASCII digits; blanks around it are ignored. [``unit``]
    unit
        The unit its source printed.

    Returns
    -------
    int
        [1 / ``series.ticks_per_unit`` of ``series.unit``]

    Raises
    ------
    Refused
        ``value-unreadable``: empty, NaN, infinite, full-width digits, ``<0.01``, an exponent;
        ``value-out-of-range``: more than 32 bits of ticks; or the unit, see ``convert``.

    Examples
    --------
    >>> bod = Series("bod_in", "进水五日生化需氧量", "w01017", "mg/L", 1000, 1, "day")
    >>> to_ticks("68.4", "mg/L", bod), to_ticks(" 68400.5 ", "ug/L", bod)
    (68400, 68400)
    """
    written = text.strip()
    if _PLAIN_NUMBER.fullmatch(written) is None:
        raise Refused(_unreadable(text, series))
    value = convert(Fraction(written), unit, series.unit)
    ticks = round(value * series.ticks_per_unit)
    if abs(ticks) > _INT32_MAX:
        wrong = f"指标“{series.name}”的值“{text}”超出可存储的范围"
        raise Refused(Reason("value-out-of-range", wrong, "请核对数值和单位"))
    return ticks


def from_ticks(ticks: int, series: Series) -> Fraction:
    """Give the exact value of a number of ticks. [``series.unit``]

    Examples
    --------
    >>> bod = Series("bod_in", "进水五日生化需氧量", "w01017", "mg/L", 1000, 1, "day")
    >>> from_ticks(68400, bod)
    Fraction(342, 5)
    """
    return Fraction(ticks, series.ticks_per_unit)


def _unreadable(text: str, series: Series) -> Reason:
    return Reason(
        code="value-unreadable",
        text=f"指标“{series.name}”的值“{text}”不是可识别的数字",
        remedy="请用半角数字填写，如 12.5；未检出或缺测请按其专门方式填报",
    )
