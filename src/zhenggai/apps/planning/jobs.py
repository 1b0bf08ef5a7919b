"""What planning does in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.planning import queries
from zhenggai.apps.planning.actions import propose_plan
from zhenggai.apps.trail.bus import task

if TYPE_CHECKING:
    from zhenggai.apps.trail.acts import Act


@task("planning.propose")
def propose(code: str, *, act: Act) -> None:
    """Draw up the first plan of an item, unless there is one or the deadline is unknown."""
    if queries.wants_plan(code, act.at):
        propose_plan(code, act=act)
