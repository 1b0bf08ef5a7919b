"""连续达标: each of the last days is within the limit of the edition in force on that day.

From   The discharge standard of the theme, by the day of measurement; days by the theme pack.
Takes  Daily values, the permit grade, the conditions of each day.
Gives  Not met with each exceedance and its multiple; cannot tell with what is missing.
Never  Bridges a gap, or judges a day by an edition or condition that was not its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai.kernel.reconcile.model import Weighed
from zhenggai.kernel.reconcile.windows import (
    dailies,
    day_means,
    detection_limits,
    last_days,
    refs,
    valid_values,
)
from zhenggai.kernel.standards.compliance import Reading, judge
from zhenggai.kernel.standards.model import CannotTell, in_force
from zhenggai.kernel.standards.printed import days, on_day, plain
from zhenggai.kernel.verdict import Answer, Reason, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from fractions import Fraction

    from zhenggai.kernel.reconcile.model import Weighing
    from zhenggai.kernel.themes.criterion import StaysBelow

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class _DayJudged:
    """One value of one day and what became of it."""

    day: date
    value: Fraction
    verdict: Verdict


def weigh(criterion: StaysBelow, weighing: Weighing) -> Weighed:
    """Judge each day of the window by its own limit."""
    window = last_days(weighing.facts.day, criterion.days)
    found = dailies(weighing.facts, criterion.series)
    used = refs(found, window)
    if not weighing.facts.grade:
        reason = Reason("grade-missing", "未登记许可排放级别", "登记排污许可载明的排放级别")
        return Weighed(Answer.CANNOT_TELL, reasons=(reason,), facts=used, seen=bool(used))
    judged = _judged(criterion, weighing, window)
    lost = sorted(set(window) - {j.day for j in judged})
    reasons = (*_exceeded(criterion, judged), *_untold(criterion, judged))
    if lost:
        text = f"{criterion.series_name}近{criterion.days}日缺{len(lost)}日有效数据：{days(lost)}"
        reasons = (*reasons, Reason("days-missing", text, "补传数据或补测", refs(found, lost)))
    answers = [j.verdict.answer for j in judged] + ([Answer.CANNOT_TELL] if lost else [])
    answer = Verdict.join(Verdict(a) for a in answers).answer
    return Weighed(answer, _measured(criterion, judged), reasons, used, seen=bool(used))


def _judged(
    criterion: StaysBelow, weighing: Weighing, window: tuple[date, ...]
) -> tuple[_DayJudged, ...]:
    found = dailies(weighing.facts, criterion.series)
    valid, below = valid_values(found), detection_limits(found)
    conditions = _conditions(criterion, weighing)
    judged = []
    for day in window:
        values = valid.get(day, ())
        readings = [Reading(criterion.item, criterion.series_name, v) for v in values]
        if not values and day in below:
            readings = [Reading(criterion.item, criterion.series_name, below[day], True)]  # noqa: FBT003 - below detection
        edition = in_force(weighing.standards.get(criterion.standard, ()), day)
        for reading in readings:
            verdict = (
                Verdict(Answer.CANNOT_TELL, (edition.reason,))
                if isinstance(edition, CannotTell)
                else judge(reading, edition, weighing.facts.grade, conditions.get(day, {}))
            )
            judged.append(_DayJudged(day, reading.value, verdict))
    return tuple(judged)


def _conditions(criterion: StaysBelow, weighing: Weighing) -> Mapping[date, Mapping[str, Fraction]]:
    """Join standing conditions with those measured each day."""
    measured = {
        key: day_means(dailies(weighing.facts, series))
        for key, series in criterion.conditions.items()
    }
    return {
        day: dict(weighing.facts.conditions)
        | {key: means[day] for key, means in measured.items() if day in means}
        for day in last_days(weighing.facts.day, criterion.days)
    }


def _exceeded(criterion: StaysBelow, judged: Sequence[_DayJudged]) -> tuple[Reason, ...]:
    over = [j for j in judged if j.verdict.answer is Answer.NOT_MET]
    if not over:
        return ()
    told = "；".join(f"{on_day(j.day)}{j.verdict.reasons[0].text}" for j in over[:_SHOWN])
    more = f"；另{len(over) - _SHOWN}次从略" if len(over) > _SHOWN else ""
    text = f"近{criterion.days}日{len({j.day for j in over})}日超过限值：{told}{more}"
    return (Reason("exceeded", text, "查明原因，连续达标后重新申报", _facts(criterion, over)),)


def _untold(criterion: StaysBelow, judged: Sequence[_DayJudged]) -> tuple[Reason, ...]:
    """One reason per cause, with the days it concerns."""
    groups: dict[tuple[str, str, str], list[_DayJudged]] = {}
    for found in judged:
        if found.verdict.answer is Answer.CANNOT_TELL:
            reason = found.verdict.reasons[0]
            groups.setdefault((reason.code, reason.text, reason.remedy), []).append(found)
    return tuple(
        Reason(code, f"{days([j.day for j in group])}{text}", remedy, _facts(criterion, group))
        for (code, text, remedy), group in groups.items()
    )


def _facts(criterion: StaysBelow, judged: Sequence[_DayJudged]) -> tuple[str, ...]:
    return tuple(sorted({f"{criterion.series}/{j.day.isoformat()}" for j in judged}))


def _measured(criterion: StaysBelow, judged: Sequence[_DayJudged]) -> str:
    values = [j.value for j in judged if j.verdict.answer is not Answer.CANNOT_TELL]
    if not values:
        return ""
    told = len({j.day for j in judged if j.verdict.answer is not Answer.CANNOT_TELL})
    return f"近{criterion.days}日可判{told}日，最大{plain(max(values))} {criterion.unit}"
