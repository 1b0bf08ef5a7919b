"""后台任务: queued with its cause, leased while it runs, done once, and seen when it is dead."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from tests.world import act, on
from tests.world_trail import told

from zhenggai.apps.trail import bus, work
from zhenggai.apps.trail.acts import Act, note, once
from zhenggai.apps.trail.anchors import anchors_file, read_anchors
from zhenggai.apps.trail.models import Act as ActRow
from zhenggai.apps.trail.models import Entry, Job
from zhenggai.apps.trail.queries import dead_jobs
from zhenggai.kernel.verdict import Reason, Refused

pytestmark = pytest.mark.django_db
DUE = on(8, 6, 9)
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def tasks(monkeypatch):
    """Only the tasks of the test, and none that repeats daily."""
    monkeypatch.setattr(bus, "_tasks", {})
    monkeypatch.setattr(bus, "_daily", [])


@once
def write_down(word: str, *, act: Act) -> str:
    note(act, "trail.clock.shifted", f"word:{word}")
    return f"word:{word}"


@pytest.fixture
def writing(tasks):
    """A job that writes one word, due at nine."""

    @bus.task("test.write")
    def write(word: str, *, act: Act) -> None:
        write_down(word, act=act)

    bus.enqueue("test.write", key="write:a", at=DUE, word="a")
    return Job.objects.get()


def failing(error: Exception):
    @bus.task("test.fail")
    def fail(*, act: Act) -> None:
        raise error

    bus.enqueue("test.fail", key="fail:1", at=DUE)


def run(at=DUE, now=NOW):
    return work.run_one(at, now, "w1")


def test_due_work_is_done_once(writing):
    assert run()
    assert not run()
    job = Job.objects.get()
    assert (job.done_at, job.lease_until, job.error, job.tries) == (NOW, None, "", 1)
    assert Entry.objects.get().subject == "word:a"
    assert (ActRow.objects.get().by_post, ActRow.objects.get().via) == ("system", "job")


def test_work_that_is_not_due_waits(writing):
    assert not run(at=DUE - timedelta(minutes=1))
    assert not Entry.objects.exists()


def test_one_key_is_queued_once(writing):
    bus.enqueue("test.write", key="write:a", at=DUE, word="b")
    assert Job.objects.get().args == {"word": "a"}


def test_leased_work_is_left_alone_until_the_lease_ends(writing):
    assert work.take(DUE, NOW, "w1").worker == "w1"
    assert work.take(DUE, NOW + work.LEASE - timedelta(seconds=1), "w2") is None
    taken = work.take(DUE, NOW + work.LEASE, "w2")
    assert (taken.worker, taken.tries) == ("w2", 2)


def test_a_worker_that_died_after_writing_leaves_nothing_to_write_twice(writing, monkeypatch):
    monkeypatch.setattr(work, "_end", lambda *given, **when: None)
    run()
    monkeypatch.undo()
    bus.task("test.write")(lambda word, *, act: write_down(word, act=act) and None)
    assert run(now=NOW + work.LEASE)
    assert Entry.objects.count() == 1
    assert Job.objects.get().done_at == NOW + work.LEASE


def test_who_comes_late_does_not_end_what_another_has_taken_over(writing):
    first = work.take(DUE, NOW, "w1")
    work.take(DUE, NOW + work.LEASE, "w2")
    work._end(first, done_at=NOW, error="")
    job = Job.objects.get()
    assert (job.done_at, job.worker) == (None, "w2")


def test_failed_work_is_tried_again_later_each_time(tasks):
    failing(ValueError("no such month"))
    pauses, at = [], DUE
    for _ in range(4):
        run(at=at)
        job = Job.objects.get()
        pauses.append((job.due_at - at).total_seconds())
        at = job.due_at
    assert pauses == [15, 30, 60, 120]
    assert job.error == "ValueError: no such month"
    assert job.dead_at is None


def test_after_enough_tries_work_is_dead_and_seen(tasks):
    failing(ValueError("no such month"))
    at = DUE
    for _ in range(work.MOST_TRIES):
        assert run(at=at)
        at = Job.objects.get().due_at
    assert not run(at=at + timedelta(days=1))
    assert [(job.key, job.dead_at) for job in dead_jobs()] == [("fail:1", NOW)]


def test_work_that_kills_its_worker_each_time_is_dead_in_the_end(tasks):
    failing(ValueError("never reached"))
    now = NOW
    for _ in range(work.MOST_TRIES):
        assert work.take(DUE, now, "w1") is not None
        now += work.LEASE
    assert work.take(DUE, now, "w1") is None
    assert "办理中断" in dead_jobs().get().error


def test_a_refused_job_is_dead_at_once_with_its_sentence(tasks):
    failing(Refused(Reason("no-year", "2027年的放假安排尚未公布", "公布后更新日历")))
    run()
    assert dead_jobs().get().error == "2027年的放假安排尚未公布 → 公布后更新日历"


def test_work_of_an_unknown_name_stops_nothing(tasks, writing):
    bus.enqueue("test.unknown", key="unknown:1", at=DUE - timedelta(hours=1))
    assert run()
    assert run()
    assert Entry.objects.get().subject == "word:a"


def test_a_failed_job_leaves_nothing_of_what_it_wrote(tasks):
    @once
    def half(*, act: Act) -> str:
        note(act, "trail.clock.shifted", "half")
        raise ValueError("in the middle")

    bus.task("test.half")(half)
    bus.enqueue("test.half", key="half:1", at=DUE)
    run()
    assert not Entry.objects.exists()


def test_daily_work_is_queued_once_a_day(tasks):
    seen = []

    @bus.daily("test.daily")
    def look(day: str, *, act: Act) -> None:
        seen.append(day)

    for hour in (0, 8, 23):
        work.beat(on(8, 6, hour), NOW)
    work.beat(on(8, 7, 0), NOW)
    bus.task("trail.anchor")(lambda occasion, *, act: None)
    while run(at=on(8, 7, 12)):
        pass
    assert seen == ["2026-08-06", "2026-08-07"]


def test_an_anchor_is_dropped_once_an_hour(settings, tmp_path):
    settings.HOME = tmp_path
    told("doc:1")
    for minute in (0, 30, 59):
        work.beat(DUE, NOW + timedelta(minutes=minute))
    work.beat(DUE, NOW + timedelta(hours=1))
    assert Job.objects.filter(task="trail.anchor").count() == 2
    while run():
        pass
    assert [line.occasion for line in read_anchors(anchors_file())] == ["整点"]


def test_an_act_that_is_undone_leaves_no_job(tasks):
    @once
    def queue(*, act: Act) -> str:
        bus.enqueue("test.write", key="write:a", at=act.at, word="a")
        raise Refused(Reason("no", "不予办理", "重新办理"))

    with pytest.raises(Refused):
        queue(act=act("office-1", DUE))
    assert not Job.objects.exists()


def test_the_worker_outlives_a_turn_that_fails(tasks, monkeypatch):
    stop, turns = Event(), []

    def turn(worker):
        turns.append(worker)
        if len(turns) == 1:
            raise ConnectionError("the database is restarting")
        stop.set()
        return True

    monkeypatch.setattr(work, "_turn", turn)
    monkeypatch.setattr(work, "_seal_forever", lambda stop: None)
    monkeypatch.setattr(work, "_IDLE", 0)
    work.work_forever(stop)
    assert len(turns) == 2
