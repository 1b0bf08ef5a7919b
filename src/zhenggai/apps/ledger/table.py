"""台账表: one line per item as the ledger shows it, its saved views, filters, search and order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, DateField, F, OuterRef, Q, QuerySet, Subquery

from zhenggai.apps.ledger.access import area_range
from zhenggai.apps.ledger.entering import grams
from zhenggai.apps.ledger.models import Campaign, Duty, Item, Move
from zhenggai.apps.ledger.queries import city_rules, listings_in_force, shelf, versions_in_force
from zhenggai.apps.parties.models import Area
from zhenggai.kernel.schedule.progress import Light, LightThresholds, Pace, PaceKind, light, pace
from zhenggai.kernel.workflow.item import Milestone, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django_stubs_ext import WithAnnotations

    from zhenggai.apps.ledger.models import ListVersion
    from zhenggai.kernel.themes.campaign import Campaign as CampaignPack

SOON_DAYS = 7
SHORTEST_GRAM = 2
ORDERS = {
    "due": F("due").asc(nulls_last=True),
    "-due": F("due").desc(nulls_last=True),
    "node": F("standing__node_on").asc(nulls_last=True),
    "percent": F("standing__percent").asc(nulls_first=True),
    "-percent": F("standing__percent").desc(nulls_last=True),
    "area": F("area_code").asc(nulls_last=True),
    "code": F("code").asc(),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks of the ledger; an unknown word asks for nothing.

    Parameters
    ----------
    words
        Looked for by every two characters that stand side by side in them.
    """

    view: str = "open"
    area: str = ""
    theme: str = ""
    stage: str = ""
    words: str = ""
    order: str = "due"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the ledger, ready to print."""

    code: str
    number: str
    title: str
    stage: str
    stage_label: str
    area: str
    acceptor: str
    theme: str
    due_on: date | None
    node_on: date | None
    must_start_on: date | None
    pace: Pace
    light: Light
    percent: int | None
    reported_on: date | None
    strokes: str
    case_open: bool

    @property
    def due_text(self) -> str:
        """What stands beside the 文件时限; our own node never speaks there."""
        if self.pace.kind is PaceKind.BEHIND_NODE:
            return f"余{self.pace.days_left}天"
        return "" if self.pace.kind is PaceKind.UNKNOWN else self.pace.text

    @property
    def node_text(self) -> str:
        """What stands beside the 内部节点; never 超期."""
        return self.pace.text if self.pace.kind is PaceKind.BEHIND_NODE else ""


class Lined(TypedDict):
    """What a line of the ledger shows beside the item's own columns."""

    due: date | None
    number: str | None
    area_code: str | None
    area_name: str | None
    acceptor_name: str | None
    closed_on: date | None


def lines(items: QuerySet[Item], on: date) -> QuerySet[WithAnnotations[Item, Lined]]:
    """Return items with what a line of the ledger shows about each on a day."""
    listed = listings_in_force(on).filter(item=OuterRef("pk"))
    dated = listed.filter(due__isnull=False).order_by("due", "pk")
    return items.select_related("standing", "campaign").annotate(
        due=Subquery(dated.values("due")[:1], output_field=DateField()),
        number=Subquery(listed.order_by("pk").values("number")[:1]),
        area_code=_held("territorial", "body__area__code", on),
        area_name=_held("territorial", "body__area__name", on),
        acceptor_name=_held("acceptor", "body__name", on),
        closed_on=Subquery(_closings(on).filter(item=OuterRef("pk")).values("effective_on")[:1]),
    )


def conditions(on: date) -> Mapping[str, Q]:
    """Return the saved views; 超期 is said of 文件时限 only, 未达序时进度 of the 内部节点 only."""
    live = ~Q(stage=Stage.CLOSED)
    unreported = Q(standing__reported_on=None) | Q(standing__reported_on__gt=on)
    behind = Q(standing__node_on__lt=on) & (Q(due__gt=on) | Q(due=None)) & unreported
    return {
        "open": live,
        "behind": live & behind,
        "overdue": live & Q(due__lt=on),
        "doubt": Q(standing__case_open=True),
        "soon": live & Q(due__gte=on, due__lte=on + timedelta(days=SOON_DAYS)),
        "noticed": Q(stage=Stage.NOTICED),
        "closed": Q(stage=Stage.CLOSED),
    }


def view_counts(lined: QuerySet[WithAnnotations[Item, Lined]], on: date) -> dict[str, int]:
    """Return how many items each saved view holds."""
    return lined.aggregate(
        **{key: Count("pk", filter=held) for key, held in conditions(on).items()}
    )


def chosen(
    lined: QuerySet[WithAnnotations[Item, Lined]], asked: Asked, on: date
) -> QuerySet[WithAnnotations[Item, Lined]]:
    """Return the lines a reader asked for, in the order asked for."""
    found = lined.filter(conditions(on).get(asked.view, Q()))
    if asked.area.isascii() and asked.area.isdigit():
        low, high = area_range(asked.area)
        found = found.filter(area_code__gte=low, area_code__lt=high)
    if asked.theme:
        found = found.filter(theme=asked.theme)
    if asked.stage:
        found = found.filter(stage=asked.stage)
    order = ORDERS.get(asked.order, ORDERS["due"])
    return _with_words(found, asked.words.strip()).order_by(order, "code")


