"""疑点: one thing that verification found, in one sentence, and how acts and rows are named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai.apps.trail.clock import BEIJING
from zhenggai.apps.trail.models import Act, Entry

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as the trail knows it.

    Parameters
    ----------
    code
        A stable word for machines, such as ``row-changed``.
    text
        One Chinese sentence that names act, entry, table, row and column as far as they are known.
    """

    code: str
    text: str


def the_act(act_id: UUID | str) -> str:
    """Name an act by its id, with day, time and post where its row still exists."""
    try:
        act = Act.objects.filter(pk=act_id).first()
    except ValueError:  # the id or a column no longer reads as what it was
        act = None
    if act is None:
        return f"行为{act_id}"
    return f"行为{act.pk}（{at_minute(act.at)}，{act.by_post}）"


def the_entry(entry: Entry) -> str:
    """Name an entry with its act and its verb."""
    return f"{the_act(entry.act_id)}的第{entry.n + 1}条留痕（编号{entry.pk}，{entry.verb}）"


def the_cell(row_ref: str, column: str) -> str:
    """Name one column of one row: ``ledger.item:12`` is row 12 of ``ledger.item``."""
    table, _, key = row_ref.rpartition(":")
    return f"表{table}第{key}行的{column}列"


def at_minute(moment: datetime | None) -> str:
    """Print a moment in Beijing time, to the minute."""
    return f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M}" if moment else "时间不可读"
