"""事项移动: the one place where an item changes its stage, and only with what was granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from zhenggai.apps.ledger.models import Item, Move, Undoing
from zhenggai.apps.trail.acts import note
from zhenggai.apps.trail.canonical import fingerprint
from zhenggai.kernel.verdict import Reason, Refused
from zhenggai.kernel.workflow.item import STEPS, Milestone, Stage

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.apps.trail.acts import Act
    from zhenggai.kernel.workflow.grants import Granted


def locked(code: str) -> Item:
    """Return an item, held until the transaction ends.

    SQLite's transactions are IMMEDIATE and hold the whole database; PostgreSQL locks the row.
    """
    item = Item.objects.select_for_update().filter(code=code).first()
    if item is None:
        raise Refused(Reason("unknown-item", f"台账中没有{code}", "核对编号"))
    return item


def move(item: Item, granted: Granted, *, act: Act, effective_on: date | None = None) -> Move:
    """Move an item one step and remember what held; its version tells who came second."""
    if granted.item != item.code:
        raise RuntimeError(f"{granted.item} was granted, not {item.code}")
    check_no = _check_no(item, granted)
    changed = Item.objects.filter(pk=item.pk, version=item.version, stage=granted.source).update(
        stage=granted.target, check_no=check_no, version=F("version") + 1
    )
    if not changed:
        text = f"{item.code}刚被他人办理，页面所见已不是现状"
        raise Refused(Reason("stale-item", text, "刷新后按现状办理"), subject=f"item:{item.code}")
    item.refresh_from_db()
    columns = {
        "verb": granted.verb,
        "source": granted.source,
        "target": granted.target,
        "milestone": granted.milestone or "",
        "effective_on": effective_on or act.on,
        "grounds": {
            "held": list(granted.held),
            "override": granted.override,
            "set_aside": [r.text for r in granted.set_aside],
        },
        "run_ref": granted.run,
        "overridden": bool(granted.set_aside),
    }
    done = note(
        act,
        f"ledger.item.{STEPS[granted.verb].past}",
        f"item:{item.code}",
        item=item.code,
        rows=[(item, ("stage", "check_no", "version"))],
        move=fingerprint(columns),
    )
    return Move.objects.create(item=item, entry=done, **columns)


def take_back(item: Item, move_back: Move, milestones: tuple[Milestone, ...]) -> None:
    """Undo what no longer counts, by rows: a past cut-off still counts what it counted."""
    standing = Move.objects.filter(item=item, milestone__in=milestones, undoing=None)
    for past in standing.exclude(pk=move_back.pk):
        Undoing.objects.create(
            move=past, effective_on=move_back.effective_on, entry=move_back.entry
        )


def new_round(item: Item, due_on: date, *, act: Act) -> None:
    """Begin the next round of an item that came back, with a deadline of its own."""
    item.round_no += 1
    item.round_due_on = due_on
    item.save(update_fields=["round_no", "round_due_on"])
    note(
        act,
        "ledger.item.round_begun",
        f"item:{item.code}",
        item=item.code,
        rows=[(item, ("round_no", "round_due_on"))],
    )


def _check_no(item: Item, granted: Granted) -> int:
    if granted.verb == "check":
        return item.check_no + 1
    return 0 if granted.target is Stage.UNDER_WAY else item.check_no
