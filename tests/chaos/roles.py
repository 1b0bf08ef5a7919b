"""角色: what a victim does, and who looks at the installation afterwards.

``python -m tests.chaos.roles ROLE ARGS``; each role says ``ready``, then a line for each thing it
has acknowledged. The parent kills at random; ``import_dying`` kills itself at a given step, so that
every step is tried.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from datetime import date, timedelta
from threading import Event
from uuid import UUID

from django.core.management import call_command
from django.db import connection
from tests.chaos import awake  # noqa: F401 - first: what follows needs the chapters
from tests.world import act, on, seat_everybody
from tests.world_ledger import plant
from tests.world_works import under_way

from zhenggai.apps.monitoring import actions as monitoring
from zhenggai.apps.monitoring.models import Import, Manifest
from zhenggai.apps.monitoring.queries import archive, files_of
from zhenggai.apps.places.models import Place
from zhenggai.apps.planning.actions import report_progress
from zhenggai.apps.planning.models import Progress
from zhenggai.apps.trail import bus, clock, work
from zhenggai.apps.trail.acts import Act, Via, derived, note, once
from zhenggai.apps.trail.models import Act as ActRow
from zhenggai.apps.trail.models import Entry, Job
from zhenggai.apps.trail.verify import verify
from zhenggai.stores.archive import archive as files

FIRST, LAST = date(2026, 6, 1), date(2026, 7, 31)
WORDS = 3  # entries of each act of a job
SERIES = ("bod_in", "power")


def say(*words: object) -> None:
    """Say one line at once: what is said is acknowledged."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


# The world --------------------------------------------------------------------------------------


def found() -> None:
    """Found the installation: 昭陵市, one item under way, its plant, no work waiting."""
    call_command("migrate", interactive=False, verbosity=0)
    seat_everybody()
    under_way()
    Job.objects.all().delete()
    say(json.dumps("founded"))


# Jobs -------------------------------------------------------------------------------------------


@once
def write(word: str, *, act: Act) -> str:
    """Note some words in one act; each is an effect that may be there once."""
    for n in range(WORDS):
        note(act, "trail.clock.shifted", f"word:{word}", said=n)
    return f"word:{word}"


@bus.task("chaos.write")
def write_twice(word: str, *, act: Act) -> None:
    """Do two acts in one job, so that it can die between them."""
    say("begins", word)
    write(word, act=act)
    write(f"{word}/second", act=derived(act, "second"))


@bus.task("chaos.follow")
def follow(word: str, *, act: Act) -> None:
    """Do what an entry of the first job queued."""
    write(f"{word}/followed", act=act)


@bus.after("trail.clock.shifted")
def queue_the_next(entry: Entry, at: object) -> None:
    """Queue work from within the act that causes it."""
    word = entry.subject.partition(":")[2]
    if "/" not in word:
        bus.enqueue("chaos.follow", key=f"follow:{word}", at=at, word=word)


def queue(count: str) -> None:
    """Queue so many jobs."""
    for n in range(int(count)):
        bus.enqueue("chaos.write", key=f"write:{n}", at=clock.now(), word=str(n))
    say(json.dumps(Job.objects.count()))


def worker() -> None:
    """Work like ``zhenggai work``; a lease ends at once, so that nobody waits for the dead."""
    work.LEASE = timedelta(0)
    work.work_forever(Event())


def drain() -> None:
    """Work until nothing is due, and say what the jobs came to."""
    work.LEASE = timedelta(0)
    while work.run_one(clock.now(), clock.machine_now(), "the last"):
        pass
    words = Entry.objects.filter(subject__startswith="word:").order_by("pk")
    effects: dict[str, list[int]] = {}
    for entry in words:
        effects.setdefault(entry.subject, []).append(entry.n)
    say(
        json.dumps(
            {
                "effects": effects,
                "acts": ActRow.objects.filter(outcome__startswith="word:").count(),
                "waiting": Job.objects.filter(done_at=None, dead_at=None).count(),
                "dead": list(Job.objects.exclude(dead_at=None).values_list("key", "error")),
                "done": Job.objects.filter(task__startswith="chaos.").exclude(done_at=None).count(),
                "tried_again": Job.objects.filter(tries__gt=1).count(),
                "faults": _faults(),
            }
        )
    )


