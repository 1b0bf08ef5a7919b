"""文件要件: a paper of the kind exists on the day.

From   Closing rules: papers a file must hold.
Takes  The papers on record.
Gives  Met with the paper's day, or cannot tell with what to hand in.
Never  Concludes from a missing paper that the work was not done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.kernel.reconcile.model import Weighed
from zhenggai.kernel.standards.printed import on_day
from zhenggai.kernel.verdict import Answer, Reason

if TYPE_CHECKING:
    from zhenggai.kernel.reconcile.model import Weighing
    from zhenggai.kernel.themes.criterion import Document


def weigh(criterion: Document, weighing: Weighing) -> Weighed:
    """Look for the paper."""
    facts = weighing.facts
    papers = {p for p in facts.papers if p.kind == criterion.paper and p.on <= facts.day}
    if not papers:
        reason = Reason(
            "paper-missing",
            f"未见{criterion.paper_name}",
            f"上传{criterion.paper_name}扫描件并登记日期",
        )
        return Weighed(Answer.CANNOT_TELL, reasons=(reason,), seen=False)
    newest = max(p.on for p in papers)
    return Weighed(
        Answer.MET,
        measured=f"{criterion.paper_name}，{on_day(newest)}",
        facts=tuple(sorted(p.ref for p in papers)),
    )
