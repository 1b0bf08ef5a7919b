"""佐证: files by fingerprint, and the claims that rest on them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhenggai.apps.ledger.models import Item
from zhenggai.apps.parties.models import Body, Post
from zhenggai.apps.trail.models import Entry


class Blob(models.Model):
    """One file, kept bit for bit under its fingerprint."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    bytes = models.PositiveBigIntegerField()
    media = models.CharField(max_length=80)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    lon = models.DecimalField(max_digits=10, decimal_places=6, null=True, blank=True)
    lat = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)

    def __str__(self) -> str:
        return self.sha256[:12]


class Evidence(models.Model):
    """A file put forward for an item, as what, by whom, about which day."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="evidence")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="uses")
    kind = models.CharField(max_length=24)
    name = models.CharField(max_length=200)
    about_on = models.DateField(null=True, blank=True)
    round_no = models.PositiveSmallIntegerField()
    by_body = models.ForeignKey(Body, on_delete=models.PROTECT)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "blob", "kind", "round_no"], name="evidence_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.kind}"


class Claim(models.Model):
    """申请销号: what the responsible unit says is so; to be held against the facts."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="claims")
    no = models.PositiveSmallIntegerField()
    says = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    finished_on = models.DateField()
    claimed_on = models.DateField()
    by_body = models.ForeignKey(Body, on_delete=models.PROTECT)
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT)
    by_person = models.CharField(max_length=64)
    state = models.CharField(max_length=12, default="open")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "no"], name="claim_once"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state="open"), name="one_open_claim"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} claim {self.no}"


class SelfCheck(models.Model):
    """自查: the sheet a head of the responsible unit signed, as what and when."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="self_checks")
    round_no = models.PositiveSmallIntegerField()
    signed_on = models.DateField()
    body = models.ForeignKey(Body, on_delete=models.PROTECT)
    person = models.CharField(max_length=64)
    as_title = models.CharField(max_length=120)
    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return f"{self.item} {self.signed_on}"
