"""有日期的时限: expressions that name a day, a month's end or a year's end.

From   2021年9月30日前, 12月底前, 2018年11月, 20209月, 2019629日前 (domain facts, 3.3 and 3.6).
Takes  Clean text.
Gives  ``Place`` records: the expression, where it stands and what it says.
Never  Fills in a year, chooses between two readings, or takes a past day for a deadline.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from zhenggai.kernel.calendars.deadline import Deadline, DeadlineKind
from zhenggai.kernel.documents.records import StatedDeadline
from zhenggai.kernel.text.numerals import LEAP_YEAR, number, real_day

DECEMBER = 12
LEAD = 8  # characters before a date that decide what it is

_N = r"[\d〇○零一二三四五六七八九十]"
_YEAR = r"(?P<year>\d{4}|[〇○零一二三四五六七八九]{4})\s*年"
_BEFORE = r"(?:之前|以前|前(?![往来后期述列提所景沿瞻])|为止)"
_DATED = re.compile(
    rf"(?:(?<!\d){_YEAR}\s*)?(?<!{_N})(?P<month>{_N}{{1,3}})\s*月份?"
    rf"(?:(?P<day>{_N}{{1,3}})[日号]|(?P<end>[底末]))?(?P<before>{_BEFORE})?"
)
_YEAR_END = re.compile(rf"(?:(?<!\d){_YEAR}年?|(?<!年)[今本]?年年?)[底末]{_BEFORE}")
_LOST = re.compile(
    rf"(?<!\d)(?:(?P<run>20\d{{4,6}})日|(?P<y>20\d\d)(?P<m>\d{{1,2}})月(?!\d)[底末]?)(?P<before>{_BEFORE})?"
)
_PERIOD = re.compile(
    rf"(?:(?<!\d){_YEAR})?(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日起?[至到—－-]"
    r"(?:(?P<year2>\d{4})年)?(?:(?P<month2>\d{1,2})月)?(?P<day2>\d{1,2})日"
)
_NO_DEADLINE = re.compile(
    r"(?:每|每年|应于|应当于|本应于?|原定于?|原计划于?|截至|截止|截止到|[至到—－-])$"
)
_LABEL = re.compile(r"(?:时限|期限|时间要求)[：\s]*$")
_TO_BE_DONE = re.compile(r"(?:全部|全面|基本)?(?:完成|建成|销号|整改到位)(?!了)")
_PERIOD_LEAD = re.compile(
    r"(?:公示(?:期间?|日期|时间)[为：（是]*|时限[：\s]*|期限[为：\s]*|[自从])$"
)
_PHASE = re.compile(r"[，为]{1,2}[^。；，\n]{0,24}阶段")


@dataclass(frozen=True, slots=True)
class Place:
    """A deadline and where it stands in the clean text."""

    start: int
    end: int
    stated: StatedDeadline


def dated(text: str) -> list[Place]:
    """Days and month ends that something is to be done by."""
    return [p for m in _DATED.finditer(text) if (p := _one(text, m)) is not None]


def year_ends(text: str) -> list[Place]:
    """2017年底前, 年底前."""
    return [
        _place(m, DeadlineKind.MONTH_END, _year(m), DECEMBER, None)
        for m in _YEAR_END.finditer(text)
        if not _NO_DEADLINE.search(text, max(m.start() - LEAD, 0), m.start())
    ]


def lost_signs(text: str) -> list[Place]:
    """Dates whose 年 or 月 went missing; read only where they are clearly a time limit."""
    found: list[Place] = []
    for m in _LOST.finditer(text):
        labelled = _LABEL.search(text, max(m.start() - LEAD, 0), m.start())
        if not (m["before"] or labelled):
            continue
        if m["run"]:
            deadline = from_run(m.group(), m["run"])
            found.append(Place(m.start(), m.end(), StatedDeadline(deadline)))
        elif 1 <= int(m["m"]) <= DECEMBER:
            found.append(_place(m, DeadlineKind.MONTH_END, int(m["y"]), int(m["m"]), None))
    return found


def periods(text: str) -> list[Place]:
    """A period someone must keep: a publication, a phase; not the days of a past visit."""
    found: list[Place] = []
    for m in _PERIOD.finditer(text):
        lead = _PERIOD_LEAD.search(text, max(m.start() - LEAD, 0), m.start())
        if (lead or _PHASE.match(text, m.end())) and (place := _period(m)) is not None:
            found.append(place)
    return found


def from_run(raw: str, run: str) -> Deadline:
    """Read ``2020924``: one reading is a day, two are alternatives, none stays unknown."""
    year, rest = int(run[:4]), run[4:]
    splits = ((rest[:cut], rest[cut:]) for cut in range(1, len(rest)))
    read = [
        date(year, int(m), int(d))
        for m, d in splits
        if max(len(m), len(d)) <= len("31")
        and not (d.startswith("0") and len(rest) < len("0101"))
        and real_day(year, int(m), int(d))
    ]
    if len(read) == 1:
        return Deadline(raw, DeadlineKind.EXACT, read[0].isoformat(), read[0])
    kind = DeadlineKind.EXACT if read else DeadlineKind.UNKNOWN
    return Deadline(raw, kind, alternatives=tuple(day.isoformat() for day in read))


def iso(year: int | None, month: int, day: int) -> str:
    """``XXXX`` stands for a year nobody stated."""
    return f"{'XXXX' if year is None else f'{year:04}'}-{month:02}-{day:02}"


def month_end(year: int | None, month: int) -> tuple[str, date | None]:
    """Last day of a month; in February of an unknown year the day stays open too."""
    if year is None:
        last = monthrange(LEAP_YEAR + 1, month)[1]
        february = last != monthrange(LEAP_YEAR, month)[1]
        return ("XXXX-02-XX" if february else iso(None, month, last)), None
    day = date(year, month, monthrange(year, month)[1])
    return day.isoformat(), day


def _one(text: str, m: re.Match[str]) -> Place | None:
    month = number(m["month"])
    if month is None or not 1 <= month <= DECEMBER:
        return None
    if _NO_DEADLINE.search(text, max(m.start() - LEAD, 0), m.start()):
        return None
    labelled = _LABEL.search(text, max(m.start() - LEAD, 0), m.start())
    if m["day"]:
        day = number(m["day"])
        if day is None or not (m["before"] or labelled) or not real_day(_year(m), month, day):
            return None
        return _place(m, DeadlineKind.EXACT, _year(m), month, day)
    return _one_month(text, m, month, labelled=bool(labelled))


def _one_month(text: str, m: re.Match[str], month: int, *, labelled: bool) -> Place | None:
    if m["end"]:
        if m["before"] or labelled or _TO_BE_DONE.match(text, m.end()):
            return _place(m, DeadlineKind.MONTH_END, _year(m), month, None)
        return None
    if m["before"]:
        return _before_month(m, month)
    return _place(m, DeadlineKind.MONTH_END, _year(m), month, None) if labelled else None


def _before_month(m: re.Match[str], month: int) -> Place:
    """「9月前」: until the end of August or of September; both are shown, none is chosen."""
    year = _year(m)
    last_year = None if year is None else year - 1
    earlier = (year, month - 1) if month > 1 else (last_year, DECEMBER)
    both = (month_end(*earlier)[0], month_end(year, month)[0])
    deadline = Deadline(m.group(), DeadlineKind.MONTH_END, alternatives=both)
    return Place(m.start(), m.end(), StatedDeadline(deadline))


def _place(
    m: re.Match[str], kind: DeadlineKind, year: int | None, month: int, day: int | None
) -> Place:
    if day is None:
        stated, due = month_end(year, month)
    else:
        stated = iso(year, month, day)
        due = None if year is None else date(year, month, day)
    return Place(m.start(), m.end(), StatedDeadline(Deadline(m.group(), kind, stated, due)))


def _period(m: re.Match[str]) -> Place | None:
    year, month, day = _year(m), int(m["month"]), int(m["day"])
    month2, day2 = int(m["month2"] or month), int(m["day2"])
    # 「2025年1月21日至2月8日」: the year is said once for both, unless the second day comes first.
    same = year if (month2, day2) >= (month, day) else None
    year2 = int(m["year2"]) if m["year2"] else same
    if not (real_day(year, month, day) and real_day(year2, month2, day2)):
        return None
    last = None if year2 is None else date(year2, month2, day2)
    deadline = Deadline(m.group(), DeadlineKind.EXACT, iso(year2, month2, day2), last)
    return Place(m.start(), m.end(), StatedDeadline(deadline, iso(year, month, day)))


def _year(m: re.Match[str]) -> int | None:
    return number(m["year"]) if m["year"] else None
