"""留痕守望: reads every statement of a test and names what was written without a trace.

One transaction that writes a table of ours adds an entry of the trail, or fails the test. What a
transaction takes back counts neither way, and what a test writes by its own hand is its own affair.
"""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps
from django.db import connection, transaction

ROOT = Path(__file__).parents[1]
OURS = f"{ROOT / 'src'}/"
PROJECT = (OURS, f"{ROOT / 'tests'}/")
TRACE = "trail_entry"
# The trail's own tables, and projections that are rebuilt at will.
FREE = {
    *("trail_act", "trail_seal", "trail_anchor", "trail_job"),
    *("ledger_standing", "ledger_gram"),
}
_WRITES = re.compile(r'(?i)\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)')


@dataclass(frozen=True)
class Kept:
    """One write that stands once its transaction does: Django forgets it with a rollback."""

    watch: Watch
    unit: object
    table: str
    sql: str

    def __call__(self) -> None:
        """Count the write; called on commit, or by the watch when the test ends."""
        self.watch.kept.append(self)


@dataclass
class Watch:
    """Sees what is written by code below a folder.

    Parameters
    ----------
    by
        The folder whose code must leave traces: the source of the project.
    """

    by: str = OURS
    kept: list[Kept] = field(default_factory=list)
    outside: int = 0

    def __call__(self, execute, sql, params, many, context):
        """Let a statement pass, and remember what it wrote."""
        done = execute(sql, params, many, context)
        written = _WRITES.match(sql)
        if written:
            self._remember(written[1], sql)
        return done

    def untraced(self) -> list[str]:
        """Return the statements of each transaction that wrote and told nobody."""
        traced = {id(k.unit) for k in self.kept if k.table == TRACE}
        return [k.sql for k in self.kept if k.table != TRACE and id(k.unit) not in traced]

    def _remember(self, table: str, sql: str) -> None:
        if table in FREE or table not in _ours() or not (table == TRACE or self._writes_ours()):
            return
        open_blocks = connection.atomic_blocks[self.outside :]
        unit = open_blocks[0] if open_blocks else object()
        transaction.on_commit(Kept(self, unit, table, sql))

    def _writes_ours(self) -> bool:
        """Say whether the nearest code of the project above the statement lies in the folder."""
        frame = sys._getframe(3)
        while frame is not None:
            file = frame.f_code.co_filename
            if file != __file__ and file.startswith(PROJECT):
                return file.startswith(self.by)
            frame = frame.f_back
        return False


@contextmanager
def watching(by: str = OURS):
    """Fail when a transaction begun inside writes without a trace."""
    watch = Watch(by, outside=len(connection.atomic_blocks))
    with connection.execute_wrapper(watch):
        yield watch
    waiting = [f for _, f, _ in connection.run_on_commit if getattr(f, "watch", None) is watch]
    for kept in waiting:
        kept()
    if silent := watch.untraced():
        said = "\n".join(sql[:300] for sql in silent)
        raise AssertionError(f"written without an entry in the same transaction:\n{said}")


def _ours() -> frozenset[str]:
    if not _tables:
        models = apps.get_models(include_auto_created=True)
        _tables.update(m._meta.db_table for m in models if m.__module__.startswith("zhenggai."))
    return frozenset(_tables)


_tables: set[str] = set()
