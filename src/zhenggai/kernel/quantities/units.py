"""计量单位: the door through which every measured number enters, in the unit of its series.

From   SI and GB 3100-3102 for the multiples; one assumption, named below.
Takes  An exact number with the unit its source printed.
Gives  The same quantity in the unit of the series, still exact.
Never  Guesses a unit, or turns a concentration into a load.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from zhenggai.kernel.verdict import Reason, Refused

WATER_ASSUMPTION: Final = "按1吨水计1立方米"

_CONCENTRATION, _VOLUME, _POWER, _DEPTH, _TEMPERATURE, _NUMBER = range(6)
_SECONDS_A_DAY, _LITRES_A_CUBIC_METRE = 86_400, 1_000

# Unit → the quantity it measures, and how many of the first unit of that quantity it is.
_UNITS: Final = {
    "mg/L": (_CONCENTRATION, Fraction(1)),
    "ug/L": (_CONCENTRATION, Fraction(1, 1000)),
    "g/L": (_CONCENTRATION, Fraction(1000)),
    "m3/d": (_VOLUME, Fraction(1)),
    "t/d": (_VOLUME, Fraction(1)),  # WATER_ASSUMPTION
    "L/s": (_VOLUME, Fraction(_SECONDS_A_DAY, _LITRES_A_CUBIC_METRE)),
    "kWh/d": (_POWER, Fraction(1)),
    "mm": (_DEPTH, Fraction(1)),
    "℃": (_TEMPERATURE, Fraction(1)),
    "无量纲": (_NUMBER, Fraction(1)),
}
_SPELLINGS: Final = {"µg/L": "ug/L", "μg/L": "ug/L", "m³/d": "m3/d", "°C": "℃"}


def known_unit(unit: str) -> bool:
    """Whether the door knows a unit, in any of its spellings."""
    return _SPELLINGS.get(unit, unit) in _UNITS


def convert(value: Fraction, unit: str, series_unit: str) -> Fraction:
    """Give a quantity in the unit of its series.

    Parameters
    ----------
    value
        The number as printed. [``unit``]
    unit, series_unit
        The unit of the source, and of the series.

    Returns
    -------
    Fraction
        Exact. [``series_unit``]

    Raises
    ------
    Refused
        ``unit-unknown``: a unit is not in the table; ``unit-mismatch``: the two do not measure
        the same thing.

    Examples
    --------
    >>> from fractions import Fraction
    >>> convert(Fraction(500), "ug/L", "mg/L"), convert(Fraction(10), "L/s", "m3/d")
    (Fraction(1, 2), Fraction(864, 1))
    """
    (from_what, factor), (to_what, divisor) = _entry(unit), _entry(series_unit)
    if from_what != to_what:
        text = f"单位“{unit}”与该指标的单位“{series_unit}”不是同一种量，无法换算"
        raise Refused(Reason("unit-mismatch", text, "请核对填报的指标和单位"))
    return value * factor / divisor


def assumption(unit: str, series_unit: str) -> str:
    """Say what a conversion assumes, to be printed beside the number; empty when nothing.

    Examples
    --------
    >>> assumption("t/d", "m3/d"), assumption("ug/L", "mg/L")
    ('按1吨水计1立方米', '')
    """
    sides = {_SPELLINGS.get(unit, unit), _SPELLINGS.get(series_unit, series_unit)}
    return WATER_ASSUMPTION if "t/d" in sides and len(sides) > 1 else ""


def _entry(unit: str) -> tuple[int, Fraction]:
    found = _UNITS.get(_SPELLINGS.get(unit, unit))
    if found is None:
        remedy = f"请改用下列单位之一：{'、'.join(_UNITS)}"
        raise Refused(Reason("unit-unknown", f"单位“{unit}”无法识别", remedy))
    return found
