"""触发器: rows of the trail are added and never altered, on either engine."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from tests.world_trail import change, entry_of, told

from zhenggai.apps.ledger.models import Move, Undoing
from zhenggai.apps.trail import triggers
from zhenggai.apps.trail.models import Act, Anchor, Entry, Seal
from zhenggai.apps.trail.sealing import seal_all
from zhenggai.kernel.verdict import Refused

pytestmark = pytest.mark.django_db
KEPT = [Act, Entry, Seal, Anchor, Move, Undoing]


@pytest.fixture
def sealed():
    act = told("doc:1")
    seal_all()
    return act


def execute(sql, values=()):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_all_tables_of_the_trail_and_the_moves_of_the_ledger_are_kept():
    assert {trigger.table for trigger in triggers._wanted()} == {m._meta.db_table for m in KEPT}
    assert triggers.missing() == ()


@pytest.mark.parametrize("model", [Act, Entry, Seal])
def test_no_row_is_updated_or_deleted_whatever_the_way(sealed, model):
    with pytest.raises(IntegrityError, match="留痕只增不改"), transaction.atomic():
        model.objects.update(**{model._meta.concrete_fields[-1].name: "x"})
    table = model._meta.db_table
    with pytest.raises(IntegrityError, match="留痕只增不改"):
        execute(f"DELETE FROM {table}")  # noqa: S608 - the test's own table


def test_a_table_is_not_emptied(sealed):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(IntegrityError, match="留痕只增不改"):
        execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE trail_act CASCADE")


@pytest.mark.parametrize("how", ["REPLACE", "INSERT OR REPLACE", "INSERT OR IGNORE", "INSERT"])
def test_an_existing_row_is_not_replaced(sealed, how):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no REPLACE")
    entry = entry_of(sealed)
    columns = "act_id, n, {}, subject, item_ref, body, digest"
    into = f"{how} INTO trail_entry (id, {columns.format('verb')})"
    forged = columns.format("'forged'")
    for key in ("id", "id + 1"):  # by its key; and by the pair that occurs once
        with pytest.raises(IntegrityError, match="留痕只增不改"):
            execute(f"{into} SELECT {key}, {forged} FROM trail_entry")  # noqa: S608 - same
    assert entry_of(sealed).verb == entry.verb


def test_an_insert_that_turns_into_an_update_is_stopped(sealed):
    sql = (
        "INSERT INTO trail_seal (seq, entry_id, chain) SELECT seq, entry_id, 'x' FROM trail_seal"
        " WHERE true ON CONFLICT (seq) DO UPDATE SET chain = 'x'"
    )
    with pytest.raises(IntegrityError, match="留痕只增不改"):
        execute(sql)


def test_a_replica_role_changes_nothing_either(sealed):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no roles")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        with pytest.raises(IntegrityError, match="留痕只增不改"), transaction.atomic():
            cursor.execute(*change("trail_seal", "chain", "x", "seq", 1))


def test_a_start_is_refused_while_a_trigger_is_missing_and_migrating_puts_it_back(db):
    gone = triggers._wanted()[0]
    triggers._drop(gone)
    with pytest.raises(Refused, match=gone.name):
        triggers.require()
    call_command("migrate", verbosity=0)
    triggers.require()


def test_a_trigger_emptied_of_its_meaning_counts_as_missing(db):
    emptied = triggers._wanted()[0]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            triggers._drop(emptied)
            cursor.execute(
                f"CREATE TRIGGER {emptied.name} BEFORE UPDATE ON trail_act BEGIN SELECT 1; END"
            )
        else:
            cursor.execute(f"ALTER TABLE trail_act DISABLE TRIGGER {emptied.name}")
    assert triggers.missing() == (emptied.name,)


def test_a_trigger_function_that_lets_everything_pass_counts_as_missing(db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's triggers carry their own text")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION trail_kept() RETURNS trigger LANGUAGE plpgsql"
            " AS $$BEGIN RETURN NEW; END$$"
        )
    assert len(triggers.missing()) == 2 * len(KEPT)


@pytest.mark.django_db(transaction=True)
def test_a_test_database_is_emptied_and_locked_again():
    told("doc:1")
    call_command("flush", interactive=False, verbosity=0)
    assert not Entry.objects.exists()
    assert triggers.missing() == ()


def test_nobody_empties_the_database_outside_a_test(sealed, monkeypatch):
    monkeypatch.delenv("PYTEST_VERSION")
    with pytest.raises(RuntimeError, match="under pytest only"):
        call_command("flush", interactive=False, verbosity=0)
    assert Entry.objects.exists()
