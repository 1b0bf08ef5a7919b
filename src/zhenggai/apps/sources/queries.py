"""Questions about documents, papers and reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai.apps.sources.models import Document, Paper, Receipt
from zhenggai.kernel.calendars.deadline import DeadlineKind
from zhenggai.kernel.verdict import Reason, Refused
from zhenggai.stores.readers.read import understood

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.apps.sources.models import Finding
    from zhenggai.kernel.text.clean import Repair

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


@dataclass(frozen=True, slots=True)
class Question:
    """需人工确认: what only a person can settle about a finding, with the readings on offer."""

    kind: str
    readings: tuple[str, ...]


def question_of(finding: Finding) -> Question | None:
    """Return what a person must settle before a finding is confirmed, if anything.

    A missing year is offered with the year of the document's own date; nothing is chosen.
    """
    if finding.status != "read":
        return None
    readings = tuple(finding.fields.get("alternatives", ()))
    if readings:
        return Question("ambiguous", readings)
    iso = str(finding.fields.get("deadline_iso", ""))
    if not iso.startswith("XXXX"):
        return None
    dated = finding.document.published_on or finding.document.event_on
    return Question("year", (f"{dated.year}{iso[4:]}",) if dated else ())


def repairs_of(document: Document) -> tuple[Repair, ...]:
    """Return what was repaired to make the clean text, by cleaning the original again."""
    wrapped = document.media.startswith("application/pdf")
    return understood(document.raw_text, wrapped=wrapped).repairs


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
