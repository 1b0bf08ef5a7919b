"""要件: what must hold before an item of a theme can be closed, one record per kind.

From   MODEL of themes; thresholds are pack values, each with its clause or source.
Takes  Nothing; these are records.
Gives  One frozen record per criterion kind, limits as exact fractions.
Never  Judges: the functions are in ``kernel.reconcile``, one per kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Weight(StrEnum):
    """What a result may be used for (证据效力)."""

    EVIDENCE = "evidence"
    REFERENCE = "reference"
    DERIVED = "derived"

    @property
    def label(self) -> str:
        """What the screens print."""
        return _LABELS[self]


_LABELS = {Weight.EVIDENCE: "可作证据", Weight.REFERENCE: "参考", Weight.DERIVED: "推算（线索）"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What every criterion has: its key, name, stroke of 正 (1–5), weight and source."""

    key: str
    name: str
    stroke: int
    weight: Weight
    clause: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Basis):
    """A paper of a kind exists (文件要件)."""

    paper: str
    paper_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuresFinished(Basis):
    """Every measure but ``not_judged`` finished no later than acceptance (验收不早于完工)."""

    not_judged: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected(Basis):
    """Every question of the checklist was answered as it must be (现场核查)."""

    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RisesAfter(Basis):
    """The mean of ``days`` valid days after the claimed finish exceeds that before (应上升).

    ``reach`` is how many calendar days may be searched on either side for the valid ones.
    """

    series: str
    series_name: str
    unit: str
    places: int
    days: int
    reach: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StaysBelow(Basis):
    """Each of the last ``days`` days is within the limit in force on it (连续达标).

    ``conditions`` says which series holds a condition of the limit: water_temp ← temp_out.
    """

    series: str
    series_name: str
    item: str
    unit: str
    standard: str
    days: int
    conditions: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered(Basis):
    """At least ``valid`` of the last ``days`` days of each series are valid (数据捕集)."""

    series_keys: tuple[str, ...]
    series_names: tuple[str, ...]
    days: int
    valid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioBetween(Basis):
    """A claimed quantity against another series divided by a norm (推算): a clue, no proof."""

    series: str
    series_name: str
    unit: str
    says: str
    says_name: str
    says_unit: str
    norm: str
    days: int
    valid: int
    severity: str
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoOpenReport(Basis):
    """Every public report and objection about the item has been answered (群众反馈)."""


Criterion = (
    Document
    | MeasuresFinished
    | Inspected
    | RisesAfter
    | StaysBelow
    | Delivered
    | RatioBetween
    | NoOpenReport
)
