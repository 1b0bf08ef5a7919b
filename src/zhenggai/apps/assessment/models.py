"""考核: marks that count in the next round, each with the fact that caused it."""

from __future__ import annotations

from django.db import models

from zhenggai.apps.parties.models import Body


class Mark(models.Model):
    """One line of a score: one fact costs points once; the points are the scorecard's."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT)
    period = models.CharField(max_length=7)
    points_key = models.CharField(max_length=40)
    cause_ref = models.CharField(max_length=120)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cause_ref", "points_key"], name="one_fact_costs_once")
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.period} {self.points_key}"
