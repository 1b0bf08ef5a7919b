"""Questions about items: what a step may lean on, who answers, until when, what happened."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict, Unpack

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Concat

from zhenggai.apps.ledger.lines import DUTY_LABELS
from zhenggai.apps.ledger.models import Dispute, Duty, Extension, Item, Listing, ListVersion
from zhenggai.apps.parties.models import Body, Post
from zhenggai.apps.parties.queries import SYSTEM, lineage
from zhenggai.apps.places import queries as places
from zhenggai.apps.sources.queries import deadline_text
from zhenggai.apps.trail import bus
from zhenggai.apps.trail.clock import BEIJING
from zhenggai.apps.trail.models import Act as ActRow
from zhenggai.apps.trail.models import Entry
from zhenggai.kernel.verdict import Reason, Refused
from zhenggai.kernel.workflow.facts import Actor, Answerable, NextCheck, StepFacts
from zhenggai.kernel.workflow.item import Stage
from zhenggai.kernel.workflow.needs import kin

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from django.db.models import QuerySet
    from django_stubs_ext import WithAnnotations

    from zhenggai.apps.places.models import Place
    from zhenggai.apps.trail.acts import Act
    from zhenggai.kernel.calendars.workdays import Period
    from zhenggai.kernel.verdict import Verdict
    from zhenggai.kernel.workflow.facts import Filing
    from zhenggai.stores.shelf import Shelf

ANSWERS = ("territorial", "enterprise", "lead", "co")
ECOLOGY = "ecology"
UNSEATED = {SYSTEM.post: "系统", "public": "群众"}


class Gathered(TypedDict, total=False):
    """What later chapters add to the facts of a step; see ``StepFacts``."""

    signers: Mapping[str, str]
    plan_no: int | None
    plan_finish: date | None
    open_claim: str | None
    missing_evidence: tuple[str, ...] | None
    next_check: NextCheck | None
    checks: tuple[int, int] | None
    early_acceptance: tuple[Reason, ...] | None
    verdict: Verdict | None
    run: str
    notice: Period | None
    open_objections: tuple[str, ...] | None
    open_cases: tuple[str, ...] | None
    leader_signature: str
    filing: Filing | None
    grounds: str
    confirmed_by: frozenset[str]
    override: str


def shelf() -> Shelf:
    """Return the packs this installation judges by."""
    return places.shelf()


def city_rules(item: Item) -> Mapping[str, int]:
    """Return the periods and numbers of the city whose campaign an item belongs to."""
    packs = shelf()
    return packs.cities[packs.campaigns[item.campaign.pack].city].rules


def city_rule(item: Item, key: str) -> int:
    """Return one period or number of an item's city, or say which file lacks it."""
    value = city_rules(item).get(key)
    if value is None:
        text = f"{item.code}所在城市的规则包未载明{key}"
        remedy = "在 city.toml 中补上该规则及出处"
        raise Refused(Reason("rule-missing", text, remedy), subject=f"item:{item.code}")
    return value


def item_named(code: str) -> Item:
    """Return one item, or say that the ledger does not hold it."""
    found = Item.objects.select_related("campaign").filter(code=code).first()
    if found is None:
        raise Refused(Reason("unknown-item", f"台账中没有{code}", "核对编号"))
    return found


def step_facts(item: Item | str, actor: Actor, act: Act, **gathered: Unpack[Gathered]) -> StepFacts:
    """Return the facts a step may lean on: what the ledger knows, and what was gathered."""
    row = item_named(item) if isinstance(item, str) else item
    duties = duties_of(row, act.on)
    answers = tuple(answerable(d) for d in duties if d.kind in ANSWERS)
    acceptor = next((answerable(d) for d in duties if d.kind == "acceptor"), None)
    chain, known = shelf().chains[row.chain], departments()
    own: Gathered = {
        "next_check": next_check(row, acceptor, known),
        "checks": (row.check_no, len(chain.checks)),
    }
    return StepFacts(
        item=row.code,
        stage=Stage(row.stage),
        actor=actor,
        at=act.at,
        duties=frozenset(d.kind for d in duties),
        answerable=answers,
        acceptor=acceptor,
        spare_acceptors=spare_acceptors(row, answers, acceptor, known),
        due_on=binding_due(row, act.on),
        ends=chain.ends.value,
        **(own | gathered),
    )


