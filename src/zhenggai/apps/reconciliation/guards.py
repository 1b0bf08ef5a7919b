"""放行的事实: what this chapter adds to the facts every later step of the life needs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Unpack

from zhenggai.apps.evidence import queries as evidence
from zhenggai.apps.inspection import queries as inspection
from zhenggai.apps.ledger import queries as ledger
from zhenggai.apps.planning import queries as planning
from zhenggai.apps.reconciliation import queries
from zhenggai.kernel.reconcile.measures_finished import accepted_before_built
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.apps.evidence.models import Claim
    from zhenggai.apps.ledger.models import Item
    from zhenggai.apps.ledger.queries import Gathered
    from zhenggai.apps.trail.acts import Act
    from zhenggai.kernel.workflow.facts import Actor, StepFacts


def facts_of(
    item: Item, claim: Claim, actor: Actor, *, act: Act, **gathered: Unpack[Gathered]
) -> StepFacts:
    """Gather what check, notice, close, forward and file may depend on, and whatever is added."""
    notice = queries.notice_in_force(item)
    signing = queries.signature(claim)
    known: Gathered = {
        "signers": evidence.signers(claim),
        "checks": inspection.checks_progress(claim),
        "early_acceptance": early_acceptance(item, claim),
        "notice": queries.period_of(notice, ledger.shelf().calendars) if notice else None,
        "open_objections": queries.open_objections(item),
        "open_cases": queries.open_cases(item),
        "leader_signature": f"signing:{signing.pk}" if signing else "",
    }
    return ledger.step_facts(item, actor, act, **(known | gathered))


def early_acceptance(item: Item, claim: Claim) -> tuple[Reason, ...]:
    """Return why the acceptance of a claim is dated before its last measure, with both papers."""
    named = planning.measures_finished_by_name(item)
    accepted_on = inspection.first_accepted_on(claim)
    reason = accepted_before_built(accepted_on, named)
    if reason is None:
        return ()
    last = max((day, name) for name, day in named.items() if day is not None)[1]
    beside = (_acceptance_paper(claim, accepted_on), planning.measure_papers(item).get(last, ""))
    return (replace(reason, facts=(*reason.facts, *filter(None, beside))),)


def _acceptance_paper(claim: Claim, accepted_on: date | None) -> str:
    """Name the visit the first check rests on, else the paper of that day, else the check."""
    check = claim.checks.filter(opinion=inspection.PASS).order_by("no").first()
    if check is None or check.visit is None:
        papers = (row.ref for row in evidence.papers(claim.item) if row.on == accepted_on)
        return next(papers, f"check:{check.pk}" if check else "")
    return f"visit:{check.visit.uuid}"


def claim_in_hand(item: Item) -> Claim:
    """Return the open claim of an item.

    Raises
    ------
    Refused
        There is none.
    """
    claim = evidence.open_claim(item)
    if claim is None:
        text = f"{item.code}没有在办的销号申请"
        raise Refused(Reason("no-claim", text, "由责任单位申请销号"), subject=f"item:{item.code}")
    return claim
