"""入账: the lines of one list version become items, listings, duties and search words.

Many rows at a time, because a list has hundreds of lines; each item still has its own entries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai.apps.ledger.duties import DUTY_COLUMNS, require_apart
from zhenggai.apps.ledger.models import (
    Duty,
    Gram,
    Item,
    ItemFinding,
    ItemPlace,
    Listing,
    Standing,
)
from zhenggai.apps.parties.queries import actor_of, body_named
from zhenggai.apps.places.queries import place_named
from zhenggai.apps.sources.models import Finding
from zhenggai.apps.trail.acts import note
from zhenggai.apps.trail.canonical import fingerprint
from zhenggai.kernel.calendars.deadline import DeadlineKind
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from django.db.models import Model

    from zhenggai.apps.ledger.lines import Line
    from zhenggai.apps.ledger.models import Campaign, ListVersion
    from zhenggai.apps.sources.models import Document
    from zhenggai.apps.trail.acts import Act
    from zhenggai.kernel.themes.campaign import Campaign as CampaignPack

ITEM_COLUMNS = ("code", "campaign", "theme", "chain", "title", "stage", "standing_duty")
LISTING_COLUMNS = (
    "version",
    "number",
    "item",
    "deadline_raw",
    "deadline_kind",
    "deadline_iso",
    "due_on",
    "counts",
)


@dataclass(frozen=True, slots=True)
class Book:
    """What the lines are entered into."""

    campaign: Campaign
    pack: CampaignPack
    version: ListVersion
    document: Document | None


def enter(book: Book, lines: tuple[Line, ...], *, act: Act) -> None:
    """Enter all lines: new items are opened, known ones listed again."""
    codes = [line.code for line in lines]
    known = Item.objects.in_bulk(codes, field_name="code")
    fresh = tuple(line for line in lines if line.code not in known)
    made = Item.objects.bulk_create([_item(book, line) for line in fresh])
    items = known | {item.code: item for item in made}
    listings = Listing.objects.bulk_create(
        [_listing(book, line, items[line.code]) for line in lines]
    )
    for line, listing in zip(lines, listings, strict=True):
        _note_line(line, listing, act, opened=line.code not in known)
    Standing.objects.bulk_create([Standing(item=item) for item in made])
    Gram.objects.bulk_create([Gram(item=i, gram=g) for i in made for g in grams(i.code, i.title)])
    _settle_places(fresh, items)
    _settle_findings(book, fresh, items)
    _settle_duties(fresh, items, act)


def grams(*words: str) -> tuple[str, ...]:
    """Return every two characters that stand side by side in some words.

    Examples
    --------
    >>> grams("W-1", "青石镇")
    ('-1', 'W-', '石镇', '青石')
    """
    return tuple(sorted({word[n : n + 2] for word in words for n in range(len(word) - 1)}))


def _item(book: Book, line: Line) -> Item:
    return Item(
        code=line.code,
        campaign=book.campaign,
        theme=line.theme,
        chain=line.chain or book.pack.chain,
        title=line.title,
        goal=line.goal,
        standing_duty=line.deadline_kind == DeadlineKind.STANDING,
    )


def _listing(book: Book, line: Line, item: Item) -> Listing:
    return Listing(
        version=book.version,
        number=line.number,
        item=item,
        deadline_raw=line.deadline_raw,
        deadline_kind=line.deadline_kind,
        deadline_iso=line.deadline_iso,
        due_on=line.due_on,
        counts=line.deadline_kind != DeadlineKind.STANDING,
    )


def _note_line(line: Line, listing: Listing, act: Act, *, opened: bool) -> None:
    """Tell the item's history; its goal is long text and leaves its fingerprint only."""
    verb = "ledger.item.opened" if opened else "ledger.item.listed"
    rows: list[tuple[Model, tuple[str, ...]]] = [(listing, LISTING_COLUMNS)]
    if opened:
        rows.append((listing.item, ITEM_COLUMNS))
    goal = fingerprint(line.goal)
    note(act, verb, f"item:{line.code}", item=line.code, rows=rows, goal=goal)


def _settle_places(lines: tuple[Line, ...], items: dict[str, Item]) -> None:
    placed = [line for line in lines if line.place_key]
    places = {key: place_named(key) for key in {line.place_key for line in placed}}
    ItemPlace.objects.bulk_create(
        [ItemPlace(item=items[x.code], place=places[x.place_key], role="site") for x in placed]
    )
    Gram.objects.bulk_create(
        [
            Gram(item=items[line.code], gram=gram)
            for line in placed
            for gram in grams(places[line.place_key].name)
        ],
        ignore_conflicts=True,
    )


def _settle_findings(book: Book, lines: tuple[Line, ...], items: dict[str, Item]) -> None:
    wanted = [line for line in lines if line.finding_no is not None]
    found = {f.no: f for f in Finding.objects.filter(document=book.document)}
    for line in wanted:
        finding = found.get(line.finding_no or 0)
        if finding is None or finding.status != "confirmed":
            text = f"清单第{line.number}号所据来文第{line.finding_no}条尚未确认或不存在"
            raise Refused(Reason("finding-open", text, "先在来文中核对并确认该条"))
        ItemFinding.objects.create(item=items[line.code], finding=finding)


def _settle_duties(lines: tuple[Line, ...], items: dict[str, Item], act: Act) -> None:
    on = act.on
    bodies = {key: body_named(key) for key in {k for x in lines for _, k in x.duties}}
    actor = actor_of(act)
    for line in lines:
        if not line.duties:
            continue
        item = items[line.code]
        named = Duty.objects.bulk_create(
            [Duty(item=item, kind=k, body=bodies[b], since=on) for k, b in line.duties]
        )
        rows = [(duty, DUTY_COLUMNS) for duty in named]
        note(act, "ledger.duty.assigned", f"item:{item.code}", item=item.code, rows=rows)
        require_apart(item, actor, act)
