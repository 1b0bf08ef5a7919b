"""日历包: the rows of ``packs/calendars`` become one ``Calendar``.

From   ``packs/calendars/YYYY.csv``: ``date,kind,name,source``.
Takes  Rows that know their file and line.
Gives  A ``Calendar``, or a ``BrokenPackError`` that names file, row and remedy.
Never  Opens a file, or skips a row it does not understand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.kernel.calendars.workdays import Calendar, is_weekend
from zhenggai.packs.broken import BrokenPackError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from zhenggai.packs.shelf import Row

_COLUMNS = ("date", "kind", "name", "source")


def load_calendar(files: Mapping[str, Iterable[Row]]) -> Calendar:
    """Join the files of several years.

    Parameters
    ----------
    files
        The rows of each file under its name, such as ``calendars/2026.csv``.

    Raises
    ------
    BrokenPackError
        A row cannot be read, or two files are of the same year.
    """
    years: dict[int, Calendar] = {}
    for place, rows in files.items():
        found = load_year(rows, place)
        (year,) = found.years
        if year in years:
            raise BrokenPackError(place, 0, f"{year} is loaded twice", "keep one file a year")
        years[year] = found
    return Calendar.of(
        years,
        off=(day for found in years.values() for day in found.off),
        work=(day for found in years.values() for day in found.work),
    )


def load_year(rows: Iterable[Row], place: str) -> Calendar:
    """Read the rows of one file, which are the days of one year.

    Examples
    --------
    >>> from zhenggai.packs.shelf import Row
    >>> cells = {"date": "2026-09-20", "kind": "work", "name": "国庆节", "source": "通知"}
    >>> sorted(load_year([Row("2026.csv", 2, cells)], "2026.csv").years)
    [2026]
    >>> load_year([], "2027.csv")
    Traceback (most recent call last):
        ...
    zhenggai.packs.broken.BrokenPackError: 2027.csv:0: no rows → list the days of the year's notice
    """
    days: dict[date, str] = {}
    for row in rows:
        day = row.day("date")
        if day in days:
            raise row.broken(f"{day} is listed twice", "keep one row a day")
        if days and day.year != next(iter(days)).year:
            raise row.broken(f"{day} is of another year", "keep one file a year")
        days[day] = _kind(row, day)
    if not days:
        raise BrokenPackError(place, 0, "no rows", "list the days of the year's notice")
    off = (day for day, kind in days.items() if kind == "off")
    work = (day for day, kind in days.items() if kind == "work")
    return Calendar.of({day.year for day in days}, off, work)


def _kind(row: Row, day: date) -> str:
    row.refuse_others(_COLUMNS)
    row.text("name")
    row.text("source")
    kind = row.one_of("kind", ("off", "work"))
    if kind == "work" and not is_weekend(day):
        raise row.broken(f"{day} is no weekend day", "make it off, or mend the date")
    return kind
