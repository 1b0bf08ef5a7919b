"""When a letter about an item was received, its back-schedule is drawn up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.trail import bus
from zhenggai.apps.trail.bus import after

if TYPE_CHECKING:
    from datetime import datetime

    from zhenggai.apps.trail.models import Entry


@after("sources.paper.received")
def draw_up_plan(entry: Entry, at: datetime) -> None:
    """Queue the back-schedule of the item a received letter is about."""
    if entry.item_ref:
        bus.enqueue("planning.propose", key=f"plan:{entry.item_ref}", at=at, code=entry.item_ref)
