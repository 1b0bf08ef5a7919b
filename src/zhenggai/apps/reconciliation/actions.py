"""对账销号: weigh, check, publish, answer, sign, close; each gathers, decides, records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.evidence import actions as evidence
from zhenggai.apps.evidence.queries import open_claim
from zhenggai.apps.inspection.actions import enter_check
from zhenggai.apps.ledger import life
from zhenggai.apps.ledger import queries as ledger
from zhenggai.apps.ledger.actions import restate
from zhenggai.apps.parties.access import admit
from zhenggai.apps.parties.queries import actor_of
from zhenggai.apps.reconciliation import queries
from zhenggai.apps.reconciliation.cases import raise_case
from zhenggai.apps.reconciliation.guards import claim_in_hand, facts_of
from zhenggai.apps.reconciliation.models import Filing, Notice
from zhenggai.apps.reconciliation.runs import record_run, show_strokes
from zhenggai.apps.reconciliation.watches import set_watches
from zhenggai.apps.sources import actions as papers
from zhenggai.apps.trail.acts import note, once
from zhenggai.kernel.calendars.workdays import legal_period
from zhenggai.kernel.workflow.facts import Filing as FilingFact
from zhenggai.kernel.workflow.grants import grant
from zhenggai.kernel.workflow.item import STEPS, Milestone

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from zhenggai.apps.evidence.models import Claim
    from zhenggai.apps.ledger.models import Item, Move
    from zhenggai.apps.reconciliation.models import Run
    from zhenggai.apps.trail.acts import Act
    from zhenggai.kernel.workflow.facts import StepFacts


@once
def weigh(code: str, *, act: Act) -> str:
    """对账: weigh the open claim; where it disagrees with facts, open a case (待核实)."""
    item = life.locked(code)
    claim = claim_in_hand(item)
    admit(actor_of(act), ("office", "system"), "对账")
    run, _ = record_run(item, claim, act=act)
    raise_case(item, claim, run, act=act)
    return f"run:{run.pk}"


@once
def sign_check(
    code: str, opinion: str, text: str, accepted_on: date, visit: UUID | None, *, act: Act
) -> str:
    """验收: sign the next check of the chain; no check passes while a case is open."""
    item = life.locked(code)
    outcome = enter_check(
        code, opinion, text, accepted_on, visit, queries.open_cases(item), act=act
    )
    claim = open_claim(item)
    if claim is not None:
        run, _ = record_run(item, claim, act=act)
        show_strokes(item, run)
    return outcome


@once
def publish_notice(code: str, number: str, text: str, *, act: Act) -> str:
    """公示: post the closing for the city's number of working days."""
    item = life.locked(code)
    claim = claim_in_hand(item)
    run, verdict = record_run(item, claim, act=act)
    facts = facts_of(item, claim, actor_of(act), act=act, verdict=verdict, run=f"run:{run.pk}")
    shelf = ledger.shelf()
    days = ledger.city_rule(item, "notice_days")

    granted = grant(STEPS["notice"], facts)
    period = legal_period(shelf.calendars, act.on, days, "working")

    fields = papers.PaperFields(title=f"关于“{item.title}”整改销号的公示", text=text)
    paper = papers.draft_paper("公示", f"item:{code}", fields, act=act)
    paper_id = int(paper.partition(":")[2])
    papers.sign_paper(paper_id, number, act=act)
    life.move(item, granted, act=act)
    notice = Notice.objects.create(
        item=item,
        claim=claim,
        paper_id=paper_id,
        from_on=period.from_on,
        days=days,
        day_kind=period.day_kind,
        to_on=period.to_on,
        calendar_digest=shelf.calendars.digest,
    )
    note(
        act,
        "reconciliation.notice.published",
        f"notice:{notice.pk}",
        item=code,
        rows=[(notice, ("from_on", "days", "day_kind", "to_on", "calendar_digest"))],
    )
    show_strokes(item, run)
    return f"notice:{notice.pk}"


