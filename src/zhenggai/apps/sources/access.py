"""Whose desk shows what the public told us: the office's; others read its summary only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.sources.models import Report

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.apps.parties.models import Post


def visible_to(post: Post, on: date) -> QuerySet[Report]:  # noqa: ARG001 - one form for all doors
    """Return the reports whose words a post may read."""
    if post.role == "office":
        return Report.objects.all()
    return Report.objects.none()
