"""对账: cases that are 待核实, from the inquiry to two persons' decision."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zhenggai.apps.accountability.actions import decide_case
from zhenggai.apps.inspection import queries as inspection
from zhenggai.apps.reconciliation import cases as acts
from zhenggai.apps.reconciliation import queries
from zhenggai.apps.reconciliation.access import offered, visible_to
from zhenggai.apps.reconciliation.offers import verdict_of
from zhenggai.apps.sources.actions import receive_paper
from zhenggai.faces.console.criteria import claimed_shown, derived_shown
from zhenggai.faces.console.desk import SeatedRequest, desk
from zhenggai.faces.console.series_charts import series_chart
from zhenggai.faces.ui.acting import act_of
from zhenggai.faces.ui.plot import Event, Point, Series
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse
    from django.utils.safestring import SafeString

    from zhenggai.apps.reconciliation.models import Contradiction, Criterion
    from zhenggai.apps.reconciliation.queries import Compared

PAGE_SIZE = 30
STATES = {
    "clue": gettext_lazy("待核实"),
    "inquired": gettext_lazy("待核实 · 已函询"),
    "replied": gettext_lazy("待核实 · 已说明"),
    "upheld": gettext_lazy("认定不符"),
    "matched": gettext_lazy("相符"),
    "undecided": gettext_lazy("无法判定"),
}


@require_safe
@desk
def queue(request: SeatedRequest) -> HttpResponse:
    """List the cases this post is told of: the undecided by reply day, the settled below."""
    seen = visible_to(request.acting, request.clock.date())
    settled = seen.exclude(state__in=queries.OPEN_CASE)
    context = {
        "waiting": [_line(case) for case in queries.by_reply_day(seen)],
        "page": Paginator(settled, PAGE_SIZE).get_page(request.GET.get("page")),
        "states": STATES,
    }
    return render(request, "console/cases/queue.html", context)


@require_safe
@desk
def show(request: SeatedRequest, number: int) -> HttpResponse:
    """Show one case: what was claimed, measured and derived, what was said, what was found."""
    case = _case(request, number)
    compared = queries.compared(case)
    doing = offered(case, request.acting)
    on = request.clock.date()
    context = {
        "case": case,
        "state": STATES[case.state],
        "open": case.state in queries.OPEN_CASE,
        "differing": [_differing(line) for line in queries.differing(case.run)],
        "excluded": {line.key for line in queries.excluded(case)},
        "criteria": _criteria(case),
        "verdict": verdict_of(case.latest_run),
        "clues": queries.clues(case),
        "compared": compared,
        "chart": compared_chart(compared) if compared else "",
        "receipt": queries.receipt_of(case),
        "decisions": [(d, acts.FINDINGS[d.finding]) for d in queries.decisions(case)],
        "supplies": case.supplies.select_related("verified_visit").order_by("pk"),
        "visits": inspection.visits(case.item),
        "doing": doing,
        "findings": acts.FINDINGS,
        "waits": queries.deciding_waits(case, request.user.login, on),
        "evidence": queries.rests_on_evidence(case.latest_run),
    }
    return render(request, "console/cases/case.html", context)


@require_POST
@desk
def inquire(request: SeatedRequest, number: int) -> HttpResponse:
    """Send the letter that asks the unit to explain."""
    case = _case(request, number)
    acts.inquire(case.pk, request.POST.get("number", ""), act=act_of(request))
    return _back(case)


@require_POST
@desk
def receive(request: SeatedRequest, number: int) -> HttpResponse:
    """Sign for the letter; the right of reply runs from the day after."""
    case = _case(request, number)
    if case.inquiry is None:
        raise Http404
    receive_paper(case.inquiry.pk, case.claim.by_body.key, act=act_of(request))
    return _back(case)


@require_POST
@desk
def reply(request: SeatedRequest, number: int) -> HttpResponse:
    """File what the unit says."""
    case = _case(request, number)
    acts.reply(case.pk, request.POST.get("text", ""), act=act_of(request))
    return _back(case)


@require_POST
@desk
def supply(request: SeatedRequest, number: int) -> HttpResponse:
    """Enter a further supply line the reply speaks of."""
    case = _case(request, number)
    written = request.POST.get("kwh", "").strip()
    try:
        kwh = Decimal(written)
    except InvalidOperation:
        text = _("日供电量“%(said)s”不是数字") % {"said": written}
        raise Refused(Reason("kwh-unreadable", text, _("用半角数字填写，如150"))) from None
    acts.record_supply(case.pk, kwh, request.POST.get("paper", "").strip(), act=act_of(request))
    return _back(case)


@require_POST
@desk
def verify(request: SeatedRequest, number: int, supply_id: int) -> HttpResponse:
    """Say which visit saw the further supply line; the claim is weighed again."""
    case = _case(request, number)
    get_object_or_404(case.supplies, pk=supply_id)
    try:
        visit = UUID(request.POST.get("visit", ""))
    except ValueError:
        reason = Reason("no-visit", _("没有选择现场核查记录"), _("先登记现场核查，再选择"))
        raise Refused(reason) from None
    acts.verify_supply(supply_id, visit, act=act_of(request))
    return _back(case)


@require_POST
@desk
def decide(request: SeatedRequest, number: int) -> HttpResponse:
    """Enter one person's finding; the second alike settles the case."""
    case = _case(request, number)
    finding, reason = request.POST.get("finding", ""), request.POST.get("reason", "")
    decide_case(case.pk, finding, reason, act=act_of(request))
    return _back(case)


def compared_chart(found: Compared) -> SafeString:
    """Draw the days of a series, the claimed finish, and the mean on either side of it."""
    sides = ((_("申报完工前均值"), found.before), (_("申报完工后均值"), found.after))
    means = tuple(
        Series(
            name,
            "measured",
            tuple(Point(day, round(float(side.mean), 4)) for day in (side.days[0], side.days[-1])),
            every=len(found.series.days),
        )
        for name, side in sides
    )
    finish = Event(found.finished_on, _("申报完工"))
    return series_chart(found.series, "compared", (finish,), means, shape="dots")


def _case(request: SeatedRequest, number: int) -> Contradiction:
    return get_object_or_404(visible_to(request.acting, request.clock.date()), pk=number)


def _back(case: Contradiction) -> HttpResponse:
    return redirect("console:case", number=case.pk)


def _line(case: Contradiction) -> Mapping[str, object]:
    receipt = queries.receipt_of(case)
    return {
        "case": case,
        "state": STATES[case.state],
        "until": receipt.reply_due_on if receipt else None,
        "points": [line.name for line in queries.differing(case.run)],
    }


def _differing(line: Criterion) -> Mapping[str, object]:
    return {"line": line, "derived": derived_shown(line)}


def _criteria(case: Contradiction) -> list[Mapping[str, object]]:
    lines = tuple(case.latest_run.criteria.order_by("no"))
    told = zip(lines, claimed_shown(lines), strict=True)
    return [{**_differing(line), "claimed": claimed} for line, claimed in told]


PATHS = (
    path("reconcile/", queue, name="reconcile"),
    path("reconcile/<int:number>/", show, name="case"),
    path("reconcile/<int:number>/inquire/", inquire, name="case-inquire"),
    path("reconcile/<int:number>/receive/", receive, name="case-receive"),
    path("reconcile/<int:number>/reply/", reply, name="case-reply"),
    path("reconcile/<int:number>/supply/", supply, name="case-supply"),
    path("reconcile/<int:number>/supply/<int:supply_id>/", verify, name="case-verify"),
    path("reconcile/<int:number>/decide/", decide, name="case-decide"),
)
