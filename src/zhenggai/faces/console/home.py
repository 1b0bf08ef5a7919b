"""我的待办: what waits for this post, in one sentence and then thing by thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhenggai.apps.reconciliation.waiting import waiting_for
from zhenggai.faces.console.desk import SeatedRequest, desk

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_safe
@desk
def show(request: SeatedRequest) -> HttpResponse:
    """Show what waits; an empty desk says so."""
    on = request.clock.date()
    groups = waiting_for(request.acting, request.user.login, on)
    context = {
        "groups": groups,
        "total": sum(len(group.tasks) for group in groups),
        "posts": request.posts,
        "on": on,
    }
    return render(request, "console/todo.html", context)
