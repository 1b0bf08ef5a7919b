"""A move is only added to, and says what its entry said."""

from __future__ import annotations

import pytest
from django.db import connection
from tests.world_ledger import assigned

from zhenggai.apps.ledger.checks import moves_are_what_their_entries_said
from zhenggai.apps.ledger.models import Move
from zhenggai.apps.trail.testing import unlock

pytestmark = pytest.mark.django_db


def test_moves_as_they_were_written_are_found_right(zhaoling):
    assigned()
    assert Move.objects.exists()
    assert list(moves_are_what_their_entries_said()) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_move SET effective_on = '2026-01-01'",
        "UPDATE ledger_move SET run_ref = 'run:9'",
    ],
)
def test_a_move_changed_behind_the_triggers_is_named(zhaoling, change):
    assigned()
    unlock()
    with connection.cursor() as cursor:
        cursor.execute(change)
    (fault,) = moves_are_what_their_entries_said()
    assert fault.code == "move-changed"
    assert "ledger.move第" in fault.text
    assert "ledger.item.assigned" in fault.text
