"""对账销号: runs, contradictions, notices, objections, signings, watches, rebounds."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from zhenggai.apps.evidence.models import Blob, Claim
from zhenggai.apps.inspection.models import Visit
from zhenggai.apps.ledger.models import Item
from zhenggai.apps.monitoring.models import Manifest
from zhenggai.apps.sources.models import Paper, Report
from zhenggai.kernel.verdict import Answer


class Run(models.Model):
    """One reconciliation: on which day, from which files and packs, with what answer."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="runs")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, null=True, blank=True)
    day = models.DateField()
    manifest = models.ForeignKey(Manifest, on_delete=models.PROTECT, null=True, blank=True)
    packs_digest = models.CharField(max_length=64)
    facts_digest = models.CharField(max_length=64)
    answer = models.CharField(max_length=12)
    strokes = models.CharField(max_length=5)
    clues = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=[a.value for a in Answer]), name="three_answers"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.day} {self.answer}"


class Criterion(models.Model):
    """One criterion of one run: what was claimed, what was measured, what follows."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="criteria")
    no = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    stroke = models.PositiveSmallIntegerField()
    claimed = models.TextField(blank=True)
    measured = models.TextField(blank=True)
    derived = models.JSONField(null=True, blank=True)
    answer = models.CharField(max_length=12)
    agreement = models.CharField(max_length=16)
    weight = models.CharField(max_length=12)
    reasons = models.JSONField(default=list)
    facts = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "key"], name="criterion_once")]

    def __str__(self) -> str:
        return f"{self.run} {self.key}"


class Contradiction(models.Model):
    """待核实: one claim that does not agree with the facts, from clue to decision.

    ``state`` is clue, inquired, replied, upheld, matched or undecided. Nothing outside the case
    follows before two different natural persons decided. What does not agree is read from the
    runs: ``run`` raised the case, ``latest_run`` says what is left of it.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="contradictions")
    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="contradiction")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="raised")
    latest_run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="weighs")
    state = models.CharField(max_length=12, default="clue")
    inquiry = models.OneToOneField(Paper, on_delete=models.PROTECT, null=True, blank=True)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.item} {self.state}"


class Decision(models.Model):
    """认定: what one person finds in a case; two different persons must find the same."""

    contradiction = models.ForeignKey(
        Contradiction, on_delete=models.PROTECT, related_name="decisions"
    )
    no = models.PositiveSmallIntegerField()
    finding = models.CharField(max_length=12)
    reason = models.TextField()
    post = models.CharField(max_length=64)
    person = models.CharField(max_length=64)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contradiction", "person"], name="one_decision_a_person"
            ),
            models.UniqueConstraint(fields=["contradiction", "no"], name="decision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.contradiction} {self.finding}"


class SupplyFact(models.Model):
    """A further source of power at a plant, verified on site: what a reply brought to light."""

    contradiction = models.ForeignKey(
        Contradiction, on_delete=models.PROTECT, related_name="supplies"
    )
    kwh_per_day = models.DecimalField(max_digits=10, decimal_places=1)
    paper = models.TextField()
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, blank=True)
    verified_visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.kwh_per_day} kWh/d"


class Notice(models.Model):
    """公示: what was posted, from when, for how many days, until when."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="notices")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT)
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT)
    from_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    day_kind = models.CharField(max_length=12)
    to_on = models.DateField()
    calendar_digest = models.CharField(max_length=64)
    state = models.CharField(max_length=12, default="running")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="notice_ends_later"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state="running"), name="one_running_notice"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.from_on}–{self.to_on}"


class Objection(models.Model):
    """公示异议: received within the notice; closing waits for a reasoned answer."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="objections")
    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="objection")
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    upheld = models.BooleanField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.notice} {self.report}"


class Signing(models.Model):
    """签批: a closing signed by a leader, here or on paper.

    A paper is entered by one clerk with its scan (代录) and checked by another person.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="signings")
    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="signing")
    scan = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, blank=True)
    signed_by = models.CharField(max_length=64)
    signed_on = models.DateField()
    entered_by = models.CharField(max_length=64)
    entered_person = models.CharField(max_length=64)
    checked_by = models.CharField(max_length=64, blank=True)
    checked_person = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_person="") | ~Q(checked_person=F("entered_person")),
                name="a_second_person_checks",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.signed_on}"


class Filing(models.Model):
    """省级销号: the province's number, day and document."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="filings")
    number = models.CharField(max_length=60)
    filed_on = models.DateField()
    document = models.ForeignKey(Blob, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.number


class Watch(models.Model):
    """回头看: a day on which somebody must look again."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="watches")
    due_on = models.DateField()
    reason = models.CharField(max_length=12)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, blank=True)
    outcome = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "due_on", "reason"], name="watch_once")
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.due_on}"


class Rebound(models.Model):
    """反弹: a proposal to reopen; only two different persons make it so."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="rebounds")
    round_no = models.PositiveSmallIntegerField()
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, blank=True)
    facts = models.TextField()
    new_due_on = models.DateField()
    state = models.CharField(max_length=12, default="proposed")
    first_post = models.CharField(max_length=64, blank=True)
    first_person = models.CharField(max_length=64, blank=True)
    second_post = models.CharField(max_length=64, blank=True)
    second_person = models.CharField(max_length=64, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(second_person="") | ~Q(first_person=F("second_person")),
                name="two_persons_reopen",
            ),
            models.UniqueConstraint(fields=["item", "round_no"], name="one_rebound_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.state}"
