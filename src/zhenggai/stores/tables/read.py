"""读表: from the bytes of a CSV to values in ticks; the same bytes always give the same rows."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from zhenggai.analytics.observations import Flag
from zhenggai.kernel.quantities.series import to_ticks
from zhenggai.kernel.verdict import Refused
from zhenggai.stores.tables import words
from zhenggai.stores.tables.cells import UnreadableError, read_number, read_time
from zhenggai.stores.tables.long import long
from zhenggai.stores.tables.records import RowRefused, RowTaken, TableRead
from zhenggai.stores.tables.sheet import laid_out
from zhenggai.stores.tables.text import records_of
from zhenggai.stores.tables.wide import wide

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from zhenggai.kernel.quantities.series import Series
    from zhenggai.stores.tables.sheet import Cell

LIMIT = 20 * 1024 * 1024


def read_observations(
    name: str, content: bytes, series: Mapping[str, Series], *, limit: int = LIMIT
) -> TableRead:
    """Read measured values from a CSV in the long or the wide form.

    A bad cell is refused and the others remain; a file whose columns cannot be understood is
    refused as a whole.

    Parameters
    ----------
    name
        The file's name, for the sentences only.
    series
        The known series by key.
    limit
        The most bytes a file may have.
    """
    sheet = laid_out(name, records_of(name, content, limit), series)
    refused = [*sheet.longer]
    if words.SERIES in sheet.roles:
        taken, cells, unread = long(sheet)
        refused += unread
    else:
        taken, cells = wide(sheet)
    read: list[tuple[Cell, RowTaken]] = []
    for cell in cells:
        row = _row(cell)
        if isinstance(row, RowRefused):
            refused.append(row)
        else:
            read.append((cell, row))
    rows, twice = _one_value_a_time(read)
    told = sorted({*refused, *twice}, key=lambda r: (r.row, r.column))
    return TableRead(tuple(taken), rows, tuple(told))


def _row(cell: Cell) -> RowTaken | RowRefused:
    """Read one value, or say which of its cells is at fault."""
    try:
        when = read_time(cell.when, cell.series.period)
    except UnreadableError as wrong:
        return RowRefused(cell.row, cell.when_column, wrong.text, wrong.remedy)
    try:
        number = read_number(cell.text)
        ticks = to_ticks(number.text, cell.unit, cell.series)
    except UnreadableError as wrong:
        return RowRefused(cell.row, cell.column, wrong.text, wrong.remedy)
    except Refused as refusal:
        reason = refusal.reasons[0]
        return RowRefused(cell.row, cell.column, reason.text, reason.remedy)
    flag = Flag.BELOW_DETECTION if number.below else Flag.OK
    return RowTaken(cell.row, cell.place, cell.series.key, when, ticks, flag)


def _one_value_a_time(
    read: Iterable[tuple[Cell, RowTaken]],
) -> tuple[tuple[RowTaken, ...], list[RowRefused]]:
    """Keep the first of equal rows; of rows that contradict each other keep none."""
    groups: dict[tuple[str, str, datetime], list[tuple[Cell, RowTaken]]] = defaultdict(list)
    for cell, row in read:
        groups[row.place, row.series, row.at].append((cell, row))
    rows: list[RowTaken] = []
    refused: list[RowRefused] = []
    for group in groups.values():
        if len({(row.ticks, row.flag) for _, row in group}) == 1:
            rows.append(group[0][1])
        else:
            refused += [_twice(cell, group) for cell, _ in group]
    return tuple(rows), refused


def _twice(cell: Cell, group: list[tuple[Cell, RowTaken]]) -> RowRefused:
    others = "、".join(f"第{c.row}行（{c.text.strip()}）" for c, _ in group if c.row != cell.row)
    return RowRefused(
        cell.row,
        cell.column,
        f"{cell.series.name}在“{cell.when}”的数值{cell.text.strip()}与{others}不同",
        "核对原始记录，同一时间只保留一个数值",
    )
