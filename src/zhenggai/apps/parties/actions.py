"""责任主体: register a city's areas, bodies and posts; hand a post over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.parties.models import Area, Body, Person, Post, Tenure
from zhenggai.apps.trail.acts import note, once
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.apps.trail.acts import Act
    from zhenggai.kernel.themes.campaign import City


@once
def register_city(city: City, since: date, *, act: Act) -> str:
    """Register every area, body and post of a city pack; what is there already stays."""
    areas: dict[str, Area] = {}
    for a in city.areas:
        areas[a.code], _ = Area.objects.get_or_create(
            code=a.code,
            since=since,
            defaults={"name": a.name, "level": a.level, "parent": areas.get(a.parent)},
        )
    bodies: dict[str, Body] = {}
    for b in city.bodies:
        bodies[b.key], _ = Body.objects.get_or_create(
            key=b.key,
            defaults={
                "name": b.name,
                "kind": b.kind,
                "field": b.field,
                "area": areas[b.area],
                "parent": bodies.get(b.parent),
                "since": since,
            },
        )
    for p in city.posts:
        Post.objects.get_or_create(
            key=p.key,
            defaults={
                "body": bodies[p.body],
                "title": p.title,
                "role": p.role,
                "sees": areas.get(p.sees),
            },
        )
    note(
        act,
        "parties.city.registered",
        f"city:{city.key}",
        areas=len(areas),
        bodies=len(bodies),
        posts=len(city.posts),
    )
    return f"city:{city.key}"


@once
def seat(post_key: str, login: str, since: date, *, act: Act) -> str:
    """Seat a person in a post from a day on; whoever held it until then no longer does."""
    post = Post.objects.filter(key=post_key).first()
    person = Person.objects.filter(login=login).first()
    if post is None or person is None:
        text = f"岗位{post_key}或账号{login}不在册"
        raise Refused(Reason("unknown-seat", text, "先登记岗位与账号"))
    held = Tenure.objects.filter(post=post, until=None).first()
    if held is not None:
        if held.since >= since:
            text = f"{post.title}的现任自{held.since:%Y-%m-%d}起任职，不能早于该日交接"
            raise Refused(Reason("tenure-overlaps", text, "核对交接日期"))
        held.until = since
        held.save(update_fields=["until"])
    tenure = Tenure.objects.create(post=post, person=person, since=since)
    changed = [tenure] if held is None else [held, tenure]
    rows = [(row, ("post", "person", "since", "until")) for row in changed]
    note(act, "parties.tenure.begun", f"post:{post_key}", rows=rows)
    return f"post:{post_key}"


@once
def enrol(login: str, name: str, encoded: str, *, act: Act) -> str:
    """Enrol a person by a password already hashed and salted; the name stays out of the trail."""
    if Person.objects.filter(login=login).exists():
        raise Refused(Reason("login-taken", f"账号{login}已存在", "换一个账号名"))
    person = Person.objects.create(login=login, name=name, password=encoded)
    note(act, "parties.person.enrolled", f"person:{person.pk}")
    return f"person:{person.pk}"
