"""表式: a table whose columns have been given their parts, and one value still as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai.kernel.quantities.series import to_ticks
from zhenggai.kernel.verdict import Refused
from zhenggai.stores.tables import words
from zhenggai.stores.tables.records import RowRefused, refused_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhenggai.kernel.quantities.series import Series

_UNIT_REMEDY = "把单位写在列名中，如“进水BOD(mg/L)”"
ROLE_HOW = {
    words.TIME: "时间列",
    words.PLACE: "点位列",
    words.SERIES: "指标列",
    words.VALUE: "数值列",
    words.UNIT: "单位列",
    words.UNREAD: "不读取",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One value still as text; ``when_column`` and ``column`` are headers, to point at."""

    row: int
    when_column: str
    column: str
    place: str
    when: str
    series: Series
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table whose columns have been given their parts."""

    name: str
    header: Sequence[str]
    rows: Sequence[tuple[int, Sequence[str]]]
    longer: Sequence[RowRefused]
    roles: Mapping[str, int]
    series: Mapping[str, Series]

    def cell(self, row: Sequence[str], role: str) -> str:
        """Return a cell by the part of its column; nothing if there is no such column."""
        column = self.roles.get(role)
        return row[column].strip() if column is not None else ""

    def known_names(self) -> str:
        """Return the remedy for a name nobody knows."""
        return f"改用下列名称之一或删去：{'、'.join(s.name for s in self.series.values())}"


def laid_out(name: str, records: list[list[str]], series: Mapping[str, Series]) -> Sheet:
    """Give each column its part; a column nobody knows stops the whole file."""
    header = [cell.strip() for cell in records[0]]
    width = len(header)
    rows, longer = [], []
    for number, row in enumerate(records[1:], start=2):
        if any(cell.strip() for cell in row[width:]):
            longer.append(_longer(number, width))
        elif any(cell.strip() for cell in row):
            rows.append((number, [*row, *[""] * (width - len(row))]))
    roles: dict[str, int] = {}
    for column, text in enumerate(header):
        role = words.role_of(text)
        if role in roles and role != words.UNREAD:
            raise refused_file(name, f"第{column + 1}列“{text}”", "与前面一列重复", "只保留一列")
        if role:
            roles[role] = column
    if words.TIME not in roles:
        raise refused_file(name, "第1行", "没有时间列", "增加列名为“时间”的一列")
    return Sheet(name, header, rows, tuple(longer), roles, series)


def _longer(number: int, width: int) -> RowRefused:
    remedy = "数字中不写千分位逗号；确需多列时补上列名"
    return RowRefused(number, f"第{width + 1}列", "列数多于表头", remedy)


def convertible(name: str, where: str, unit: str, series: Series) -> None:
    """Stop the whole file when a unit cannot be turned into that of its series."""
    try:
        to_ticks("1", unit, series)
    except Refused as refusal:
        reason = refusal.reasons[0]
        remedy = reason.remedy or _UNIT_REMEDY
        raise refused_file(name, where, f"的单位“{unit}”不能换算：{reason.text}", remedy) from None
