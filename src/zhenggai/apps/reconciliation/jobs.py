"""Background entry points: fetch arguments, call one action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.reconciliation import actions, queries
from zhenggai.apps.trail.bus import daily, enqueue, task

if TYPE_CHECKING:
    from zhenggai.apps.trail.acts import Act


@task("reconciliation.weigh")
def weigh(*, act: Act, code: str) -> None:
    """Hold an open claim against the facts; one that was settled meanwhile needs no weighing."""
    if queries.has_open_claim(code):
        actions.weigh(code, act=act)


@daily("reconciliation.weigh_open")
def weigh_open(day: str, *, act: Act) -> None:
    """Weigh every open claim once a day, as data and papers come in."""
    for code in queries.codes_with_open_claims():
        enqueue("reconciliation.weigh", key=f"weigh:{code}:{day}", at=act.at, code=code)
