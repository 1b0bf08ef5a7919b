"""演练时间: the campaign's clock; the machine's time plus a stored shift.

Only faces and jobs read it. Sessions, leases and certificates use the machine's time.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from zhenggai.apps.trail.models import ClockShift

BEIJING = ZoneInfo("Asia/Shanghai")


def machine_now() -> datetime:
    """Return the machine's time, aware, in UTC."""
    return datetime.now(tz=UTC)


def now() -> datetime:
    """Return the campaign's time, aware, in Beijing time."""
    shift = ClockShift.objects.values_list("seconds", flat=True).first() or 0
    return (machine_now() + timedelta(seconds=shift)).astimezone(BEIJING)


def shifted() -> bool:
    """Say whether the campaign's clock differs from the machine's."""
    return ClockShift.objects.exists()
