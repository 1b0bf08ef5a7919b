"""对账: run a reconciliation inside the open act, and keep every line of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.ledger.actions import restate
from zhenggai.apps.reconciliation.facts import weighed
from zhenggai.apps.reconciliation.models import Criterion, Run
from zhenggai.apps.trail.acts import note
from zhenggai.apps.trail.canonical import fingerprint, plain
from zhenggai.kernel.reconcile.join import strokes
from zhenggai.kernel.verdict import Reason, Verdict

if TYPE_CHECKING:
    from zhenggai.apps.evidence.models import Claim
    from zhenggai.apps.ledger.models import Item
    from zhenggai.apps.trail.acts import Act
    from zhenggai.kernel.reconcile.model import CriterionResult


def record_run(item: Item, claim: Claim | None, *, act: Act) -> tuple[Run, Verdict]:
    """Weigh the claim today, on the manifest and packs of the moment, and keep the result."""
    found = weighed(item, claim, act.on)
    run = Run.objects.create(
        item=item,
        claim=claim,
        day=found.facts.day,
        manifest=found.manifest,
        packs_digest=found.packs_digest,
        facts_digest=fingerprint(found.facts),
        answer=found.found.verdict.answer,
        strokes=strokes(found.found.results, noticed=False),
        clues=plain(found.found.clues),
    )
    Criterion.objects.bulk_create(
        _line(run, no, result) for no, result in enumerate(found.found.results, start=1)
    )
    note(
        act,
        "reconciliation.run.recorded",
        f"run:{run.pk}",
        item=item.code,
        rows=[(run, ("day", "packs_digest", "facts_digest", "answer", "strokes"))],
        manifest=found.manifest.no if found.manifest else None,
    )
    return run, found.found.verdict


def show_strokes(item: Item, run: Run, *, noticed: bool = False) -> None:
    """Let the ledger show the five strokes a decided state allows."""
    restate(item.code, strokes=run.strokes[:4] + ("a" if noticed else "-"))


def reasons_of(line: Criterion) -> tuple[Reason, ...]:
    """Return the reasons of a kept line as the kernel gave them."""
    return tuple(Reason(r["code"], r["text"], r["remedy"], tuple(r["facts"])) for r in line.reasons)


def _line(run: Run, no: int, result: CriterionResult) -> Criterion:
    return Criterion(
        run=run,
        no=no,
        key=result.key,
        name=result.name,
        stroke=result.stroke,
        claimed=result.claimed,
        measured=result.measured,
        derived=plain(result.derived),
        answer=result.answer,
        agreement=result.agreement,
        weight=result.weight,
        reasons=plain(result.reasons),
        facts=list(result.facts),
    )
