"""数据捕集: enough of the last days of each series are valid.

From   The theme pack: so many valid days of so many.
Takes  Daily values of the last days before the day of the judgement.
Gives  Met, or cannot tell with the days that are missing.
Never  Calls silence an exceedance: too few data is not enough to say anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.kernel.reconcile.model import Weighed
from zhenggai.kernel.reconcile.windows import (
    dailies,
    detection_limits,
    last_days,
    refs,
    valid_values,
)
from zhenggai.kernel.standards.printed import days
from zhenggai.kernel.verdict import Answer, Reason

if TYPE_CHECKING:
    from zhenggai.kernel.reconcile.model import Weighing
    from zhenggai.kernel.themes.criterion import Delivered


def weigh(criterion: Delivered, weighing: Weighing) -> Weighed:
    """Count the valid days of each series."""
    window = last_days(weighing.facts.day, criterion.days)
    counted, reasons = [], []
    used: set[str] = set()
    for key, name in zip(criterion.series_keys, criterion.series_names, strict=True):
        found = dailies(weighing.facts, key)
        good = (valid_values(found).keys() | detection_limits(found).keys()) & set(window)
        counted.append(f"{name}{len(good)}日")
        used.update(refs(found, window))
        if len(good) < criterion.valid:
            lost = [d for d in window if d not in good]
            text = (
                f"{name}近{criterion.days}日有效{len(good)}日，需{criterion.valid}日，"
                f"缺{days(lost)}"
            )
            reasons.append(
                Reason("data-missing", text, "补传数据或说明缺数原因", refs(found, lost))
            )
    answer = Answer.CANNOT_TELL if reasons else Answer.MET
    measured = f"近{criterion.days}日有效：{'、'.join(counted)}" if used else ""
    return Weighed(answer, measured, tuple(reasons), tuple(sorted(used)), seen=bool(used))
