"""Who may look at a place's measured values, and who may bring new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.parties.access import OVERSEERS, UNITS
from zhenggai.apps.parties.models import Body
from zhenggai.apps.places.models import Place

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from zhenggai.apps.parties.models import Post
    from zhenggai.kernel.workflow.facts import Actor

SEES_ALL = (*OVERSEERS, "acceptor", "inspector")
BRINGS_VALUES = ("office", *UNITS)


def visible_to(post: Post) -> QuerySet[Place]:
    """Return the places a post may look at; what one may not see does not exist."""
    known = Place.objects.select_related("area__parent", "operator").order_by("area__code", "key")
    if post.role in SEES_ALL:
        return known
    if post.role == "liaison":
        return known.filter(area__code__startswith=post.body.area.code)
    if post.role == "enterprise":
        return known.filter(operator=post.body)
    return known.none()


def offers_import(post: Post) -> bool:
    """Say whether a page offers a post to bring values to the places it sees."""
    return post.role in BRINGS_VALUES


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
