"""Questions about visits and checks: what was seen, which check is next, when it was accepted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai.apps.inspection.models import Visit, VisitKind
from zhenggai.apps.ledger import queries as ledger
from zhenggai.apps.trail.clock import BEIJING
from zhenggai.kernel.reconcile.model import AnswerFact
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from zhenggai.apps.evidence.models import Claim
    from zhenggai.apps.ledger.models import Item
    from zhenggai.kernel.themes.theme import Question

PASS = "pass"  # noqa: S105 - an opinion, not a word to log in with
RETURN = "return"
OPINIONS = {PASS: "通过", RETURN: "退回补充整改"}
VISIT_KINDS: Mapping[str, str] = {str(kind.value): str(kind.label) for kind in VisitKind}


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check of the chain as a page shows it."""

    no: int
    level: str
    body: str
    title: str
    opinion: str
    text: str
    accepted_on: date
    signed_on: date | None
    visit: str


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit as a page shows it: who went, and the answer to each question."""

    uuid: UUID
    kind: str
    visited_on: date
    posts: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]


def checklist(item: Item) -> tuple[Question, ...]:
    """Return the questions a visit to an item answers."""
    theme = ledger.shelf().themes.get(item.theme)
    return theme.checklist if theme else ()


def visit_of(item: Item, uuid: UUID) -> Visit:
    """Return one visit of an item, or say that it was not recorded for it."""
    found = item.visits.filter(uuid=uuid).first()
    if found is None:
        text = f"{item.code}没有这次现场核查记录"
        raise Refused(Reason("unknown-visit", text, "先登记现场核查"), subject=f"item:{item.code}")
    return found


def visits(item: Item) -> tuple[VisitLine, ...]:
    """Return the visits of an item, the newest first."""
    names = {q.key: q.text for q in checklist(item)}
    rows = sorted(item.visits.all(), key=lambda v: (v.visited_on, v.pk), reverse=True)
    return tuple(
        VisitLine(
            v.uuid,
            VISIT_KINDS[v.kind],
            v.visited_on,
            tuple(f"{p.body.name}{p.title}" for p in v.posts.all()),
            tuple((names.get(a.question, a.question), a.value) for a in v.answers.all()),
        )
        for v in rows
    )


def checks(claim: Claim) -> tuple[CheckLine, ...]:
    """Return the checks signed for a claim, in the order of the chain."""
    rows = claim.checks.select_related("body", "post", "visit", "entry__act").order_by("no")
    return tuple(
        CheckLine(
            c.no,
            c.level,
            c.body.name,
            c.post.title,
            OPINIONS[c.opinion],
            c.text,
            c.accepted_on,
            c.entry.act.at.astimezone(BEIJING).date() if c.entry else None,
            f"visit:{c.visit.uuid}" if c.visit else "",
        )
        for c in rows
    )


def checks_progress(claim: Claim) -> tuple[int, int]:
    """Return how many checks of the chain have passed for a claim, and how many there are."""
    passed = sum(check.opinion == PASS for check in claim.checks.all())
    return passed, len(ledger.shelf().chains[claim.item.chain].checks)


def first_accepted_on(claim: Claim) -> date | None:
    """Return the earliest day on which a check accepted the works; nothing before one has."""
    passed = (check.accepted_on for check in claim.checks.all() if check.opinion == PASS)
    return min(passed, default=None)


def answers(claim: Claim) -> tuple[AnswerFact, ...]:
    """Return what was answered on site in the claim's round, as the kernel weighs it."""
    item = claim.item
    rows = Visit.objects.filter(item=item, round_no=item.round_no).prefetch_related("answers")
    return tuple(
        AnswerFact(a.question, a.value, v.visited_on, f"visit:{v.uuid}/{a.question}")
        for v in rows.order_by("visited_on", "pk")
        for a in v.answers.all()
    )
