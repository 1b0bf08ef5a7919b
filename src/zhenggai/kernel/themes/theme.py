"""专题: criteria, evidence, checklist, plan template and parameters of one kind of item.

From   A folder of ``packs/themes``.
Takes  Nothing; these are records and two questions about them.
Gives  A frozen ``Theme``; the template with the city's own periods filled in.
Never  Holds anything of one item.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from zhenggai.kernel.themes.criterion import Criterion


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """Evidence a claim must bring (佐证要求): so many of a kind."""

    kind: str
    name: str
    count: int
    same_place_m: int | None
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the checklist (核查单): way is 看, 问, 查 or 测; ``passing`` closes it."""

    key: str
    way: str
    text: str
    answers: tuple[str, ...]
    passing: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """One step of the plan template (措施), its duration in days as three points.

    Parameters
    ----------
    day_kind
        ``working``, ``calendar`` or ``notice`` (working days, the day of posting not counted).
    shortest, likely, longest
        Days; all zero when ``rule`` names a period of the city pack.
    after
        Keys of the measures this one waits for.
    before_acceptance
        Whether it must be finished before acceptance is signed.
    """

    key: str
    name: str
    day_kind: str
    shortest: int
    likely: int
    longest: int
    rule: str
    after: tuple[str, ...]
    before_acceptance: bool
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter with its range (参数), such as power per tonne."""

    key: str
    name: str
    value: Fraction
    low: Fraction
    high: Fraction
    unit: str
    places: int
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme pack (专题包)."""

    key: str
    name: str
    place: str
    field: str
    basis: str
    criteria: tuple[Criterion, ...]
    evidence: tuple[EvidenceKind, ...]
    checklist: tuple[Question, ...]
    plan: tuple[Measure, ...]
    params: Mapping[str, Param]

    def question(self, key: str) -> Question:
        """Return one question of the checklist."""
        return next(q for q in self.checklist if q.key == key)

    def measure_name(self, key: str) -> str:
        """Return the printed name of a measure; one outside the template keeps its own."""
        return next((m.name for m in self.plan if m.key == key), key)


def plan_for(theme: Theme, rules: Mapping[str, int]) -> tuple[Measure, ...]:
    """Return the template with periods such as 公示 taken from a city's rules."""
    return tuple(
        replace(m, shortest=rules[m.rule], likely=rules[m.rule], longest=rules[m.rule])
        if m.rule
        else m
        for m in theme.plan
    )
