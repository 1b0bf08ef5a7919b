"""核验: holds the database, the files and the packs against the trail, and names what differs.

Triggers stop accidents; chain and anchors find who goes around them; nothing stops the owner of
every copy of every file. So a copy of the anchors belongs with somebody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction

from zhenggai.apps.trail import triggers
from zhenggai.apps.trail.anchors import Line, anchors_file, read_anchors
from zhenggai.apps.trail.faults import Fault, at_minute
from zhenggai.apps.trail.models import Act, Anchor, Seal
from zhenggai.apps.trail.sealing import head
from zhenggai.apps.trail.walk import Walk
from zhenggai.kernel.verdict import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Witness = Callable[[], Iterable[Fault]]

_witnesses: dict[str, Witness] = {}
_REPORTED_EVERY = 50_000


@dataclass(frozen=True, slots=True)
class Report:
    """What verification read and what it found; no faults means nothing differs."""

    faults: tuple[Fault, ...]
    entries: int
    sealed: int
    unsealed: int
    anchors: int


def witness(name: str) -> Callable[[Witness], Witness]:
    """Let a chapter hold what lies outside the database (files, packs) against what it recorded."""

    def keep(function: Witness) -> Witness:
        _witnesses[name] = function
        return function

    return keep


def verify(against: Path | None = None, progress: Callable[[int], None] | None = None) -> Report:
    """Check everything once and return every fault found.

    Parameters
    ----------
    against
        A copy of the anchors kept elsewhere; this installation's own file is always read.
    progress
        Told how many entries have been read, every 50 000.
    """
    walk = Walk(_every(progress))
    with _one_moment():
        faults = [_trigger_fault(name) for name in triggers.missing()]
        walk.run()
        faults += walk.faults
        faults += walk.rows.differences()
        count = Anchor.objects.count()
        faults += _own_anchors()
        if against is not None:
            faults += _contradictions(read_anchors(against))
    for name in sorted(_witnesses):
        faults += _witnesses[name]()
    entries = walk.sealed + walk.unsealed
    return Report(tuple(faults), entries, walk.sealed, walk.unsealed, count)


def _every(progress: Callable[[int], None] | None) -> Callable[[int], None]:
    def count(read: int) -> None:
        if progress is not None and read % _REPORTED_EVERY == 0:
            progress(read)

    return count


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read as of one moment while others go on writing; inside a transaction that is given."""
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # not Django's IMMEDIATE: that would stop the writers
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _trigger_fault(name: str) -> Fault:
    return Fault("trigger-missing", f"触发器{name}缺失、停用或被改写，该表此后的改动未受阻拦")


def _own_anchors() -> Iterator[Fault]:
    """Hold the anchors' table against the file, and the file against the chain."""
    rows = list(Anchor.objects.order_by("seq"))
    if not rows and not anchors_file().exists():
        return
    try:
        lines = read_anchors(anchors_file())
    except Refused as refused:
        yield Fault("anchors-file", f"{refused}，而库中有{len(rows)}条锚点")
        return
    written = {(line.seq, line.chain, line.at, line.occasion) for line in lines}
    for row in rows:
        if (row.seq, row.chain, row.at, row.occasion) not in written or row.where != "file":
            text = f"表trail.anchor第{row.pk}行（第{row.seq}号，{row.occasion}）与锚点文件不符"
            yield Fault("anchor-changed", text)
    yield from _contradictions(lines)


def _contradictions(lines: tuple[Line, ...]) -> Iterator[Fault]:
    """Yield the first anchor the chain does not pass through, and what it tells."""
    wrong = [line for line in lines if not _passes(line)]
    if not wrong:
        return
    first = wrong[0]
    more = f"（其后另有{len(wrong) - 1}条锚点不符）" if len(wrong) > 1 else ""
    anchor = f"锚点第{first.seq}号（{at_minute(first.at)}，{first.occasion}）{more}"
    lost = next((act for line in wrong for act in line.acts if _unknown(act)), "")
    if lost:
        text = f"{anchor}不在本库的链上：第一个缺失的行为是{lost}，本库曾由备份恢复或被截去末尾"
        yield Fault("restored", text)
    elif first.seq > head().seq:
        yield Fault("tail-cut", f"{anchor}不在本库的链上：本库的链止于第{head().seq}号，末尾被截去")
    else:
        yield Fault("chain-rewritten", f"{anchor}与本库同号链环不符：第{first.seq}号以前的链被改写")


def _passes(line: Line) -> bool:
    return Seal.objects.filter(seq=line.seq, chain=line.chain).exists()


def _unknown(act: str) -> bool:
    return not Act.objects.filter(pk=act).exists()
