"""What this chapter does when an earlier one moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.trail import bus
from zhenggai.apps.trail.bus import after, enqueue

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.apps.trail.models import Entry


@after("evidence.claim.lodged")
def weigh_the_claim(entry: Entry, at: datetime) -> None:
    """A claim was made: queue its reconciliation, once."""
    enqueue("reconciliation.weigh", key=f"weigh:{entry.subject}", at=at, code=entry.item_ref)


@after("reconciliation.notice.published")
@after("ledger.item.closed")
@after("ledger.item.filed")
def anchor_what_was_published(entry: Entry, at: datetime) -> None:
    """The city is about to be told: write the head of the chain where an edit cannot reach."""
    occasion = f"{bus.sentence(entry.verb)} {entry.item_ref}"
    enqueue("trail.anchor", key=f"anchor:{entry.act_id}:{entry.n}", at=at, occasion=occasion)
