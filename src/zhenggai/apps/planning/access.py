"""Whose counts a post may see and speak for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.parties.access import oversees

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhenggai.apps.parties.models import Post
    from zhenggai.apps.planning.queries import CountLine

REPORTS = ("liaison",)


def reports_counts(post: Post) -> bool:
    """Say whether a post reports its body's own figures."""
    return post.role in REPORTS


def settles_counts(post: Post) -> bool:
    """Say whether a post approves corrections and issues tables."""
    return post.role == "office"


def lines_for(post: Post, lines: Iterable[CountLine]) -> tuple[CountLine, ...]:
    """Return the lines of a table of counts a post may see: all of them, or its own body's."""
    return tuple(line for line in lines if oversees(post) or line.body == post.body.key)
