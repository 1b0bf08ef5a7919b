"""办理人: which post a person acts as, at what campaign time, and the act a form carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from uuid import UUID, uuid4

from django.http import HttpRequest

from zhenggai.apps.parties import queries as parties
from zhenggai.apps.trail import clock
from zhenggai.apps.trail.acts import Act, Via
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpResponse

    from zhenggai.apps.parties.models import Person, Post

ACT_FIELD = "act"
POST_KEY = "post"


class ActingRequest(HttpRequest):
    """A request of somebody who may act: what ``ActingMiddleware`` adds, by name and type."""

    user: Person
    clock: datetime
    shifted: bool
    posts: tuple[Post, ...]
    acting: Post | None


class ActingMiddleware:
    """Put the campaign's time and the acting post on every request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on with ``clock``, ``shifted``, ``posts`` and ``acting``."""
        known = request.user.is_authenticated
        acting = cast("ActingRequest", request)
        acting.clock = clock.now()
        acting.shifted = clock.shifted()
        acting.posts = tuple(parties.posts_of(acting.user, acting.clock.date())) if known else ()
        chosen = str(request.session.get(POST_KEY, ""))
        held = {post.key: post for post in acting.posts}
        acting.acting = held.get(chosen) or next(iter(acting.posts), None)
        return self.get_response(request)


def new_act_id() -> UUID:
    """Return the id a form carries, so that a second press is the same act."""
    return uuid4()


def act_of(request: ActingRequest) -> Act:
    """Return the act of a posted form.

    Raises
    ------
    Refused
        When the form carries no act id or the person holds no post today.
    """
    try:
        act_id = UUID(request.POST.get(ACT_FIELD, ""))
    except ValueError:
        raise Refused(Reason("no-act", "表单缺少操作编号", "刷新页面后重新提交")) from None
    if request.acting is None:
        raise Refused(Reason("no-post", "本账号今日不在任何岗位任上", "请联系管理员办理交接"))
    return Act(act_id, request.acting.key, request.user.login, request.clock, Via.WEB)
