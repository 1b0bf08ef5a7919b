"""来文发文: documents in, papers out, findings with their spans, reports by the public."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhenggai.apps.parties.models import Body
from zhenggai.apps.places.models import Place


class Document(models.Model):
    """A text that came in or went out, by the fingerprint of its file."""

    sha256 = models.CharField(max_length=64)
    direction = models.CharField(max_length=3)
    name = models.CharField(max_length=200)
    media = models.CharField(max_length=80)
    title = models.CharField(max_length=200, blank=True)
    issuer = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True)
    numbers = models.JSONField(default=list)
    event_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    raw_text = models.TextField(blank=True)
    clean_text = models.TextField(blank=True)
    origin = models.JSONField(default=list)
    extract = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sha256", "direction"], name="document_once")
        ]

    def __str__(self) -> str:
        return self.title or self.name


class Paper(models.Model):
    """An outgoing paper: 交办函, 询问函, 公示; its number comes from the office system."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, null=True, blank=True)
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=120, db_index=True)
    number = models.CharField(max_length=60, blank=True)
    fields = models.JSONField(default=dict)
    status = models.CharField(max_length=12, default="draft")

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Receipt(models.Model):
    """When a body received a paper, and until when it must answer."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="receipts")
    body = models.ForeignKey(Body, on_delete=models.PROTECT)
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True, blank=True)
    reply_due_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "body"], name="receipt_once")]

    def __str__(self) -> str:
        return f"{self.paper} → {self.body}"


class Finding(models.Model):
    """One thing a document found or ordered, where it stands in the text, and what it became."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="findings")
    no = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=24)
    text = models.TextField()
    span_start = models.PositiveIntegerField()
    span_end = models.PositiveIntegerField()
    status = models.CharField(max_length=12, default="read")
    fields = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "no"], name="finding_once")]

    def __str__(self) -> str:
        return self.text[:30]


class Report(models.Model):
    """What a member of the public told us; the contact is sealed under a key of its own."""

    uuid = models.UUIDField(unique=True)
    receipt = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=12)
    subject_ref = models.CharField(max_length=120, blank=True, db_index=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True)
    channel = models.CharField(max_length=20)
    text = models.TextField()
    summary = models.TextField(blank=True)
    contact_enc = models.BinaryField(blank=True, default=b"")
    anonymous = models.BooleanField(default=True)
    received_at = models.DateTimeField()
    due_on = models.DateField()
    answered = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.receipt


class ReportKey(models.Model):
    """The key of one report's contact; destroying it is lawful erasure, the chain stays whole."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="key")
    key_enc = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(key_enc=b""), name="a_key_is_there")]

    def __str__(self) -> str:
        return self.report.receipt
