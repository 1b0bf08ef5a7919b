"""Questions about areas, bodies, posts and tenure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from zhenggai.apps.parties.models import Body, Person, Post, Tenure
from zhenggai.kernel.verdict import Reason, Refused
from zhenggai.kernel.workflow.facts import Actor

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.apps.trail.acts import Act

SYSTEM = Actor("system", "系统", "system", "system", "", frozenset())


def posts_of(person: Person, on: date) -> QuerySet[Post]:
    """Posts a person holds on a day."""
    held = Tenure.objects.filter(_holds(on), person=person)
    return (
        Post.objects.filter(tenures__in=held)
        .select_related("body__parent__parent", "sees")
        .order_by("key")
    )


def actor_of(act: Act) -> Actor:
    """Return who acts, with every body they speak for.

    Raises
    ------
    Refused
        When the person does not hold the post on the day of the act.
    """
    if act.post == SYSTEM.post:
        return SYSTEM
    tenure = (
        Tenure.objects.filter(_holds(act.on), post__key=act.post, person__login=act.person)
        .select_related("post__body__parent__parent")
        .first()
    )
    if tenure is None:
        text = f"{act.at:%Y-%m-%d}本账号不在岗位{act.post}任上"
        raise Refused(Reason("not-in-post", text, "请由现任人员办理"))
    post = tenure.post
    return Actor(post.key, post.title, post.role, act.person, post.body.key, lineage(post.body))


def lineage(body: Body) -> frozenset[str]:
    """Return the keys of a body and of every body above it."""
    keys: list[str] = []
    above: Body | None = body
    while above is not None and above.key not in keys:
        keys.append(above.key)
        above = above.parent
    return frozenset(keys)


def body_named(key: str) -> Body:
    """Return one body, or say which key nobody knows."""
    found = Body.objects.filter(key=key).first()
    if found is None:
        raise Refused(Reason("unknown-body", f"责任主体“{key}”不在册", "先在主体名册中登记"))
    return found


def post_named(key: str) -> Post:
    """Return one post, or say which key nobody knows."""
    found = Post.objects.filter(key=key).select_related("body").first()
    if found is None:
        raise Refused(Reason("unknown-post", f"岗位“{key}”不在册", "先在岗位名册中登记"))
    return found


def posts_in(*roles: str) -> QuerySet[Post]:
    """Return the posts of some roles, by body."""
    return Post.objects.filter(role__in=roles).select_related("body").order_by("body__key", "key")


def bodies(on: date) -> QuerySet[Body]:
    """Return the bodies that exist on a day, by kind and name."""
    return Body.objects.filter(_holds(on)).order_by("kind", "key")


def _holds(on: date) -> Q:
    return Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))
