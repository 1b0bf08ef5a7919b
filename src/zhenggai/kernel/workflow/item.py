"""事项的一生: stages and the one table of steps between them.

From   Acceptance-and-closing practice (domain facts 1.1, 3.5) and DESIGN 4.
Takes  Nothing; it is a table.
Gives  ``STEPS`` by verb: buttons, guards, diagram and documentation are drawn from it.
Never  Decides by itself: ``grant`` does, from facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """Where an item stands."""

    FOUND = "found"
    ASSIGNED = "assigned"
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    CLAIMED = "claimed"
    CHECKED = "checked"
    NOTICED = "noticed"
    FORWARDED = "forwarded"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """What the ledger prints."""
        return _LABELS[self]


class Milestone(StrEnum):
    """What a rate may count; done never stands alone."""

    BUILT = "built"
    ACCEPTED = "accepted"
    NOTICED = "noticed"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """What a rate prints as its basis."""
        return _BASES[self]


@dataclass(frozen=True, slots=True)
class Step:
    """One allowed move: who may, from where, to where, and what must hold."""

    verb: str
    past: str
    label: str
    sources: tuple[Stage, ...]
    target: Stage
    roles: tuple[str, ...]
    needs: tuple[str, ...]
    milestone: Milestone | None = None


S = Stage
_TABLE = (
    # verb, past, label, from, to, who may, what must hold, milestone
    Step("assign", "assigned", "交办", (S.FOUND,), S.ASSIGNED, ("office",),
         ("duties_named", "acceptor_apart")),
    Step("plan", "planned", "报送方案", (S.ASSIGNED, S.PLANNED), S.PLANNED, ("liaison",),
         ("actor_answers", "plan_fits")),
    Step("start", "started", "批复方案", (S.PLANNED,), S.UNDER_WAY, ("acceptor",),
         ("actor_accepts", "plan_submitted")),
    Step("claim", "claimed", "申请销号", (S.UNDER_WAY,), S.CLAIMED, ("liaison", "enterprise"),
         ("actor_answers", "no_open_claim", "evidence_complete"), Milestone.BUILT),
    Step("check", "checked", "验收", (S.CLAIMED, S.CHECKED), S.CHECKED, ("acceptor",),
         ("actor_next_in_chain", "actor_apart", "built_before_accepted", "no_open_case"),
         Milestone.ACCEPTED),
    Step("return", "returned", "退回补充整改", (S.CLAIMED, S.CHECKED, S.NOTICED), S.UNDER_WAY,
         ("acceptor", "office"), ("grounds_named",)),
    Step("notice", "noticed", "公示", (S.CHECKED,), S.NOTICED, ("office",),
         ("checks_complete", "built_before_accepted", "reconciled", "no_open_case"),
         Milestone.NOTICED),
    Step("close", "closed", "核准销号", (S.NOTICED,), S.CLOSED, ("leader", "office"),
         ("closes_here", "signed_by_leader", "checks_complete", "built_before_accepted",
          "reconciled", "notice_over", "objections_answered", "no_open_case", "closer_apart"),
         Milestone.CLOSED),
    Step("forward", "forwarded", "同意上报销号", (S.NOTICED,), S.FORWARDED, ("leader", "office"),
         ("closes_above", "signed_by_leader", "checks_complete", "built_before_accepted",
          "reconciled", "notice_over", "objections_answered", "no_open_case", "closer_apart")),
    Step("file", "filed", "登记省级销号", (S.FORWARDED,), S.CLOSED, ("office",),
         ("province_filed", "no_open_case"), Milestone.CLOSED),
    Step("reopen", "rebounded", "重启整改", (S.CLOSED, S.FORWARDED), S.UNDER_WAY, ("office",),
         ("grounds_named", "two_persons")),
)  # fmt: skip
STEPS = {step.verb: step for step in _TABLE}

_LABELS = {
    S.FOUND: "待交办",
    S.ASSIGNED: "待报方案",
    S.PLANNED: "方案待批",
    S.UNDER_WAY: "整改中",
    S.CLAIMED: "已申报",
    S.CHECKED: "核查中",
    S.NOTICED: "公示中",
    S.FORWARDED: "待省级验收",
    S.CLOSED: "已销号",
}
_BASES = {
    Milestone.BUILT: "已申报",
    Milestone.ACCEPTED: "已验收",
    Milestone.NOTICED: "已公示",
    Milestone.CLOSED: "已销号",
}
