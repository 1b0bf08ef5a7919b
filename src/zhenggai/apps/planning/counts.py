"""月报数: report a count, correct it with both values kept, and send a table bound to its moment.

A module of its own because these acts concern a body's figures, not an item's plan.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhenggai.apps.ledger.models import Campaign
from zhenggai.apps.parties.access import admit
from zhenggai.apps.parties.queries import actor_of, body_named
from zhenggai.apps.planning import queries
from zhenggai.apps.planning.actions import require_month
from zhenggai.apps.planning.models import Count, CountTable
from zhenggai.apps.sources import actions as sources
from zhenggai.apps.sources.queries import document_numbered
from zhenggai.apps.trail.acts import note, once
from zhenggai.apps.trail.canonical import fingerprint
from zhenggai.apps.trail.sealing import known_seq
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from zhenggai.apps.trail.acts import Act
    from zhenggai.kernel.workflow.facts import Actor

COLUMNS = ("campaign", "body", "month", "key", "value", "revises", "paper")
REFERENCE = re.compile(r"count:[0-9]{1,18}")
TABLE = "月报表"


@once
def report_count(campaign: str, body: str, month: str, key: str, value: int, *, act: Act) -> str:
    """Report a figure of a month; a figure once reported is only corrected."""
    actor = actor_of(act)
    _may_speak_for(actor, body)
    require_month(month, act)
    _require_number(value)
    own = body_named(body)
    if queries.counts(campaign, month, key).filter(body=own).exists():
        text = f"{own.name}{month}的该项数字已填报"
        raise Refused(Reason("count-reported", text, "需要改动的，申请更正并附依据"))

    row = Count.objects.create(
        campaign=_campaign(campaign), body=own, month=month, key=key, value=value
    )
    row.asked = note(act, "planning.count.reported", f"count:{row.pk}", rows=[(row, COLUMNS)])
    row.save(update_fields=["asked"])
    return f"count:{row.pk}"


@once
def correct_count(count: str, value: int, reason: str, document_id: int, *, act: Act) -> str:
    """Ask for a correction with its reason and paper; the office decides, both values stay.

    Parameters
    ----------
    count
        The figure in force, such as ``count:12``.
    document_id
        The paper the correction rests on.
    """
    old = _count(count)
    _may_speak_for(actor_of(act), old.body.key)
    paper = document_numbered(document_id)
    _require_number(value)
    if not reason.strip() or value == old.value:
        text = f"更正{old.body.name}{old.month}的数字须写明原因，且与原值{old.value}不同"
        raise Refused(Reason("correction-empty", text, "写明原因和新值"))
    if Count.objects.filter(revises=old).exists() or (old.revises_id and not old.approved_id):
        text = f"{old.body.name}{old.month}的该项数字已有更正"
        raise Refused(Reason("correction-known", text, "待在办的更正办结后，就现行数字申请更正"))

    row = Count.objects.create(
        campaign=old.campaign,
        body=old.body,
        month=old.month,
        key=old.key,
        value=value,
        revises=old,
        reason=reason,
        paper=paper,
    )
    row.asked = note(
        act,
        "planning.count.correction_asked",
        f"count:{row.pk}",
        rows=[(row, COLUMNS)],
        reason=fingerprint(reason),
    )
    row.save(update_fields=["asked"])
    return f"count:{row.pk}"


@once
def approve_correction(count: str, *, act: Act) -> str:
    """核准更正: from now on the new value is in force; papers that went out keep the old one."""
    actor = actor_of(act)
    admit(actor, ("office",), "核准更正")
    row = _count(count)
    if row.revises is None or row.approved_id or row.asked is None:
        text = f"{row.body.name}{row.month}没有待核准的更正"
        raise Refused(Reason("no-correction", text, "刷新后按现状办理"))
    if row.asked.act.by_person == actor.person:
        text = "核准人与申请更正人为同一人"
        raise Refused(Reason("same-person", text, "由另一人核准"))

    row.approved = note(
        act,
        "planning.count.corrected",
        f"count:{row.pk}",
        rows=[(row, COLUMNS)],
        was=row.revises.value,
        now=row.value,
        carried=[c.paper for c in queries.carried_by(f"count:{row.revises_id}")],
    )
    row.save(update_fields=["approved"])
    return f"count:{row.pk}"


@once
def issue_count_table(campaign: str, month: str, key: str, *, act: Act) -> str:
    """Draft the table of a month's counts, bound to what is known at this moment."""
    admit(actor_of(act), ("office",), "拟制月报表")
    known = known_seq()
    lines = queries.count_table(campaign, month, key, known)
    if not lines:
        text = f"{month}还没有单位填报该项数字"
        raise Refused(Reason("table-empty", text, "待单位填报后拟制"))

    fields = sources.PaperFields(
        title=f"{month}月报表", text="\n".join(f"{line.name} {line.value}" for line in lines)
    )
    paper = sources.draft_paper(TABLE, f"campaign:{campaign}", fields, act=act)
    table = CountTable.objects.create(
        paper_id=_pk(paper),
        campaign=_campaign(campaign),
        month=month,
        key=key,
        known_seq=known,
    )
    table.counts.set([_pk(line.ref) for line in lines])
    note(
        act,
        "planning.count_table.issued",
        paper,
        rows=[(table, ("paper", "campaign", "month", "key", "known_seq"))],
        counts=[line.ref for line in lines],
    )
    return paper


