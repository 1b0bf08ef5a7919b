"""对账的记录: what goes into a reconciliation and what comes out.

From   Facts that apps gathered from their tables and the archive.
Takes  Nothing; these are records.
Gives  Frozen records; a value that is no number is a status, never a zero.
Never  Holds a person's name or a row of a table.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from fractions import Fraction

    from zhenggai.kernel.standards.model import Standard
    from zhenggai.kernel.themes.criterion import Weight
    from zhenggai.kernel.themes.theme import Theme
    from zhenggai.kernel.verdict import Answer, Reason, Verdict

Status = Literal["valid", "missing", "flagged", "below_limit_of_detection"]


@dataclass(frozen=True, slots=True)
class Daily:
    """One day of a series (日均值); below detection, ``value`` is the detection limit."""

    day: date
    value: Fraction | None
    status: Status
    ref: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What the responsible unit claims (申报): when it finished, and figures by key."""

    finished_on: date
    says: Mapping[str, Fraction]
    ref: str


@dataclass(frozen=True, slots=True)
class PaperFact:
    """A paper in the file of the item (文件)."""

    kind: str
    on: date
    ref: str


@dataclass(frozen=True, slots=True)
class AnswerFact:
    """An answer written on site (现场回答)."""

    question: str
    value: str
    on: date
    ref: str


@dataclass(frozen=True, slots=True)
class ReportFact:
    """A public report or objection (群众反映)."""

    ref: str
    answered: bool


@dataclass(frozen=True, slots=True)
class SupplyLine:
    """A further power supply, verified on site (经核实的供电线路) [kWh/d]."""

    kwh_per_day: Fraction
    ref: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of one item on one day (对账事实).

    Parameters
    ----------
    day
        The day of the judgement; daily values count up to the day before it.
    series
        Daily values by series key.
    measures_finished
        Finish of each measure of the plan, ``None`` while it is not finished.
    grade
        Grade of the discharge permit, such as ``IB``; empty when not on record.
    conditions
        Standing conditions of limits, such as ``built_year``.
    """

    day: date
    claim: Claim | None = None
    series: Mapping[str, tuple[Daily, ...]] = field(default_factory=dict)
    papers: tuple[PaperFact, ...] = ()
    answers: tuple[AnswerFact, ...] = ()
    reports: tuple[ReportFact, ...] = ()
    supply_lines: tuple[SupplyLine, ...] = ()
    measures_finished: Mapping[str, date | None] = field(default_factory=dict)
    accepted_on: date | None = None
    grade: str = ""
    conditions: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Weighing:
    """One reconciliation under way: theme, facts and the editions of each standard."""

    theme: Theme
    facts: Facts
    standards: Mapping[str, tuple[Standard, ...]]


@dataclass(frozen=True, slots=True)
class Derived:
    """推算: a value derived by a formula, exact; rounded only where it is printed."""

    value: Fraction
    low: Fraction
    high: Fraction
    unit: str
    formula: str
    source: str


@dataclass(frozen=True, slots=True)
class Clue:
    """线索: a difference to be looked into, with what else might explain it."""

    kind: str
    sentence: str
    severity: str
    alternatives: tuple[str, ...]
    facts: tuple[str, ...]


class Agreement(StrEnum):
    """Whether claim and facts agree (申报与核查)."""

    AGREE = "agree"
    DISAGREE = "disagree"
    INSUFFICIENT = "insufficient"
    NOT_YET = "not_yet"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        """What the screens print."""
        return _LABELS[self]


_LABELS = {
    Agreement.AGREE: "一致",
    Agreement.DISAGREE: "不一致（待核实）",
    Agreement.INSUFFICIENT: "数据不足",
    Agreement.NOT_YET: "未到",
    Agreement.NOT_APPLICABLE: "不适用",
}


@dataclass(frozen=True, slots=True)
class Weighed:
    """What one criterion's rule found; ``seen`` tells whether there was any fact to look at."""

    answer: Answer
    measured: str = ""
    reasons: tuple[Reason, ...] = ()
    facts: tuple[str, ...] = ()
    seen: bool = True
    applies: bool = True
    derived: Derived | None = None
    clues: tuple[Clue, ...] = ()


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One line of the reconciliation (一项要件的对账结果)."""

    key: str
    name: str
    stroke: int
    claimed: str
    measured: str
    derived: Derived | None
    answer: Answer
    agreement: Agreement
    reasons: tuple[Reason, ...]
    facts: tuple[str, ...]
    weight: Weight


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The whole reconciliation (对账结论)."""

    results: tuple[CriterionResult, ...]
    verdict: Verdict
    clues: tuple[Clue, ...]
