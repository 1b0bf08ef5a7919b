"""Questions about runs, cases, notices, objections, signatures and watches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, Min

from zhenggai.apps.evidence.models import Claim
from zhenggai.apps.ledger.queries import main_place, shelf
from zhenggai.apps.monitoring import queries as monitoring
from zhenggai.apps.reconciliation.models import (
    Contradiction,
    Criterion,
    Decision,
    Notice,
    Objection,
    Rebound,
    Run,
    Signing,
    Watch,
)
from zhenggai.kernel.calendars.workdays import Period, working_days_between
from zhenggai.kernel.reconcile.model import Agreement
from zhenggai.kernel.reconcile.windows import mean
from zhenggai.kernel.themes.criterion import RisesAfter, Weight
from zhenggai.kernel.verdict import Reason

if TYPE_CHECKING:
    from fractions import Fraction

    from django.db.models import QuerySet

    from zhenggai.apps.ledger.models import Item
    from zhenggai.apps.monitoring.queries import SeriesSeen
    from zhenggai.apps.sources.models import Receipt
    from zhenggai.kernel.calendars.workdays import Calendar

OPEN_CASE = ("clue", "inquired", "replied")


@dataclass(frozen=True, slots=True)
class ClueTold:
    """A clue as a page shows it: its sentence, what to rule out, and whether facts excluded it."""

    sentence: str
    alternatives: tuple[str, ...]
    excluded: bool


@dataclass(frozen=True, slots=True)
class Side:
    """The days on one side of the claimed finish and their mean."""

    days: tuple[date, ...]
    mean: Fraction


@dataclass(frozen=True, slots=True)
class Compared:
    """A series held against a claimed finish: its days, and the mean on either side."""

    series: SeriesSeen
    finished_on: date
    before: Side
    after: Side


def latest_run(item: Item) -> Run | None:
    """Return the newest reconciliation of an item."""
    return Run.objects.filter(item=item).order_by("-pk").prefetch_related("criteria").first()


def codes_with_open_claims() -> tuple[str, ...]:
    """Return the codes of items whose claim is in hand."""
    claims = Claim.objects.filter(state="open").order_by("item__code")
    return tuple(claims.values_list("item__code", flat=True))


def has_open_claim(code: str) -> bool:
    """Say whether an item's claim is in hand."""
    return Claim.objects.filter(item__code=code, state="open").exists()


def open_cases(item: Item) -> tuple[str, ...]:
    """Return the references of cases still 待核实."""
    cases = Contradiction.objects.filter(item=item, state__in=OPEN_CASE).order_by("pk")
    return tuple(f"case:{case.pk}" for case in cases)


def case_of(claim: Claim | None) -> Contradiction | None:
    """Return the case a claim gave rise to."""
    cases = Contradiction.objects.filter(claim=claim).select_related(
        "item", "claim__by_body", "run", "latest_run", "inquiry"
    )
    return cases.first() if claim else None


def cases() -> QuerySet[Contradiction]:
    """Return every case with what its page shows, the open ones first."""
    return Contradiction.objects.select_related(
        "item", "claim__by_body", "run", "latest_run", "inquiry"
    ).order_by("-pk")


def by_reply_day(seen: QuerySet[Contradiction]) -> QuerySet[Contradiction]:
    """Return the undecided of some cases, the one whose right of reply ends first on top."""
    until = Min("inquiry__receipts__reply_due_on")
    waiting = seen.filter(state__in=OPEN_CASE).annotate(until=until)
    return waiting.order_by(F("until").asc(nulls_last=True), "pk")


def differing(run: Run) -> tuple[Criterion, ...]:
    """Return the criteria of a run where claim and facts do not agree."""
    return tuple(c for c in run.criteria.order_by("no") if c.agreement == Agreement.DISAGREE)


def rests_on_evidence(run: Run) -> bool:
    """Say whether a difference rests on more than 参考 and 推算."""
    return any(c.weight == Weight.EVIDENCE for c in differing(run))


def excluded(case: Contradiction) -> tuple[Criterion, ...]:
    """Return the differences of the first run that later facts have excluded (已排除)."""
    left = {c.key for c in differing(case.latest_run)}
    return tuple(c for c in differing(case.run) if c.key not in left)


def receipt_of(case: Contradiction) -> Receipt | None:
    """Return when the unit signed for the inquiry, and until when it may reply."""
    return case.inquiry.receipts.first() if case.inquiry else None


