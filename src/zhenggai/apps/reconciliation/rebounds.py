"""反弹的查询: what came back after a closing, who had accepted it, who must be told.

A module of its own because a rebound looks back over a closing that no longer counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q

from zhenggai.apps.ledger.models import Move
from zhenggai.apps.ledger.queries import titles
from zhenggai.apps.reconciliation.models import Rebound
from zhenggai.kernel.workflow.item import Milestone, Stage

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.apps.ledger.models import Item

SUPERIOR = ("国", "省")


@dataclass(frozen=True, slots=True)
class ClosedThen:
    """The closing a rebound speaks of: when, by whom accepted, by whom signed."""

    closed_on: date
    acceptors: str
    signer: str


def closed_then(item: Item) -> ClosedThen | None:
    """Return the last closing of an item, also if it was taken back since."""
    done = Move.objects.filter(item=item, milestone=Milestone.CLOSED)
    move = done.select_related("entry__act").order_by("-pk").first()
    if move is None:
        return None
    claim = item.claims.filter(state="upheld").order_by("-pk").first()
    checks = item.checks.filter(opinion="pass", claim=claim).order_by("pk")
    bodies = dict.fromkeys(checks.values_list("body__name", flat=True))
    signing = item.signings.filter(claim=claim).order_by("-pk").first()
    signer = signing.signed_by if signing else move.entry.act.by_post
    return ClosedThen(move.effective_on, "、".join(bodies), titles().get(signer, signer))


def to_report_upward() -> QuerySet[Rebound]:
    """Return the confirmed rebounds, not yet closed again, of items on a superior's list."""
    listed = Q(item__listings__version__list__level__in=SUPERIOR)
    running = Q(state="confirmed", round_no=F("item__round_no") - 1)
    found = Rebound.objects.filter(listed & running).exclude(item__stage=Stage.CLOSED)
    return found.select_related("item__standing").distinct().order_by("pk")
