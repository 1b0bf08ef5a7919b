"""What planning does in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.planning import queries
from zhenggai.apps.planning.actions import propose_plan, restate_open
from zhenggai.apps.trail.bus import daily, task

if TYPE_CHECKING:
    from zhenggai.apps.trail.acts import Act


@task("planning.propose")
def propose(code: str, *, act: Act) -> None:
    """Draw up the first plan of an item, unless there is one or the deadline is unknown."""
    if queries.wants_plan(code, act.at):
        propose_plan(code, act=act)


@daily("planning.restate")
def restate(day: str, *, act: Act) -> None:  # noqa: ARG001 - what every daily task takes
    """Restate the open items as of the day it runs: a task that comes late writes no older day."""
    restate_open(act.on)
