"""日期文字: a day as documents give it, whole or with parts nobody stated."""

from __future__ import annotations

import re
from datetime import date

_PARTIAL = re.compile(r"(?:\d{4}|XXXX)-(?:0[1-9]|1[0-2]|XX)-(?:0[1-9]|[12]\d|3[01]|XX)")


def complete_day(iso: str) -> date | None:
    """Return the day when year, month and day are all stated.

    Examples
    --------
    >>> complete_day("2026-08-31"), complete_day("XXXX-08-31")
    (datetime.date(2026, 8, 31), None)
    """
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def is_readable_iso(iso: str) -> bool:
    """Whether a day is whole, has unknown parts, or is not there at all.

    Examples
    --------
    >>> [is_readable_iso(s) for s in ("", "XXXX-08-31", "2026-08-31", "2026-02-30", "8月底")]
    [True, True, True, False, False]
    """
    if not iso:
        return True
    if not _PARTIAL.fullmatch(iso):
        return False
    return "XX" in iso or complete_day(iso) is not None