def deciding_waits(case: Contradiction, person: str, on: date) -> tuple[Reason, ...]:
    """Return why a person cannot decide a case on a day: the right of reply, or their own word."""
    if case.state == "clue":
        return (Reason("not-inquired", "尚未发询问函，责任单位未得到说明机会", "先发询问函"),)
    receipt = receipt_of(case)
    if receipt is None or receipt.received_at is None:
        text = "责任单位尚未签收询问函，申辩期未起算"
        return (Reason("not-received", text, "催请签收或另行送达"),)
    until = receipt.reply_due_on
    if case.replied_at is None and until is not None and on <= until:
        text = f"申辩期至{until.year}年{until.month}月{until.day}日24时"
        return (Reason("reply-running", text, "申辩期满或收到说明后再认定"),)
    if case.decisions.filter(person=person).exists():
        text = "本人已提出过认定意见，须由另一人认定"
        return (Reason("same-person", text, "请另一名人员办理"),)
    return ()


def clues(case: Contradiction) -> tuple[ClueTold, ...]:
    """Return every clue of a case with what else might explain it; later facts exclude clues."""
    left = {clue["kind"] for clue in case.latest_run.clues}
    return tuple(
        ClueTold(clue["sentence"], tuple(clue["alternatives"]), excluded=clue["kind"] not in left)
        for clue in case.run.clues
    )


def compared(case: Contradiction) -> Compared | None:
    """Return the series a case compares around the claimed finish; nothing if it compares none."""
    theme = shelf().themes.get(case.item.theme)
    place = main_place(case.item)
    lines = {line.key: line for line in differing(case.run)}
    criteria = theme.criteria if theme else ()
    found = next((c for c in criteria if isinstance(c, RisesAfter) and c.key in lines), None)
    if found is None or place is None:
        return None
    days = sorted({date.fromisoformat(ref.rpartition("/")[2]) for ref in lines[found.key].facts})
    finished = case.claim.finished_on
    span = (days[0], days[-1])
    seen = monitoring.seen(place, *span, manifest=case.run.manifest)
    series = next(s for s in seen if s.key == found.series)
    before = _side(series, tuple(d for d in days if d < finished))
    after = _side(series, tuple(d for d in days if d > finished))
    return Compared(series, finished, before, after)


def decisions(case: Contradiction) -> QuerySet[Decision]:
    """Return what each person found, in order."""
    return case.decisions.order_by("no")


def notice_in_force(item: Item) -> Notice | None:
    """Return the notice that runs or has run its days."""
    return next((notice for notice in item.notices.all() if notice.state == "running"), None)


def period_of(notice: Notice, calendar: Calendar) -> Period:
    """Return the days a notice counts: to the day that was posted, whatever is published later."""
    if notice.day_kind == "working":
        counted = working_days_between(calendar, notice.from_on, notice.to_on)
        return Period(notice.from_on, notice.to_on, counted, "working")
    ordinals = range(notice.from_on.toordinal() + 1, notice.to_on.toordinal() + 1)
    days = tuple(date.fromordinal(n) for n in ordinals)
    return Period(notice.from_on, notice.to_on, days, "calendar")


def objections(item: Item) -> tuple[Objection, ...]:
    """Return the objections to an item's notices, in the order they came."""
    found = (one for notice in item.notices.all() for one in notice.objections.all())
    return tuple(sorted(found, key=lambda one: one.pk))


def open_objections(item: Item) -> tuple[str, ...]:
    """Return the receipt numbers of objections nobody has answered."""
    return tuple(one.report.receipt for one in objections(item) if not one.answer)


def signature(claim: Claim) -> Signing | None:
    """Return the leader's signature for a claim, once it counts."""
    signing = Signing.objects.filter(claim=claim).first()
    if signing is None or (signing.scan_id and not signing.checked_person):
        return None
    return signing


def pending_signing(item: Item) -> Signing | None:
    """Return a paper signature that waits for its second person."""
    waiting = (s for s in item.signings.all() if s.scan_id and not s.checked_person)
    return next((signing for signing in waiting if signing.claim.state == "open"), None)


def watches(item: Item) -> tuple[Watch, ...]:
    """Return the days on which somebody must look again."""
    return tuple(sorted(item.watches.all(), key=lambda watch: watch.due_on))


def rebounds(item: Item) -> tuple[Rebound, ...]:
    """Return the proposals to reopen an item, newest first."""
    return tuple(sorted(item.rebounds.all(), key=lambda rebound: -rebound.pk))


def _side(series: SeriesSeen, days: tuple[date, ...]) -> Side:
    values = {d.day: d.value for d in series.days if d.value is not None}
    return Side(days, mean(values[day] for day in days if day in values))
