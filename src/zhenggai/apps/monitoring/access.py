"""Who may bring measured values to a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.parties.models import Body

if TYPE_CHECKING:
    from zhenggai.apps.places.models import Place
    from zhenggai.kernel.workflow.facts import Actor


def may_import(actor: Actor, place: Place) -> bool:
    """Whether a post may bring values: the office, the place's own area, or its operator."""
    if actor.role in {"office", "system"}:
        return True
    if actor.role == "liaison":
        return _lies_in_area_of(actor.body, place)
    if actor.role == "enterprise":
        return place.operator is not None and place.operator.key == actor.body
    return False


def _lies_in_area_of(body: str, place: Place) -> bool:
    own = Body.objects.filter(key=body).values_list("area__code", flat=True).first()
    return bool(own) and place.area.code.startswith(str(own))
