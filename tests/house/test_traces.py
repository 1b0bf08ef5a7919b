"""留痕: whoever writes without a trace fails, whatever the name of the function that noted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from tests.traces import watching
from tests.world import on, system

from zhenggai.apps.ledger.models import Gram, Standing
from zhenggai.apps.parties.models import Area
from zhenggai.apps.trail import bus
from zhenggai.apps.trail.acts import Act, note, once
from zhenggai.kernel.verdict import Reason, Refused

pytestmark = pytest.mark.django_db
HERE = str(Path(__file__).parent)
SINCE = date(2026, 1, 1)


def watched_here():
    """Hold this file to what the chapters are held to."""
    return watching(by=HERE)


def area(code="990599"):
    Area.objects.create(code=code, name="丁县", level="county", since=SINCE)


@once
def draw_area(*, act: Act) -> str:
    """Deliberately traceless: it writes a row and tells nobody."""
    area()
    return "area:990599"


@once
def draw_and_tell(*, act: Act) -> str:
    area()
    note(act, "trail.clock.shifted", "area:990599")
    return "area:990599"


@once
def tell_in_dead_code(*, act: Act) -> str:
    area()
    if act.post == "nobody":
        note(act, "trail.clock.shifted", "area:990599")
    return "area:990599"


@once
def draw_and_refuse(*, act: Act) -> str:
    area()
    raise Refused(Reason("no", "不予办理", "重新办理"))


@once
def tell_and_take_back(*, act: Act) -> str:
    area()
    with transaction.atomic():
        note(act, "trail.clock.shifted", "area:990599")
        transaction.set_rollback(True)
    return "area:990599"


@pytest.mark.parametrize("action", [draw_area, tell_in_dead_code, tell_and_take_back])
def test_an_action_that_writes_and_tells_nobody_fails_with_its_statement(action):
    with pytest.raises(AssertionError, match='INSERT INTO "parties_area"'), watched_here():
        action(act=system(on(8, 6)))


def test_an_action_that_tells_passes():
    with watched_here() as watch:
        draw_and_tell(act=system(on(8, 6)))
    assert {kept.table for kept in watch.kept} == {"parties_area", "trail_entry"}


def test_one_act_does_not_speak_for_the_next():
    def one_after_the_other():
        draw_and_tell(act=system(on(8, 6)))
        area("990598")

    with pytest.raises(AssertionError, match="parties_area"), watched_here():
        one_after_the_other()


def test_what_was_taken_back_needs_no_trace():
    with watched_here() as watch, pytest.raises(Refused):
        draw_and_refuse(act=system(on(8, 6)))
    assert watch.kept == []


def test_a_row_written_outside_every_transaction_fails_too():
    with pytest.raises(AssertionError, match='UPDATE "parties_area"'), watched_here():
        Area.objects.update(name="戊县")


@pytest.mark.django_db(transaction=True)
def test_real_transactions_are_held_to_the_same():
    with watched_here() as watch, pytest.raises(Refused):
        draw_and_refuse(act=system(on(8, 6)))
    assert watch.kept == []
    with pytest.raises(AssertionError, match='INSERT INTO "parties_area"'), watched_here():
        draw_area(act=system(on(8, 6)))
    with pytest.raises(AssertionError, match='UPDATE "parties_area"'), watched_here():
        Area.objects.update(name="戊县")


def test_projections_and_jobs_are_free_and_so_is_a_test_by_its_own_hand():
    with watched_here() as watch:
        Standing.objects.update(percent=1)
        Gram.objects.filter(gram="丁县").delete()
        bus.enqueue("trail.anchor", key="anchor:1", at=on(8, 6), occasion="整点")
    with watching():
        area()
    assert watch.kept == []
