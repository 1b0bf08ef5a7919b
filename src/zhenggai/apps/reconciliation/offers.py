"""可办事项: which acts a post may do on one item now, and why the others must wait.

Steps come from the step table and are held against the same guard that will decide; the acts that
move nothing come from a table of their own. An offer promises nothing: the action decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zhenggai.apps.evidence import queries as evidence
from zhenggai.apps.inspection import queries as inspection
from zhenggai.apps.ledger import queries as ledger
from zhenggai.apps.parties.access import UNITS
from zhenggai.apps.planning import queries as planning
from zhenggai.apps.planning.models import PlanState
from zhenggai.apps.reconciliation import queries, story
from zhenggai.apps.reconciliation.guards import facts_of
from zhenggai.apps.reconciliation.runs import reasons_of
from zhenggai.kernel.verdict import Answer, Reason, Refused, Verdict
from zhenggai.kernel.workflow.facts import Filing
from zhenggai.kernel.workflow.grants import grant
from zhenggai.kernel.workflow.item import STEPS, Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from zhenggai.apps.ledger.models import Item
    from zhenggai.apps.reconciliation.models import Run
    from zhenggai.apps.trail.acts import Act
    from zhenggai.kernel.workflow.facts import Actor, StepFacts
    from zhenggai.kernel.workflow.item import Step

S = Stage
LIVE = (S.ASSIGNED, S.PLANNED, S.UNDER_WAY, S.CLAIMED, S.CHECKED, S.NOTICED)
TO_WRITE = "待填写"


@dataclass(frozen=True, slots=True)
class Offer:
    """One step as a page offers it; one that must wait says why."""

    verb: str
    label: str
    enabled: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Doing:
    """An act that moves no item: who may, at which stages, and what must be there to do it on.

    Parameters
    ----------
    answers
        Whether a unit's post must belong to a body that answers for the item.
    there
        Whether the item holds what the act is about.
    """

    verb: str
    roles: tuple[str, ...]
    stages: tuple[Stage, ...]
    answers: bool = False
    there: Callable[[Item, Actor], bool] = lambda _item, _actor: True


def _letter_waits(item: Item, actor: Actor) -> bool:
    waiting = (sent for sent in story.receipts(item) if sent.received_at is None)
    return any(actor.role == "office" or sent.body_key == actor.body for sent in waiting)


def _extension_waits(item: Item, _actor: Actor) -> bool:
    return story.extensions(item).filter(granted=None).exists()


def _dispute_waits(item: Item, _actor: Actor) -> bool:
    return any(one.decided_on is None for one in story.disputes(item))


def _named(item: Item, actor: Actor) -> bool:
    waiting = (one for one in story.disputes(item) if one.decided_on is None)
    return any(actor.role == "office" or one.names.key == actor.body for one in waiting)


def _watch_waits(item: Item, _actor: Actor) -> bool:
    return any(not watch.outcome for watch in queries.watches(item))


def _rebound_waits(item: Item, _actor: Actor) -> bool:
    return any(rebound.state == "proposed" for rebound in queries.rebounds(item))


def _rebound_unanswered(item: Item, actor: Actor) -> bool:
    told = any(r.state == "confirmed" and not r.answer for r in queries.rebounds(item))
    return told and item.checks.filter(body__key=actor.body).exists()


ENDED = (S.CLOSED, S.FORWARDED)
DOINGS = (
    Doing("receive", ("office", *UNITS, "acceptor"), (*LIVE, *ENDED), there=_letter_waits),
    Doing("duty", ("office",), (S.FOUND, *LIVE)),
    Doing("draw_plan", ("office",), (S.ASSIGNED, S.PLANNED, S.UNDER_WAY)),
    Doing("measure", ("office", *UNITS), LIVE[2:], answers=True),
    Doing("progress", UNITS, LIVE, answers=True),
    Doing("evidence", ("office", *UNITS, "acceptor", "inspector"), LIVE, answers=True),
    Doing("self_check", UNITS, LIVE, answers=True),
    Doing("visit", ("office", "acceptor", "inspector"), (*LIVE[2:], *ENDED)),
    Doing("weigh", ("office",), (S.CLAIMED, S.CHECKED, S.NOTICED)),
    Doing("ask_extension", UNITS, LIVE, answers=True),
    Doing("decide_extension", ("office", "leader"), LIVE, there=_extension_waits),
    Doing("file_dispute", (*UNITS, "acceptor"), LIVE[:3], answers=True),
    Doing("state_dispute", ("office", *UNITS, "acceptor"), LIVE, there=_named),
    Doing("ask_statement", ("office",), LIVE, there=_dispute_waits),
    Doing("propose_dispute", ("office",), LIVE, there=_dispute_waits),
    Doing("decide_dispute", ("leader",), LIVE, there=_dispute_waits),
    Doing("sign", ("leader",), (S.NOTICED,), there=lambda item, _a: not item.signings.all()),
    Doing("enter_signing", ("office",), (S.NOTICED,)),
    Doing(
        "check_signing",
        ("office",),
        (S.NOTICED,),
        there=lambda item, _a: queries.pending_signing(item) is not None,
    ),
    Doing(
        "answer_objection",
        ("office",),
        (S.NOTICED,),
        there=lambda item, _a: bool(queries.open_objections(item)),
    ),
    Doing("keep_watch", ("office", "inspector"), ENDED, there=_watch_waits),
    Doing("propose_rebound", ("office", "inspector"), ENDED),
    Doing("confirm_rebound", ("office",), ENDED, there=_rebound_waits),
    Doing("answer_rebound", ("acceptor",), LIVE, there=_rebound_unanswered),
)
BY_PROPOSAL = ("reopen",)
BACK = "return"


def offered(item: Item, actor: Actor, asking: Act, run: Run | None) -> tuple[Offer, ...]:
    """Return the steps an item may take from here by this post's role, with what is missing.

    Parameters
    ----------
    run
        The item's newest reconciliation.
    asking
        Who looks, as which post, when; nothing is done with it.
    """
    steps = [
        step
        for step in STEPS.values()
        if actor.role in step.roles and item.stage in step.sources and step.verb not in BY_PROPOSAL
    ]
    if not steps:
        return ()
    facts = _facts(item, actor, asking, run)
    forward_first = sorted(steps, key=lambda step: step.verb == BACK)
    return tuple(_offer(step, facts) for step in forward_first if _ends_here(step, facts))


def doable(item: Item, actor: Actor, on: date) -> frozenset[str]:
    """Return the acts beside the steps that an actor may do on an item on a day."""
    duties = ledger.duties_of(item, on)
    answers = any(d.kind in ledger.ANSWERS and d.body.key in actor.lineage for d in duties)
    return frozenset(
        doing.verb
        for doing in DOINGS
        if actor.role in doing.roles
        and item.stage in doing.stages
        and (answers or not doing.answers or actor.role not in UNITS)
        and doing.there(item, actor)
    )


def _offer(step: Step, facts: StepFacts) -> Offer:
    try:
        grant(step, facts)
    except Refused as refused:
        return Offer(step.verb, step.label, enabled=False, reasons=refused.reasons)
    return Offer(step.verb, step.label, enabled=True, reasons=())


def _ends_here(step: Step, facts: StepFacts) -> bool:
    """Of 核准销号 and 同意上报销号 only the one the chain ends with is shown."""
    return step.verb not in {"close", "forward"} or step.verb == facts.ends


def _facts(item: Item, actor: Actor, asking: Act, run: Run | None) -> StepFacts:
    """Gather what the guard needs; what the person is about to write counts as written."""
    claim = evidence.open_claim(item)
    draft = planning.latest_plan(item, PlanState.DRAFT, PlanState.SUBMITTED)
    if claim is None:
        return ledger.step_facts(
            item,
            actor,
            asking,
            plan_no=draft.no if draft else None,
            plan_finish=draft.finish_on if draft else None,
            missing_evidence=evidence.missing_evidence(item),
            grounds=TO_WRITE,
            filing=Filing(TO_WRITE, asking.on, TO_WRITE),
            open_cases=queries.open_cases(item),
        )
    facts = facts_of(
        item,
        claim,
        actor,
        act=asking,
        verdict=verdict_of(run) if run else None,
        grounds=TO_WRITE,
        filing=Filing(TO_WRITE, asking.on, TO_WRITE),
        open_claim=f"第{claim.no}次",
        missing_evidence=(),
    )
    checked = inspection.checks_progress(claim)[0] > 0
    return facts if checked else replace(facts, early_acceptance=())


def verdict_of(run: Run) -> Verdict:
    """Return what a kept run found, with the reasons of every line that is not met."""
    left = [line for line in run.criteria.all() if line.answer != Answer.MET]
    return Verdict(Answer(run.answer), tuple(r for line in left for r in reasons_of(line)))
