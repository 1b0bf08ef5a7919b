"""观测值: one measured number of one place, series and time, and what is known of its worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import IntEnum

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
U4 = 2**32 - 1
I4 = 2**31 - 1


class Flag(IntEnum):
    """The worth of a value; the numbers are stored in the archive and never change."""

    OK = 0
    MAINTENANCE = 1
    SUSPECT = 2
    BELOW_DETECTION = 3
    MISSING = 4

    @property
    def label(self) -> str:
        """What the screens print."""
        return _LABELS[self]


_LABELS = {
    Flag.OK: "正常",
    Flag.MAINTENANCE: "维护",
    Flag.SUSPECT: "存疑",
    Flag.BELOW_DETECTION: "低于检出限",
    Flag.MISSING: "缺测",
}


@dataclass(frozen=True, slots=True)
class Observation:
    """One value as the archive keeps it.

    Parameters
    ----------
    place
        The number of the place.
    series
        The key of the series, such as ``bod_in``; it owns the unit.
    at
        An aware time in whole seconds. A mean carries the end of its hour, a daily value the
        first moment of its day in Beijing.
    ticks
        The value in the series' smallest steps; 0 where the flag is MISSING, the detection limit
        where it is BELOW_DETECTION.
    flag
        A ``Flag``.
    """

    place: int
    series: str
    at: datetime
    ticks: int
    flag: int = Flag.OK

    def __post_init__(self) -> None:
        """Stop what the archive's columns cannot hold: that is a fault of the caller."""
        if not 0 <= self.place <= U4:
            raise ValueError(f"place {self.place} does not fit u4")
        if abs(self.ticks) > I4:
            raise ValueError(f"ticks {self.ticks} do not fit i4")
        if self.at.microsecond or not 0 <= seconds(self.at) <= U4:
            raise ValueError(f"time {self.at} is not a whole second within u4")
        Flag(self.flag)


def seconds(at: datetime) -> int:
    """Return the whole seconds of an aware time since 1970, UTC."""
    return (at - EPOCH) // timedelta(seconds=1)


def moment(second: int) -> datetime:
    """Return the time in Beijing of so many seconds since 1970, UTC."""
    return (EPOCH + timedelta(seconds=second)).astimezone(BEIJING)
