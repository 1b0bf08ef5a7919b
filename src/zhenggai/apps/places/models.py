"""点位: where something is built, discharged, drawn or measured."""

from __future__ import annotations

from django.db import models

from zhenggai.apps.parties.models import Area, Body


class Place(models.Model):
    """A works, section, outfall, source, pond, mine or station."""

    key = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    operator = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True)
    lon = models.DecimalField(max_digits=10, decimal_places=6, null=True, blank=True)
    lat = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    crs = models.CharField(max_length=12, blank=True)
    theme_record = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name