def rows(
    found: Iterable[WithAnnotations[Item, Lined]], on: date, told: frozenset[str]
) -> tuple[Row, ...]:
    """Return items the way a line prints them.

    Parameters
    ----------
    told
        Codes of the items whose open case the reader has been told of.
    """
    return tuple(_row(item, on, told) for item in found)


def areas_of(lined: QuerySet[WithAnnotations[Item, Lined]]) -> tuple[tuple[str, str], ...]:
    """Return the areas that answer for some of the items: code and name."""
    pairs = lined.exclude(area_code=None).order_by("area_code")
    found = pairs.values_list("area_code", "area_name").distinct()
    return tuple((code or "", name or "") for code, name in found)


def themes_of(items: QuerySet[Item]) -> tuple[tuple[str, str], ...]:
    """Return the themes of some items: key and name."""
    keys = items.exclude(theme="").order_by("theme").values_list("theme", flat=True).distinct()
    return tuple((key, theme_name(key)) for key in keys)


def stages() -> tuple[tuple[str, str], ...]:
    """Return every stage an item may stand at: key and label, in the order of its life."""
    return tuple((stage.value, stage.label) for stage in Stage)


def theme_name(key: str) -> str:
    """Return the printed name of a theme; one without a pack keeps its key."""
    theme = shelf().themes.get(key)
    return theme.name if theme else key


def versions(on: date, campaign: Campaign | None = None) -> tuple[ListVersion, ...]:
    """Return the list versions in force, of one campaign or of all that run."""
    found = versions_in_force(on).select_related("list").order_by("pk")
    if campaign is None:
        return tuple(found.filter(list__campaign__looked_at=None))
    return tuple(found.filter(list__campaign=campaign))


def campaign_asked(key: str) -> Campaign | None:
    """Return the campaign of a key, else the newest that still runs, else the newest."""
    known = campaigns()
    named = (c for c in known if c.key == key)
    running = (c for c in known if c.looked_at is None)
    return next(chain(named, running, known), None)


def of_campaign(items: QuerySet[Item], campaign: Campaign | None) -> QuerySet[Item]:
    """Return the items of one campaign; a past one and one that runs never share a table."""
    return items.filter(campaign=campaign)


def campaigns() -> tuple[Campaign, ...]:
    """Return every campaign that was opened, the newest first."""
    return tuple(Campaign.objects.order_by("-pk"))


def packs_here() -> tuple[CampaignPack, ...]:
    """Return the campaign packs of the city registered here."""
    packs = shelf()
    codes = set(Area.objects.filter(level="city").values_list("code", flat=True))
    return tuple(p for p in packs.campaigns.values() if packs.cities[p.city].code in codes)


def simulated() -> bool:
    """Say whether a campaign here is a simulation, so that every page says 演练数据."""
    return Campaign.objects.filter(simulated=True).exists()


def _row(item: WithAnnotations[Item, Lined], on: date, told: frozenset[str]) -> Row:
    stands = item.standing
    how = pace(on, item.due, stands.node_on, stands.reported_on, item.closed_on)
    return Row(
        code=item.code,
        number=item.number or "",
        title=item.title,
        stage=item.stage,
        stage_label=Stage(item.stage).label,
        area=item.area_name or "",
        acceptor=item.acceptor_name or "",
        theme=theme_name(item.theme),
        due_on=item.due,
        node_on=stands.node_on,
        must_start_on=stands.must_start_on,
        pace=how,
        light=_light(item, how),
        percent=stands.percent,
        reported_on=stands.reported_on,
        strokes=stands.strokes,
        case_open=stands.case_open and item.code in told,
    )


def _light(item: Item, how: Pace) -> Light:
    if item.standing.upheld:
        return Light.RED
    slack = city_rules(item).get("yellow_slack_days", 0)
    return light(how, item.standing.slack_wd, LightThresholds(slack, SOON_DAYS))


def _held(kind: str, column: str, on: date) -> Subquery:
    then = Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))
    duties = Duty.objects.filter(then, item=OuterRef("pk"), kind=kind).order_by("pk")
    return Subquery(duties.values(column)[:1])


def _closings(on: date) -> QuerySet[Move]:
    counts = Q(undoing=None) | Q(undoing__effective_on__gt=on)
    done = Move.objects.filter(counts, milestone=Milestone.CLOSED, effective_on__lte=on)
    return done.order_by("-pk")


def _with_words(
    found: QuerySet[WithAnnotations[Item, Lined]], words: str
) -> QuerySet[WithAnnotations[Item, Lined]]:
    if not words:
        return found
    if len(words) < SHORTEST_GRAM:
        return found.filter(Q(code__icontains=words) | Q(title__icontains=words))
    for gram in grams(*words.split()):
        found = found.filter(grams__gram=gram)
    return found
