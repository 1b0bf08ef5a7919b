"""Who may log in, and which posts may do what asks for no more than a role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.backends import BaseBackend

from zhenggai.apps.parties.models import Person
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from zhenggai.apps.parties.models import Post
    from zhenggai.kernel.workflow.facts import Actor

OVERSEERS = ("office", "leader", "auditor")
UNITS = ("liaison", "enterprise")


def oversees(post: Post) -> bool:
    """Say whether a post sees the whole campaign: the office, the leader, the auditor."""
    return post.role in OVERSEERS


def admit(actor: Actor, roles: tuple[str, ...], doing: str) -> None:
    """Refuse a post whose role may not do this; the installation itself always may."""
    if actor.role != "system" and actor.role not in roles:
        text = f"{actor.title}无权{doing}"
        raise Refused(Reason("wrong-role", text, "由有权岗位办理"))


def login_tried(request: HttpRequest, credentials: Mapping[str, str] | None) -> str:
    """Return the name somebody tries to enter by; too many wrong words lock it for an address.

    The form calls it ``username``, a person's column ``login``; failures and checks must agree.
    """
    said = credentials or {}
    return said.get("username") or said.get("login") or request.POST.get("username", "")


class PersonBackend(BaseBackend):
    """Log-in by name and password; permissions are not here but on posts."""

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002 - Django's signature
        username: str | None = None,
        password: str | None = None,
        **credentials: object,  # noqa: ARG002
    ) -> Person | None:
        """Return the person whose password this is; a wrong name takes as long as a wrong word."""
        person = Person.objects.filter(login=username or "").first()
        if person is None:
            Person().set_password(password)
            return None
        return person if person.check_password(password or "") and person.is_active else None

    def get_user(self, user_id: int) -> Person | None:
        """Return the person of a session, unless they may no longer enter."""
        return Person.objects.filter(pk=user_id, is_active=True).first()
