"""Background entry points: fetch arguments, call one action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.reconciliation import actions
from zhenggai.apps.trail.bus import task

if TYPE_CHECKING:
    from zhenggai.apps.trail.acts import Act


@task("reconciliation.weigh")
def weigh(*, act: Act, code: str) -> None:
    """Hold a claim just made against the facts."""
    actions.weigh(code, act=act)
