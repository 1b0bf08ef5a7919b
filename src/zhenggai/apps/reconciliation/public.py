"""公开口径: what anybody is told of an item; it knows no case, no person and no exact place.

A module of its own because it is the one door of the public: until two persons have found
otherwise it says the same of an item, whatever is being looked into.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from zhenggai.apps.inspection import queries as inspection
from zhenggai.apps.ledger import queries as ledger
from zhenggai.apps.ledger import table
from zhenggai.apps.ledger.models import Duty, Item, ItemPlace, Listing
from zhenggai.apps.reconciliation.models import Notice
from zhenggai.apps.reconciliation.queries import period_of
from zhenggai.apps.sources.models import Report
from zhenggai.kernel.calendars.workdays import is_over
from zhenggai.kernel.workflow.item import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet

    from zhenggai.apps.ledger.queries import Due
    from zhenggai.apps.parties.models import Area
    from zhenggai.kernel.calendars.workdays import Period

FINEST = ("town", "county", "city")
MASKED = "某企业"


class Phase(StrEnum):
    """How far an item is, in the few steps the public is told of."""

    LISTED = "listed"
    UNDER_WAY = "under_way"
    RETURNED = "returned"
    NOT_MET = "not_met"
    CLAIMED = "claimed"
    NOTICED = "noticed"
    FORWARDED = "forwarded"
    CLOSED = "closed"


_PHASES = {
    Stage.FOUND: Phase.LISTED,
    Stage.ASSIGNED: Phase.LISTED,
    Stage.PLANNED: Phase.LISTED,
    Stage.UNDER_WAY: Phase.UNDER_WAY,
    Stage.CLAIMED: Phase.CLAIMED,
    Stage.CHECKED: Phase.CLAIMED,
    Stage.NOTICED: Phase.NOTICED,
    Stage.FORWARDED: Phase.FORWARDED,
    Stage.CLOSED: Phase.CLOSED,
}
# Only what has been decided shows its strokes.
DECIDED = (Phase.NOT_MET, Phase.NOTICED, Phase.FORWARDED, Phase.CLOSED)


@dataclass(frozen=True, slots=True)
class NoticeTold:
    """A notice as it is published: what, until when, which days count, who accepted."""

    number: int
    code: str
    title: str
    text: str
    period: Period
    accepted: tuple[tuple[str, date], ...]
    running: bool
    withdrawn: bool
    answers_in: int


@dataclass(frozen=True, slots=True)
class ItemTold:
    """An item as it is published."""

    code: str
    title: str
    area: str
    theme: str
    phase: Phase
    since: date
    due: str
    strokes: str
    notice: int | None
    notice_until: date | None


@dataclass(frozen=True, slots=True)
class ReportTold:
    """What whoever holds a receipt number is told; never what was written, nor by whom."""

    receipt: str
    objection: bool
    received_at: datetime
    due_on: date
    answer: str
    answered_at: datetime | None


def published(on: date) -> QuerySet[Item]:
    """Return the items on a list version in force; others do not exist for the public."""
    listed = ledger.listings_in_force(on).values("item")
    live = Item.objects.filter(campaign__looked_at=None, pk__in=listed)
    where = ItemPlace.objects.select_related("place__area__parent__parent", "place__operator")
    return live.select_related("standing", "campaign").prefetch_related(
        "moves",
        "notices",
        Prefetch("listings", Listing.objects.select_related("version")),
        Prefetch("duties", Duty.objects.select_related("body")),
        Prefetch("places", where),
    )


def told(items: Iterable[Item], on: date) -> tuple[ItemTold, ...]:
    """Return what the public is told of published items on a day, in their order."""
    listed = tuple(items)
    dues = ledger.deadlines_of(listed, on)
    return tuple(_told(item, next(iter(dues[item.code]), None)) for item in listed)


def _told(item: Item, due: Due | None) -> ItemTold:
    phase, since = _phase(item)
    notices = (notice for notice in item.notices.all() if notice.state != "withdrawn")
    newest = max(notices, key=lambda notice: notice.pk, default=None)
    shown = newest if phase in (Phase.NOTICED, Phase.CLOSED) else None
    return ItemTold(
        item.code,
        _masked(item, item.title),
        _where(item),
        table.theme_name(item.theme),
        phase,
        since,
        due.text if due else "",
        item.standing.strokes if phase in DECIDED else "",
        shown.pk if shown else None,
        shown.to_on if shown else None,
    )


def notice_told(number: int, at: datetime) -> NoticeTold | None:
    """Return a notice of a published item, as it stands at a moment."""
    found = Notice.objects.select_related("item", "claim", "paper").filter(pk=number).first()
    if found is None or not published(at.date()).filter(pk=found.item_id).exists():
        return None
    period = period_of(found, ledger.shelf().calendars)
    checks = inspection.checks(found.claim)
    return NoticeTold(
        found.pk,
        found.item.code,
        _masked(found.item, found.item.title),
        _masked(found.item, str(found.paper.fields.get("text", ""))),
        period,
        tuple((check.body, check.accepted_on) for check in checks),
        running=found.state == "running" and not is_over(period, at),
        withdrawn=found.state == "withdrawn",
        answers_in=ledger.city_rule(found.item, "report_answer_days"),
    )


def report_told(receipt: str) -> ReportTold | None:
    """Return the state of a report to whoever holds its receipt number."""
    found = Report.objects.filter(receipt=receipt).first()
    if found is None:
        return None
    return ReportTold(
        found.receipt,
        found.kind == "objection",
        found.received_at,
        found.due_on,
        found.answered,
        found.answered_at,
    )


def _phase(item: Item) -> tuple[Phase, date]:
    moves = sorted(item.moves.all(), key=lambda move: -move.pk)
    move = next(iter(moves), None)
    first = min(item.listings.all(), key=lambda line: line.pk, default=None)
    since = move.effective_on if move else first.version.in_force_on if first else None
    if since is None:
        raise RuntimeError(f"{item.code} is published and stands on no list")
    phase = _PHASES[Stage(item.stage)]
    if phase is Phase.CLAIMED:
        lodged = next((past for past in moves if past.verb == "claim"), None)
        return phase, lodged.effective_on if lodged else since
    if phase is Phase.UNDER_WAY and move is not None and move.verb == "return":
        return Phase.NOT_MET if item.standing.upheld else Phase.RETURNED, since
    return phase, since


def _where(item: Item) -> str:
    """Name the county and the town; never anything finer."""
    place = ledger.main_place(item)
    area: Area | None = place.area if place else None
    while area is not None and area.level not in FINEST:
        area = area.parent
    if area is None:
        return ""
    above = area.parent.name if area.level == "town" and area.parent else ""
    return f"{above}{area.name}"


def _masked(item: Item, words: str) -> str:
    """Take the names of enterprises out of published words."""
    place = ledger.main_place(item)
    named = [duty.body for duty in item.duties.all() if duty.kind == "enterprise"]
    named += [place.operator] if place and place.operator else []
    for body in named:
        words = words.replace(body.name, body.masked_name or MASKED)
    return words
