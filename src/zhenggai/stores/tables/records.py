"""导入记录: what was taken from a table, and what was refused, each with its row and column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai.analytics.observations import Flag
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class ColumnTaken:
    """How a column was understood.

    Parameters
    ----------
    header
        The header as typed; in the long form, what the rows call the series.
    series_key
        The series, or nothing for time, place and columns that are not read.
    how
        One Chinese phrase that says why.
    """

    header: str
    series_key: str
    unit: str
    how: str


@dataclass(frozen=True, slots=True)
class RowTaken:
    """One value; ``row`` counts as a spreadsheet does, the header being row 1.

    Parameters
    ----------
    place
        The place as typed; nothing if the table has no such column.
    """

    row: int
    place: str
    series: str
    at: datetime
    ticks: int
    flag: Flag = Flag.OK


@dataclass(frozen=True, slots=True)
class RowRefused:
    """One cell that was not taken, why, and what to do."""

    row: int
    column: str
    text: str
    remedy: str


@dataclass(frozen=True, slots=True)
class TableRead:
    """A whole table: the good rows remain whatever the bad ones are."""

    taken: tuple[ColumnTaken, ...]
    rows: tuple[RowTaken, ...]
    refused: tuple[RowRefused, ...]


def refused_file(name: str, where: str, what: str, remedy: str) -> Refused:
    """Refuse the file as a whole; ``where`` is a row or column, or nothing."""
    return Refused(Reason("table-refused", f"《{name}》{where}{what}", remedy, (f"file:{name}",)))
