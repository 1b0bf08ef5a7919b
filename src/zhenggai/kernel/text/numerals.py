"""数字与日期: numbers and days as documents write them, in figures or in Chinese.

From   GB/T 9704-2012 (成文日期 in figures) and older papers (二〇二一年八月六日).
Takes  Words of a document.
Gives  Whole numbers; days whose year may be unknown.
Never  Fills in a year the words do not have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

LEAP_YEAR = 2000  # 29 February must be possible while the year is unknown
FULL_YEAR = 4

NUMBER = r"[\d〇○零一二三四五六七八九十百千两]"
DAY = (
    rf"(?:(?P<year>(?:\d{{4}}|[〇○零一二三四五六七八九]{{4}}))\s*年\s*)?"
    rf"(?<![\d〇○零一二三四五六七八九十])(?P<month>{NUMBER}{{1,3}})\s*月\s*"
    rf"(?P<day>{NUMBER}{{1,3}})\s*[日号]"
)
_DAY = re.compile(DAY)
_ISO_DAY = re.compile(r"(?<!\d)(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)")

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class StatedDay:
    """A day as stated, and where; the year is None when the words have none."""

    start: int
    end: int
    year: int | None
    month: int
    day: int

    @property
    def iso(self) -> str:
        """``2021-08-06``, or ``XXXX-08-06`` without a year."""
        year = "XXXX" if self.year is None else f"{self.year:04}"
        return f"{year}-{self.month:02}-{self.day:02}"


def number(words: str) -> int | None:
    """Read a whole number below ten thousand; None when it is not one.

    Examples
    --------
    >>> number("三十"), number("二〇二一"), number("１２"), number("个")
    (30, 2021, 12, None)
    """
    if words.isdecimal():
        return int(words)
    if words and all(c in _DIGITS for c in words):
        return int("".join(str(_DIGITS[c]) for c in words))
    return _with_units(words)


def real_day(year: int | None, month: int, day: int) -> bool:
    """Whether the calendar has such a day."""
    try:
        date(LEAP_YEAR if year is None else year, month, day)
    except ValueError:
        return False
    return True


def days(text: str) -> tuple[StatedDay, ...]:
    """Every day stated in a text, in order."""
    matches = [*_DAY.finditer(text), *_ISO_DAY.finditer(text)]
    found = (stated(m) for m in sorted(matches, key=lambda m: m.start()))
    return tuple(d for d in found if d is not None)


def stated(match: re.Match[str]) -> StatedDay | None:
    """Turn a match with year, month and day into a day, if the calendar has it."""
    year = number(match["year"]) if match["year"] else None
    month, day = number(match["month"]), number(match["day"])
    if month is None or day is None or not real_day(year, month, day):
        return None
    return StatedDay(match.start(), match.end(), year, month, day)


def _with_units(words: str) -> int | None:
    total, digit = 0, 0
    for char in words:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            return None
    return total + digit if words else None
