"""倒排工期: three hundred plans walked back, against numpy's business days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.measure import Line, best
from zhenggai.apps.planning import queries
from zhenggai.kernel.schedule.backward import back_schedule
from zhenggai.kernel.schedule.network import Link, Measure
from zhenggai.kernel.schedule.outlook import outlook
from zhenggai.kernel.themes.theme import plan_for

if TYPE_CHECKING:
    from collections.abc import Iterator

ITEMS = 300


def run() -> Iterator[Line]:
    """Walk the plan of 乡镇污水 back from three hundred deadlines."""
    packs = queries.ledger.shelf()
    measures = tuple(
        Measure(
            m.key,
            m.name,
            m.likely,
            m.day_kind,
            tuple(Link(b) for b in m.after),
            m.shortest,
            m.longest,
        )
        for m in plan_for(packs.themes["township-sewage"], packs.cities["zhaoling"].rules)
    )
    ends = [date(2026, 9, 1) + timedelta(days=n % 120) for n in range(ITEMS)]
    calendar = packs.calendars
    today = date(2026, 5, 20)
    bare, _ = best(lambda: _bare(ends, [m.days for m in measures], calendar.off), 5)
    walking, _ = best(lambda: [back_schedule(measures, end, calendar) for end in ends], 5)
    looking, _ = best(lambda: [outlook(measures, end, today, {}, calendar) for end in ends], 5)
    limit = "numpy, all plans at once"
    remark = f"{len(measures)} measures each"
    yield Line(f"back_schedule of {ITEMS} items", walking, limit, bare, remark)
    yield Line(f"outlook of {ITEMS} items", looking, "back_schedule of them", walking, remark)


def _bare(ends: list[date], days: list[int], off: frozenset[date]) -> None:
    """Go back measure by measure, as if each waited for the one before it; no worked weekends."""
    finish = np.array(ends, dtype="datetime64[D]")
    holidays = np.array(sorted(off), dtype="datetime64[D]")
    for length in reversed(days):
        finish = np.busday_offset(finish, -length, roll="backward", holidays=holidays)
