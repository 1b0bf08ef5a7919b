"""Questions about documents, papers and reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.sources.models import Document, Paper, Receipt
from zhenggai.kernel.calendars.deadline import DeadlineKind
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from datetime import date

_UNDATED = {
    DeadlineKind.MILESTONE.value: "阶段性成果，无销号时限",
    DeadlineKind.STANDING.value: "长期坚持，无销号时限",
    DeadlineKind.IMMEDIATE.value: "立行立改，日期未载明",
}


def deadline_text(kind: str, iso: str, due_on: date | None) -> str:
    """Say a deadline the way every page prints it; what is unknown is said to be unknown.

    Examples
    --------
    >>> deadline_text("month_end", "XXXX-08-31", None)
    'XXXX-08-31，年份未载明'
    """
    if due_on is not None:
        return due_on.isoformat()
    if kind in _UNDATED:
        return _UNDATED[kind]
    if iso.startswith("XXXX"):
        return f"{iso}，年份未载明"
    return f"{iso}，日期未确定" if iso else "时限未载明"


def document_numbered(pk: int) -> Document:
    """Return one document, or say that there is none."""
    found = Document.objects.filter(pk=pk).first()
    if found is None:
        raise Refused(Reason("unknown-document", f"没有编号为{pk}的文件", "核对文件编号"))
    return found


def paper_numbered(pk: int) -> Paper:
    """Return one outgoing paper, or say that there is none."""
    found = Paper.objects.filter(pk=pk).first()
    if found is None:
        raise Refused(Reason("unknown-paper", f"没有编号为{pk}的发文", "核对发文编号"))
    return found


def receipt_of(kind: str, subject: str, body_key: str) -> Receipt | None:
    """Return the latest receipt by a body of a kind of paper about a subject."""
    receipts = Receipt.objects.filter(paper__kind=kind, paper__subject=subject, body__key=body_key)
    return receipts.order_by("-pk").first()
