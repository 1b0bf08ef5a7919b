"""指标包: the rows of ``packs/series`` become ``Series``.

From   ``packs/series/series.csv`` and what a city adds in the same form.
Takes  Rows that know their file and line.
Gives  The series by key, or a ``BrokenPackError``.
Never  Opens a file, or lets a unit pass that the door cannot convert.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.kernel.quantities.series import Series
from zhenggai.kernel.quantities.units import known_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zhenggai.packs.shelf import Row

_COLUMNS = (
    "key", "name", "hj212", "unit", "ticks_per_unit", "places", "period", "source", "verified",
)  # fmt: skip
_PERIODS = ("day", "hour")


def load_series(rows: Iterable[Row]) -> Mapping[str, Series]:
    """Read the series of one or more files.

    Raises
    ------
    BrokenPackError
        A row cannot be read, or a key occurs twice.

    Examples
    --------
    >>> from zhenggai.packs.shelf import Row
    >>> cells = {"key": "rain", "name": "降雨量", "unit": "mm", "ticks_per_unit": "10",
    ...          "places": "1", "period": "day", "source": "本系统模板", "verified": "false"}
    >>> load_series([Row("series/series.csv", 2, cells)])["rain"].unit
    'mm'
    """
    found: dict[str, Series] = {}
    for row in rows:
        series = _series(row)
        if series.key in found:
            raise row.broken(f"key '{series.key}' occurs twice", "keep one row a series")
        found[series.key] = series
    return found


def _series(row: Row) -> Series:
    row.refuse_others(_COLUMNS)
    row.text("source")
    row.flag("verified")
    unit = row.text("unit")
    if not known_unit(unit):
        raise row.broken(f"unit '{unit}' is unknown", "use a unit of kernel/quantities/units.py")
    ticks, places = row.whole("ticks_per_unit"), row.whole("places")
    if ticks < 1 or places < 0 or ticks % 10**places:
        wrong = f"{ticks} ticks a unit cannot carry {places} decimals"
        raise row.broken(wrong, "make ticks_per_unit a multiple of 10 to the power of places")
    return Series(
        key=row.text("key"),
        name=row.text("name"),
        hj212=row.text("hj212", default=""),
        unit=unit,
        ticks_per_unit=ticks,
        places=places,
        period=row.one_of("period", _PERIODS),
    )
