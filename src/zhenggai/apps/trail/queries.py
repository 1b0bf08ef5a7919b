"""留痕: what is known of the installation itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.conf import settings

from zhenggai.apps.trail.models import Entry, Job
from zhenggai.packs.shelf import HERE
from zhenggai.stores.shelf import load_shelf

if TYPE_CHECKING:
    from django.db.models import QuerySet


def packs_now() -> str:
    """Return the digest of the packs as they lie on the disk."""
    return load_shelf((HERE, *settings.PACK_ROOTS)).digest


def packs_recorded() -> str:
    """Return the digest this installation last recorded to judge by; nothing before the first."""
    last = Entry.objects.filter(verb="trail.packs.loaded").order_by("-pk").first()
    return "" if last is None else str(json.loads(last.body)["facts"]["digest"])


def waiting_jobs() -> QuerySet[Job]:
    """Return the work still to be done, in its order."""
    return Job.objects.filter(done_at=None, dead_at=None).order_by("due_at", "pk")


def dead_jobs() -> QuerySet[Job]:
    """Return the work that was given up and that a person has to look at."""
    return Job.objects.exclude(dead_at=None).order_by("dead_at", "pk")
