"""昭陵市: the invented city of the stories, and how a test acts in it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from django.contrib.auth.hashers import make_password

from zhenggai.apps.parties.actions import enrol, register_city, seat
from zhenggai.apps.places.queries import shelf
from zhenggai.apps.trail.acts import Act, Via
from zhenggai.apps.trail.clock import BEIJING

SINCE = date(2026, 1, 1)
PASSWORD = "zhaoling-2026"  # noqa: S105 - an invented city has no secrets
ENCODED = make_password(PASSWORD, hasher="md5")


def on(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of 2026 in Beijing time."""
    return datetime(2026, month, day, hour, minute, tzinfo=BEIJING)


def act(post: str, at: datetime, *, person: str | None = None, via: Via = Via.WEB) -> Act:
    """One new act of a post; each post's person logs in by the post's name unless said."""
    return Act(uuid4(), post, person or post, at, via)


def system(at: datetime) -> Act:
    """One act of the installation itself."""
    return Act(uuid4(), "system", "system", at, Via.JOB)


def seat_everybody():
    """Register 昭陵市 and seat one person in each post; a person's log-in is the post's key."""
    city = shelf().cities["zhaoling"]
    opening = on(1, 1, 8)
    register_city(city, SINCE, act=system(opening))
    for post in city.posts:
        enrol(post.key, post.person, ENCODED, act=system(opening))
        seat(post.key, post.key, SINCE, act=system(opening))
    return city
