"""对账事实: everything the kernel weighs, gathered from the chapters that remember it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from zhenggai.apps.evidence import queries as evidence
from zhenggai.apps.inspection import queries as inspection
from zhenggai.apps.ledger import queries as ledger
from zhenggai.apps.monitoring import queries as monitoring
from zhenggai.apps.planning import queries as planning
from zhenggai.apps.reconciliation.models import SupplyFact
from zhenggai.kernel.reconcile.join import reconcile
from zhenggai.kernel.reconcile.model import Claim as ClaimFact
from zhenggai.kernel.reconcile.model import Facts, ReportFact, SupplyLine
from zhenggai.kernel.themes.reach import days_back, series_of_theme

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from zhenggai.apps.evidence.models import Claim
    from zhenggai.apps.ledger.models import Item
    from zhenggai.apps.monitoring.models import Manifest
    from zhenggai.apps.places.models import Place
    from zhenggai.kernel.reconcile.model import Daily, Reconciliation
    from zhenggai.kernel.themes.theme import Theme


@dataclass(frozen=True, slots=True)
class Weighed:
    """A reconciliation with what it was made from."""

    facts: Facts
    found: Reconciliation
    manifest: Manifest | None
    packs_digest: str


def weighed(item: Item, claim: Claim | None, on: date) -> Weighed:
    """Hold an item's claim against the facts as they are known now, judged on a day."""
    shelf = ledger.shelf()
    theme = shelf.themes[item.theme]
    manifest = monitoring.latest_manifest()
    place = ledger.main_place(item)
    record = place.theme_record if place else {}
    facts = Facts(
        day=on,
        claim=_claim(claim),
        series=_series(place, theme, claim, on, manifest),
        papers=evidence.papers(item),
        answers=inspection.answers(claim) if claim else (),
        reports=_reports(item),
        supply_lines=_supply_lines(claim),
        measures_finished=planning.measures_finished(item),
        accepted_on=inspection.first_accepted_on(claim) if claim else None,
        grade=str(record.get("grade", "")),
        conditions={key: Fraction(value) for key, value in record.get("conditions", {}).items()},
    )
    return Weighed(facts, reconcile(theme, facts, shelf.standards), manifest, shelf.digest)


def _series(
    place: Place | None, theme: Theme, claim: Claim | None, on: date, manifest: Manifest | None
) -> Mapping[str, tuple[Daily, ...]]:
    if place is None:
        return {}
    first = min(claim.finished_on, on) if claim else on
    return monitoring.daily(
        place,
        series_of_theme(theme),
        first - timedelta(days=days_back(theme)),
        on,
        manifest=manifest,
    )


def _claim(claim: Claim | None) -> ClaimFact | None:
    if claim is None:
        return None
    says = {key: Fraction(value) for key, value in claim.says.items()}
    return ClaimFact(claim.finished_on, says, f"claim:{claim.pk}")


def _reports(item: Item) -> tuple[ReportFact, ...]:
    linked = item.reports.exclude(part="duplicate").select_related("report").order_by("pk")
    return tuple(
        ReportFact(f"report:{link.report.receipt}", answered=bool(link.report.answered))
        for link in linked
    )


def _supply_lines(claim: Claim | None) -> tuple[SupplyLine, ...]:
    verified = SupplyFact.objects.filter(contradiction__claim=claim).exclude(verified_visit=None)
    return tuple(
        SupplyLine(Fraction(supply.kwh_per_day), f"supply:{supply.pk}")
        for supply in verified.order_by("pk")
    )
