"""锚点: heads of the chain, written to a file outside the database from the first day.

Each line says how far the chain had come, and which acts came since the line before: whoever goes
on from a backup, or cuts the tail, is contradicted by it, and the receipts of what is lost are
known. A copy of the file kept elsewhere is worth more than the file itself.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from zhenggai.apps.trail import acts
from zhenggai.apps.trail.canonical import canonical
from zhenggai.apps.trail.models import Anchor, Entry
from zhenggai.apps.trail.sealing import Head, head, seal_all
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

_PRIVATE = 0o600
_HERE = "file"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an anchors file.

    Parameters
    ----------
    acts
        Ids of the acts sealed since the line before, in the order of the chain.
    """

    seq: int
    chain: str
    at: datetime
    occasion: str
    acts: tuple[str, ...]


def anchors_file() -> Path:
    """Return where this installation writes its anchors."""
    return Path(settings.HOME) / "anchors.log"


def drop_anchor(occasion: str, at: datetime) -> Head:
    """Seal, and write the head outside the database; a head already outside is not written again.

    Runs as a job (``trail.anchor``), never inside an act: what the act writes may still be undone,
    and a line in the file can not.
    """
    if acts.is_open():
        raise RuntimeError("an anchor is dropped after the act: enqueue trail.anchor")
    seal_all()
    with transaction.atomic():
        last = head()
        before = Anchor.objects.order_by("-seq").first()
        since = before.seq if before else 0
        if last.seq == since:
            return last
        Anchor.objects.create(seq=last.seq, chain=last.chain, at=at, where=_HERE, occasion=occasion)
        # Inside the transaction: no row without its line; a line whose row was lost does no harm.
        _append(Line(last.seq, last.chain, at, occasion, _acts_between(since, last.seq)))
    return last


def read_anchors(path: Path) -> tuple[Line, ...]:
    """Return the lines of an anchors file; a file that cannot be read is refused."""
    if not path.is_file():
        raise Refused(Reason("no-anchors", f"锚点文件{path}不在", "核对路径，或从备份恢复该文件"))
    return tuple(_lines(path))


def _lines(path: Path) -> Iterator[Line]:
    with path.open(encoding="utf-8") as file:
        for number, text in enumerate(file, start=1):
            try:
                said = json.loads(text)
                moment = datetime.fromisoformat(said["at"])
                ids = tuple(said["acts"])
                yield Line(said["seq"], said["chain"], moment, said["occasion"], ids)
            except (ValueError, KeyError, TypeError):
                wrong = f"锚点文件{path}第{number}行不可读"
                raise Refused(
                    Reason("broken-anchors", wrong, "用另存的副本核对：--against 副本")
                ) from None


def _acts_between(after: int, upto: int) -> tuple[str, ...]:
    sealed = Entry.objects.filter(seal__seq__gt=after, seal__seq__lte=upto).order_by("seal__seq")
    return tuple(dict.fromkeys(str(act) for act in sealed.values_list("act_id", flat=True)))


def _append(line: Line) -> None:
    number = os.open(anchors_file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, _PRIVATE)
    with os.fdopen(number, "a", encoding="utf-8") as file:
        file.write(canonical(line) + "\n")
        file.flush()
        os.fsync(file.fileno())
