"""推算: a claimed quantity against power divided by a norm; a clue, never a proof.

From   The theme pack: norm and range with their source.
Takes  Valid daily power, verified further supply lines, what the claim says.
Gives  The derived value with range, formula and source; a clue when the claim lies outside.
Never  Answers 未达标: a derived value alone proves nothing, and is left out of the joined verdict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.kernel.reconcile.model import Clue, Derived, Weighed
from zhenggai.kernel.reconcile.windows import dailies, day_means, last_days, mean, refs
from zhenggai.kernel.standards.printed import fixed, plain
from zhenggai.kernel.verdict import Answer, Reason

if TYPE_CHECKING:
    from fractions import Fraction

    from zhenggai.kernel.reconcile.model import Weighing
    from zhenggai.kernel.themes.criterion import RatioBetween
    from zhenggai.kernel.themes.theme import Param


def weigh(criterion: RatioBetween, weighing: Weighing) -> Weighed:
    """Derive the quantity and hold the claim against its range."""
    facts = weighing.facts
    found = dailies(facts, criterion.series)
    means = day_means(found)
    good = [d for d in last_days(facts.day, criterion.days) if d in means]
    if len(good) < criterion.valid:
        text = (
            f"{criterion.series_name}近{criterion.days}日有效{len(good)}日，"
            f"需{criterion.valid}日，不作推算"
        )
        reason = Reason("data-missing", text, "补传数据", refs(found, good))
        return Weighed(Answer.CANNOT_TELL, reasons=(reason,), seen=bool(found))
    lines = tuple(sorted(set(facts.supply_lines), key=lambda x: x.ref))
    parts = (mean(means[d] for d in good), *(line.kwh_per_day for line in lines))
    derived = _derived(criterion, weighing.theme.params[criterion.norm], parts)
    used = tuple(sorted({*refs(found, good), *(line.ref for line in lines)}))
    claimed = facts.claim.says.get(criterion.says) if facts.claim else None
    if claimed is None:
        return Weighed(Answer.CANNOT_TELL, facts=used, applies=False, derived=derived)
    if derived.low <= claimed <= derived.high:
        return Weighed(Answer.MET, facts=used, derived=derived)
    return _outside(criterion, claimed, derived, used)


def shown(derived: Derived) -> str:
    """Print a derived value with its range, rounded here and nowhere else.

    Examples
    --------
    >>> from fractions import Fraction as F
    >>> shown(Derived(F(220), F(550, 3), F(275), "t/d", "", ""))
    '220（183–275）t/d'
    """
    value, low, high = (fixed(x, 0) for x in (derived.value, derived.low, derived.high))
    return f"{value}（{low}–{high}）{derived.unit}"


def _derived(criterion: RatioBetween, norm: Param, parts: tuple[Fraction, ...]) -> Derived:
    total = sum(parts[1:], start=parts[0])
    value, low, high = (fixed(x, norm.places) for x in (norm.value, norm.low, norm.high))
    power = "＋".join(plain(p, 1) for p in parts)
    power = f"（{power}）" if len(parts) > 1 else power
    return Derived(
        value=total / norm.value,
        low=total / norm.high,
        high=total / norm.low,
        unit=criterion.says_unit,
        formula=(
            f"{criterion.series_name}{power} {criterion.unit} ÷ "
            f"{norm.name}{value} {norm.unit}（{low}–{high}）"
        ),
        source=norm.source if norm.verified else f"{norm.source}（未核对）",
    )


def _outside(
    criterion: RatioBetween, claimed: Fraction, derived: Derived, used: tuple[str, ...]
) -> Weighed:
    sentence = (
        f"报{criterion.says_name}{plain(claimed)} {criterion.says_unit}，推算{shown(derived)}，"
        f"两者不一致（待核实）；推算：{derived.formula}，来源：{derived.source}"
    )
    remedy = f"先排除：{'、'.join(criterion.alternatives)}"
    return Weighed(
        Answer.CANNOT_TELL,
        reasons=(Reason("derived-differs", sentence, remedy, used),),
        facts=used,
        derived=derived,
        clues=(Clue(criterion.key, sentence, criterion.severity, criterion.alternatives, used),),
    )
