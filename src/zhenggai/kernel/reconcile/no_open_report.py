"""群众反馈: every report and objection about the item has been answered.

From   Closing rules: an unanswered objection blocks closing.
Takes  The item's reports; our own register is complete, so none means none.
Gives  Met or not met, with the number that waits for an answer.
Never  Asks whether the reporter is content; ratings gate nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.kernel.reconcile.model import Weighed
from zhenggai.kernel.verdict import Answer, Reason

if TYPE_CHECKING:
    from zhenggai.kernel.reconcile.model import Weighing
    from zhenggai.kernel.themes.criterion import NoOpenReport


def weigh(criterion: NoOpenReport, weighing: Weighing) -> Weighed:  # noqa: ARG001 - one shape for all kinds
    """Count the reports without an answer."""
    refs = tuple(sorted({r.ref for r in weighing.facts.reports}))
    waiting = tuple(sorted({r.ref for r in weighing.facts.reports if not r.answered}))
    if waiting:
        reason = Reason(
            "report-open",
            f"{len(refs)}件群众反映中{len(waiting)}件尚未答复",
            "逐件答复并登记答复日期后重新对账",
            waiting,
        )
        return Weighed(Answer.NOT_MET, reason.text, (reason,), refs)
    measured = f"{len(refs)}件群众反映均已答复" if refs else "没有未答复的群众反映"
    return Weighed(Answer.MET, measured, facts=refs)
