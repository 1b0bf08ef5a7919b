"""重演: what the rows must be by the trail alone, and where the database differs."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import QuerySet

from zhenggai.apps.trail.canonical import column_text
from zhenggai.apps.trail.faults import Fault, the_act, the_cell
from zhenggai.apps.trail.models import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.db.models import Model

_CHUNK = 500
# What a stored value may raise when it no longer reads as its column's type.
UNREADABLE = (ValueError, TypeError, ArithmeticError, ValidationError)


class Seen(NamedTuple):
    """The last value the trail saw in a column, and who wrote it there."""

    text: str | None
    entry: int
    act: UUID


class Rows:
    """The fold of all entries: for each row they witnessed, its columns as last seen."""

    def __init__(self) -> None:
        self.seen: dict[str, dict[str, Seen]] = defaultdict(dict)

    def add(self, entry: Entry, body: dict[str, dict[str, dict[str, str | None]]]) -> None:
        """Fold one entry in; the order of ids is the order in which one row was written."""
        for row_ref, columns in body["rows"].items():
            row = self.seen[row_ref]
            for column, text in columns.items():
                before = row.get(column)
                if before is None or before.entry < entry.pk:
                    row[column] = Seen(text, entry.pk, entry.act_id)

    def add_all(self) -> None:
        """Fold every entry in."""
        for entry in Entry.objects.only("act_id", "body").iterator():
            self.add(entry, json.loads(entry.body))

    def differences(self) -> Iterator[Fault]:
        """Yield one fault for each column that is not what the trail last saw."""
        tables: dict[str, list[str]] = defaultdict(list)
        for row_ref in self.seen:
            table, _, key = row_ref.rpartition(":")
            tables[table].append(key)
        for table, keys in sorted(tables.items()):
            for start in range(0, len(keys), _CHUNK):
                yield from self._of(table, keys[start : start + _CHUNK])

    def _of(self, table: str, keys: list[str]) -> Iterator[Fault]:
        try:
            model = apps.get_model(table)
        except (LookupError, ValueError):  # no such table; no name of a table at all
            yield Fault("table-missing", f"留痕记载过表{table}，本版本没有这张表")
            return
        found = _stored(model, keys)
        for key in keys:
            row_ref = f"{table}:{key}"
            for column, seen in self.seen[row_ref].items():
                if fault := _fault(found, row_ref, column, seen):
                    yield fault


def replay() -> dict[str, dict[str, str | None]]:
    """Return every row the trail witnessed, rebuilt from entries alone."""
    rows = Rows()
    rows.add_all()
    return {ref: {name: seen.text for name, seen in row.items()} for ref, row in rows.seen.items()}


def differences() -> tuple[Fault, ...]:
    """Return where the rows differ from what the trail alone makes of them."""
    rows = Rows()
    rows.add_all()
    return tuple(rows.differences())


def _stored(model: type[Model], keys: list[str]) -> dict[str, Model | None]:
    """Return rows by key; a row that can no longer be read is there, as None."""
    try:
        return {str(row.pk): row for row in _rows(model, keys)}
    except UNREADABLE:
        return {key: row for key in keys for row in _alone(model, key)}


def _alone(model: type[Model], key: str) -> Iterator[Model | None]:
    try:
        yield from _rows(model, [key])
    except UNREADABLE:
        yield None


def _rows(model: type[Model], keys: list[str]) -> QuerySet[Model]:
    rows: QuerySet[Model] = QuerySet(model)
    return rows.filter(pk__in=keys)


def _fault(found: dict[str, Model | None], row_ref: str, column: str, seen: Seen) -> Fault | None:
    key = row_ref.rpartition(":")[2]
    try:
        row = found[key]
        now = _said(None if row is None else column_text(row, column))
    except KeyError:
        return _row_fault("row-missing", row_ref, column, seen, "库中该行已不在")
    except (FieldDoesNotExist, AttributeError, *UNREADABLE):
        row, now = None, ""
    if row is None:
        return _row_fault("row-unreadable", row_ref, column, seen, "库中该行已不可读")
    if now == _said(seen.text):
        return None
    return _row_fault("row-changed", row_ref, column, seen, f"库中现为{now}")


def _row_fault(code: str, row_ref: str, column: str, seen: Seen, now: str) -> Fault:
    witnessed = f"记载{the_cell(row_ref, column)}为{_said(seen.text)}（留痕编号{seen.entry}）"
    return Fault(code, f"{the_act(seen.act)}{witnessed}，{now}")


def _said(text: str | None) -> str:
    return "空" if text is None else f"“{text}”"
