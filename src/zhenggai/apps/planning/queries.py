"""Questions about plans and progress: what is planned, what happened, what the counts say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from zhenggai.apps.ledger import queries as ledger
from zhenggai.apps.planning.models import Count, CountTable, Measure, Plan, PlanState, Progress
from zhenggai.apps.sources.models import Paper
from zhenggai.apps.trail.clock import BEIJING
from zhenggai.kernel.schedule import outlook as kernel
from zhenggai.kernel.schedule.forward import Actual
from zhenggai.kernel.schedule.network import Link
from zhenggai.kernel.schedule.network import Measure as Network
from zhenggai.kernel.themes.theme import plan_for
from zhenggai.kernel.workflow.item import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from django.db.models import QuerySet

    from zhenggai.apps.ledger.models import Item
    from zhenggai.kernel.schedule.network import MeasureKind
    from zhenggai.kernel.schedule.outlook import Outlook

LETTER = "更正函"
_KINDS: dict[str, MeasureKind] = {
    "working": "working",
    "calendar": "calendar",
    "notice": "notice",
}


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure as a back-schedule shows it; ``physical`` must end before acceptance."""

    key: str
    name: str
    days: int
    day_kind: str
    after: tuple[str, ...]
    latest_start: date
    latest_finish: date
    actual_start: date | None
    actual_finish: date | None
    assumed: bool
    physical: bool


@dataclass(frozen=True, slots=True)
class CountLine:
    """A body's count as of what was known, and every value it had until then, oldest first.

    Parameters
    ----------
    carriers
        The papers that went out with a value that is no longer in force.
    letter
        The words of the 更正函 about the value in force; empty while none was drafted.
    """

    ref: str
    body: str
    name: str
    value: int
    values: tuple[int, ...]
    reasons: tuple[str, ...]
    papers: tuple[str, ...]
    approved_by: tuple[str, ...]
    carriers: tuple[Carrier, ...]
    letter: str


@dataclass(frozen=True, slots=True)
class Carrier:
    """A paper that went out with a count."""

    paper: str
    kind: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class IssuedTable:
    """A table of counts that was made: its paper, its words, and the figures known then."""

    paper_id: int
    number: str
    status: str
    lines: tuple[CountLine, ...]
    text: str


def template(item: Item) -> tuple[Network, ...]:
    """Return the measures an item's theme asks for, with the periods of its city."""
    theme = ledger.shelf().themes[item.theme]
    rules = {m.rule: ledger.city_rule(item, m.rule) for m in theme.plan if m.rule}
    return tuple(
        Network(
            m.key,
            m.name,
            m.likely,
            _KINDS[m.day_kind],
            tuple(Link(before) for before in m.after),
            m.shortest,
            m.longest,
        )
        for m in plan_for(theme, rules)
    )


def network(item: Item, plan: Plan) -> tuple[Network, ...]:
    """Return a plan's measures the way the kernel walks them."""
    known = {m.key: m for m in template(item)}
    return tuple(_walked(m, known.get(m.key)) for m in measures_of(plan))


def measures_of(plan: Plan) -> tuple[Measure, ...]:
    """Return the measures of a plan, in the order of the template."""
    return tuple(sorted(plan.measures.all(), key=lambda m: m.no))


def latest_plan(item: Item, *states: PlanState) -> Plan | None:
    """Return the newest plan of an item, in one of some states where states are named."""
    known = (p for p in item.plans.all() if not states or p.state in states)
    return max(known, key=lambda p: p.no, default=None)


def plan_in_force(item: Item) -> Plan | None:
    """Return the approved plan, else the newest that was drawn up."""
    return latest_plan(item, PlanState.APPROVED) or latest_plan(
        item, PlanState.SUBMITTED, PlanState.DRAFT
    )


def plans(item: Item) -> tuple[Plan, ...]:
    """Return every plan of an item, the newest first; replaced ones stay readable."""
    return tuple(item.plans.order_by("-no"))


def wants_plan(code: str, at: datetime) -> bool:
    """Whether an item was handed over, has a deadline and a theme, and no plan yet."""
    item = ledger.item_named(code)
    on = at.astimezone(BEIJING).date()
    return (
        item.stage == Stage.ASSIGNED
        and item.theme in ledger.shelf().themes
        and latest_plan(item) is None
        and ledger.binding_due(item, on) is not None
    )


def outlook(item: Item, on: date) -> Outlook | None:
    """Return whether there is still time, as of a day; nothing while there is no plan."""
    plan = plan_in_force(item)
    if plan is None:
        return None
    actuals = {m.key: seen for m in measures_of(plan) if (seen := _by(m, on))}
    calendar = ledger.shelf().calendars
    return kernel.outlook(network(item, plan), plan.due_on, on, actuals, calendar)


def measures_finished(item: Item) -> Mapping[str, date | None]:
    """Return when each measure of the plan in force was finished, by its key."""
    plan = plan_in_force(item)
    return {m.key: m.actual_finish for m in measures_of(plan)} if plan else {}


def measures_finished_by_name(item: Item) -> Mapping[str, date | None]:
    """Return the finish of each measure that acceptance must wait for, by its printed name."""
    plan = plan_in_force(item)
    rows = measures_of(plan) if plan else ()
    return {m.name: m.actual_finish for m in rows if m.physical}


