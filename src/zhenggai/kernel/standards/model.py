"""标准与限值: an edition of a standard, its limits, the day it came into force.

From   The packs of ``packs/standards``; GB 18918-2002 table 1 is the first.
Takes  Editions, the day of a measurement, an item, a grade and the conditions of that day.
Gives  One ``Limit``, or ``CannotTell`` with the reason and the limits that remain possible.
Never  Assumes a condition nobody recorded, or uses an edition before its day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai.kernel.standards.printed import on_day, plain
from zhenggai.kernel.verdict import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Condition:
    """What a limit may depend on, such as water temperature (水温)."""

    key: str
    name: str
    unit: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit (限值): at most ``value`` while the condition is in (above, upto].

    Parameters
    ----------
    value
        The largest allowed value [``unit``].
    condition
        Key of the condition; empty when the limit always applies.
    above, upto
        Bounds of the condition, the lower one excluded, the upper one included.
    """

    item: str
    grade: str
    value: Fraction
    unit: str
    clause: str
    verified: bool
    condition: str = ""
    above: Fraction | None = None
    upto: Fraction | None = None

    def applies(self, found: Fraction) -> bool:
        """Tell whether a value of the condition lies in this limit's range."""
        over = self.above is None or found > self.above
        return over and (self.upto is None or found <= self.upto)


@dataclass(frozen=True, slots=True)
class Standard:
    """One edition of a standard (标准的一个版本)."""

    code: str
    edition: str
    title: str
    in_force: date
    in_force_verified: bool
    source: str
    conditions: tuple[Condition, ...]
    limits: tuple[Limit, ...]

    @property
    def name(self) -> str:
        """Code and edition as printed, such as GB 18918-2002."""
        return f"{self.code}-{self.edition}"


@dataclass(frozen=True, slots=True)
class CannotTell:
    """无法判定: why no single limit can be named, and which ones remain possible."""

    reason: Reason
    candidates: tuple[Limit, ...] = ()


def in_force(editions: Iterable[Standard], on: date) -> Standard | CannotTell:
    """Return the edition that governs a measurement taken on a day."""
    began = [s for s in editions if s.in_force <= on]
    if not began:
        return CannotTell(
            Reason(
                "no-edition",
                f"{on_day(on)}尚无有效的标准版本",
                "装入当日有效的标准包后重新判定",
            )
        )
    return max(began, key=lambda s: s.in_force)


def limit(
    standard: Standard, item: str, grade: str, conditions: Mapping[str, Fraction]
) -> Limit | CannotTell:
    """Find the limit of an item at a grade under the conditions of the day."""
    rows = tuple(x for x in standard.limits if x.item == item and x.grade == grade)
    if not rows:
        return CannotTell(
            Reason(
                "no-limit",
                f"{standard.name}未载{grade}级{item}的限值",
                "核对排放级别，或在标准包中补充限值",
            )
        )
    key = rows[0].condition
    if not key:
        return rows[0]
    if key not in conditions:
        return CannotTell(_missing(standard, key, rows), rows)
    fitting = tuple(x for x in rows if x.applies(conditions[key]))
    return fitting[0]


def _missing(standard: Standard, key: str, rows: tuple[Limit, ...]) -> Reason:
    condition = next(c for c in standard.conditions if c.key == key)
    values = "还是".join(plain(x.value) for x in sorted(rows, key=lambda x: x.value))
    text = f"缺{condition.name}，无法确定适用{values} {rows[0].unit}"
    return Reason("condition-missing", text, condition.remedy)
