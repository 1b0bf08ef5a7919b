"""日历包: the rows of ``packs/calendars`` become one ``Calendar``.

From   ``packs/calendars/YYYY.csv``: ``date,kind,name,source``.
Takes  The rows of a file and the name of the file.
Gives  A ``Calendar``, or a ``BrokenPackError`` that names file, row and remedy.
Never  Opens a file, or skips a row it does not understand.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from zhenggai.kernel.calendars.workdays import Calendar, is_weekend
from zhenggai.packs.broken import BrokenPackError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FIRST_ROW = 2  # line 1 is the header
_KINDS = ("off", "work")


def load_calendar(files: Mapping[str, Iterable[Mapping[str, str]]]) -> Calendar:
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


def load_year(rows: Iterable[Mapping[str, str]], place: str) -> Calendar:
    """Read the rows of one file, which are the days of one year.

    Examples
    --------
    >>> row = {"date": "2026-09-20", "kind": "work", "name": "国庆节", "source": "通知"}
    >>> sorted(load_year([row], "calendars/2026.csv").years)
    [2026]
    >>> load_year([row | {"kind": "rest"}], "2026.csv")
    Traceback (most recent call last):
        ...
    zhenggai.packs.broken.BrokenPackError: 2026.csv:2: kind 'rest' is unknown → off or work
    """
    days: dict[date, str] = {}
    for number, row in enumerate(rows, start=_FIRST_ROW):
        day = _day(row, place, number)
        if day in days:
            raise BrokenPackError(place, number, f"{day} is listed twice", "keep one row a day")
        if days and day.year != next(iter(days)).year:
            raise BrokenPackError(place, number, f"{day} is of another year", "one file a year")
        days[day] = _kind(row, day, place, number)
    if not days:
        raise BrokenPackError(place, 0, "no rows", "list the days of the year's notice")
    off = (day for day, kind in days.items() if kind == "off")
    work = (day for day, kind in days.items() if kind == "work")
    return Calendar.of({day.year for day in days}, off, work)


def _day(row: Mapping[str, str], place: str, number: int) -> date:
    raw = row.get("date") or ""
    try:
        return date.fromisoformat(raw)
    except ValueError:
        wrong = f"date {raw!r} is not a day"
        raise BrokenPackError(place, number, wrong, "write it as 2026-09-20") from None


def _kind(row: Mapping[str, str], day: date, place: str, number: int) -> str:
    kind = row.get("kind") or ""
    if kind not in _KINDS:
        raise BrokenPackError(place, number, f"kind {kind!r} is unknown", " or ".join(_KINDS))
    if kind == "work" and not is_weekend(day):
        wrong = f"{day} is a weekday and needs no exchange"
        raise BrokenPackError(place, number, wrong, "remove the row or correct the date")
    return kind