@once
def close_item(code: str, *, override: str = "", act: Act) -> str:
    """核准销号: close an item whose claim is reconciled now; nobody hands a verdict in."""
    item = life.locked(code)
    claim = claim_in_hand(item)
    run, facts = _closing_facts(item, claim, override, act=act)

    granted = grant(STEPS["close"], facts)

    move = life.move(item, granted, act=act, effective_on=_closed_on(claim, facts))
    _settle(item, claim, run, move, act=act)
    return f"item:{code}"


@once
def forward_item(code: str, *, override: str = "", act: Act) -> str:
    """同意上报销号: all the city's own checks are done; the province closes."""
    item = life.locked(code)
    claim = claim_in_hand(item)
    run, facts = _closing_facts(item, claim, override, act=act)

    granted = grant(STEPS["forward"], facts)

    life.move(item, granted, act=act)
    show_strokes(item, run)
    return f"item:{code}"


@once
def file_item(code: str, number: str, filed_on: date, document: bytes, *, act: Act) -> str:
    """登记省级销号: the province's number, day and document make a central item closed."""
    item = life.locked(code)
    claim = claim_in_hand(item)
    run, verdict = record_run(item, claim, act=act)
    blob = evidence.keep_file(document, act=act)
    filing = FilingFact(number.strip(), filed_on, f"blob:{blob.pk}")
    facts = facts_of(
        item, claim, actor_of(act), act=act, verdict=verdict, run=f"run:{run.pk}", filing=filing
    )

    granted = grant(STEPS["file"], facts)

    row = Filing.objects.create(item=item, number=filing.number, filed_on=filed_on, document=blob)
    note(
        act,
        "reconciliation.filing.recorded",
        f"filing:{row.pk}",
        item=code,
        rows=[(row, ("number", "filed_on", "document"))],
    )
    move = life.move(item, granted, act=act, effective_on=filed_on)
    _settle(item, claim, run, move, act=act)
    return f"item:{code}"


@once
def return_item(code: str, grounds: str, *, act: Act) -> str:
    """退回补充整改: name the grounds; the claim falls, a running notice is taken down."""
    item = life.locked(code)
    claim = claim_in_hand(item)
    facts = ledger.step_facts(item, actor_of(act), act, grounds=grounds)

    granted = grant(STEPS["return"], facts)

    move = life.move(item, granted, act=act)
    life.take_back(item, move, (Milestone.BUILT, Milestone.ACCEPTED, Milestone.NOTICED))
    evidence.settle_claim(claim, "returned", act=act)
    _withdraw_notice(item, act=act)
    return f"item:{code}"


def _closing_facts(item: Item, claim: Claim, override: str, *, act: Act) -> tuple[Run, StepFacts]:
    run, verdict = record_run(item, claim, act=act)
    facts = facts_of(
        item, claim, actor_of(act), act=act, verdict=verdict, run=f"run:{run.pk}", override=override
    )
    return run, facts


def _closed_on(claim: Claim, facts: StepFacts) -> date:
    """The day a paper was signed, if the notice was over by then; else the day of the act."""
    signing = queries.signature(claim)
    if signing and signing.scan_id and facts.notice and signing.signed_on > facts.notice.to_on:
        return signing.signed_on
    return facts.at.date()


def _settle(item: Item, claim: Claim, run: Run, move: Move, *, act: Act) -> None:
    evidence.settle_claim(claim, "upheld", act=act)
    Notice.objects.filter(item=item, state="running").update(state="over")
    set_watches(item, move.effective_on, act=act)
    show_strokes(item, run, noticed=True)
    restate(item.code, upheld=False, case_open=False)
    note(
        act,
        "reconciliation.closing.dated",
        f"item:{item.code}",
        item=item.code,
        closed_on=move.effective_on,
        run=f"run:{run.pk}",
    )


def _withdraw_notice(item: Item, *, act: Act) -> None:
    notice = queries.notice_in_force(item)
    if notice is None:
        return
    notice.state = "withdrawn"
    notice.save(update_fields=["state"])
    note(act, "reconciliation.notice.withdrawn", f"notice:{notice.pk}", item=item.code)
