"""公示异议: received within the notice; closing waits for a reasoned answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.ledger import life
from zhenggai.apps.ledger import queries as ledger
from zhenggai.apps.ledger.actions import link_report
from zhenggai.apps.parties.queries import actor_of
from zhenggai.apps.reconciliation.models import Notice, Objection
from zhenggai.apps.reconciliation.queries import period_of
from zhenggai.apps.sources.reports import Said, answer_report, keep_report
from zhenggai.apps.trail.acts import note, once
from zhenggai.apps.trail.canonical import fingerprint
from zhenggai.kernel.calendars.workdays import is_over
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from zhenggai.apps.sources.contacts import Contact
    from zhenggai.apps.trail.acts import Act


@once
def object_to(notice_id: int, text: str, contact: Contact | None, *, act: Act) -> str:
    """提出异议: within the notice it blocks closing; later it is kept as a public report."""
    notice = Notice.objects.select_related("item").filter(pk=notice_id).first()
    if notice is None:
        raise Refused(Reason("unknown-notice", "没有这份公示", "从公示页重新进入"))
    item = life.locked(notice.item.code)
    within = notice.state == "running" and not is_over(
        period_of(notice, ledger.shelf().calendars), act.at
    )
    kind = "objection" if within else "report"
    said = Said(kind, "web", text, f"notice:{notice.pk}")
    report = keep_report(said, contact, act=act)
    link_report(item.code, report, kind if within else "evidence", act=act)
    if within:
        objection = Objection.objects.create(notice=notice, report=report, due_on=report.due_on)
        note(
            act,
            "reconciliation.objection.linked",
            f"objection:{objection.pk}",
            item=item.code,
            rows=[(objection, ("notice", "report", "due_on"))],
        )
    return f"report:{report.receipt}"


@once
def answer_objection(receipt: str, answer: str, upheld: str, *, act: Act) -> str:
    """答复异议: a reasoned answer releases the block; the acceptor does not decide it.

    ``upheld`` is ``yes`` or ``no``; an objection that is upheld leads to a return by the office.
    """
    objection = (
        Objection.objects.select_related("notice__item", "report")
        .filter(report__receipt=receipt)
        .first()
    )
    if objection is None or objection.answer:
        raise Refused(Reason("no-objection", f"没有待答复的异议{receipt}", "核对回执号"))
    actor = actor_of(act)
    item = life.locked(objection.notice.item.code)
    if actor.role != "office":
        text = f"{actor.title}不办理异议答复，验收单位不得自行裁定"
        raise Refused(Reason("wrong-role", text, "由市攻坚办答复"), subject=f"item:{item.code}")
    if not answer.strip() or upheld not in {"yes", "no"}:
        raise Refused(Reason("no-reason", "答复须写明理由和是否采纳", "补齐后答复"))
    objection.answer = answer.strip()
    objection.upheld = upheld == "yes"
    objection.save(update_fields=["answer", "upheld"])
    answer_report(receipt, objection.answer, act=act)
    note(
        act,
        "reconciliation.objection.answered",
        f"objection:{objection.pk}",
        item=item.code,
        rows=[(objection, ("upheld",))],
        answer=fingerprint(objection.answer),
    )
    return f"report:{receipt}"
