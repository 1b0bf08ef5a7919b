"""触发器: keep the trail append-only on both engines, whoever writes to the database.

They stop accidents. Who owns the database can drop them; that is found by ``missing`` and, for what
was changed meanwhile, by the chain, the anchors and the rows the trail witnessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import UniqueConstraint

from zhenggai.apps.trail.models import Act, Anchor, Entry, Seal
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

_protected: list[type[Model]] = [Act, Entry, Seal, Anchor]

_BODY = """
BEGIN
  RAISE EXCEPTION '留痕只增不改：% 不得更新、删除或清空', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END
"""
_FUNCTION = (
    f"CREATE OR REPLACE FUNCTION trail_kept() RETURNS trigger LANGUAGE plpgsql AS $${_BODY}$$"
)
_ROW_CHANGED = 1 | 2 | 8 | 16  # pg_trigger.tgtype: each row, before, delete, update
_EMPTIED = 2 | 32  # before, truncate; once a statement


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger: how it is made, and what the engine's own catalogue then says of it."""

    name: str
    table: str
    statements: tuple[str, ...]
    catalogue: tuple[object, ...]


def protect(model: type[Model]) -> None:
    """Let rows of a later chapter's table be added and never altered."""
    if model not in _protected:
        _protected.append(model)


def install(**kwargs: object) -> None:  # noqa: ARG001 - what the signal passes
    """Put back what is missing, once every table exists; connected to ``post_migrate``."""
    with connection.cursor() as cursor:
        if not {trigger.table for trigger in _wanted()} <= set(
            connection.introspection.table_names(cursor)
        ):
            return
        for trigger in _missing():
            _drop(trigger)
            for statement in trigger.statements:
                cursor.execute(statement)


def missing() -> tuple[str, ...]:
    """Return the names of triggers that are absent, switched off or altered."""
    return tuple(trigger.name for trigger in _missing())


def require() -> None:
    """Refuse to start while a trigger is missing."""
    if gone := missing():
        text = f"数据库缺少只增不改的触发器：{'、'.join(gone)}"
        remedy = "查明何人何时停用，运行 zhenggai trail verify 核对后再运行 zhenggai migrate 装回"
        raise Refused(Reason("trigger-missing", text, remedy))


def drop_all() -> None:
    """Drop every trigger; ``trail.testing`` is the only caller and runs under pytest alone."""
    _settle("IMMEDIATE")  # a table with pending events can not be altered
    for trigger in _wanted():
        _drop(trigger)
    _settle("DEFERRED")


def _settle(when: str) -> None:
    if _on_postgresql():
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS ALL {when}")


def _missing() -> list[Trigger]:
    found = _catalogue()
    return [trigger for trigger in _wanted() if found.get(trigger.name) != trigger.catalogue]


def _wanted() -> list[Trigger]:
    make = _on_one_table_of_postgresql if _on_postgresql() else _on_one_table_of_sqlite
    return [trigger for model in _protected for trigger in make(model)]


def _on_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _drop(trigger: Trigger) -> None:
    where = f' ON "{trigger.table}"' if _on_postgresql() else ""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}"{where}')


def _on_one_table_of_postgresql(model: type[Model]) -> Iterator[Trigger]:
    table = model._meta.db_table
    for name, event, each, kind in (
        (f"{table}_kept", "UPDATE OR DELETE", "ROW", _ROW_CHANGED),
        (f"{table}_not_emptied", "TRUNCATE", "STATEMENT", _EMPTIED),
    ):
        calls = f"FOR EACH {each} EXECUTE FUNCTION trail_kept()"
        statements = (
            _FUNCTION,
            f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" {calls}',
            # ALWAYS: not even a replica's role or a restore lets a change pass.
            f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{name}"',
        )
        yield Trigger(name, table, statements, ("A", kind, True, "", _BODY))


def _on_one_table_of_sqlite(model: type[Model]) -> Iterator[Trigger]:
    """Yield three triggers, each in the very words SQLite keeps.

    REPLACE deletes without firing delete triggers (``recursive_triggers`` is off), so an insert
    that meets an existing row is stopped before it can.
    """
    table = model._meta.db_table
    same = " OR ".join(
        "(" + " AND ".join(f'"{column}" = NEW."{column}"' for column in key) + ")"
        for key in _keys(model)
    )
    meets = f'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE {same}) '  # noqa: S608 - names of models
    for name, event, when in (
        (f"{table}_not_updated", "UPDATE", ""),
        (f"{table}_not_deleted", "DELETE", ""),
        (f"{table}_not_replaced", "INSERT", meets),
    ):
        sql = (
            f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" {when}'
            f"BEGIN SELECT RAISE(ABORT, '留痕只增不改：{table} 不得更新、删除或替换'); END"
        )
        yield Trigger(name, table, (sql,), (sql,))


def _keys(model: type[Model]) -> list[list[str]]:
    """Return the column groups in which no two rows of a table are equal."""
    columns = {field.name: str(field.column) for field in model._meta.concrete_fields}
    alone = [[str(field.column)] for field in model._meta.concrete_fields if field.unique]
    together = [
        [columns[name] for name in rule.fields]
        for rule in model._meta.constraints
        if isinstance(rule, UniqueConstraint) and rule.condition is None
    ]
    return alone + together


def _catalogue() -> dict[str, tuple[object, ...]]:
    sql = _OF_POSTGRESQL if _on_postgresql() else _OF_SQLITE
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {name: tuple(rest) for name, *rest in cursor.fetchall()}


_OF_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
# Fired always, kind of event, no condition, no list of columns, the function's own text.
_OF_POSTGRESQL = """
SELECT t.tgname, t.tgenabled, t.tgtype, t.tgqual IS NULL, t.tgattr::text, p.prosrc
FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
"""
