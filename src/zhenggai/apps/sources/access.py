"""Whose desk shows what the public told us: the office's; others read its summary only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.parties.access import UNITS, oversees
from zhenggai.apps.sources.models import Receipt, Report

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.apps.parties.models import Post

RECEIVERS = (*UNITS, "office", "leader", "acceptor", "inspector")


def takes_in(post: Post) -> bool:
    """Say whether a post registers documents and settles what was read in them."""
    return post.role == "office"


def receipts_for(post: Post) -> QuerySet[Receipt]:
    """Return the papers sent to a post's own body; the office's side sees every one."""
    sent = Receipt.objects.select_related("paper", "body").order_by("received_at", "-sent_at")
    if oversees(post):
        return sent
    return sent.filter(body=post.body) if post.role in RECEIVERS else sent.none()


def visible_to(post: Post, on: date) -> QuerySet[Report]:  # noqa: ARG001 - one form for all doors
    """Return the reports whose words a post may read."""
    if post.role == "office":
        return Report.objects.all()
    return Report.objects.none()
