"""留痕的演练: a small trail made by acts, and somebody who goes around them."""

from __future__ import annotations

from uuid import uuid4

from django.db import connections

from tests.world import on, system
from zhenggai.apps.trail import triggers
from zhenggai.apps.trail.actions import set_clock
from zhenggai.apps.trail.acts import Act, Via, note, once
from zhenggai.apps.trail.models import Act as ActRow
from zhenggai.apps.trail.models import Entry
from zhenggai.apps.trail.testing import unlock

AUGUST = on(8, 6, 8)


@once
def tell(subject: str, times: int, *, act: Act) -> str:
    """Note something several times in one act."""
    for n in range(times):
        note(act, "trail.clock.shifted", subject, item="W-037", said=n)
    return subject


def told(subject: str, times: int = 1) -> Act:
    """One act of the office with some entries."""
    act = Act(uuid4(), "office-1", "office-1", AUGUST, Via.WEB)
    tell(subject, times, act=act)
    return act


def clock_set(hour: int) -> Act:
    """One act that fixes a column of a row."""
    act = system(AUGUST)
    set_clock(on(8, 6, hour), act=act)
    return act


def key(act: Act) -> object:
    """The act's id as this engine stores it."""
    other = connections["default"]
    return ActRow._meta.pk.get_db_prep_value(act.id, other)


def entry_of(act: Act, n: int = 0) -> Entry:
    """The n-th entry of an act."""
    return Entry.objects.get(act_id=act.id, n=n)


def attack(*statements: tuple[str, list[object]]) -> None:
    """Change the database from outside, without triggers and foreign keys, then tidy up."""
    unlock()
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            off = {
                "sqlite": "PRAGMA foreign_keys = OFF",
                "postgresql": "SET session_replication_role = replica",
            }
            cursor.execute(off[other.vendor])
            for sql, values in statements:
                cursor.execute(sql, values)
    finally:
        other.connection.close()
    triggers.install()


def change(table: str, column: str, value: object, where: str, equals: object):
    """The statement that sets one column of one row, for ``attack``."""
    sql = f'UPDATE {table} SET "{column}" = %s WHERE {where} = %s'  # noqa: S608 - names of tests
    return sql, [value, equals]
