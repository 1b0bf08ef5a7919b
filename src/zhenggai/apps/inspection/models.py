"""督查: visits, what was seen there, and the checks that were signed."""

from __future__ import annotations

from django.db import models

from zhenggai.apps.evidence.models import Claim
from zhenggai.apps.ledger.models import Item
from zhenggai.apps.parties.models import Body, Post
from zhenggai.apps.places.models import Place
from zhenggai.apps.trail.models import Entry


class VisitKind(models.TextChoices):
    """Why somebody went."""

    ACCEPTANCE = "acceptance", "初验"
    REVIEW = "review", "复核"
    LOOK_BACK = "look-back", "回头看"


class Visit(models.Model):
    """Somebody went and looked: 初验, 复核, 回头看."""

    uuid = models.UUIDField(unique=True)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="visits")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True)
    kind = models.CharField(max_length=12, choices=VisitKind.choices)
    round_no = models.PositiveSmallIntegerField()
    visited_on = models.DateField()
    posts = models.ManyToManyField(Post, related_name="visits")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True)

    def __str__(self) -> str:
        return f"{self.item} {self.kind} {self.visited_on}"


class Answer(models.Model):
    """What was seen: one line of the theme's checklist; two answers are both kept."""

    uuid = models.UUIDField(unique=True)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=40)
    value = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"


class Check(models.Model):
    """A signed check of the acceptance chain."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="checks")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="checks")
    no = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=12)
    body = models.ForeignKey(Body, on_delete=models.PROTECT)
    post = models.ForeignKey(Post, on_delete=models.PROTECT)
    person = models.CharField(max_length=64)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, blank=True)
    opinion = models.CharField(max_length=8)
    text = models.TextField(blank=True)
    accepted_on = models.DateField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "no"], name="check_once")]

    def __str__(self) -> str:
        return f"{self.item} {self.level} {self.opinion}"
