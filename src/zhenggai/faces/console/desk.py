"""办公桌: who may sit at a console page: somebody logged in, in a post, in the campaign's time."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from zhenggai.apps.ledger import table
from zhenggai.faces.ui.acting import ActingRequest

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from zhenggai.apps.parties.models import Post

P = ParamSpec("P")
FORBIDDEN = 403


class SeatedRequest(ActingRequest):
    """A request of somebody whose post is known."""

    acting: Post
    simulated: bool


def desk(
    view: Callable[Concatenate[SeatedRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let a page be opened only by a person in a post; anybody else is told what is missing."""

    @wraps(view)
    def seated(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        asking = cast("SeatedRequest", request)
        asking.simulated = table.simulated()
        if getattr(request, "acting", None) is None:
            return render(request, "console/no_post.html", status=FORBIDDEN)
        return view(asking, *args, **kwargs)

    return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", login_required(seated))
