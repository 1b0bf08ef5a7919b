"""督办问责: what follows when two different natural persons have found the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.assessment.actions import enter_mark
from zhenggai.apps.ledger.actions import restate
from zhenggai.apps.reconciliation import cases, queries
from zhenggai.apps.reconciliation.actions import return_item
from zhenggai.apps.reconciliation.runs import show_strokes
from zhenggai.apps.trail.acts import note, once
from zhenggai.kernel.calendars.workdays import months_later

if TYPE_CHECKING:
    from zhenggai.apps.trail.acts import Act

NOT_AS_CLAIMED = "claim-not-borne-out"


@once
def decide_case(case_id: int, finding: str, reason: str, *, act: Act) -> str:
    """认定: enter one finding; when it is the second alike, everything that follows happens now.

    认定不符: the item returns, its light and strokes show it, a mark is entered for the next
    round; 相符 or 无法判定: nothing outside the case changes.
    """
    outcome = cases.decide(case_id, finding, reason, act=act)
    case = queries.cases().get(pk=case_id)
    if case.state != "upheld":
        return outcome
    code = case.item.code
    return_item(code, f"认定不符（case:{case.pk}）", act=act)
    show_strokes(case.item, case.latest_run)
    restate(code, upheld=True)
    enter_mark(
        case.claim.by_body.key,
        f"{months_later(act.on, 1):%Y-%m}",
        NOT_AS_CLAIMED,
        f"case:{case.pk}",
        act=act,
    )
    note(act, "accountability.contradiction.upheld", f"case:{case.pk}", item=code)
    return outcome
