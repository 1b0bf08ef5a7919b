"""封印与锚点: every entry is chained once, and heads go where the database does not reach."""

from __future__ import annotations

import hashlib
import stat
from uuid import uuid4

import pytest
from django.db import connection, transaction
from tests.world import on
from tests.world_trail import AUGUST, entry_of, told

from zhenggai.apps.trail import sealing
from zhenggai.apps.trail.acts import Act, note, once
from zhenggai.apps.trail.anchors import anchors_file, drop_anchor, read_anchors
from zhenggai.apps.trail.chain import GENESIS, act_digest, folded
from zhenggai.apps.trail.models import Act as ActRow
from zhenggai.apps.trail.models import Anchor, Seal
from zhenggai.apps.trail.sealing import Head, head, known_seq, seal_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


@once
def seal_within(*, act: Act) -> str:
    note(act, "trail.clock.shifted", "clock")
    return f"seq:{known_seq()}"


def test_the_chain_can_be_computed_with_nothing_but_sha256():
    act = told("doc:1", times=2)
    assert seal_all() == 2
    first, second = entry_of(act), entry_of(act, n=1)
    whole = act_digest(ActRow.objects.get())
    one = hashlib.sha256(f"{'0' * 64}{first.digest}{whole}".encode()).hexdigest()
    two = hashlib.sha256(f"{one}{second.digest}".encode()).hexdigest()
    assert list(Seal.objects.order_by("seq").values_list("seq", "chain")) == [(1, one), (2, two)]


def test_before_the_first_entry_the_head_is_the_genesis():
    assert head() == Head(0, GENESIS)
    assert known_seq() == 0


def test_what_is_sealed_is_not_sealed_again():
    told("doc:1")
    assert (seal_all(), seal_all()) == (1, 0)
    told("doc:2")
    assert (sealing.unsealed(), known_seq(), sealing.unsealed()) == (1, 2, 0)


def test_more_entries_than_a_batch_are_sealed_in_one_go(monkeypatch):
    monkeypatch.setattr(sealing, "_BATCH", 2)
    told("doc:1", times=5)
    assert seal_all() == 5
    assert list(Seal.objects.order_by("seq").values_list("entry__n", flat=True)) == [0, 1, 2, 3, 4]


def test_what_commits_late_is_sealed_late_and_nothing_is_reordered():
    late, early = told("doc:1"), told("doc:2")
    chain = folded(GENESIS, entry_of(early))  # as if the other had not been committed yet
    Seal.objects.create(seq=1, entry=entry_of(early), chain=chain)
    assert seal_all() == 1
    assert list(Seal.objects.order_by("seq").values_list("entry__act_id", flat=True)) == [
        early.id,
        late.id,
    ]


def test_an_act_that_asks_what_is_known_does_not_seal_itself():
    before = told("doc:1")
    asking = Act(uuid4(), "system", "system", AUGUST, before.via)
    assert seal_within(act=asking) == "seq:1"
    assert seal_all() == 1


def test_an_anchor_is_a_row_and_a_line_that_names_the_acts_since_the_last(home):
    first, second = told("doc:1", times=2), told("doc:2")
    assert drop_anchor("公示", on(8, 6, 9)).seq == 3
    third = told("doc:3")
    drop_anchor("整点", on(8, 6, 10))
    one, two = read_anchors(anchors_file())
    assert (one.seq, one.occasion, one.at) == (3, "公示", on(8, 6, 9))
    assert one.acts == (str(first.id), str(second.id))
    assert (two.seq, two.chain, two.acts) == (4, head().chain, (str(third.id),))
    assert list(Anchor.objects.order_by("seq").values_list("seq", flat=True)) == [3, 4]


def test_a_head_already_outside_is_not_written_again(home):
    told("doc:1")
    drop_anchor("公示", AUGUST)
    drop_anchor("整点", AUGUST)
    assert len(read_anchors(anchors_file())) == 1


def test_an_empty_trail_drops_no_anchor(home):
    assert drop_anchor("整点", AUGUST) == Head(0, GENESIS)
    assert not anchors_file().exists()


def test_only_the_owner_reads_the_anchors_file(home):
    told("doc:1")
    drop_anchor("公示", AUGUST)
    assert stat.S_IMODE(anchors_file().stat().st_mode) == 0o600


def test_no_anchor_is_dropped_inside_an_act(home):
    @once
    def hasty(*, act: Act) -> str:
        note(act, "trail.clock.shifted", "clock")
        drop_anchor("公示", act.at)
        return ""

    first = told("doc:1")
    with pytest.raises(RuntimeError, match="after the act"):
        hasty(act=Act(uuid4(), "system", "system", AUGUST, first.via))
    assert not anchors_file().exists()


@pytest.mark.django_db(transaction=True)
def test_only_one_sealer_runs_at_a_time():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's writer is alone by itself")
    told("doc:1")
    with transaction.atomic():
        seal_all()
        other = connection.copy("default")
        try:
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [sealing._ADVISORY_LOCK])
                assert cursor.fetchone() == (False,)
        finally:
            other.close()
