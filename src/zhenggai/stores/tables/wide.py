"""宽表: one series a column, as ``时间,进水BOD(mg/L),出水COD(mg/L)``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.kernel.quantities.units import assumption
from zhenggai.stores.tables import words
from zhenggai.stores.tables.records import ColumnTaken, refused_file
from zhenggai.stores.tables.sheet import ROLE_HOW, Cell, convertible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhenggai.stores.tables.sheet import Sheet

_ALLOWED = {words.TIME, words.PLACE, words.UNREAD}


def wide(sheet: Sheet) -> tuple[list[ColumnTaken], list[Cell]]:
    """Read a table with one series a column; an empty cell is no value."""
    known = words.series_by_word(sheet.series)
    taken, columns = [], {}
    for column, text in enumerate(sheet.header):
        role = words.role_of(text)
        if role in _ALLOWED:
            taken.append(ColumnTaken(text, "", "", ROLE_HOW[role]))
        elif text or any(row[column].strip() for _, row in sheet.rows):
            found = _series_column(sheet, column, known)
            taken.append(found)
            columns[column] = found
    if not columns:
        raise refused_file(sheet.name, "第1行", "没有指标列", "增加如“进水BOD(mg/L)”的列")
    _each_once(sheet.name, columns)
    return taken, [
        Cell(
            number,
            sheet.header[sheet.roles[words.TIME]],
            sheet.header[column],
            sheet.cell(row, words.PLACE),
            sheet.cell(row, words.TIME),
            sheet.series[found.series_key],
            found.unit,
            row[column],
        )
        for number, row in sheet.rows
        for column, found in columns.items()
        if row[column].strip()
    ]


def _series_column(sheet: Sheet, column: int, known: Mapping[str, str]) -> ColumnTaken:
    text = sheet.header[column]
    where = f"第1行第{column + 1}列“{text}”"
    word, unit = words.split_unit(text)
    key = known.get(words.plain(word))
    if key is None:
        raise refused_file(sheet.name, where, "不认识", sheet.known_names())
    series = sheet.series[key]
    if not unit and words.plain(word) != words.plain(key):
        raise refused_file(sheet.name, where, "没有单位", f"写成“{word}({series.unit})”")
    said = words.spelled(unit, series) if unit else series.unit
    convertible(sheet.name, where, said, series)
    how = f"“{word}”即{series.name}" if unit else "列名为指标代码，单位即指标单位"
    return ColumnTaken(
        text, key, said, "；".join(filter(None, (how, assumption(said, series.unit))))
    )


def _each_once(name: str, columns: Mapping[int, ColumnTaken]) -> None:
    seen: dict[str, int] = {}
    for column, found in columns.items():
        first = seen.setdefault(found.series_key, column)
        if first != column:
            where = f"第1行第{first + 1}列与第{column + 1}列“{found.header}”"
            raise refused_file(name, where, "是同一指标", "只保留一列")