# Observations -----------------------------------------------------------------------------------


def new_plant(key: str) -> None:
    """Register one more plant."""
    say(json.dumps(plant("bing", key)))


def import_dying(key: str, step: str) -> None:
    """Import two months, and die before the given step: a statement, a file, or the commit."""
    steps = _Steps(int(step))
    files.put_whole = steps.before(files.put_whole)
    connection.ensure_connection()
    connection.commit = steps.before(connection.commit)
    with connection.execute_wrapper(steps):
        told = monitoring.import_observations(key, "两月.csv", _csv(), act=_import_act(key))
    say(json.dumps([told, steps.passed]))


def look_at_files(key: str) -> None:
    """Say whether every manifest has its files, what lies about, and what values there are."""
    place = Place.objects.get(key=key)
    manifests = [files_of(m) for m in Manifest.objects.order_by("no")]
    last = manifests[-1] if manifests else ()
    rows = archive().select(last, place=place.pk, series=SERIES, first=FIRST, last=LAST)
    say(
        json.dumps(
            {
                "broken": [f for m in manifests for f in archive().verify(m)],
                "lying_about": len(archive().unreferenced([f for m in manifests for f in m])),
                "imports": Import.objects.filter(place=place).count(),
                "values": [[r.series, r.at.isoformat(), r.ticks, int(r.flag)] for r in rows],
                "files": sorted(f.sha256 for f in last),
                "faults": _faults(),
            }
        )
    )


class _Steps:
    """Counts the steps of an act and dies before one of them."""

    def __init__(self, last: int) -> None:
        self.last, self.passed = last, 0

    def __call__(self, execute, sql, params, many, context):
        self.pass_one()
        return execute(sql, params, many, context)

    def before(self, function):
        def stepping(*args, **kwargs):
            self.pass_one()
            return function(*args, **kwargs)

        return stepping

    def pass_one(self) -> None:
        self.passed += 1
        if self.passed == self.last:
            os.kill(os.getpid(), signal.SIGKILL)


def _import_act(key: str) -> Act:
    number = UUID(int=int.from_bytes(key.encode()[-8:], "big"))
    return Act(number, "bing", "bing", on(8, 1), Via.IMPORT)


def _csv() -> bytes:
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    lines = [f"{d},{40 + d.day}.{d.month},{60 + d.day}" for d in days]
    return "\n".join(["时间,进水BOD(mg/L),用电量(kWh/d)", *lines, ""]).encode()


# Acts -------------------------------------------------------------------------------------------


def report(first: str, last: str) -> None:
    """Report progress again and again, each in an act of its own; say its number when done."""
    for n in range(int(first), int(last)):
        by = act("bing", on(6, 20))
        numbered = Act(UUID(int=n + 1), by.post, by.person, by.at, by.via)
        say("begins", n)
        report_progress("W-037", "2026-06", f"第{n}次填报", n % 101, act=numbered)
        say("done", n)


def look_at_acts() -> None:
    """Say which reports are there, by act id, and whether acts, entries and rows agree."""
    numbers = {UUID(int=n + 1): n for n in range(10_000)}
    acts = [numbers[pk] for pk in ActRow.objects.values_list("pk", flat=True) if pk in numbers]
    told = Entry.objects.filter(verb="planning.progress.reported")
    known = set(ActRow.objects.values_list("pk", flat=True))
    say(
        json.dumps(
            {
                "acts": sorted(acts),
                "told": sorted(numbers[pk] for pk in told.values_list("act_id", flat=True)),
                "rows": Progress.objects.exclude(entry=None).count(),
                "rows_untold": Progress.objects.filter(entry=None).count(),
                "orphans": Entry.objects.exclude(act_id__in=known).count(),
                "faults": _faults(),
            }
        )
    )


def _faults() -> list[str]:
    return [f"{fault.code}: {fault.text}" for fault in verify().faults]


ROLES = {
    role.__name__: role
    for role in (
        *(found, queue, worker, drain),
        *(new_plant, import_dying, look_at_files),
        *(report, look_at_acts),
    )
}

if __name__ == "__main__":
    say("ready")
    ROLES[sys.argv[1]](*sys.argv[2:])
