"""What the trail itself holds against the disk: the packs by which the installation judges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.trail.faults import Fault
from zhenggai.apps.trail.queries import packs_now, packs_recorded
from zhenggai.apps.trail.verify import witness
from zhenggai.packs.broken import BrokenPackError

if TYPE_CHECKING:
    from collections.abc import Iterator


@witness("packs")
def packs_are_the_recorded_ones() -> Iterator[Fault]:
    """Yield a fault when the packs on the disk are not those last recorded."""
    recorded = packs_recorded()
    if not recorded:
        return
    try:
        now = packs_now()
    except BrokenPackError as broken:
        yield Fault("packs-broken", f"规则包不可读：{broken}")
        return
    if now != recorded:
        text = f"规则包现指纹{now[:12]}与登记的{recorded[:12]}不符，规则包在登记后被改动"
        yield Fault("packs-changed", text)
