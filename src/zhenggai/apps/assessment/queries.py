"""Questions about marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.assessment.models import Mark

if TYPE_CHECKING:
    from django.db.models import QuerySet


def marks_for(cause_ref: str) -> QuerySet[Mark]:
    """Return the score lines one fact gave rise to."""
    return Mark.objects.filter(cause_ref=cause_ref, withdrawn=False).select_related("body")
