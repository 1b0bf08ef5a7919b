"""What a step may depend on: frozen facts, gathered by the chapters that remember them.

A fact that nobody gathered stays ``None``; a need that meets ``None`` is not met. Silence proves
nothing here either.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from zhenggai.kernel.calendars.workdays import Period
    from zhenggai.kernel.verdict import Reason, Verdict
    from zhenggai.kernel.workflow.item import Stage


@dataclass(frozen=True, slots=True)
class Actor:
    """The post that acts, the person who holds it, and the bodies it speaks for.

    Parameters
    ----------
    lineage
        Keys of the post's body and of every parent of it.
    """

    post: str
    title: str
    role: str
    person: str
    body: str
    lineage: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answerable:
    """One body that answers for the item: 属地, 企业, 牵头 or 配合."""

    body: str
    name: str
    kind: str
    lineage: frozenset[str]


@dataclass(frozen=True, slots=True)
class NextCheck:
    """The check the acceptance chain asks for next."""

    no: int
    of: int
    body: str
    name: str


@dataclass(frozen=True, slots=True)
class Filing:
    """The province's own closing: number, day and document."""

    number: str
    filed_on: date
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFacts:
    """Everything ``needs`` may name.

    Parameters
    ----------
    signers
        Person → sentence fragment naming when and as what that person signed for this claim.
    override
        A leader's written reason; empty when there is none. Never hides what it overrides.
    """

    item: str
    stage: Stage
    actor: Actor
    at: datetime
    duties: frozenset[str] = frozenset()
    answerable: tuple[Answerable, ...] = ()
    acceptor: Answerable | None = None
    spare_acceptors: tuple[str, ...] = ()
    signers: Mapping[str, str] = field(default_factory=dict)
    plan_no: int | None = None
    plan_finish: date | None = None
    due_on: date | None = None
    open_claim: str | None = None
    missing_evidence: tuple[str, ...] | None = None
    next_check: NextCheck | None = None
    checks: tuple[int, int] | None = None
    early_acceptance: tuple[Reason, ...] | None = None
    verdict: Verdict | None = None
    run: str = ""
    notice: Period | None = None
    open_objections: tuple[str, ...] | None = None
    open_cases: tuple[str, ...] | None = None
    ends: str = ""
    leader_signature: str = ""
    filing: Filing | None = None
    grounds: str = ""
    confirmed_by: frozenset[str] = frozenset()
    override: str = ""
