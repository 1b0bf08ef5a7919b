"""台账: every item a post may see, by saved view, filter, search and order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from zhenggai.apps.ledger import table
from zhenggai.apps.ledger.access import visible_to
from zhenggai.faces.console.desk import SeatedRequest, desk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

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


@require_safe
@desk
def show(request: SeatedRequest) -> HttpResponse:
    """Show the ledger the address asks for."""
    on = request.clock.date()
    items = visible_to(request.acting, on)
    lined = table.lines(items, on)
    asked = _asked(request.GET)
    page = Paginator(table.chosen(lined, asked, on), PAGE_SIZE).get_page(request.GET.get("page"))
    cases_shown = table.sees_cases(request.acting)
    context = {
        "asked": asked,
        "tabs": _tabs(request.GET, table.view_counts(lined, on), cases_shown=cases_shown),
        "page": page,
        "rows": table.rows(page.object_list, on, cases_shown=cases_shown),
        "areas": table.areas_of(lined),
        "themes": table.themes_of(items),
        "stages": table.stages(),
        "orders": ORDERS.items(),
        "versions": table.versions(on),
        "rates": table.rates(items, on),
        "cases_shown": cases_shown,
        "on": on,
    }
    partial = request.headers.get("HX-Request") == "true"
    return render(request, "console/_ledger.html" if partial else "console/ledger.html", context)


def _asked(said: QueryDict) -> table.Asked:
    view = said.get("view", "")
    return table.Asked(
        view=view if view in VIEWS else "" if said.get("q") else "open",
        area=said.get("area", ""),
        theme=said.get("theme", ""),
        stage=said.get("stage", ""),
        words=said.get("q", ""),
        order=said.get("order", "due"),
    )


def _tabs(
    said: QueryDict, counts: Mapping[str, int], *, cases_shown: bool
) -> list[tuple[str, object, int, str]]:
    """Pair each saved view with its name, how many it holds, and its address."""
    tabs = []
    for key, name in VIEWS.items():
        if key == "doubt" and not cases_shown:
            continue
        query = QueryDict(mutable=True)
        query["view"] = key
        for kept in ("area", "theme", "order"):
            if said.get(kept):
                query[kept] = said[kept]
        tabs.append((key, name, counts[key], f"?{query.urlencode()}"))
    return tabs
