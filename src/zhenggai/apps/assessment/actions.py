"""考核: enter a mark that counts in the next round; one fact costs points once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.assessment.models import Mark
from zhenggai.apps.parties.queries import body_named
from zhenggai.apps.trail.acts import note, once

if TYPE_CHECKING:
    from zhenggai.apps.trail.acts import Act


@once
def enter_mark(body: str, period: str, points_key: str, cause_ref: str, *, act: Act) -> str:
    """Enter one mark for the period after the one it arose in; the same fact twice is one mark."""
    mark, new = Mark.objects.get_or_create(
        cause_ref=cause_ref,
        points_key=points_key,
        defaults={"body": body_named(body), "period": period},
    )
    if new:
        note(
            act,
            "assessment.mark.entered",
            f"mark:{mark.pk}",
            rows=[(mark, ("body", "period", "points_key", "cause_ref", "withdrawn"))],
        )
    return f"mark:{mark.pk}"