def main_place(item: Item) -> Place | None:
    """Return where an item is, the first place named."""
    first = min(item.places.all(), key=lambda link: link.pk, default=None)
    return first.place if first else None


def duties_of(item: Item, on: date) -> tuple[Duty, ...]:
    """Return who answers for an item as what on a day."""
    held = Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))
    rows = Duty.objects.filter(held, item=item).select_related("body__parent__parent")
    return tuple(rows.order_by("pk"))


def answerable(duty: Duty) -> Answerable:
    """Return one duty the way the kernel compares bodies."""
    return Answerable(duty.body.key, duty.body.name, DUTY_LABELS[duty.kind], lineage(duty.body))


def departments() -> tuple[Body, ...]:
    """Return the departments that may sign a check of some chain, the first registered first."""
    packs = shelf()
    checks = [check for chain in packs.chains.values() for check in chain.checks]
    fields = {check.field(theme) for check in checks for theme in packs.themes.values()}
    bodies = Body.objects.filter(kind="department", field__in=fields | {ECOLOGY})
    return tuple(bodies.select_related("parent__parent").order_by("pk"))


def next_check(item: Item, acceptor: Answerable | None, known: Iterable[Body]) -> NextCheck | None:
    """Return the check the chain asks for next, by the acceptor or by whoever holds the field.

    Parameters
    ----------
    known
        What ``departments`` gives.
    """
    packs = shelf()
    checks = packs.chains[item.chain].checks
    theme = packs.themes.get(item.theme)
    if item.check_no >= len(checks) or theme is None:
        return None
    field = checks[item.check_no].field(theme)
    if acceptor is not None and field == theme.field:
        return NextCheck(item.check_no + 1, len(checks), acceptor.body, acceptor.name)
    body = next((body for body in known if body.field == field), None)
    if body is None:
        return None
    return NextCheck(item.check_no + 1, len(checks), body.key, body.name)


def reviewers(item: Item) -> tuple[Body, ...]:
    """Return the bodies of the chain's checks that are not the acceptor's own."""
    packs = shelf()
    theme = packs.themes.get(item.theme)
    if theme is None:
        return ()
    first = {body.field: body for body in reversed(departments())}
    fields = (check.field(theme) for check in packs.chains[item.chain].checks)
    return tuple(first[field] for field in fields if field != theme.field and field in first)


def spare_acceptors(
    item: Item,
    answers: tuple[Answerable, ...],
    acceptor: Answerable | None,
    known: Iterable[Body],
) -> tuple[str, ...]:
    """Return other bodies that could accept: competent for the field, kin to nobody who answers."""
    theme = shelf().themes.get(item.theme)
    fields = {ECOLOGY} | ({theme.field} if theme else set())
    label = DUTY_LABELS["acceptor"]
    able = (Answerable(b.key, b.name, label, lineage(b)) for b in known if b.field in fields)
    return tuple(
        one.name
        for one in able
        if (acceptor is None or one.body != acceptor.body) and not any(kin(one, a) for a in answers)
    )


def versions_in_force(on: date) -> QuerySet[ListVersion]:
    """Return each list's version in force on a day: the greatest number begun by then."""
    begun = ListVersion.objects.filter(in_force_on__lte=on)
    newer = begun.filter(list=OuterRef("list"), no__gt=OuterRef("no"))
    return begun.filter(~Exists(newer))


class Dated(TypedDict):
    """A listing's day: the printed one, or the later one that was granted."""

    due: date | None


def listings_in_force(on: date) -> QuerySet[WithAnnotations[Listing, Dated]]:
    """Return the lines of the versions in force; ``due`` is the printed day or the one granted."""
    granted = Extension.objects.filter(
        listing=OuterRef("pk"), granted=True, decided_on__lte=on
    ).order_by("-pk")
    return Listing.objects.filter(version__in=versions_in_force(on)).annotate(
        due=Coalesce(Subquery(granted.values("new_due_on")[:1]), F("due_on"))
    )


def binding_listing(item: Item, on: date) -> WithAnnotations[Listing, Dated] | None:
    """Return the line with the earliest 文件时限; it binds."""
    lines = listings_in_force(on).filter(item=item, due__isnull=False)
    return lines.select_related("version__list").order_by("due", "pk").first()


