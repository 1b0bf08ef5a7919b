"""事项: one item's whole page, and the one view through which every form of it acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from zhenggai.apps.evidence import queries as evidence
from zhenggai.apps.ledger.access import visible_to
from zhenggai.apps.ledger.freshness import require_fresh
from zhenggai.apps.parties.queries import actor_of
from zhenggai.apps.reconciliation.offers import doable, offered
from zhenggai.apps.reconciliation.queries import latest_run
from zhenggai.apps.reconciliation.story import gathered
from zhenggai.apps.trail.acts import Act, Via
from zhenggai.faces.console import checks, claims, closings, disputes, plans
from zhenggai.faces.console.desk import SeatedRequest, desk
from zhenggai.faces.console.facts import beside
from zhenggai.faces.console.item_parts import as_of, parts
from zhenggai.faces.ui.acting import act_of, new_act_id
from zhenggai.kernel.verdict import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from zhenggai.apps.ledger.models import Item
    from zhenggai.faces.console.deeds import Deed, ItemForm
    from zhenggai.faces.console.facts import FactLink

SEE_OTHER = 303
UNPROCESSABLE = 422
THUMBNAIL = 480
SHOWN_INLINE = ("image/jpeg", "image/png", "image/webp", "application/pdf")
DEEDS = {
    deed.verb: deed
    for deed in (*plans.DEEDS, *claims.DEEDS, *checks.DEEDS, *closings.DEEDS, *disputes.DEEDS)
}


class Bound(NamedTuple):
    """A deed with its form as it stands, empty or as it came back."""

    deed: Deed
    form: ItemForm


@require_safe
@desk
def show(request: SeatedRequest, code: str) -> HttpResponse:
    """Show an item."""
    return _page(request, _seen(request, code))


@require_POST
@desk
def perform(request: SeatedRequest, code: str, verb: str) -> HttpResponse:
    """Do the one thing a form asks for, then go back to the item; wrong fields come back."""
    item = _seen(request, code)
    deed = DEEDS.get(verb)
    if deed is None:
        raise Http404
    act = act_of(request)
    if deed.moves:
        require_fresh(item, request.POST.get("version", ""), act)
    on = request.clock.date()
    form = deed.form(deed.verb, item, on, (request.POST, request.FILES))
    if not form.is_valid():
        return _page(request, item, Bound(deed, form), status=UNPROCESSABLE)
    try:
        deed.run(code, form.cleaned_data, act)
    except Refused as refused:
        setattr(request, "beside", _named_in(refused, item))  # noqa: B010 - read by the refusal
        raise
    messages.success(request, str(deed.done))
    address = f"{reverse('console:item', args=[code])}#{deed.place}"
    return HttpResponseRedirect(address, status=SEE_OTHER)


@require_safe
@desk
def evidence_file(request: SeatedRequest, pk: int) -> HttpResponse:
    """Give out a file to somebody who may see its item; what may carry scripts is downloaded."""
    found = evidence.content_for(request.acting, request.clock.date(), f"evidence:{pk}")
    if found is None:
        raise Http404
    inline = found.media in SHOWN_INLINE
    answer = HttpResponse(
        found.content, content_type=found.media if inline else "application/octet-stream"
    )
    answer.headers["Content-Disposition"] = "inline" if inline else "attachment"
    return _private(answer)


@require_safe
@desk
def evidence_thumbnail(request: SeatedRequest, pk: int) -> HttpResponse:
    """Give out the small copy of a photo to somebody who may see its item."""
    on = request.clock.date()
    small = evidence.thumbnail_for(request.acting, on, f"evidence:{pk}", THUMBNAIL)
    if small is None:
        raise Http404
    return _private(HttpResponse(small, content_type="image/jpeg"))


def _page(
    request: SeatedRequest, item: Item, tried: Bound | None = None, status: int = 200
) -> HttpResponse:
    asking = Act(new_act_id(), request.acting.key, request.user.login, request.clock, Via.WEB)
    actor = actor_of(asking)
    on = request.clock.date()
    run = latest_run(item)
    offers = offered(item, actor, asking, run)
    allowed = doable(item, actor, on) | {offer.verb for offer in offers if offer.enabled}
    context = {
        **parts(item, request.acting, as_of(item, request.clock), run),
        "item": item,
        "offers": offers,
        "deeds": _bound(item, allowed, on, tried),
        "tried": tried.deed.verb if tried else "",
        "on": on,
    }
    return render(request, "console/item.html", context, status=status)


def _bound(
    item: Item, allowed: frozenset[str], on: date, tried: Bound | None
) -> Mapping[str, Bound]:
    drawn = (
        Bound(deed, deed.form(verb, item, on)) for verb, deed in DEEDS.items() if verb in allowed
    )
    forms = {bound.deed.verb: bound for bound in drawn if bound.form.possible()}
    return forms | ({tried.deed.verb: tried} if tried else {})


def _named_in(refused: Refused, item: Item) -> list[FactLink]:
    """Return the documents a refusal names, so that they can be opened side by side."""
    names = {file.ref: file.name for file in evidence.files(item)}
    page = reverse("console:item", args=[item.code])
    return beside((fact for reason in refused.reasons for fact in reason.facts), page, names)


def _seen(request: SeatedRequest, code: str) -> Item:
    item = visible_to(request.acting, request.clock.date()).filter(code=code)
    found = gathered(item.distinct()).first()
    if found is None:
        raise Http404
    return found


def _private(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "private, max-age=300"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


PATHS = (
    path("ledger/<str:code>/", show, name="item"),
    path("ledger/<str:code>/<slug:verb>/", perform, name="perform"),
    path("evidence/<int:pk>/", evidence_file, name="evidence"),
    path("evidence/<int:pk>/small/", evidence_thumbnail, name="thumbnail"),
)
