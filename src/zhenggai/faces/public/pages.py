"""公开页面: the campaign in one sentence, its items, one item, one notice."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from zhenggai.apps.ledger import table
from zhenggai.apps.ledger.rates import rates
from zhenggai.apps.reconciliation import public
from zhenggai.faces.public.plain import QUESTIONS, answers, sentence
from zhenggai.faces.ui.acting import ActingRequest

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from zhenggai.apps.reconciliation.public import ItemTold

P = ParamSpec("P")
PAGE_SIZE = 20


class PublicRequest(ActingRequest):
    """A request of anybody; the frame says whether the campaign is a simulation."""

    simulated: bool


def in_public(
    view: Callable[Concatenate[PublicRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let a page be opened by anybody and say 演练数据 where the campaign is simulated."""

    @wraps(view)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        asking = cast("PublicRequest", request)
        asking.simulated = table.simulated()
        return view(asking, *args, **kwargs)

    return opened


@require_safe
@in_public
def home(request: PublicRequest) -> HttpResponse:
    """Show each campaign's two rates and the items somebody looks for."""
    on = request.clock.date()
    seen = public.published(on)
    words = request.GET.get("q", "").strip()
    asked = table.Asked(view="", words=words, order="area")
    found = Paginator(table.chosen(table.lines(seen, on), asked, on), PAGE_SIZE)
    page = found.get_page(request.GET.get("page"))
    context = {
        "lists": [(v, rates(v.list.key, on)) for v in table.versions(on)],
        "on": on,
        "q": words,
        "page": page,
        "cards": [_card(said) for said in public.told(page.object_list, on)],
        "questions": QUESTIONS,
    }
    return render(request, "public/home.html", context)


@require_safe
@in_public
def item(request: PublicRequest, code: str) -> HttpResponse:
    """Show one item of a published list."""
    on = request.clock.date()
    found = get_object_or_404(public.published(on), code=code)
    (said,) = public.told([found], on)
    return render(request, "public/item.html", _card(said))


@require_safe
@in_public
def notice(request: PublicRequest, number: int) -> HttpResponse:
    """Show one notice: what, who accepted, which days count, how to object."""
    found = public.notice_told(number, request.clock)
    if found is None:
        raise Http404
    return render(request, "public/notice.html", {"notice": found})


def _card(said: ItemTold) -> dict[str, object]:
    return {"item": said, "sentence": sentence(said), "answers": answers(said)}
