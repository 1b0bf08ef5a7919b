"""责任主体: areas, bodies, persons, posts, and who held which post when."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q


class Area(models.Model):
    """A division by its code, valid from a day; 邵东县 became 邵东市."""

    code = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    level = models.CharField(max_length=12)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    became = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="was"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "since"], name="area_once")]

    def __str__(self) -> str:
        return self.name


class Body(models.Model):
    """A government, department, enterprise, office or laboratory."""

    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    field = models.CharField(max_length=24, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)
    masked_name = models.CharField(max_length=120, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class People(BaseUserManager["Person"]):
    """Finds a person by the name they log in with."""


class Person(AbstractBaseUser):
    """A natural person; what they may do hangs on the posts they hold."""

    login = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=60)
    pinyin = models.CharField(max_length=120, blank=True)
    phone_enc = models.BinaryField(blank=True, default=b"")
    is_active = models.BooleanField(default=True)

    objects = People()
    USERNAME_FIELD = "login"

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A position in a body, with a role and the area it sees."""

    key = models.CharField(max_length=40, unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT)
    title = models.CharField(max_length=60)
    role = models.CharField(max_length=12)
    sees = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class Tenure(models.Model):
    """Who held a post from which day until before which day."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="tenures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tenures")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="tenure_ends_after_it_began"
            ),
            models.UniqueConstraint(
                fields=["post"], condition=Q(until=None), name="one_holder_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.person}"
