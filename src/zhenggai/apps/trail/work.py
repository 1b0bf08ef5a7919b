"""后台工人: takes due work by a lease, runs it once, and keeps the chain sealed and anchored.

At least once: a worker that dies frees its job when the lease ends. The act id of a job comes from
its key, so what the first run wrote the second finds already done.
"""

from __future__ import annotations

import logging
import os
import socket
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.db import close_old_connections, connection
from django.db.models import F, Q

from zhenggai.apps.trail import bus, clock
from zhenggai.apps.trail.acts import Act, Via
from zhenggai.apps.trail.queries import waiting_jobs
from zhenggai.apps.trail.sealing import seal_all
from zhenggai.kernel.verdict import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from zhenggai.apps.trail.models import Job

LEASE = timedelta(minutes=10)
MOST_TRIES = 10
_FIRST_PAUSE = timedelta(seconds=15)
_LONGEST_PAUSE = timedelta(hours=1)
_JOBS = UUID("6f8d1a5c-4b0e-5d53-9a57-7a2f3c1e90b4")  # the namespace of the act ids of jobs
_SEALED_EVERY = 2.0  # seconds
_IDLE = 1.0  # seconds

log = logging.getLogger(__name__)


def take(at: datetime, now: datetime, worker: str) -> Job | None:
    """Take the next piece of work by a conditional update, or nothing if none is due.

    Parameters
    ----------
    at
        The campaign's time, by which work falls due.
    now
        The machine's time, by which leases end.
    worker
        Who takes it.
    """
    free = waiting_jobs().filter(Q(lease_until=None) | Q(lease_until__lte=now), due_at__lte=at)
    while (job := free.first()) is not None:
        if job.tries >= MOST_TRIES:
            _end(job, dead_at=now, error=f"{job.error}\n第{job.tries}次办理中断")
        elif free.filter(pk=job.pk, tries=job.tries).update(
            lease_until=now + LEASE, worker=worker, tries=F("tries") + 1
        ):
            job.refresh_from_db()
            return job
    return None


def run_one(at: datetime, now: datetime, worker: str) -> bool:
    """Run one piece of due work; return whether there was any.

    A refusal is final, for the reasons will be the same the next time: the job is dead and its
    sentence is seen in ``doctor``. Anything else is tried again, later each time.
    """
    job = take(at, now, worker)
    if job is None:
        return False
    act = Act(uuid5(_JOBS, job.key), "system", "system", at, Via.JOB)
    try:
        bus.task_named(job.task)(**job.args, act=act)
    except Refused as refused:
        log.warning("%s refused: %s", job.key, refused)
        _end(job, dead_at=now, error=_sentence(refused))
    except Exception as error:
        log.exception("%s failed, try %d", job.key, job.tries)
        _put_off(job, at, now, error)
    else:
        _end(job, done_at=now, error="")
    return True


def work_forever(stop: Event) -> None:
    """Run due work until told to stop; the job at hand is finished first."""
    worker = f"{socket.gethostname()}:{os.getpid()}"
    sealer = Thread(target=_seal_forever, args=(stop,), name="sealer")
    sealer.start()
    while not stop.is_set():
        if not _survived(lambda: _turn(worker)):
            stop.wait(_IDLE)
    sealer.join()


def beat(at: datetime, now: datetime) -> None:
    """Queue what is due by the clock: the tasks of the day and the anchor of the hour."""
    bus.enqueue_daily(at)
    bus.enqueue("trail.anchor", key=f"anchor:{now:%Y-%m-%dT%H}", at=at, occasion="整点")


def _turn(worker: str) -> bool:
    at, now = clock.now(), clock.machine_now()
    beat(at, now)
    return run_one(at, now, worker)


def _seal_forever(stop: Event) -> None:
    """Seal in a thread of its own: a long job must not keep entries unsealed."""
    while not stop.wait(_SEALED_EVERY):
        _survived(lambda: bool(seal_all()))
    _survived(lambda: bool(seal_all()))
    connection.close()


def _survived(turn: Callable[[], bool]) -> bool:
    """Outlive a database that is gone for a while; return whether there was something to do."""
    close_old_connections()
    try:
        return turn()
    except Exception:
        log.exception("the worker goes on")
        return False


def _put_off(job: Job, at: datetime, now: datetime, error: Exception) -> None:
    said = f"{type(error).__name__}: {error}"
    if job.tries >= MOST_TRIES:
        _end(job, dead_at=now, error=said)
        return
    pause = min(_FIRST_PAUSE * 2 ** (job.tries - 1), _LONGEST_PAUSE)
    _mine(job).update(due_at=at + pause, lease_until=None, worker="", error=said)


def _end(job: Job, *, error: str, **when: datetime) -> None:
    if not _mine(job).update(lease_until=None, error=error, **when):
        log.warning("%s was taken over when its lease ended", job.key)


def _mine(job: Job) -> QuerySet[Job]:
    """Return the job's row as long as nobody has taken it since: the tries tell."""
    return waiting_jobs().filter(pk=job.pk, tries=job.tries)


def _sentence(refused: Refused) -> str:
    return "；".join(f"{r.text} → {r.remedy}" for r in refused.reasons)