def binding_due(item: Item, on: date) -> date | None:
    """Return the earliest 文件时限 over all lists; after a rebound, that of the new round."""
    if item.round_due_on is not None:
        return item.round_due_on
    found = listings_in_force(on).filter(item=item, due__isnull=False).order_by("due")
    return found.values_list("due", flat=True).first()


@dataclass(frozen=True, slots=True)
class Due:
    """One list's 文件时限 for an item; the printed day stays in view beside a granted one."""

    list_name: str
    level: str
    version_no: int
    number: str
    raw: str
    printed: date | None
    due_on: date | None
    text: str
    binds: bool


def deadlines(item: Item, on: date) -> tuple[Due, ...]:
    """Return every list's date for an item, the one that binds first; a new round has its own."""
    return deadlines_of((item,), on)[item.code]


def deadlines_of(items: Iterable[Item], on: date) -> Mapping[str, tuple[Due, ...]]:
    """Return the deadlines of several items, by code, with one question for all of them."""
    by_key = {item.pk: item for item in items}
    lines = listings_in_force(on).filter(item__in=by_key).select_related("version__list")
    rows: dict[int, list[WithAnnotations[Listing, Dated]]] = {pk: [] for pk in by_key}
    for line in lines.order_by(F("due").asc(nulls_last=True), "pk"):
        rows[line.item_id].append(line)
    return {item.code: _dues(item, rows[pk]) for pk, item in by_key.items()}


def _dues(item: Item, rows: Iterable[WithAnnotations[Listing, Dated]]) -> tuple[Due, ...]:
    listed = tuple(
        Due(
            line.version.list.name,
            line.version.list.level,
            line.version.no,
            line.number,
            line.deadline_raw,
            line.due_on,
            line.due,
            deadline_text(line.deadline_kind, line.deadline_iso, line.due),
            binds=n == 0 and line.due is not None and item.round_due_on is None,
        )
        for n, line in enumerate(rows)
    )
    if item.round_due_on is None:
        return listed
    day = item.round_due_on
    name = f"第{item.round_no}轮整改"
    return (Due(name, "", 0, "", "", day, day, day.isoformat(), binds=True), *listed)


@dataclass(frozen=True, slots=True)
class Voice:
    """What the public said about an item, as far as a post may read it."""

    receipt: str
    part: str
    words: str
    received_at: datetime
    due_on: date
    answered: str


def voices(item: Item, post: Post) -> tuple[Voice, ...]:
    """Return the reports on an item: the office reads their words, others the office's summary."""
    links = item.reports.exclude(part="duplicate").select_related("report").order_by("pk")
    return tuple(
        Voice(
            link.report.receipt,
            link.part,
            link.report.text if post.role == "office" else link.report.summary,
            link.report.received_at.astimezone(BEIJING),
            link.report.due_on,
            link.report.answered,
        )
        for link in links
    )


def rank_exempt(item: Item, on: date) -> bool:
    """Say whether a 管辖异议 is open: the city counts the item, no unit's rank does."""
    open_then = Q(decided_on=None) | Q(decided_on__gt=on)
    return Dispute.objects.filter(open_then, item=item, filed_on__lte=on).exists()


@dataclass(frozen=True, slots=True)
class Told:
    """One line of an item's history: what happened, by which post, when."""

    entry: int
    sentence: str
    verb: str
    post: str
    person: str
    at: datetime
    seal: int | None
    facts: Mapping[str, object]


def history(code: str) -> tuple[Told, ...]:
    """Return what happened to an item, in order; refusals are in it."""
    named = titles()
    entries = Entry.objects.filter(item_ref=code).select_related("act", "seal").order_by("pk")
    return tuple(
        Told(
            entry.pk,
            bus.sentence(entry.verb),
            entry.verb,
            named.get(entry.act.by_post, _unseated(entry.act)),
            entry.act.by_person,
            entry.act.at.astimezone(BEIJING),
            entry.seal.seq if hasattr(entry, "seal") else None,
            json.loads(entry.body)["facts"],
        )
        for entry in entries
    )


def titles() -> Mapping[str, str]:
    """Return the printed name of every post by its key."""
    return dict(Post.objects.values_list("key", Concat("body__name", "title")))


def _unseated(act: ActRow) -> str:
    return UNSEATED.get(act.by_post, act.by_post)
