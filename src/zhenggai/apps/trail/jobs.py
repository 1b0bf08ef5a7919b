"""后台任务 of the trail itself: drop an anchor when something was made public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.trail import anchors, bus

if TYPE_CHECKING:
    from zhenggai.apps.trail.acts import Act


@bus.task("trail.anchor")
def anchor(occasion: str, *, act: Act) -> None:
    """Write the head of the chain outside the database."""
    anchors.drop_anchor(occasion, act.at)
