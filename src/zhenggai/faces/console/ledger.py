"""台账: every item a post may see, by saved view, filter, search and order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from zhenggai.apps.ledger import table
from zhenggai.apps.ledger.access import visible_to
from zhenggai.apps.ledger.rates import rates
from zhenggai.apps.parties.access import oversees
from zhenggai.apps.reconciliation.access import told_of
from zhenggai.faces.console.desk import SeatedRequest, desk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse, QueryDict
    from django.utils.functional import _StrPromise

    from zhenggai.apps.parties.models import Post

PAGE_SIZE = 50
VIEWS = {
    "open": gettext_lazy("未销号"),
    "behind": gettext_lazy("未达序时进度"),
    "overdue": gettext_lazy("超期"),
    "doubt": gettext_lazy("待核实"),
    "soon": gettext_lazy("7日内到期"),
    "noticed": gettext_lazy("公示中"),
    "closed": gettext_lazy("已销号"),
}
ORDERS = {
    "due": gettext_lazy("文件时限，先到先列"),
    "-due": gettext_lazy("文件时限，后到先列"),
    "node": gettext_lazy("内部节点"),
    "percent": gettext_lazy("申报进度，低的在前"),
    "-percent": gettext_lazy("申报进度，高的在前"),
    "area": gettext_lazy("属地"),
    "code": gettext_lazy("编号"),
}


class Tab(NamedTuple):
    """One saved view: its key, name, how many it holds, and its address."""

    key: str
    name: _StrPromise
    holds: int
    href: str


@require_safe
@desk
def show(request: SeatedRequest) -> HttpResponse:
    """Show the ledger the address asks for."""
    today = request.clock.date()
    campaign = table.campaign_asked(request.GET.get("campaign", ""))
    on = (campaign and campaign.looked_at) or today
    items = table.of_campaign(visible_to(request.acting, today), campaign)
    lined = table.lines(items, on)
    views = _views(request.acting)
    asked = _asked(request.GET, views)
    page = Paginator(table.chosen(lined, asked, on), PAGE_SIZE).get_page(request.GET.get("page"))
    told = told_of(request.acting, on)
    context = {
        "asked": asked,
        "tabs": _tabs(request.GET, table.view_counts(lined, on), views),
        "page": page,
        "rows": table.rows(page.object_list, on, told),
        "areas": table.areas_of(lined),
        "themes": table.themes_of(items),
        "stages": table.stages(),
        "orders": ORDERS.items(),
        "versions": [(v, rates(v.list.key, on).sentence()) for v in table.versions(on, campaign)],
        "campaign": campaign,
        "campaigns": table.campaigns(),
        "on": on,
    }
    partial = request.headers.get("HX-Request") == "true"
    return render(request, "console/_ledger.html" if partial else "console/ledger.html", context)


def _views(post: Post) -> Mapping[str, _StrPromise]:
    """Return the saved views a post has; who is not told of every case has none of doubts."""
    return {key: name for key, name in VIEWS.items() if key != "doubt" or oversees(post)}


def _asked(said: QueryDict, views: Mapping[str, _StrPromise]) -> table.Asked:
    view = said.get("view", "")
    return table.Asked(
        view=view if view in views else "" if said.get("q") else "open",
        area=said.get("area", ""),
        theme=said.get("theme", ""),
        stage=said.get("stage", ""),
        words=said.get("q", ""),
        order=said.get("order", "due"),
    )


def _tabs(
    said: QueryDict, counts: Mapping[str, int], views: Mapping[str, _StrPromise]
) -> list[Tab]:
    """Give each saved view its name, how many it holds, and its address."""
    kept = {key: said[key] for key in ("campaign", "area", "theme", "order") if said.get(key)}
    return [
        Tab(key, name, counts[key], f"?{urlencode({'view': key, **kept})}")
        for key, name in views.items()
    ]


PATHS = (path("ledger/", show, name="ledger"),)
