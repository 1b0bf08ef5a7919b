"""待核实: from a clue to a decision two different natural persons made after the right of reply.

Nothing here changes a light, a score, a rank, a bulletin or a public page; what follows from a
decision lives in ``accountability``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count

from zhenggai.apps.inspection import queries as inspection
from zhenggai.apps.ledger import life
from zhenggai.apps.ledger import queries as ledger
from zhenggai.apps.ledger.actions import restate
from zhenggai.apps.parties.access import admit
from zhenggai.apps.parties.queries import actor_of
from zhenggai.apps.reconciliation import queries
from zhenggai.apps.reconciliation.models import Contradiction, Decision, SupplyFact
from zhenggai.apps.reconciliation.runs import record_run
from zhenggai.apps.sources import actions as papers
from zhenggai.apps.trail.acts import note, once
from zhenggai.apps.trail.canonical import fingerprint
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from decimal import Decimal
    from uuid import UUID

    from zhenggai.apps.evidence.models import Claim
    from zhenggai.apps.ledger.models import Item
    from zhenggai.apps.reconciliation.models import Run
    from zhenggai.apps.trail.acts import Act

FINDINGS = {"upheld": "认定不符", "matched": "相符", "undecided": "无法判定"}
AGREEING = 2
SEEN_BY = ("office", "inspector")


def raise_case(item: Item, claim: Claim, run: Run, *, act: Act) -> None:
    """Open a case where a run disagrees, or let an open one see the newest run."""
    case = Contradiction.objects.filter(claim=claim).first()
    if case is not None:
        case.latest_run = run
        case.save(update_fields=["latest_run"])
    elif queries.differing(run):
        case = Contradiction.objects.create(item=item, claim=claim, run=run, latest_run=run)
        note(
            act,
            "reconciliation.contradiction.found",
            f"case:{case.pk}",
            item=item.code,
            rows=[(case, ("claim", "run", "state"))],
        )
        restate(item.code, case_open=True)


@once
def inquire(case_id: int, number: str, *, act: Act) -> str:
    """发询问函: ask the responsible unit before anybody finds anything.

    The right of reply runs in working days from the day after the unit signs for the letter.
    """
    case = _case(case_id)
    _office_only(act)
    _in_state(case, "clue", remedy="本案已发函，等待说明")
    points = "；".join(c.name for c in queries.differing(case.latest_run))
    fields = papers.PaperFields(
        title=f"关于“{case.item.title}”申报情况的询问函",
        text=f"以下事项申报与核查不一致（待核实），请说明情况并提供依据：{points}。",
        reply_days=ledger.city_rule(case.item, "reply_days"),
    )
    paper = papers.draft_paper("询问函", _subject(case), fields, act=act)
    case.inquiry_id = int(paper.partition(":")[2])
    papers.sign_paper(case.inquiry_id, number, act=act)
    papers.send_paper(case.inquiry_id, (case.claim.by_body.key,), act=act)
    case.state = "inquired"
    case.save(update_fields=["inquiry", "state"])
    note(
        act,
        "reconciliation.contradiction.inquired",
        f"case:{case.pk}",
        item=case.item.code,
        rows=[(case, ("state", "inquiry"))],
    )
    return f"case:{case.pk}"


@once
def reply(case_id: int, text: str, *, act: Act) -> str:
    """提交说明: the responsible unit says why; its words stand beside the decision."""
    case = _case(case_id)
    _in_state(case, "inquired", "replied", remedy="待市攻坚办发函后再说明")
    _claimant_only(case, act)
    if not text.strip():
        raise Refused(Reason("empty-reply", "说明内容为空", "写明情况和依据后提交"))
    case.reply = text.strip()
    case.replied_at = act.at
    case.state = "replied"
    case.save(update_fields=["reply", "replied_at", "state"])
    note(
        act,
        "reconciliation.reply.filed",
        f"case:{case.pk}",
        item=case.item.code,
        rows=[(case, ("state", "replied_at"))],
        text=fingerprint(case.reply),
    )
    return f"case:{case.pk}"


@once
def record_supply(case_id: int, kwh_per_day: Decimal, paper: str, *, act: Act) -> str:
    """登记补充供电: what the reply says about a further supply line; it counts once verified."""
    case = _case(case_id)
    _in_state(case, "inquired", "replied", remedy="本案已终结")
    if actor_of(act).role != "office":
        _claimant_only(case, act)
    if kwh_per_day <= 0:
        text = f"日供电量{kwh_per_day}千瓦时不是正数"
        raise Refused(Reason("supply-not-positive", text, "按电费单填写日均电量"))
    supply = SupplyFact.objects.create(contradiction=case, kwh_per_day=kwh_per_day, paper=paper)
    note(
        act,
        "reconciliation.supply.recorded",
        f"supply:{supply.pk}",
        item=case.item.code,
        rows=[(supply, ("kwh_per_day", "paper"))],
    )
    return f"supply:{supply.pk}"


@once
def verify_supply(supply_id: int, visit: UUID, *, act: Act) -> str:
    """现场核实: somebody saw the second line; the claim is weighed again with it."""
    supply = SupplyFact.objects.select_related("contradiction").filter(pk=supply_id).first()
    if supply is None:
        raise Refused(Reason("unknown-supply", "没有这条补充供电记录", "刷新后重试"))
    case = _case(supply.contradiction_id)
    admit(actor_of(act), SEEN_BY, "登记现场核实")
    supply.verified_visit = inspection.visit_of(case.item, visit)
    supply.save(update_fields=["verified_visit"])
    note(
        act,
        "reconciliation.supply.verified",
        f"supply:{supply.pk}",
        item=case.item.code,
        rows=[(supply, ("verified_visit",))],
    )
    run, _ = record_run(case.item, case.claim, act=act)
    raise_case(case.item, case.claim, run, act=act)
    return f"run:{run.pk}"


@once
def decide(case_id: int, finding: str, reason: str, *, act: Act) -> str:
    """提出认定意见: one person's finding, after the right of reply; two alike settle the case.

    Faces call ``accountability.actions.decide_case``, which also lets the consequences happen.
    """
    case = _case(case_id)
    actor = actor_of(act)
    _office_only(act)
    _may_decide(case, finding, reason, act)
    Decision.objects.create(
        contradiction=case,
        no=case.decisions.count() + 1,
        finding=finding,
        reason=reason.strip(),
        post=actor.post,
        person=actor.person,
        decided_at=act.at,
    )
    note(
        act,
        "reconciliation.contradiction.decided",
        f"case:{case.pk}",
        item=case.item.code,
        finding=finding,
        reason=fingerprint(reason),
    )
    settled = _settled_finding(case)
    if settled:
        _settle(case, settled, act=act)
    return f"case:{case.pk}"


def _settle(case: Contradiction, finding: str, *, act: Act) -> None:
    case.state = finding
    case.save(update_fields=["state"])
    note(
        act,
        "reconciliation.contradiction.settled",
        f"case:{case.pk}",
        item=case.item.code,
        rows=[(case, ("state",))],
    )
    restate(case.item.code, case_open=False)


def _settled_finding(case: Contradiction) -> str:
    alike = case.decisions.values("finding").annotate(n=Count("person", distinct=True))
    return next((row["finding"] for row in alike if row["n"] >= AGREEING), "")


def _may_decide(case: Contradiction, finding: str, reason: str, act: Act) -> None:
    if finding not in FINDINGS:
        known = "、".join(FINDINGS.values())
        raise Refused(Reason("unknown-finding", f"没有“{finding}”这种认定", f"从{known}中选择"))
    if not reason.strip():
        raise Refused(Reason("no-reason", "未写认定理由", "写明依据的事实和对说明的回应"))
    _in_state(case, "inquired", "replied", remedy="先发询问函并听取说明")
    waits = queries.deciding_waits(case, act.person, act.on)
    if waits:
        raise Refused(*waits, subject=_subject(case))
    if finding == "upheld" and not queries.rests_on_evidence(case.latest_run):
        text = "本案仅有参考或推算，不能认定不符"
        raise Refused(Reason("only-derived", text, "补充监测或现场核查后再认定"))


def _in_state(case: Contradiction, *states: str, remedy: str) -> None:
    if case.state not in states:
        raise Refused(Reason("case-elsewhere", "本案不在这一步", remedy), subject=_subject(case))


def _claimant_only(case: Contradiction, act: Act) -> None:
    if case.claim.by_body.key not in actor_of(act).lineage:
        text = f"询问函发给{case.claim.by_body.name}，由其签收和说明"
        raise Refused(Reason("not-addressee", text, "由收函单位办理"), subject=_subject(case))


def _office_only(act: Act) -> None:
    actor = actor_of(act)
    if actor.role != "office":
        text = f"{actor.title}不办理核实"
        raise Refused(Reason("wrong-role", text, "由市攻坚办办理"))


def _subject(case: Contradiction) -> str:
    return f"item:{case.item.code}"


def _case(case_id: int) -> Contradiction:
    case = queries.cases().filter(pk=case_id).first()
    if case is None:
        raise Refused(Reason("unknown-case", "没有这件待核实事项", "从对账页重新打开"))
    life.locked(case.item.code)
    return case
