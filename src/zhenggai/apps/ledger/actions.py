"""台账: open a campaign, issue a list, name who answers, hand an item over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.ledger import life
from zhenggai.apps.ledger.duties import name_duty, require_apart
from zhenggai.apps.ledger.entering import Book, enter
from zhenggai.apps.ledger.lines import DUTY_LABELS, LEVELS, Heading, Line, check_lines
from zhenggai.apps.ledger.models import Campaign, ItemReport, List, ListVersion, Standing
from zhenggai.apps.ledger.queries import city_rules, duties_of, reviewers, shelf, step_facts
from zhenggai.apps.parties.access import admit
from zhenggai.apps.parties.queries import actor_of, body_named
from zhenggai.apps.sources import actions as sources
from zhenggai.apps.sources.queries import document_numbered
from zhenggai.apps.trail.acts import note, once
from zhenggai.kernel.verdict import Reason, Refused
from zhenggai.kernel.workflow.grants import grant
from zhenggai.kernel.workflow.item import STEPS

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.apps.sources.models import Report
    from zhenggai.apps.trail.acts import Act

OFFICE = ("office",)
HAND_OVER_PAPER = "交办函"
PLAN_RULE = "plan_days"


@once
def open_campaign(pack_key: str, *, act: Act) -> str:
    """Open a campaign from its pack; a campaign already open stays as it is.

    One that ended before it was opened is past: it is looked at as of its own day.
    """
    admit(actor_of(act), OFFICE, "开设专项")
    pack = shelf().campaigns.get(pack_key)
    if pack is None:
        text = f"没有名为“{pack_key}”的专项规则包"
        raise Refused(Reason("unknown-campaign", text, "核对规则包名称"))
    authority = body_named(pack.authority)

    if Campaign.objects.filter(key=pack.key).exists():
        return f"campaign:{pack.key}"

    campaign = Campaign.objects.create(
        key=pack.key,
        name=pack.name,
        pack=pack.key,
        authority=authority,
        simulated=pack.simulated,
        looked_at=pack.clock_zero.date() if pack.ends_on < act.on else None,
    )
    rows = [(campaign, ("key", "name", "pack", "authority", "simulated", "looked_at"))]
    note(act, "ledger.campaign.opened", f"campaign:{pack.key}", rows=rows)
    return f"campaign:{pack.key}"


@once
def issue_list(heading: Heading, lines: tuple[Line, ...], *, act: Act) -> str:
    """Issue a list, or its next version: new items are opened, known ones listed again.

    Everything is refused or everything is entered. What was known when the version was issued is
    the seal of its entry.
    """
    admit(actor_of(act), OFFICE, "印发清单")
    campaign = _campaign(heading.campaign)
    pack = shelf().campaigns[campaign.pack]
    document = document_numbered(heading.document_id) if heading.document_id else None

    check_lines(lines, shelf(), pack)
    listed = _list(heading, campaign)
    last = listed.versions.order_by("no").last()
    if last is not None and heading.in_force_on < last.in_force_on:
        text = f"清单“{listed.name}”第{last.no}版自{last.in_force_on}起施行，新版不能早于该日"
        raise Refused(Reason("version-backdated", text, "核对施行日期"))

    no = last.no + 1 if last else 1
    issued = note(
        act,
        "ledger.list.issued",
        f"list:{heading.key}",
        rows=[(listed, ("campaign", "key", "name", "level"))],
        version=no,
        in_force_on=heading.in_force_on,
        lines=len(lines),
    )
    version = ListVersion.objects.create(
        list=listed, no=no, document=document, in_force_on=heading.in_force_on, entry=issued
    )
    enter(Book(campaign, pack, version, document), lines, act=act)
    rows = [(version, ("list", "no", "document", "in_force_on"))]
    note(act, "ledger.list.lined", f"list:{heading.key}", rows=rows)
    return f"list:{heading.key}"


@once
def open_item(heading_key: str, line: Line, *, act: Act) -> str:
    """Open one item on a list's latest version, as a supplement to it."""
    admit(actor_of(act), OFFICE, "立项")
    listed = List.objects.select_related("campaign").filter(key=heading_key).first()
    version = listed.versions.order_by("no").last() if listed else None
    if listed is None or version is None:
        raise Refused(Reason("unknown-list", f"没有清单“{heading_key}”", "先印发清单"))
    pack = shelf().campaigns[listed.campaign.pack]

    check_lines((line,), shelf(), pack)
    if version.listings.filter(number=line.number).exists():
        text = f"清单“{listed.name}”第{version.no}版已有第{line.number}号"
        raise Refused(Reason("line-taken", text, "换一个编号，或印发下一版清单"))
    if version.listings.filter(item__code=line.code).exists():
        text = f"{line.code}已在清单“{listed.name}”第{version.no}版中"
        raise Refused(Reason("line-taken", text, "核对事项编号"))

    enter(Book(listed.campaign, pack, version, version.document), (line,), act=act)
    return f"item:{line.code}"


