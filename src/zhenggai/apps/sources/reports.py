"""群众反映: reports and objections by the public, answered in time, their contacts sealed.

A module of its own: its words are a person's, its clock is the public's, its contact is erasable.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import uuid4

from zhenggai.apps.parties.access import admit
from zhenggai.apps.parties.queries import actor_of
from zhenggai.apps.places.queries import city_rule, place_named, shelf
from zhenggai.apps.sources.contacts import parts_of, unseal
from zhenggai.apps.sources.models import Report, ReportKey
from zhenggai.apps.trail.acts import note, once
from zhenggai.apps.trail.models import Entry
from zhenggai.kernel.calendars.workdays import legal_period
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from zhenggai.apps.sources.contacts import Contact
    from zhenggai.apps.trail.acts import Act

OFFICE = ("office",)
LONGEST_TEXT = 5000
RECEIPT_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is read as another
RECEIPT_LENGTH = 12
OPENED = "sources.report.contact_opened"


@dataclass(frozen=True, slots=True)
class Said:
    """What a member of the public told us (反映内容).

    Parameters
    ----------
    kind
        ``report``, ``objection`` or ``reply``.
    channel
        How it came, such as ``web`` or ``12345``.
    subject_ref
        What it is about, such as ``notice:3``.
    """

    kind: str
    channel: str
    text: str
    subject_ref: str = ""
    place_key: str = ""


@once
def take_report(said: Said, contact: Contact | None, *, act: Act) -> str:
    """收到群众反映: give a receipt nobody can guess, and a day by which there is an answer."""
    return f"report:{keep_report(said, contact, act=act).receipt}"


def keep_report(said: Said, contact: Contact | None, *, act: Act) -> Report:
    """Keep a report inside an open act; its words stay here, the trail has a salted digest."""
    place = place_named(said.place_key) if said.place_key else None
    days = city_rule("report_answer_days", "群众反映答复期")

    if not said.text.strip() or len(said.text) > LONGEST_TEXT:
        text = f"反映内容为空，或超过{LONGEST_TEXT}字（现{len(said.text)}字）"
        raise Refused(Reason("report-length", text, "写明时间、地点和情况后提交"))

    sealed, key_sealed = parts_of(contact) if contact else (b"", b"")
    report = Report.objects.create(
        uuid=uuid4(),
        receipt="".join(secrets.choice(RECEIPT_LETTERS) for _ in range(RECEIPT_LENGTH)),
        kind=said.kind,
        subject_ref=said.subject_ref,
        place=place,
        channel=said.channel,
        text=said.text.strip(),
        contact_enc=sealed,
        anonymous=contact is None,
        received_at=act.at,
        due_on=legal_period(shelf().calendars, act.on, days, "working").to_on,
    )
    if contact is not None:
        ReportKey.objects.create(report=report, key_enc=key_sealed)
    rows = [(report, ("receipt", "kind", "subject_ref", "received_at", "due_on"))]
    note(act, "sources.report.received", _ref(report), rows=rows, text=_salted(report, report.text))
    return report


@once
def summarise_report(receipt: str, summary: str, *, act: Act) -> str:
    """摘录群众反映: the office writes what a county may read; the reporter is not in it."""
    admit(actor_of(act), OFFICE, "摘录群众反映")
    report = report_named(receipt)

    if not summary.strip():
        raise Refused(Reason("no-summary", f"{receipt}的摘录为空", "写明反映的事项，不写反映人"))

    report.summary = summary.strip()
    report.save(update_fields=["summary"])
    note(act, "sources.report.summarised", _ref(report), text=_salted(report, report.summary))
    return _ref(report)


@once
def answer_report(receipt: str, answer: str, *, act: Act) -> str:
    """答复群众反映: one reasoned answer, with its time."""
    admit(actor_of(act), OFFICE, "答复群众反映")
    report = report_named(receipt)

    if report.answered_at is not None:
        raise Refused(Reason("answered-already", f"{receipt}已答复", "刷新页面查看答复"))
    if not answer.strip():
        raise Refused(Reason("no-answer", f"{receipt}的答复为空", "写明核查情况和理由"))

    report.answered, report.answered_at = answer.strip(), act.at
    report.save(update_fields=["answered", "answered_at"])
    rows = [(report, ("answered_at",))]
    text = _salted(report, report.answered)
    note(act, "sources.report.answered", _ref(report), rows=rows, text=text)
    return _ref(report)


@once
def open_contact(receipt: str, reason: str, *, act: Act) -> str:
    """查看联系方式: say why first; ``contact_opened_by`` then gives the words to this act alone."""
    admit(actor_of(act), OFFICE, "查看反映人联系方式")
    report = report_named(receipt)

    if not reason.strip():
        raise Refused(Reason("no-reason", f"查看{receipt}的联系方式未写明用途", "写明用途"))
    if not ReportKey.objects.filter(report=report).exists():
        text = f"{receipt}未留联系方式，或已销毁"
        raise Refused(Reason("no-contact", text, "以回执号公开答复"))

    note(act, OPENED, _ref(report), because=_salted(report, reason))
    return _ref(report)


def contact_opened_by(act: Act, receipt: str) -> str:
    """Return a contact to the act that opened it and to no other."""
    report = report_named(receipt)
    key = ReportKey.objects.filter(report=report).first()
    opened = Entry.objects.filter(act_id=act.id, verb=OPENED, subject=_ref(report)).exists()
    if key is None or not opened:
        text = f"{receipt}的联系方式未经本次操作查看"
        raise Refused(Reason("contact-sealed", text, "写明用途后查看"))
    return unseal(bytes(report.contact_enc), bytes(key.key_enc))


@once
def erase_contact(receipt: str, *, act: Act) -> str:
    """销毁联系方式: destroy the key; the report and the chain stay whole."""
    admit(actor_of(act), OFFICE, "销毁反映人联系方式")
    report = report_named(receipt)

    if not ReportKey.objects.filter(report=report).exists():
        text = f"{receipt}未留联系方式，或已销毁"
        raise Refused(Reason("no-contact", text, "无需再办"))

    ReportKey.objects.filter(report=report).delete()
    report.contact_enc = b""
    report.save(update_fields=["contact_enc"])
    note(act, "sources.report.contact_erased", _ref(report))
    return _ref(report)


def report_named(receipt: str) -> Report:
    """Return one report by its receipt, or say that there is none."""
    found = Report.objects.filter(receipt=receipt).first()
    if found is None:
        raise Refused(Reason("unknown-report", f"没有回执号为{receipt}的反映", "核对回执号"))
    return found


def _ref(report: Report) -> str:
    return f"report:{report.receipt}"


def _salted(report: Report, words: str) -> str:
    return sha256(f"{report.uuid}{words}".encode()).hexdigest()
