"""Whose ledger shows which item: one door, one condition a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from zhenggai.apps.ledger.models import Dispute, Duty, Item
from zhenggai.apps.parties.access import oversees
from zhenggai.apps.sources.models import Document

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.apps.parties.models import Post

SEES_DUTIES = ("acceptor", "inspector", "enterprise")


def visible_to(post: Post, on: date) -> QuerySet[Item]:
    """Return the items a post may see on a day; what one may not see does not exist."""
    if oversees(post):
        return Item.objects.all()
    if post.role in SEES_DUTIES:
        own = _held(on).filter(body=post.body)
        named = Dispute.objects.filter(names=post.body, decided_on=None)
        return Item.objects.filter(Q(pk__in=own.values("item")) | Q(pk__in=named.values("item")))
    if post.role == "liaison":
        return Item.objects.filter(_of_liaison(post, on))
    return Item.objects.none()


def documents_visible_to(post: Post, on: date) -> QuerySet[Document]:
    """Return the documents that came in and a post may read: all, or those of its own items."""
    came_in = Document.objects.filter(direction="in").order_by("-pk")
    if oversees(post):
        return came_in
    items = visible_to(post, on)
    listed = Q(listversion__listings__item__in=items) | Q(findings__items__item__in=items)
    return came_in.filter(listed).distinct()


def area_range(code: str) -> tuple[str, str]:
    """Return the half-open range of codes in an area.

    Examples
    --------
    >>> area_range("990500"), area_range("990521"), area_range("990522101")
    (('9905', '9906'), ('990521', '990522'), ('990522101', '990522102'))
    """
    stem = code
    while len(stem) > len("99") and stem.endswith("00"):
        stem = stem[: -len("00")]
    return stem, str(int(stem) + 1).zfill(len(stem))


def _of_liaison(post: Post, on: date) -> Q:
    duties = _held(on)
    own = duties.filter(Q(body=post.body) | Q(body__parent=post.body))
    named = Dispute.objects.filter(names=post.body, decided_on=None)
    seen = Q(pk__in=own.values("item")) | Q(pk__in=named.values("item"))
    if post.sees is None:
        return seen
    low, high = area_range(post.sees.code)
    local = duties.filter(kind="territorial", body__area__code__gte=low, body__area__code__lt=high)
    return seen | Q(pk__in=local.values("item"))


def _held(on: date) -> QuerySet[Duty]:
    return Duty.objects.filter(Q(since__lte=on) & (Q(until=None) | Q(until__gt=on)))
