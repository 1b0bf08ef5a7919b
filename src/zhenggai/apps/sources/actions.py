"""发文: draft a paper, sign it with the number of the office system, send it, receive it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai.apps.parties.access import admit
from zhenggai.apps.parties.queries import actor_of, body_named
from zhenggai.apps.places.queries import shelf
from zhenggai.apps.sources.access import RECEIVERS
from zhenggai.apps.sources.models import Paper, Receipt
from zhenggai.apps.sources.queries import paper_numbered
from zhenggai.apps.trail.acts import note, once
from zhenggai.apps.trail.canonical import fingerprint
from zhenggai.apps.trail.clock import BEIJING
from zhenggai.kernel.calendars.workdays import legal_period
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.apps.parties.models import Body
    from zhenggai.apps.trail.acts import Act
    from zhenggai.kernel.workflow.facts import Actor

SIGNERS = ("office", "leader")
SENDERS = ("office",)
LONGEST_NUMBER = 60


@dataclass(frozen=True, slots=True)
class PaperFields:
    """What a paper says (发文要素).

    Parameters
    ----------
    reply_days
        Days a body has to answer, counted from the day after receipt; zero asks no answer.
        [working days]
    """

    title: str
    text: str
    reply_days: int = 0


@once
def draft_paper(kind: str, subject: str, fields: PaperFields, *, act: Act) -> str:
    """Draft a paper about a subject such as ``item:W-037``; a draft binds nobody."""
    actor_of(act)

    if not fields.title.strip():
        raise Refused(Reason("paper-untitled", f"{kind}没有标题", "填写标题"))

    said = {"title": fields.title, "text": fields.text, "reply_days": fields.reply_days}
    paper = Paper.objects.create(kind=kind, subject=subject, fields=said)
    rows = [(paper, ("kind", "subject", "status"))]
    text = fingerprint(fields)
    note(act, "sources.paper.drafted", f"paper:{paper.pk}", item=_item(paper), rows=rows, text=text)
    return f"paper:{paper.pk}"


@once
def sign_paper(paper_id: int, number: str, *, act: Act) -> str:
    """Record that a paper was signed, with the number the office system gave it."""
    admit(actor_of(act), SIGNERS, "签发发文")
    paper = paper_numbered(paper_id)

    if paper.status != "draft":
        text = f"{paper.kind}{paper.number}已签发"
        raise Refused(Reason("paper-signed", text, "直接送达，或另拟新文"))
    if not 0 < len(number.strip()) <= LONGEST_NUMBER:
        text = f"{paper.kind}缺少文号，或文号超过{LONGEST_NUMBER}字"
        raise Refused(Reason("number-missing", text, "填写办公系统给出的文号"))

    paper.number, paper.status = number.strip(), "signed"
    paper.save(update_fields=["number", "status"])
    rows = [(paper, ("number", "status"))]
    note(act, "sources.paper.signed", f"paper:{paper.pk}", item=_item(paper), rows=rows)
    return f"paper:{paper.pk}"


@once
def send_paper(paper_id: int, bodies: tuple[str, ...], *, act: Act) -> str:
    """Send a signed paper to bodies; each has its own receipt."""
    admit(actor_of(act), SENDERS, "送达发文")
    paper = paper_numbered(paper_id)
    addressees = [body_named(key) for key in bodies]

    if paper.status == "draft":
        text = f"{paper.kind}尚未签发"
        raise Refused(Reason("paper-unsigned", text, "先签发并填写文号"))
    if not addressees:
        raise Refused(Reason("no-addressee", f"{paper.kind}没有主送单位", "至少选一个单位"))

    new = [b for b in addressees if not paper.receipts.filter(body=b).exists()]
    sent = Receipt.objects.bulk_create([Receipt(paper=paper, body=b, sent_at=act.at) for b in new])
    paper.status = "sent"
    paper.save(update_fields=["status"])
    rows = [(paper, ("status",)), *((r, ("paper", "body", "sent_at")) for r in sent)]
    note(
        act, "sources.paper.sent", f"paper:{paper.pk}", item=_item(paper), rows=rows, bodies=bodies
    )
    return f"paper:{paper.pk}"


@once
def receive_paper(paper_id: int, body_key: str, *, act: Act) -> str:
    """签收: a body received a paper; its time to answer runs from the day after."""
    actor = actor_of(act)
    paper = paper_numbered(paper_id)
    receipt = paper.receipts.select_for_update().filter(body__key=body_key).first()

    _may_receive(actor, body_named(body_key))
    if receipt is None:
        text = f"{paper.kind}{paper.number}未送达该单位"
        raise Refused(Reason("not-sent", text, "核对主送单位"))
    if receipt.received_at is not None:
        day = receipt.received_at.astimezone(BEIJING)
        text = f"{paper.kind}{paper.number}已于{day:%Y-%m-%d %H:%M}签收"
        raise Refused(Reason("already-received", text, "无需重复签收"))

    receipt.received_at = act.at
    receipt.reply_due_on = _reply_due(paper, act.on)
    receipt.save(update_fields=["received_at", "reply_due_on"])
    rows = [(receipt, ("received_at", "reply_due_on"))]
    note(
        act,
        "sources.paper.received",
        f"paper:{paper.pk}",
        item=_item(paper),
        rows=rows,
        body=body_key,
    )
    return f"paper:{paper.pk}"


def _may_receive(actor: Actor, body: Body) -> None:
    if actor.role in {"office", "system"}:
        return
    if actor.role in RECEIVERS and actor.body == body.key:
        return
    text = f"{actor.title}不能代{body.name}签收"
    raise Refused(Reason("not-addressee", text, "由收文单位签收，或由台账岗登记签收"))


def _reply_due(paper: Paper, received_on: date) -> date | None:
    days = int(paper.fields.get("reply_days", 0))
    return legal_period(shelf().calendars, received_on, days, "working").to_on if days else None


def _item(paper: Paper) -> str:
    kind, _, code = paper.subject.partition(":")
    return code if kind == "item" else ""
