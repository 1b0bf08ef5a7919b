"""验收不早于完工: no acceptance is signed before the last measure is finished.

From   Closing rules: day of acceptance ≥ days of all measures.
Takes  The day of acceptance and the finish of each measure.
Gives  Not met with both dates; cannot tell while one of them is unknown.
Never  Takes a planned date for a finish.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.kernel.reconcile.model import Weighed
from zhenggai.kernel.standards.printed import on_day
from zhenggai.kernel.verdict import Answer, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from zhenggai.kernel.reconcile.model import Weighing
    from zhenggai.kernel.themes.criterion import MeasuresFinished


def accepted_before_built(
    accepted_on: date | None, measures_finished: Mapping[str, date | None]
) -> Reason | None:
    """Return why an acceptance came too early, naming both dates; ``None`` when it did not.

    The keys of ``measures_finished`` are printed as they are: hand in names people know.

    Examples
    --------
    >>> from datetime import date
    >>> found = accepted_before_built(date(2026, 6, 20), {"主体工程": date(2026, 6, 25)})
    >>> found.text
    '验收日期2026年6月20日早于“主体工程”的完成日期2026年6月25日'
    """
    later = {
        name: day
        for name, day in measures_finished.items()
        if accepted_on is not None and day is not None and day > accepted_on
    }
    if accepted_on is None or not later:
        return None
    name, day = max(later.items(), key=lambda pair: (pair[1], pair[0]))
    return Reason(
        "accepted-before-built",
        f"验收日期{on_day(accepted_on)}早于“{name}”的完成日期{on_day(day)}",
        "并列核对验收意见与完工文件，日期属实的须在全部措施完成后重新验收",
        (f"accepted:{accepted_on.isoformat()}", f"measure:{name}/{day.isoformat()}"),
    )


def weigh(criterion: MeasuresFinished, weighing: Weighing) -> Weighed:
    """Hold the acceptance against the finish of every measure that must precede it."""
    facts = weighing.facts
    judged = {
        weighing.theme.measure_name(key): None if day is None or day > facts.day else day
        for key, day in facts.measures_finished.items()
        if key not in criterion.not_judged
    }
    accepted_on = facts.accepted_on
    if accepted_on is not None and accepted_on > facts.day:
        accepted_on = None
    early = accepted_before_built(accepted_on, judged)
    refs = tuple(sorted(f"measure:{name}" for name, day in judged.items() if day))
    if early:
        return Weighed(Answer.NOT_MET, early.text, (early,), refs)
    missing = _missing(accepted_on, judged)
    if missing:
        seen = accepted_on is not None  # before acceptance there is nothing to hold the claim to
        return Weighed(Answer.CANNOT_TELL, reasons=(missing,), facts=refs, seen=seen)
    last = max(day for day in judged.values() if day)
    measured = f"末项措施{on_day(last)}完成，{on_day(accepted_on)}验收" if accepted_on else ""
    return Weighed(Answer.MET, measured, facts=refs)


def _missing(accepted_on: date | None, judged: Mapping[str, date | None]) -> Reason | None:
    if not judged:
        return Reason("no-measures", "方案中没有措施的完成日期", "在方案中逐项登记完成日期和依据")
    unfinished = "、".join(sorted(name for name, day in judged.items() if day is None))
    if unfinished:
        return Reason("unfinished", f"尚未登记完成日期：{unfinished}", "登记完成日期和依据")
    if accepted_on is None:
        return Reason("not-accepted", "尚未登记验收日期", "验收后登记验收意见及日期")
    return None
