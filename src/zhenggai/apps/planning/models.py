"""方案与调度: back-schedules, their measures, monthly progress, monthly counts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhenggai.apps.ledger.models import Campaign, Item
from zhenggai.apps.parties.models import Body
from zhenggai.apps.sources.models import Document, Paper
from zhenggai.apps.trail.models import Entry


class PlanState(models.TextChoices):
    """How far a plan has come; one plan of an item is approved at a time."""

    DRAFT = "draft", "待报送"
    SUBMITTED = "submitted", "待批复"
    APPROVED = "approved", "已批复"
    REPLACED = "replaced", "已由新方案代替"


class Plan(models.Model):
    """A back-schedule of one item; a baseline is frozen, a re-plan is the next number."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="plans")
    no = models.PositiveSmallIntegerField()
    template = models.CharField(max_length=40)
    due_on = models.DateField()
    node_on = models.DateField()
    finish_on = models.DateField()
    calendar_digest = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=PlanState.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "no"], name="plan_once")]

    def __str__(self) -> str:
        return f"{self.item} plan {self.no}"


class Measure(models.Model):
    """One measure of a plan: its latest days, and the days it really took."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="measures")
    key = models.CharField(max_length=24)
    no = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    days = models.PositiveSmallIntegerField()
    day_kind = models.CharField(max_length=12)
    after = models.JSONField(default=list)
    latest_start = models.DateField()
    latest_finish = models.DateField()
    assumed = models.BooleanField(default=False)
    physical = models.BooleanField(default=True)
    actual_start = models.DateField(null=True, blank=True)
    actual_finish = models.DateField(null=True, blank=True)
    evidence_ref = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="measure_once")]

    def __str__(self) -> str:
        return self.name


class Progress(models.Model):
    """月调度: what a unit reported for a month; the latest row of a month is in force."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="progress")
    month = models.CharField(max_length=7)
    text = models.TextField()
    percent = models.PositiveSmallIntegerField()
    by_body = models.ForeignKey(Body, on_delete=models.PROTECT)
    reported_on = models.DateField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="percent_up_to_100")
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.month} {self.percent}%"


class Count(models.Model):
    """A number a unit reported for a month; a correction is a new row that names the old one."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT)
    body = models.ForeignKey(Body, on_delete=models.PROTECT)
    month = models.CharField(max_length=7)
    key = models.CharField(max_length=24)
    value = models.PositiveIntegerField()
    revises = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True)
    reason = models.TextField(blank=True)
    paper = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True)
    asked = models.ForeignKey(
        Entry, on_delete=models.PROTECT, null=True, related_name="counts_asked"
    )
    approved = models.ForeignKey(
        Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="counts_approved"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "body", "month", "key"],
                condition=Q(revises=None),
                name="count_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.month} {self.key} {self.value}"


class CountTable(models.Model):
    """A table of counts that went out: printed from what was known at one link of the chain."""

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT)
    month = models.CharField(max_length=7)
    key = models.CharField(max_length=24)
    known_seq = models.BigIntegerField()
    counts = models.ManyToManyField(Count, related_name="tables")

    def __str__(self) -> str:
        return f"{self.month} {self.key}"
