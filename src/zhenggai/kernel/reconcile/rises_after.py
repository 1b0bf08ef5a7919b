"""完工后应上升: the mean after the claimed finish exceeds the mean before it.

From   Published inspections: sewers that are really connected raise the inflow concentration.
Takes  Valid daily values on either side of the claimed finish, that day left out.
Gives  Both means with their windows and days; cannot tell while either side has too few days.
Never  Counts a flagged, missing or below-detection day, or calls a fall anything but a fact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai.kernel.reconcile.model import Weighed
from zhenggai.kernel.reconcile.windows import dailies, day_means, mean, refs
from zhenggai.kernel.standards.printed import fixed, on_day
from zhenggai.kernel.verdict import Answer, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from fractions import Fraction

    from zhenggai.kernel.reconcile.model import Weighing
    from zhenggai.kernel.themes.criterion import RisesAfter


@dataclass(frozen=True, slots=True)
class _Side:
    """The valid days of one side, oldest first, and their mean."""

    days: tuple[date, ...]
    mean: Fraction

    def printed(self, criterion: RisesAfter, side: str) -> str:
        first, last = self.days[0], self.days[-1]
        return (
            f"{side}{len(self.days)}个有效日（{on_day(first)}至{on_day(last)}）"
            f"均值{fixed(self.mean, criterion.places)} {criterion.unit}"
        )


def weigh(criterion: RisesAfter, weighing: Weighing) -> Weighed:
    """Compare the means of the two sides."""
    facts = weighing.facts
    if facts.claim is None:
        reason = Reason("no-claim", "尚未申报完工日期", "申报时写明完工日期")
        return Weighed(Answer.CANNOT_TELL, reasons=(reason,), seen=False)
    finished = facts.claim.finished_on
    found = dailies(facts, criterion.series)
    means = day_means(found)
    near = [d for d in means if abs((d - finished).days) <= criterion.reach]
    before = tuple(d for d in near if d < finished)[-criterion.days :]
    after = tuple(d for d in near if d > finished)[: criterion.days]
    used = refs(found, (*before, *after))
    if min(len(before), len(after)) < criterion.days:
        text = (
            f"{criterion.series_name}：申报完工日{on_day(finished)}前有{len(before)}个有效日、"
            f"后有{len(after)}个有效日，各需{criterion.days}个"
        )
        reason = Reason("too-few-days", text, "补齐有效数据，满足天数后重新对账", used)
        return Weighed(Answer.CANNOT_TELL, reasons=(reason,), facts=used, seen=bool(found))
    return _compared(criterion, finished, (_side(means, before), _side(means, after)), used)


def _side(means: Mapping[date, Fraction], days: tuple[date, ...]) -> _Side:
    return _Side(days, mean(means[d] for d in days))


def _compared(
    criterion: RisesAfter, finished: date, sides: tuple[_Side, _Side], used: tuple[str, ...]
) -> Weighed:
    before, after = sides
    rose = after.mean > before.mean
    shown = [fixed(side.mean, criterion.places) for side in sides]
    measured = f"{shown[0]} → {shown[1]} {criterion.unit}"
    if rose:
        return Weighed(Answer.MET, measured, facts=used)
    text = (
        f"{criterion.series_name}未上升：申报完工日{on_day(finished)}"
        f"{before.printed(criterion, '前')}，{after.printed(criterion, '后')}"
    )
    remedy = "核查管网错接混接、雨水和山水混入及断头管，查明原因后重新申报"
    return Weighed(Answer.NOT_MET, measured, (Reason("not-risen", text, remedy, used),), used)
