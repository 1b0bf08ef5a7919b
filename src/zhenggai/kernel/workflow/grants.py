"""放行: the only way to a move; ``grant`` holds the table against the facts.

From   DESIGN 4 (guards that must exist) and MODEL 1.2.
Takes  A step of the table and the facts gathered for it.
Gives  ``Granted``, which nothing else can make; or raises ``Refused`` with every reason at once.
Never  Reads a clock or a table, and never says yes to a fact nobody gathered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai.kernel.verdict import Reason, Refused
from zhenggai.kernel.workflow.item import STEPS, Milestone, Stage, Step
from zhenggai.kernel.workflow.needs import NEEDS, OVERRIDABLE

if TYPE_CHECKING:
    from zhenggai.kernel.workflow.facts import StepFacts

_KEY = object()


@dataclass(frozen=True, slots=True)
class Granted:
    """Leave to move one item one step; ``life.move`` takes nothing else.

    Parameters
    ----------
    held
        The needs that were found to hold, in the table's order.
    set_aside
        The reasons a leader has overridden in writing; they stay visible for ever.
    """

    key: object
    item: str
    verb: str
    source: Stage
    target: Stage
    milestone: Milestone | None
    held: tuple[str, ...]
    run: str
    override: str
    set_aside: tuple[Reason, ...]

    def __post_init__(self) -> None:
        if self.key is not _KEY:
            raise TypeError("Granted is made by grant alone")


def grant(step: Step, facts: StepFacts) -> Granted:
    """Say yes to one step, or refuse with every reason at once.

    Raises
    ------
    Refused
        With all reasons; its subject is the item.
    """
    reasons = _out_of_turn(step, facts)
    if reasons:
        raise Refused(*reasons, subject=f"item:{facts.item}")
    found = {need: NEEDS[need](facts) for need in step.needs}
    open_needs = {need: why for need, why in found.items() if why}
    may_override = bool(facts.override.strip()) and facts.actor.role == "leader"
    set_aside = tuple(
        r for need, why in open_needs.items() if may_override and need in OVERRIDABLE for r in why
    )
    left = tuple(r for why in open_needs.values() for r in why if r not in set_aside)
    if left:
        raise Refused(*left, subject=f"item:{facts.item}")
    return Granted(
        _KEY,
        facts.item,
        step.verb,
        facts.stage,
        step.target,
        step.milestone,
        tuple(need for need in step.needs if need not in open_needs),
        facts.run,
        facts.override.strip() if set_aside else "",
        set_aside,
    )


def _out_of_turn(step: Step, facts: StepFacts) -> tuple[Reason, ...]:
    if facts.stage not in step.sources:
        at = "、".join(s.label for s in step.sources)
        text = f"事项现为“{facts.stage.label}”，不能{step.label}"
        return (Reason("wrong-stage", text, f"{step.label}只在“{at}”时办理"),)
    if facts.actor.role not in step.roles:
        text = f"{facts.actor.title}无权{step.label}"
        return (Reason("wrong-role", text, "由有权岗位办理"),)
    return ()


def unknown_needs() -> tuple[str, ...]:
    """Needs the table names and nobody has written; start-up refuses while there is one."""
    return tuple(sorted({n for s in STEPS.values() for n in s.needs} - NEEDS.keys()))
