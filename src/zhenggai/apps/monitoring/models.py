"""监测: which series exist, which files hold them, and which manifest made them count."""

from __future__ import annotations

from django.db import models

from zhenggai.apps.places.models import Place
from zhenggai.apps.trail.models import Entry


class Series(models.Model):
    """One quantity measured at one place, in whole ticks of its unit."""

    key = models.CharField(max_length=24)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="series")
    unit = models.CharField(max_length=12)
    ticks_per_unit = models.IntegerField()
    since = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "key"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.place} {self.key}"


class Manifest(models.Model):
    """The list of archive files that count from now on; this row is their commit."""

    no = models.PositiveIntegerField(unique=True)
    parent_no = models.PositiveIntegerField(null=True, blank=True)
    files = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"manifest {self.no}"


class Import(models.Model):
    """One file of observations taken in: what was accepted, what was refused and why.

    ``accepted`` counts the values that were stored, ``corrected`` those among them that revised
    another value. The rest of ``rows`` was refused, or was there already.
    """

    sha256 = models.CharField(max_length=64)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    name = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    accepted = models.PositiveIntegerField()
    corrected = models.PositiveIntegerField()
    refused = models.JSONField(default=list)
    taken = models.JSONField(default=list)
    manifest = models.ForeignKey(Manifest, on_delete=models.PROTECT)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sha256", "place"], name="import_once")]

    def __str__(self) -> str:
        return self.name