@once
def draft_correction_letter(count: str, *, act: Act) -> str:
    """更正函: draft a letter that names every paper the corrected figure went out with."""
    admit(actor_of(act), ("office",), "拟制更正函")
    row = _count(count)
    if row.revises is None or row.approved is None:
        text = f"{row.body.name}{row.month}的该项数字没有已核准的更正"
        raise Refused(Reason("no-correction", text, "核准更正后再拟更正函"))
    carriers = queries.carried_by(f"count:{row.revises_id}")

    named = "、".join(f"{c.kind}{c.number}《{c.title}》" for c in carriers) or "尚无发文"
    fields = sources.PaperFields(
        title=f"关于更正{row.month}数字的函",
        text=(
            f"{row.body.name}{row.month}原报{row.revises.value}，现更正为{row.value}。"
            f"更正原因：{row.reason}。载有原数的发文：{named}。"
        ),
    )
    paper = sources.draft_paper(queries.LETTER, f"count:{row.pk}", fields, act=act)
    papers = [c.paper for c in carriers]
    note(act, "planning.correction_letter.offered", paper, count=f"count:{row.pk}", papers=papers)
    return paper


def _may_speak_for(actor: Actor, body: str) -> None:
    if actor.role == "office" or (actor.role == "liaison" and actor.body == body):
        return
    text = f"{actor.title}不能代该单位填报月报数"
    raise Refused(Reason("not-own-count", text, "由该单位联络岗填报，或由台账岗代录"))


def _require_number(value: int) -> None:
    if value < 0:
        text = f"月报数{value}小于0"
        raise Refused(Reason("count-negative", text, "填0或正整数"))


def _count(reference: str) -> Count:
    rows = Count.objects.select_related("campaign", "body", "revises", "asked__act", "approved")
    found = rows.filter(pk=_pk(reference)).first() if REFERENCE.fullmatch(reference) else None
    if found is None:
        raise Refused(Reason("unknown-count", f"没有月报数{reference}", "刷新后重新选择"))
    return found


def _campaign(key: str) -> Campaign:
    found = Campaign.objects.filter(key=key).first()
    if found is None:
        raise Refused(Reason("unknown-campaign", f"专项“{key}”尚未开设", "先开设专项"))
    return found


def _pk(reference: str) -> int:
    return int(reference.rpartition(":")[2])
