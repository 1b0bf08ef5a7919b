"""台账: campaigns, lists and their versions, items, duties, deadlines, moves."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from zhenggai.apps.parties.models import Body, Post
from zhenggai.apps.places.models import Place
from zhenggai.apps.sources.models import Document, Finding, Report
from zhenggai.apps.trail.models import Entry
from zhenggai.kernel.workflow.item import Stage


class Campaign(models.Model):
    """One campaign, opened from a pack."""

    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    pack = models.CharField(max_length=40)
    authority = models.ForeignKey(Body, on_delete=models.PROTECT)
    simulated = models.BooleanField()
    looked_at = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class List(models.Model):
    """One level's list of problems: 国, 省, 市, 县."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="lists")
    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=12)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class ListVersion(models.Model):
    """A list as it was issued; every rate names its version."""

    list = models.ForeignKey(List, on_delete=models.PROTECT, related_name="versions")
    no = models.PositiveSmallIntegerField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True)
    in_force_on = models.DateField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "no"], name="version_once")]

    def __str__(self) -> str:
        return f"{self.list} v{self.no}"


class Item(models.Model):
    """整改事项: one problem to be put right."""

    code = models.CharField(max_length=24, unique=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="items")
    theme = models.CharField(max_length=40)
    chain = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    goal = models.TextField(blank=True)
    stage = models.CharField(max_length=12, default=Stage.FOUND)
    check_no = models.PositiveSmallIntegerField(default=0)
    round_no = models.PositiveSmallIntegerField(default=1)
    round_due_on = models.DateField(null=True, blank=True)
    standing_duty = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=[s.value for s in Stage]), name="stage_is_in_the_table"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class ItemFinding(models.Model):
    """Which finding an item answers; one finding may become many items."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="findings")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "finding"], name="itemfinding_once")]

    def __str__(self) -> str:
        return f"{self.item} ← {self.finding}"


class ItemPlace(models.Model):
    """Where an item is."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="places")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="items")
    role = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "place", "role"], name="itemplace_once")
        ]

    def __str__(self) -> str:
        return f"{self.item} @ {self.place}"


class ItemReport(models.Model):
    """What the public said about an item."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="reports")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="items")
    part = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "report"], name="itemreport_once")]

    def __str__(self) -> str:
        return f"{self.item} {self.part}"


class Listing(models.Model):
    """A line of one list version: the unit every rate counts."""

    version = models.ForeignKey(ListVersion, on_delete=models.PROTECT, related_name="listings")
    number = models.CharField(max_length=24)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="listings")
    deadline_raw = models.CharField(max_length=200, blank=True)
    deadline_kind = models.CharField(max_length=12)
    deadline_iso = models.CharField(max_length=24, blank=True)
    due_on = models.DateField(null=True, blank=True)
    counts = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="listing_number_once"),
            models.UniqueConstraint(fields=["version", "item"], name="listing_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.number}"


class Duty(models.Model):
    """Which body answers for an item as what: 属地, 部门, 企业, 牵头, 配合, 验收, 核查."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=12)
    body = models.ForeignKey(Body, on_delete=models.PROTECT)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "kind", "body", "since"], name="duty_once")
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.kind} {self.body}"


class Move(models.Model):
    """One step an item took, with what held; rows are added, never altered."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="moves")
    verb = models.CharField(max_length=12)
    source = models.CharField(max_length=12)
    target = models.CharField(max_length=12)
    milestone = models.CharField(max_length=12, blank=True)
    effective_on = models.DateField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT)
    grounds = models.JSONField(default=dict)
    run_ref = models.CharField(max_length=64, blank=True)
    overridden = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(target="closed") | ~Q(run_ref="") | Q(overridden=True),
                name="nothing_closes_unreconciled",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.verb}"


class Undoing(models.Model):
    """What a rebound took back: the milestone of an earlier move no longer counts from here on."""

    move = models.OneToOneField(Move, on_delete=models.PROTECT, related_name="undoing")
    effective_on = models.DateField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return f"undone: {self.move}"


class Extension(models.Model):
    """A later date asked for before the old one passed, and what was decided."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="extensions")
    asked_on = models.DateField()
    old_due_on = models.DateField()
    new_due_on = models.DateField()
    reason = models.TextField()
    goes_to = models.CharField(max_length=12)
    granted = models.BooleanField(null=True, blank=True)
    basis = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_on__lte=F("old_due_on")), name="extension_asked_before_due"
            ),
            models.UniqueConstraint(
                fields=["listing"], condition=Q(granted=None), name="one_open_extension"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing} → {self.new_due_on}"


class Dispute(models.Model):
    """管辖异议: a body says an item is not its own, and who decided."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="disputes")
    by = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="disputes")
    names = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="named_in")
    clause = models.TextField()
    filed_on = models.DateField()
    decide_by = models.DateField()
    statement = models.TextField(blank=True)
    proposal = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(decided_on=None), name="one_open_dispute"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.by}"


class Standing(models.Model):
    """Where an item stands by the later chapters' lights; a projection, rebuilt at will."""

    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="standing")
    node_on = models.DateField(null=True, blank=True)
    must_start_on = models.DateField(null=True, blank=True)
    slack_wd = models.SmallIntegerField(null=True, blank=True)
    reported_on = models.DateField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    strokes = models.CharField(max_length=5, default="-----")
    upheld = models.BooleanField(default=False)
    case_open = models.BooleanField(default=False)
    stale = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.item} {self.strokes}"


class Gram(models.Model):
    """Every two characters of an item's words: search on both engines."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="grams")
    gram = models.CharField(max_length=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gram", "item"], name="gram_once")]

    def __str__(self) -> str:
        return self.gram
