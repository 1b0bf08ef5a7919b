"""公示天数核对: does a notice run as many working days as it says?

From   Published notices that call four working days ten; 民法典 art. 201.
Takes  First and last day and the number of working days the notice prints.
Gives  A ``Verdict`` whose reason counts both ways and names the day that would be right.
Never  Mends the notice: dates or words are put right by whoever signs it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from zhenggai.kernel.calendars.workdays import (
    days_text,
    legal_period,
    working_days_between,
    year_unpublished,
)
from zhenggai.kernel.verdict import Answer, Reason, Refused, Verdict

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.kernel.calendars.workdays import Calendar


def claimed_period(calendar: Calendar, first: date, last: date, days: int) -> Verdict:
    """Hold the working days a notice claims against those it has.

    Parameters
    ----------
    first
        The first day it prints, taken as the day of publication, which is not counted.
    last
        The last day it prints.
    days
        What it claims. [working days, at least 1]

    Returns
    -------
    Verdict
        ``met`` when exactly so many days follow the day of publication; else ``notice-days``.

    Raises
    ------
    Refused
        ``calendar-unpublished``, as ``legal_period`` does; ``notice-dates`` when ``last`` comes
        before ``first``.

    Examples
    --------
    >>> from datetime import date
    >>> from zhenggai.kernel.calendars.workdays import Calendar
    >>> calendar = Calendar.of([2026], off=[], work=[])
    >>> claimed_period(calendar, date(2026, 8, 6), date(2026, 8, 11), 4).reasons[0].text
    '首尾均计为4个工作日（8月6、7、10、11日），公告当日不计为3个；满4个工作日应至2026年8月12日（公告当日不计）'
    """
    if last < first:
        text = f"公示截止日{last}早于起始日{first}"
        raise Refused(Reason("notice-dates", text, "请更正公示起止日期"))
    full = legal_period(calendar, first, days, "working")
    if not calendar.knows(last.year):
        raise Refused(year_unpublished(last.year, days, full.counted))
    counted = working_days_between(calendar, first, last)
    if len(counted) == days:
        return Verdict(Answer.MET)
    both_ends = working_days_between(calendar, first - timedelta(days=1), last)
    right = f"{full.to_on.year}年{full.to_on.month}月{full.to_on.day}日"
    text = (
        f"首尾均计为{len(both_ends)}个工作日（{days_text(both_ends, by_month=True)}），"
        f"公告当日不计为{len(counted)}个；满{days}个工作日应至{right}（公告当日不计）"
    )
    remedy = "请更正公示起止日期，或更正所称工作日数"
    return Verdict(Answer.NOT_MET, (Reason("notice-days", text, remedy),))
