"""序时进度: how an item stands against its 文件时限 and its 内部节点, and the light it gets.

From   The rule of two dates: only the superior's can be 超期, our own node never.
Takes  Days: today, the deadline, the node, the report, the closing; thresholds of a pack.
Gives  A ``Pace`` with its Chinese sentence, and a ``Light``.
Never  Says 超期 because of an internal node; takes 超期 back because the item was closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class PaceKind(StrEnum):
    """How an item stands today."""

    CLOSED = "closed"  # in time, or nobody said until when
    CLOSED_LATE = "closed_late"
    OVERDUE = "overdue"
    DUE_TODAY = "due_today"
    BEHIND_NODE = "behind_node"
    IN_TIME = "in_time"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Pace:
    """How an item stands, and by how many days.

    Parameters
    ----------
    kind
        See ``PaceKind``.
    days
        Days after the deadline, after the node, or still left, by kind. [calendar days]
    days_left
        Days until the deadline; negative after it, nothing when it is unknown. [calendar days]
    text
        What every screen and export prints.
    """

    kind: PaceKind
    days: int
    days_left: int | None
    text: str


def pace(
    today: date,
    due_on: date | None,
    node_on: date | None,
    reported_on: date | None,
    closed_on: date | None,
) -> Pace:
    """Say how an item stands on a day; what happened later than that day is not yet known.

    Parameters
    ----------
    today
        The day looked at.
    due_on
        文件时限: the day in the superior's document, itself still in time.
    node_on
        内部节点: a day of our own back-schedule.
    reported_on, closed_on
        已申报 and 已销号. Reporting ends 未达序时进度; only closing ends the count of 超期,
        and the words keep it.

    Examples
    --------
    >>> from datetime import date
    >>> due, node = date(2026, 8, 31), date(2026, 7, 15)
    >>> pace(date(2026, 8, 6), due, node, None, None).text
    '未达序时进度22天'
    >>> pace(date(2026, 9, 1), due, node, None, None).text
    '超期1天'
    """
    if closed_on is not None and closed_on <= today:
        return _closed(due_on, closed_on)
    if due_on is None:
        return Pace(PaceKind.UNKNOWN, 0, None, "时限未载明")
    left = (due_on - today).days
    if left <= 0:
        return _due(left)
    reported = reported_on is not None and reported_on <= today
    if node_on is not None and node_on < today and not reported:
        behind = (today - node_on).days
        return Pace(PaceKind.BEHIND_NODE, behind, left, f"未达序时进度{behind}天")
    return Pace(PaceKind.IN_TIME, left, left, f"余{left}天")


def _due(left: int) -> Pace:
    if left == 0:
        return Pace(PaceKind.DUE_TODAY, 0, left, "今日到期")
    return Pace(PaceKind.OVERDUE, -left, left, f"超期{-left}天")


def _closed(due_on: date | None, closed_on: date) -> Pace:
    left = None if due_on is None else (due_on - closed_on).days
    if left is None or left >= 0:
        return Pace(PaceKind.CLOSED, 0, left, "已销号")
    return Pace(PaceKind.CLOSED_LATE, -left, left, f"超期{-left}天后销号")


class Light(StrEnum):
    """The light of an item; a colour is never shown without the words of its pace."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    NONE = "none"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class LightThresholds:
    """When an item turns yellow; a pack says so.

    Parameters
    ----------
    slack_wd
        Yellow when fewer are to spare. [working days]
    due_within
        Yellow when no more are left until the deadline. [calendar days]
    """

    slack_wd: int
    due_within: int


def light(pace: Pace, slack: int | None, thresholds: LightThresholds) -> Light:
    """Give the light: red only after the 文件时限 has passed, whatever the plan says.

    Parameters
    ----------
    pace
        How the item stands.
    slack
        ``Outlook.slack_wd``, or nothing when there is no plan. [working days]
    thresholds
        From a pack.

    Examples
    --------
    >>> from datetime import date
    >>> from zhenggai.kernel.schedule.progress import LightThresholds, light, pace
    >>> stands = pace(date(2026, 8, 6), date(2026, 8, 31), None, None, None)
    >>> light(stands, 3, LightThresholds(slack_wd=7, due_within=7)).value
    'yellow'
    """
    fixed = _LIGHTS.get(pace.kind)
    if fixed is not None:
        return fixed
    tight = slack is not None and slack < thresholds.slack_wd
    near = pace.days_left is not None and pace.days_left <= thresholds.due_within
    return Light.YELLOW if tight or near else Light.GREEN


_LIGHTS = {
    PaceKind.CLOSED: Light.CLOSED,
    PaceKind.CLOSED_LATE: Light.CLOSED,
    PaceKind.OVERDUE: Light.RED,
    PaceKind.DUE_TODAY: Light.YELLOW,
    PaceKind.BEHIND_NODE: Light.YELLOW,
    PaceKind.UNKNOWN: Light.NONE,
}