@once
def assign_duty(code: str, kind: str, body_key: str, *, act: Act) -> str:
    """Name a body as 属地, 部门, 企业 and so on; a new 属地 or 验收 replaces the old one."""
    actor = actor_of(act)
    admit(actor, OFFICE, "落实责任")
    if kind not in DUTY_LABELS:
        text = f"责任类型“{kind}”不能识别"
        raise Refused(
            Reason("unknown-duty", text, f"责任类型为：{'、'.join(DUTY_LABELS.values())}")
        )
    item = life.locked(code)
    name_duty(item, kind, body_key, act=act)
    require_apart(item, actor, act)
    return f"item:{code}"


@once
def hand_over(code: str, number: str, *, act: Act) -> str:
    """交办: send the letter to the 属地 government and move the item to it.

    Whoever signs a later check of the chain is named now, so that they see the item in time.

    Parameters
    ----------
    number
        The letter's 文号, from the office system.
    """
    actor = actor_of(act)
    item = life.locked(code)
    facts = step_facts(item, actor, act)

    granted = grant(STEPS["assign"], facts)

    on = act.on
    local = tuple(d.body.key for d in duties_of(item, on) if d.kind == "territorial")
    fields = sources.PaperFields(
        title=f"关于交办“{item.title}”的函",
        text=f"请按时限办理{item.code}号事项，并报送整改方案。",
        reply_days=city_rules(item).get(PLAN_RULE, 0),
    )
    paper = sources.draft_paper(HAND_OVER_PAPER, f"item:{code}", fields, act=act)
    number_of_paper = int(paper.partition(":")[2])
    sources.sign_paper(number_of_paper, number, act=act)
    sources.send_paper(number_of_paper, local, act=act)
    for body in reviewers(item):
        name_duty(item, "inspector", body.key, act=act)
    life.move(item, granted, act=act)
    return f"item:{code}"


def link_report(code: str, report: Report, part: str, *, act: Act) -> None:
    """Put what the public said beside an item, inside an act that has said who may."""
    item = life.locked(code)
    link, _ = ItemReport.objects.get_or_create(item=item, report=report, defaults={"part": part})
    rows = [(link, ("item", "report", "part"))]
    note(act, "ledger.report.linked", f"report:{report.receipt}", item=code, rows=rows)


def restate(code: str, **columns: date | str | int | bool | None) -> None:
    """Write down where an item stands by a later chapter's light; a projection leaves no trace."""
    Standing.objects.filter(item__code=code).update(**columns)


def _campaign(key: str) -> Campaign:
    found = Campaign.objects.filter(key=key).first()
    if found is None:
        raise Refused(Reason("unknown-campaign", f"专项“{key}”尚未开设", "先开设专项"))
    return found


def _list(heading: Heading, campaign: Campaign) -> List:
    if heading.level not in LEVELS:
        text = f"清单层级“{heading.level}”不能识别"
        raise Refused(Reason("unknown-level", text, f"层级为：{'、'.join(LEVELS)}"))
    listed, _ = List.objects.get_or_create(
        key=heading.key,
        defaults={"campaign": campaign, "name": heading.name, "level": heading.level},
    )
    if listed.campaign != campaign:
        text = f"清单编号“{heading.key}”已用于{listed.campaign.name}"
        raise Refused(Reason("list-taken", text, "换一个清单编号"))
    return listed
