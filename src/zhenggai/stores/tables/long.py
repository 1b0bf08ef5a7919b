"""长表: one value a row, as ``时间,点位,指标,数值,单位``."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from zhenggai.kernel.quantities.units import assumption
from zhenggai.stores.tables import words
from zhenggai.stores.tables.records import ColumnTaken, RowRefused, refused_file
from zhenggai.stores.tables.sheet import ROLE_HOW, Cell, convertible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhenggai.kernel.quantities.series import Series
    from zhenggai.stores.tables.sheet import Sheet


def long(sheet: Sheet) -> tuple[list[ColumnTaken], list[Cell], list[RowRefused]]:
    """Read a table with one value a row.

    The unit of a series is the one most of its rows have; a row with another is refused, not
    converted: among a thousand mg/L one g/L is more likely a slip than a different instrument.
    """
    if words.VALUE not in sheet.roles:
        raise refused_file(sheet.name, "第1行", "没有数值列", "增加列名为“数值”的一列")
    known = words.series_by_word(sheet.series)
    cells: list[Cell] = []
    refused: list[RowRefused] = []
    for number, row in sheet.rows:
        found = _long_cell(sheet, number, row, known)
        if isinstance(found, RowRefused):
            refused.append(found)
        elif found.text:
            cells.append(found)
    units = _units(sheet.name, cells)
    column = sheet.header[sheet.roles.get(words.UNIT, sheet.roles[words.SERIES])]
    same = []
    for cell in cells:
        unit = units[cell.series.key]
        if cell.unit == unit:
            same.append(cell)
        else:
            refused.append(_other_unit(cell, column, unit))
    return _long_columns(sheet, units), same, refused


def _long_cell(
    sheet: Sheet, number: int, row: Sequence[str], known: Mapping[str, str]
) -> Cell | RowRefused:
    word, unit = words.split_unit(sheet.cell(row, words.SERIES))
    column = sheet.header[sheet.roles[words.SERIES]]
    key = known.get(words.plain(word))
    if key is None:
        return RowRefused(number, column, f"指标“{word}”不认识", sheet.known_names())
    series = sheet.series[key]
    unit = sheet.cell(row, words.UNIT) or unit
    if not unit and words.plain(word) != words.plain(key):
        return RowRefused(number, column, f"“{word}”没有单位", f"在单位列填写{series.unit}")
    return Cell(
        number,
        sheet.header[sheet.roles[words.TIME]],
        sheet.header[sheet.roles[words.VALUE]],
        sheet.cell(row, words.PLACE),
        sheet.cell(row, words.TIME),
        series,
        words.spelled(unit, series) if unit else series.unit,
        sheet.cell(row, words.VALUE),
    )


def _units(name: str, cells: Sequence[Cell]) -> dict[str, str]:
    """Return the unit each series has in most of its rows."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    series = {}
    for cell in cells:
        counts[cell.series.key][cell.unit] += 1
        series[cell.series.key] = cell.series
    chosen = {}
    for key, counted in counts.items():
        most = max(counted.values())
        likely = sorted(unit for unit, count in counted.items() if count == most)
        own = series[key].unit
        unit = own if own in likely else likely[0]
        convertible(name, f"指标“{series[key].name}”", unit, series[key])
        chosen[key] = unit
    return chosen


def _other_unit(cell: Cell, column: str, unit: str) -> RowRefused:
    return RowRefused(
        cell.row,
        column,
        f"单位“{cell.unit}”与{cell.series.name}其余各行的“{unit}”不同",
        f"核对原始记录，按{unit}填写数值和单位",
    )


def _long_columns(sheet: Sheet, units: Mapping[str, str]) -> list[ColumnTaken]:
    taken = [
        ColumnTaken(text, "", "", ROLE_HOW[words.role_of(text)])
        for text in sheet.header
        if words.role_of(text)
    ]
    for column, text in enumerate(sheet.header):
        if not words.role_of(text) and any(row[column].strip() for _, row in sheet.rows):
            where = f"第1行第{column + 1}列“{text}”"
            raise refused_file(sheet.name, where, "不认识", "删去该列或将列名改为“备注”")
    return taken + [_series_taken(sheet.series[key], unit) for key, unit in units.items()]


def _series_taken(series: Series, unit: str) -> ColumnTaken:
    how = "；".join(filter(None, ("指标列所写", assumption(unit, series.unit))))
    return ColumnTaken(series.name, series.key, unit, how)
