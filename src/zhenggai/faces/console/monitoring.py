"""监测: places, what was measured there day by day, and files of values brought in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhenggai.apps.ledger.access import visible_to as visible_items
from zhenggai.apps.monitoring import queries
from zhenggai.apps.monitoring.access import offers_import, visible_to
from zhenggai.apps.monitoring.actions import import_observations
from zhenggai.faces.console.desk import SeatedRequest, desk
from zhenggai.faces.console.series_charts import capture, sentence, series_chart
from zhenggai.faces.console.uploads import uploaded
from zhenggai.faces.ui.acting import act_of

if TYPE_CHECKING:
    from django.http import HttpResponse

SPANS = (30, 60, 90)
USUAL_SPAN = 60
IMPORTABLE = ".csv,.txt,.xlsx"
LIMIT_MIB = 3


@require_safe
@desk
def places(request: SeatedRequest) -> HttpResponse:
    """List the places this post may look at."""
    found = visible_to(request.acting).prefetch_related("series", "items__item")
    return render(request, "console/monitoring/places.html", {"places": found})


@require_safe
@desk
def place(request: SeatedRequest, key: str) -> HttpResponse:
    """Show one place: its series with limits, what came on which day, what was imported."""
    found = get_object_or_404(visible_to(request.acting), key=key)
    span = _span(request.GET.get("days", ""))
    today = request.clock.date()
    seen = queries.seen(found, today - timedelta(days=span - 1), today)
    drawn = [
        {
            "series": one,
            "chart": series_chart(one, f"s-{one.key}"),
            "capture": capture(one),
            "sentence": sentence(one),
        }
        for one in seen
    ]
    context = {
        "place": found,
        "drawn": drawn,
        "span": span,
        "spans": SPANS,
        "offers_import": offers_import(request.acting),
        "importable": IMPORTABLE,
        "limit_mib": LIMIT_MIB,
        "imports": queries.imports(key),
        "items": visible_items(request.acting, today).filter(places__place=found).distinct(),
        "record": found.theme_record,
    }
    return render(request, "console/monitoring/place.html", context)


@require_POST
@desk
def bring(request: SeatedRequest, key: str) -> HttpResponse:
    """Take in a file of values for a place and show what became of each row."""
    found = get_object_or_404(visible_to(request.acting), key=key)
    name, content = uploaded(request, "file", LIMIT_MIB)
    outcome = import_observations(found.key, name, content, act=act_of(request))
    return redirect("console:import", key=found.key, reference=outcome.removeprefix("import:"))


@require_safe
@desk
def told(request: SeatedRequest, key: str, reference: str) -> HttpResponse:
    """Show what an import did: columns as understood, rows stored, cells refused."""
    found = get_object_or_404(visible_to(request.acting), key=key)
    try:
        done = queries.import_told(f"import:{reference}")
    except (ValueError, ObjectDoesNotExist):
        raise Http404 from None
    if done.place != found.name:
        raise Http404
    context = {"place": found, "told": done, "heading": _("导入结果")}
    return render(request, "console/monitoring/import.html", context)


def _span(asked: str) -> int:
    return int(asked) if asked in map(str, SPANS) else USUAL_SPAN


PATHS = (
    path("places/", places, name="places"),
    path("places/<slug:key>/", place, name="place"),
    path("places/<slug:key>/import/", bring, name="bring"),
    path("places/<slug:key>/imports/<path:reference>/", told, name="import"),
)
