"""留痕: the acts of the installation itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.trail import clock
from zhenggai.apps.trail.acts import Act, note, once
from zhenggai.apps.trail.models import ClockShift

if TYPE_CHECKING:
    from datetime import datetime


@once
def set_clock(moment: datetime, *, act: Act) -> str:
    """Let the campaign's clock show a moment now, and run on from there."""
    seconds = round((moment - clock.machine_now()).total_seconds())
    row, _ = ClockShift.objects.update_or_create(pk=1, defaults={"seconds": seconds})
    note(act, "trail.clock.shifted", "clock", rows=[(row, ("seconds",))])
    return "clock"


@once
def record_packs(digest: str, *, act: Act) -> str:
    """Record which packs this installation judges by, whenever they change."""
    note(act, "trail.packs.loaded", "packs", digest=digest)
    return f"packs:{digest}"
