"""措施网络: the measures of a plan, what each waits for, and an order to walk them in.

From   Plan templates of the theme packs; what the unit entered in its plan (整改方案).
Takes  ``Measure`` records.
Gives  The measures in an order where each comes after what it waits for.
Never  Drops an unknown predecessor or breaks a cycle by itself: both are refused.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Literal, TypeAlias

from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MeasureKind: TypeAlias = Literal["working", "calendar", "notice"]


@dataclass(frozen=True, slots=True)
class Link:
    """What a measure waits for.

    Parameters
    ----------
    before
        Key of the measure that must finish first.
    lag
        Full working days that must lie between the two. [working days]
    """

    before: str
    lag: int = 0


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure (措施) of a plan.

    Parameters
    ----------
    key, name
        Its key in the plan and its Chinese name.
    days
        The likely duration, which plans are drawn with. [days of ``day_kind``, at least 1]
    day_kind
        ``working``: first and last day are working days, both inclusive; one day starts and
        finishes the same day. ``calendar``: the same on any days (养护, 试运行). ``notice``:
        posted on a working day that is not counted, then ``days`` working days (公示).
    after
        What it waits for.
    low, high
        The shortest and longest duration thought possible; ``days`` where not said.
    """

    key: str
    name: str
    days: int
    day_kind: MeasureKind = "working"
    after: tuple[Link, ...] = ()
    low: int | None = None
    high: int | None = None

    @property
    def shortest(self) -> int:
        """The low duration, or the likely one where none was said. [days of its kind]"""
        return self.days if self.low is None else self.low

    @property
    def longest(self) -> int:
        """The high duration, or the likely one where none was said. [days of its kind]"""
        return self.days if self.high is None else self.high

    def lasting(self, days: int) -> Measure:
        """Give the same measure with one certain duration."""
        return replace(self, days=days, low=None, high=None)


def in_order(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """Give the measures so that each comes after all it waits for.

    Raises
    ------
    Refused
        ``plan-duplicate``, ``plan-duration``, ``plan-unknown`` or ``plan-cycle``; each names the
        measures at fault.

    Examples
    --------
    >>> pipes = Measure("pipes", "管网施工", 60, after=(Link("design"),))
    >>> [m.key for m in in_order([pipes, Measure("design", "勘察设计", 20)])]
    ['design', 'pipes']
    """
    listed = tuple(measures)
    by_key = {measure.key: measure for measure in listed}
    _check(listed, by_key)
    graph = {m.key: [link.before for link in m.after] for m in listed}
    try:
        return tuple(by_key[key] for key in TopologicalSorter(graph).static_order())
    except CycleError as error:
        names = "→".join(by_key[key].name for key in error.args[1])
        text = f"措施互为前提：{names}"
        raise Refused(Reason("plan-cycle", text, "请去掉其中一项前置关系")) from None


def _check(listed: tuple[Measure, ...], by_key: Mapping[str, Measure]) -> None:
    reasons = [
        *_duplicates(listed, by_key),
        *(reason for measure in listed for reason in _wrong_numbers(measure)),
        *(
            Reason(
                "plan-unknown",
                f"措施“{measure.name}”的前置措施“{link.before}”不在方案中",
                "请补充该措施，或删除这项前置关系",
            )
            for measure in listed
            for link in measure.after
            if link.before not in by_key
        ),
    ]
    if reasons:
        raise Refused(*reasons)


def _duplicates(listed: tuple[Measure, ...], by_key: Mapping[str, Measure]) -> list[Reason]:
    if len(listed) == len(by_key):
        return []
    keys = [measure.key for measure in listed]
    twice = "、".join(sorted({key for key in keys if keys.count(key) > 1}))
    return [Reason("plan-duplicate", f"措施编号重复：{twice}", "请为每项措施使用不同的编号")]


def _wrong_numbers(measure: Measure) -> list[Reason]:
    low, high = measure.shortest, measure.longest
    if 1 <= low <= measure.days <= high and all(link.lag >= 0 for link in measure.after):
        return []
    text = f"措施“{measure.name}”的工期（最短{low}、一般{measure.days}、最长{high}）或间隔有误"
    return [Reason("plan-duration", text, "工期至少1天且最短≤一般≤最长，间隔不为负数")]
