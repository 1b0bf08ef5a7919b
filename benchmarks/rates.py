"""两个率: one query of SQL against the same count in Python over the rows of the ORM."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from benchmarks.measure import Line, best
from benchmarks.rows import CUTOFF, entries, listed
from benchmarks.scratch import installation
from zhenggai.apps.ledger.models import Extension, Listing, Move, Undoing
from zhenggai.apps.ledger.rates import rates
from zhenggai.apps.trail.sealing import known_seq

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

SIZES = (300, 3_000, 30_000)
SLOW = 10_000


def run() -> Iterator[Line]:
    """Count lists of three sizes, half of whose items were closed."""
    for size in SIZES:
        with installation():
            yield _counted(size)


def _counted(size: int) -> Line:

    _filled(size)
    known = known_seq()
    times = 3 if size < SLOW else 1
    ours, told = best(lambda: rates("city", CUTOFF, known), times)
    theirs, counted = best(lambda: _in_python(known), times)
    assert counted == (told.all_n, told.all_done, told.due_n, told.due_done), (counted, told)
    return Line(f"rates of {size:,} listings, one query", ours, "counted in Python", theirs)


def _filled(size: int) -> None:

    _, items = listed(size)
    told = entries(size, first=1)
    moves = Move.objects.bulk_create(
        [
            Move(
                item=item, verb="close", source="noticed", target="closed", milestone="closed",
                effective_on=CUTOFF + timedelta(days=n % 40 - 35), entry=told[n], run_ref="run:1",
            )
            for n, item in enumerate(items[: size // 2])
        ],
        2000,
    )  # fmt: skip
    Undoing.objects.bulk_create(
        [Undoing(move=m, effective_on=CUTOFF, entry=told[-1]) for m in moves[::50]], 2000
    )
    Extension.objects.bulk_create(
        [
            Extension(
                listing=line, asked_on=line.due_on, old_due_on=line.due_on, reason="汛期",
                new_due_on=line.due_on + timedelta(days=60), goes_to="city", granted=True,
                decided_on=line.due_on, decided=told[-1],
            )
            for line in Listing.objects.order_by("pk")[::10]
        ],
        2000,
    )  # fmt: skip


def _in_python(known: int) -> tuple[int, int, int, int]:
    """Say the same the way an ORM tempts one to: rows first, then loops."""
    moves = Move.objects.filter(milestone="closed", effective_on__lte=CUTOFF)
    done = {
        m.item_id
        for m in moves.select_related("entry__seal", "undoing__entry__seal")
        if m.entry.seal.seq <= known and not _undone(m, known)
    }
    lines = Listing.objects.filter(version__list__key="city", counts=True)
    days = {
        line.item_id: _due(line, known)
        for line in lines.prefetch_related("extensions__decided__seal")
    }
    due = {item for item, day in days.items() if day is not None and day <= CUTOFF}
    return len(days), len(done & days.keys()), len(due), len(done & due)


def _undone(move: Move, known: int) -> bool:
    undoing = getattr(move, "undoing", None)
    return (
        undoing is not None and undoing.effective_on <= CUTOFF and undoing.entry.seal.seq <= known
    )


def _due(line: Listing, known: int) -> date | None:
    granted = [
        e
        for e in line.extensions.all()
        if e.granted and e.decided_on <= CUTOFF and e.decided.seal.seq <= known
    ]
    return max(granted, key=lambda e: e.pk).new_due_on if granted else line.due_on
