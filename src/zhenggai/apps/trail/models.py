"""留痕: acts, their entries, the chain that seals them, and work still to be done."""

from __future__ import annotations

from django.db import models


class Act(models.Model):
    """One thing one person did as one post: the key that makes a repeat harmless.

    ``at`` is the campaign's time, ``recorded_at`` the machine's. Rows are added, never altered.
    """

    id = models.UUIDField(primary_key=True)
    by_post = models.CharField(max_length=64)
    by_person = models.CharField(max_length=64)
    via = models.CharField(max_length=12)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    outcome = models.CharField(max_length=160)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by_post}"


class Entry(models.Model):
    """One past event of one act, as canonical text; rows are added, never altered."""

    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="entries")
    n = models.SmallIntegerField()
    verb = models.CharField(max_length=64)
    subject = models.CharField(max_length=120, db_index=True)
    item_ref = models.CharField(max_length=64, blank=True)
    body = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["act", "n"], name="entry_once_per_act")]
        indexes = [models.Index(fields=["item_ref", "id"], name="entry_of_item")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"


class Seal(models.Model):
    """One link: the digest of an entry folded into the chain, in the order of commits."""

    seq = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="seal")
    chain = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.seq} {self.chain[:12]}"


class Anchor(models.Model):
    """A head of the chain that was also written where a change of the database cannot reach."""

    seq = models.BigIntegerField(unique=True)
    chain = models.CharField(max_length=64)
    at = models.DateTimeField()
    where = models.CharField(max_length=12)
    occasion = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.seq} {self.where}"


class Job(models.Model):
    """One piece of work: queued with its cause, leased while it runs, seen when it is dead."""

    key = models.CharField(max_length=120, unique=True)
    task = models.CharField(max_length=80)
    args = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=64, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    dead_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="job_waiting",
                condition=models.Q(done_at=None, dead_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.key


class ClockShift(models.Model):
    """How far the campaign's clock stands from the machine's; one row, or none when it does not."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    seconds = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_clock")]

    def __str__(self) -> str:
        return f"{self.seconds} s"
