"""逐项对账: each criterion weighed by its kind, then joined; the five strokes of 正.

From   The theme's criteria; ``Verdict.join``.
Takes  Theme, facts and the editions of each standard.
Gives  One result per criterion, the joined verdict, the clues.
Never  Lets a derived criterion into the joined verdict or into a stroke.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from zhenggai.kernel.reconcile import (
    delivered,
    document,
    inspected,
    measures_finished,
    no_open_report,
    ratio_between,
    rises_after,
    stays_below,
)
from zhenggai.kernel.reconcile.model import (
    Agreement,
    CriterionResult,
    Reconciliation,
    Weighed,
    Weighing,
)
from zhenggai.kernel.standards.printed import on_day, plain
from zhenggai.kernel.themes import criterion as kinds
from zhenggai.kernel.themes.criterion import Basis, Weight
from zhenggai.kernel.verdict import Answer, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from zhenggai.kernel.reconcile.model import Claim, Facts
    from zhenggai.kernel.standards.model import Standard
    from zhenggai.kernel.themes.criterion import Criterion
    from zhenggai.kernel.themes.theme import Theme

_C = TypeVar("_C", bound=Basis)
_MEASURED_STROKES = (1, 2, 3, 4)
_WORST_FIRST = "xdc-a"


class _Weigher(Protocol):
    def weigh(self, criterion: Basis, weighing: Weighing) -> Weighed | None: ...


@dataclass(frozen=True, slots=True)
class _Kind(Generic[_C]):
    """One kind of criterion and its rule."""

    kind: type[_C]
    rule: Callable[[_C, Weighing], Weighed]

    def weigh(self, criterion: Basis, weighing: Weighing) -> Weighed | None:
        """Weigh a criterion of this kind; ``None`` for another's."""
        return self.rule(criterion, weighing) if isinstance(criterion, self.kind) else None


KINDS: tuple[_Weigher, ...] = (
    _Kind(kinds.Document, document.weigh),
    _Kind(kinds.MeasuresFinished, measures_finished.weigh),
    _Kind(kinds.Inspected, inspected.weigh),
    _Kind(kinds.RisesAfter, rises_after.weigh),
    _Kind(kinds.StaysBelow, stays_below.weigh),
    _Kind(kinds.Delivered, delivered.weigh),
    _Kind(kinds.RatioBetween, ratio_between.weigh),
    _Kind(kinds.NoOpenReport, no_open_report.weigh),
)


def reconcile(
    theme: Theme, facts: Facts, standards: Mapping[str, tuple[Standard, ...]]
) -> Reconciliation:
    """Hold a claim against the facts of its day.

    Parameters
    ----------
    standards
        All editions of each standard by its code, such as ``GB 18918``.
    """
    weighing = Weighing(theme, facts, standards)
    weighed = [(c, _weighed(c, weighing)) for c in theme.criteria]
    results = tuple(_result(c, w, facts.claim) for c, w in weighed)
    verdict = Verdict.join(
        Verdict(r.answer, r.reasons) for r in results if r.weight is not Weight.DERIVED
    )
    return Reconciliation(results, verdict, tuple(clue for _, w in weighed for clue in w.clues))


def strokes(results: Iterable[CriterionResult], *, noticed: bool) -> str:
    """Return the five strokes of 正 as codes, 公示核销 last.

    ``a`` agree 一致 · ``c`` claimed, nothing to check it by yet 已报待核 · ``x`` disagree 不一致 ·
    ``d`` data insufficient 数据不足 · ``-`` not yet 未到 · ``0`` not applicable 不适用.
    The worst criterion of a stroke gives its code; a derived one gives none.
    """
    found: dict[int, set[str]] = {}
    for result in results:
        if result.weight is not Weight.DERIVED:
            found.setdefault(result.stroke, set()).add(_code(result))
    checked = "".join(_worst(found.get(n, set())) for n in _MEASURED_STROKES)
    return checked + ("a" if noticed else "-")


def _weighed(criterion: Criterion, weighing: Weighing) -> Weighed:
    return next(w for kind in KINDS if (w := kind.weigh(criterion, weighing)) is not None)


def _result(criterion: Criterion, weighed: Weighed, claim: Claim | None) -> CriterionResult:
    claimed = _claimed(criterion, claim)
    return CriterionResult(
        key=criterion.key,
        name=criterion.name,
        stroke=criterion.stroke,
        claimed=claimed,
        measured=weighed.measured,
        derived=weighed.derived,
        answer=weighed.answer,
        agreement=_agreement(weighed, claim),
        reasons=weighed.reasons,
        facts=weighed.facts,
        weight=criterion.weight,
    )


def _claimed(criterion: Criterion, claim: Claim | None) -> str:
    if claim is None:
        return ""
    if not isinstance(criterion, kinds.RatioBetween):
        return f"申报{on_day(claim.finished_on)}完工"
    said = claim.says.get(criterion.says)
    return "" if said is None else f"{criterion.says_name}{plain(said)} {criterion.says_unit}"


def _agreement(weighed: Weighed, claim: Claim | None) -> Agreement:
    if claim is None or not weighed.seen:
        return Agreement.NOT_YET
    if not weighed.applies:
        return Agreement.NOT_APPLICABLE
    if weighed.clues:
        return Agreement.DISAGREE
    return {
        Answer.MET: Agreement.AGREE,
        Answer.NOT_MET: Agreement.DISAGREE,
        Answer.CANNOT_TELL: Agreement.INSUFFICIENT,
    }[weighed.answer]


def _code(result: CriterionResult) -> str:
    if result.agreement is Agreement.NOT_YET:
        return "c" if result.claimed else "-"
    return {
        Agreement.AGREE: "a",
        Agreement.DISAGREE: "x",
        Agreement.INSUFFICIENT: "d",
        Agreement.NOT_APPLICABLE: "0",
    }[result.agreement]


def _worst(codes: set[str]) -> str:
    return next((code for code in _WORST_FIRST if code in codes), "0")
