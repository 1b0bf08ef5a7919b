"""单元格: a time, a number; each gives its value or says why it cannot be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from zhenggai.analytics.observations import BEIJING, EPOCH, U4

_DATE = re.compile(
    r"(?P<y>\d{4})(?:-(?P<m1>\d{1,2})-(?P<d1>\d{1,2})|/(?P<m2>\d{1,2})/(?P<d2>\d{1,2})"
    r"|年(?P<m3>\d{1,2})月(?P<d3>\d{1,2})日)"
    r"(?P<rest>.*)",
    re.ASCII | re.DOTALL,
)
_CLOCK = re.compile(
    r"[T\s]*(?P<h>\d{1,2})(?:[:时点](?:(?P<min>\d{1,2})(?::(?P<s>\d{2})|分)?)?)?", re.ASCII
)
_NUMBER = re.compile(r"(?P<below>[<＜])?\s*(?P<number>[+-]?\d+(\.\d+)?)", re.ASCII)
_WIDE_DIGIT = re.compile("[０-９．]")
_LAST = EPOCH + timedelta(seconds=U4)
_DAY_END = (24, 0, 0)
_NEVER = (99, 0, 0)


class UnreadableError(Exception):
    """A cell cannot be read: why, and what to do."""

    def __init__(self, text: str, remedy: str) -> None:
        super().__init__(text)
        self.text = text
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Number:
    """A number's text, and whether it was written as lying below (``<0.01``)."""

    text: str
    below: bool


def read_time(text: str, period: str) -> datetime:
    """Read a time of Beijing: 2026-07-01, 2026/7/1 or 2026年7月1日, with or without an hour.

    Parameters
    ----------
    period
        What one value stands for; only a value of a day may go without its hour.
    """
    text = text.strip()
    _half_width(text)
    found = _DATE.fullmatch(text)
    if found is None:
        raise UnreadableError(f"“{text}”不是可识别的时间", "写成2026-07-01或2026-07-01 08:00")
    try:
        day = date(int(found["y"]), _int(found, "m"), _int(found, "d"))
    except ValueError:
        remedy = "核对原始记录，改为实际日期"
        raise UnreadableError(f"“{text}”不是日历上的日期", remedy) from None
    rest = found["rest"].strip()
    if not rest and period != "day":
        raise UnreadableError(f"“{text}”没有时刻，而该指标不是日数据", "写成2026-07-01 08:00")
    at = datetime.combine(day, time(), BEIJING) + _clock(text, rest)
    if not EPOCH <= at <= _LAST:
        raise UnreadableError(f"“{text}”的年份超出可存范围", "核对年份")
    return at


def _int(found: re.Match[str], part: str) -> int:
    return int(next(filter(None, (found[f"{part}{form}"] for form in (1, 2, 3)))))


def _clock(text: str, rest: str) -> timedelta:
    """Read what follows the date; 24:00 is the end of the day, which people write."""
    if not rest:
        return timedelta()
    found = _CLOCK.fullmatch(rest)
    hour, minute, second = (
        (int(found[part] or 0) for part in ("h", "min", "s")) if found else _NEVER
    )
    if (hour, minute, second) == _DAY_END:
        return timedelta(days=1)
    try:
        time(hour, minute, second)
    except ValueError:
        remedy = "写成08:00这样的时刻，或只写日期"
        raise UnreadableError(f"“{text}”的时刻不可识别", remedy) from None
    return timedelta(hours=hour, minutes=minute, seconds=second)


def read_number(text: str) -> Number:
    """Read a plain number, or one written as below a detection limit."""
    text = text.strip()
    _half_width(text)
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise UnreadableError(f"“{text}”不是数字", "填数字；缺测请留空，低于检出限写成<0.01的形式")
    return Number(found["number"], below=bool(found["below"]))


def _half_width(text: str) -> None:
    if _WIDE_DIGIT.search(text):
        raise UnreadableError(f"“{text}”含全角数字", "改为半角数字")
