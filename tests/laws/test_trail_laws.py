"""留痕的定律: what holds for any sequence of acts, and for any single change."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.world import on, system
from tests.world_trail import tell, told

from zhenggai.apps.trail import bus
from zhenggai.apps.trail.actions import set_clock
from zhenggai.apps.trail.acts import Act, Via, note, once
from zhenggai.apps.trail.anchors import anchors_file, drop_anchor
from zhenggai.apps.trail.canonical import canonical
from zhenggai.apps.trail.models import Act as ActRow
from zhenggai.apps.trail.models import Anchor, ClockShift, Entry, Job, Seal
from zhenggai.apps.trail.rows import differences, replay
from zhenggai.apps.trail.sealing import seal_all
from zhenggai.apps.trail.testing import unlock
from zhenggai.apps.trail.verify import verify

pytestmark = pytest.mark.django_db
law = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

STEPS = st.one_of(
    st.tuples(st.just("tell"), st.integers(1, 4)),
    st.tuples(st.just("clock"), st.integers(0, 23)),
    st.tuples(st.just("seal"), st.just(0)),
    st.tuples(st.just("anchor"), st.just(0)),
)
COLUMNS = [
    (model, field.attname)
    for model in (ActRow, Entry, Seal, Anchor)
    for field in model._meta.concrete_fields
    if (model, field.attname) != (Anchor, "id")  # nothing points at the number of an anchor's row
]
CHANGEABLE = [*COLUMNS, (ClockShift, "seconds")]


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path


@contextmanager
def undone_after():
    """Each example begins with the empty trail."""
    with transaction.atomic():
        anchors_file().unlink(missing_ok=True)
        yield
        transaction.set_rollback(True)


def play(steps):
    for n, (what, size) in enumerate(steps):
        at = on(8, 6, 8) + timedelta(minutes=n)
        if what == "tell":
            told(f"doc:{n}", times=size)
        elif what == "clock":
            set_clock(on(8, 6, size), act=system(at))
        elif what == "seal":
            seal_all()
        else:
            drop_anchor("整点", at)


@law
@given(st.lists(STEPS, max_size=8))
def test_any_sequence_of_acts_verifies(home, steps):
    with undone_after():
        play(steps)
        report = verify()
        assert report.faults == ()
        assert report.entries == report.sealed + report.unsealed == Entry.objects.count()
        seal_all()
        assert verify().unsealed == 0


@law
@given(st.lists(STEPS, max_size=8))
def test_replaying_the_trail_gives_the_rows(home, steps):
    with undone_after():
        play(steps)
        held = {f"trail.clockshift:{c.pk}": {"seconds": str(c.seconds)} for c in _clock()}
        assert replay() == held
        assert differences() == ()


def _clock():
    return ClockShift.objects.all()


@law
@given(
    st.lists(STEPS, max_size=4),
    st.sampled_from(CHANGEABLE),
    st.integers(0, 10**6),
    st.integers(0, 10**6),
)
def test_any_single_change_of_any_column_is_found(home, steps, where, row, place):
    model, column = where
    with undone_after():
        play([("clock", 9), *steps, ("tell", 2), ("clock", 10), ("anchor", 0)])
        keys = list(model.objects.order_by("pk").values_list("pk", flat=True))
        key = keys[row % len(keys)]
        value = getattr(model.objects.get(pk=key), column)
        unlock()
        model.objects.filter(pk=key).update(**{column: other(value, place)})
        found = [fault for fault in verify().faults if fault.code != "trigger-missing"]
        assert found, f"{model.__name__}.{column} of {key}"


def other(value, place):
    """The same value with one sign changed."""
    if isinstance(value, int):
        return value + 10_000
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1)
    if isinstance(value, UUID):
        return UUID(int=value.int ^ (1 << place % 128))
    if not value:
        return "x"
    at = place % len(value)
    return value[:at] + ("b" if value[at] == "a" else "a") + value[at + 1 :]


@law
@given(st.lists(STEPS, max_size=4), st.integers(1, 4), st.integers(2, 4))
def test_the_same_act_again_adds_nothing(home, steps, size, times):
    with undone_after():
        play(steps)
        act = Act(uuid4(), "office-1", "office-1", on(8, 6, 12), Via.WEB)
        tell("doc:again", size, act=act)
        before = Entry.objects.count(), ActRow.objects.count()
        assert {tell("doc:again", size, act=act) for _ in range(times)} == {"doc:again"}
        assert (Entry.objects.count(), ActRow.objects.count()) == before


@once
def fail_after(entries: int, *, act: Act) -> str:
    for n in range(entries):
        note(act, "trail.clock.shifted", f"doc:{n}")
        bus.enqueue("trail.anchor", key=f"undone:{n}", at=act.at, occasion="整点")
    raise ZeroDivisionError


@law
@given(st.lists(STEPS, max_size=4), st.integers(0, 4))
def test_an_act_that_is_undone_leaves_no_entry_and_no_job(home, steps, entries):
    with undone_after():
        play(steps)
        before = Entry.objects.count(), ActRow.objects.count(), Job.objects.count()
        with pytest.raises(ZeroDivisionError):
            fail_after(entries, act=system(on(8, 6, 12)))
        after = Entry.objects.count(), ActRow.objects.count(), Job.objects.count()
        assert after == before
        assert verify().faults == ()


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@given(PLAIN, PLAIN)
def test_texts_are_equal_only_when_contents_are(one, other):
    assert (canonical(one) == canonical(other)) == (repr(sort(one)) == repr(sort(other)))


def sort(value):
    if isinstance(value, dict):
        return {key: sort(value[key]) for key in sorted(value)}
    return [sort(inner) for inner in value] if isinstance(value, list) else value