def measure_papers(item: Item) -> Mapping[str, str]:
    """Return the evidence each measure's days rest on, by its printed name."""
    plan = plan_in_force(item)
    return {m.name: m.evidence_ref for m in measures_of(plan)} if plan else {}


def gantt(item: Item) -> tuple[MeasureLine, ...]:
    """Return the measures of the plan in force, in the order of the template."""
    plan = plan_in_force(item)
    return lines_of(plan) if plan else ()


def lines_of(plan: Plan) -> tuple[MeasureLine, ...]:
    """Return the measures of one plan."""
    return tuple(
        MeasureLine(
            m.key,
            m.name,
            m.days,
            m.day_kind,
            tuple(m.after),
            m.latest_start,
            m.latest_finish,
            m.actual_start,
            m.actual_finish,
            m.assumed,
            m.physical,
        )
        for m in measures_of(plan)
    )


def progress(item: Item) -> tuple[Progress, ...]:
    """Return what was reported, the newest month first; of a month the latest row is in force."""
    latest: dict[str, Progress] = {}
    for row in item.progress.select_related("by_body").order_by("pk"):
        latest[row.month] = row
    return tuple(latest[month] for month in sorted(latest, reverse=True))


def counts(campaign: str, month: str, key: str) -> QuerySet[Count]:
    """Return every value ever reported of one figure, in the order it was entered."""
    rows = Count.objects.filter(campaign__key=campaign, month=month, key=key)
    joined = rows.select_related("body", "paper", "asked", "approved__act")
    return joined.order_by("pk")


def count_table(
    campaign: str, month: str, key: str, known_seq: int | None = None
) -> tuple[CountLine, ...]:
    """Return each body's figure of a month as of what was known; both values of a correction.

    Parameters
    ----------
    known_seq
        The link of the chain up to which things were known; all that is known where none is named.
    """
    chains: dict[str, list[Count]] = {}
    rows = counts(campaign, month, key).exclude(revises__isnull=False, approved=None)
    if known_seq is not None:
        rows = rows.filter(
            Q(revises=None, asked__seal__seq__lte=known_seq) | Q(approved__seal__seq__lte=known_seq)
        )
    for row in rows:
        chains.setdefault(row.body.key, []).append(row)
    return tuple(_line(chains[body]) for body in sorted(chains))


def carried_by(count_ref: str) -> tuple[Carrier, ...]:
    """Name every outgoing paper that was printed with a count."""
    pk = int(count_ref.removeprefix("count:"))
    found = Paper.objects.filter(counttable__counts=pk).order_by("pk")
    return tuple(
        Carrier(f"paper:{p.pk}", p.kind, p.number, str(p.fields.get("title", ""))) for p in found
    )


def regenerated(paper_ref: str) -> tuple[CountLine, ...]:
    """Return a table that went out as it was, from what was known when it was made."""
    table = CountTable.objects.select_related("campaign").get(
        paper=int(paper_ref.removeprefix("paper:"))
    )
    return count_table(table.campaign.key, table.month, table.key, table.known_seq)


def issued_tables(campaign: str, month: str, key: str) -> tuple[IssuedTable, ...]:
    """Return every table of a month's counts that was made, each as it went out."""
    rows = CountTable.objects.filter(campaign__key=campaign, month=month, key=key)
    return tuple(
        IssuedTable(
            row.paper_id,
            row.paper.number,
            row.paper.status,
            regenerated(f"paper:{row.paper_id}"),
            str(row.paper.fields.get("text", "")),
        )
        for row in rows.select_related("paper").order_by("pk")
    )


def pending_corrections(campaign: str) -> tuple[Count, ...]:
    """Return the corrections that wait for the office."""
    rows = Count.objects.filter(campaign__key=campaign, approved=None).exclude(revises=None)
    return tuple(rows.select_related("body", "revises", "paper").order_by("pk"))


def _walked(row: Measure, known: Network | None) -> Network:
    same = known is not None and known.days == row.days
    return Network(
        row.key,
        row.name,
        row.days,
        _KINDS[row.day_kind],
        tuple(Link(before) for before in row.after),
        known.low if known and same else None,
        known.high if known and same else None,
    )


def _by(measure: Measure, on: date) -> Actual | None:
    """Return what had happened to a measure by a day."""
    start, finish = measure.actual_start, measure.actual_finish
    if start is None or start > on:
        return None
    return Actual(start, finish if finish is None or finish <= on else None)


def _line(rows: Iterable[Count]) -> CountLine:
    listed = tuple(rows)
    last = listed[-1]
    later = listed[1:]
    return CountLine(
        f"count:{last.pk}",
        last.body.key,
        last.body.name,
        last.value,
        tuple(row.value for row in listed),
        tuple(row.reason for row in later),
        tuple(f"document:{row.paper_id}" for row in later),
        tuple(row.approved.act.by_post for row in later if row.approved),
        tuple(paper for row in listed[:-1] for paper in carried_by(f"count:{row.pk}")),
        _letter_about(last) if later else "",
    )


def _letter_about(count: Count) -> str:
    letter = Paper.objects.filter(kind=LETTER, subject=f"count:{count.pk}").order_by("pk").last()
    return str(letter.fields.get("text", "")) if letter else ""
