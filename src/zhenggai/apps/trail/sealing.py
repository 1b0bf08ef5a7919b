"""封印: chains the entries that are not chained yet; one sealer at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction

from zhenggai.apps.trail.chain import GENESIS, folded
from zhenggai.apps.trail.models import Entry, Seal

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADVISORY_LOCK = 0x7A68656E67676169  # "zhenggai"
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Head:
    """The last link: how many entries are sealed and what they come to."""

    seq: int
    chain: str


def head() -> Head:
    """Return the last link; before the first it is the genesis."""
    last = Seal.objects.order_by("-seq").first()
    return Head(0, GENESIS) if last is None else Head(last.seq, last.chain)


def seal_all() -> int:
    """Chain every unsealed entry and return how many there were.

    Entries are taken in the order of their ids as they are found. On PostgreSQL a lower id may be
    committed after a higher one is sealed: it then comes later in the chain, which is never
    re-ordered. An act still open in this transaction has no row yet and is left for later.
    """
    with transaction.atomic():
        _only_sealer()
        last = head()
        before = last.seq
        for batch in _unsealed():
            seals = []
            for entry in batch:
                last = Head(last.seq + 1, folded(last.chain, entry))
                seals.append(Seal(seq=last.seq, entry=entry, chain=last.chain))
            Seal.objects.bulk_create(seals)
    return last.seq - before


def known_seq() -> int:
    """Return what is known by now, sealed first: the second half of every "as of"."""
    seal_all()
    return head().seq


def unsealed() -> int:
    """Return how many entries wait for the sealer."""
    return Entry.objects.filter(seal=None).count()


def _unsealed() -> Iterator[list[Entry]]:
    """Yield whole batches, so that no cursor stays open over the writing."""
    after = 0
    while True:
        waiting = Entry.objects.filter(seal=None, pk__gt=after).select_related("act")
        batch = list(waiting.order_by("pk")[:_BATCH])
        if not batch:
            return
        yield batch
        after = batch[-1].pk


def _only_sealer() -> None:
    """Wait for the other sealer; a transaction of SQLite is the only writer already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_LOCK])
