"""留痕: verifying and sealing a hundred thousand entries against hashing and inserting alone."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db import connection, transaction

from benchmarks.measure import Line, best
from benchmarks.rows import entries, listed
from benchmarks.scratch import installation
from zhenggai.apps.trail.models import Entry
from zhenggai.apps.trail.sealing import seal_all
from zhenggai.apps.trail.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTRIES = 100_000
PER_ACT = 3
ITEMS = 3_000


def run() -> Iterator[Line]:
    """Seal and verify a trail in which each entry witnessed three columns of an item."""
    with installation():
        _, items = listed(ITEMS)
        rows = [
            {f"ledger.item:{i.pk}": {"code": i.code, "stage": i.stage, "title": i.title}}
            for i in items
        ]
        entries(ENTRIES, PER_ACT, rows, first=1)
        sealing, sealed = best(seal_all, 1)
        assert sealed == ENTRIES + 1, sealed
        plain = _plain_inserts()
        rate = f"{ENTRIES / sealing:,.0f} against {ENTRIES / plain:,.0f} a second"
        yield Line(f"seal {ENTRIES:,} entries", sealing, "plain inserts, no hash", plain, rate)

        verifying, report = best(verify, 1)
        assert not [f for f in report.faults if f.code != "packs-changed"], report.faults[:3]
        bodies = list(Entry.objects.values_list("body", flat=True))
        hashing, _ = best(lambda: [hashlib.sha256(b.encode()).hexdigest() for b in bodies], 3)
        reading, _ = best(_read_and_hashed, 3)
        rate = f"{ENTRIES / verifying:,.0f} entries a second, rows compared"
        yield Line(f"verify {ENTRIES:,} entries", verifying, "sha256 of the bodies", hashing, rate)
        yield Line(f"verify {ENTRIES:,} entries", verifying, "SELECT body and sha256", reading)


def _plain_inserts() -> float:
    """Return the time of as many rows of the same width, by one statement, in one transaction."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE plain (seq INTEGER PRIMARY KEY, entry INTEGER, chain TEXT)")
        rows = [(n, n, "0" * 64) for n in range(1, ENTRIES + 1)]

        def insert() -> None:
            with transaction.atomic():
                cursor.executemany("INSERT INTO plain VALUES (%s, %s, %s)", rows)

        return best(insert, 1)[0]


def _read_and_hashed() -> None:

    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM trail_entry ORDER BY id")
        for (body,) in cursor.fetchall():
            hashlib.sha256(body.encode()).hexdigest()
