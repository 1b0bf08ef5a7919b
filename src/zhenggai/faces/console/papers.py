"""签收与月报数: papers sent to a body, and the figures it reports each month."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zhenggai.apps.ledger import table as ledger
from zhenggai.apps.parties.access import oversees
from zhenggai.apps.planning import queries
from zhenggai.apps.planning.access import (
    lines_for,
    reports_counts,
    settles_counts,
)
from zhenggai.apps.planning.counts import (
    approve_correction,
    correct_count,
    draft_correction_letter,
    issue_count_table,
    report_count,
)
from zhenggai.apps.sources.access import RECEIVERS, receipts_for
from zhenggai.apps.sources.actions import receive_paper, sign_paper
from zhenggai.faces.console.desk import SeatedRequest, desk
from zhenggai.faces.ui.acting import act_of
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from django.http import HttpResponse

KEYS = {"reported": gettext_lazy("已申报项数")}
MONTH = re.compile(r"\d{4}-\d{2}")
WHOLE = re.compile(r"[0-9]{1,9}")
LONGEST_SHOWN = 40


@require_safe
@desk
def papers(request: SeatedRequest) -> HttpResponse:
    """List the papers sent to this post's body, the unsigned first."""
    found = receipts_for(request.acting)
    context = {
        "waiting": found.filter(received_at=None),
        "received": found.exclude(received_at=None),
        "own": request.acting.body,
        "signs": request.acting.role in RECEIVERS,
        "signs_for_all": request.acting.role == "office",
    }
    return render(request, "console/papers/papers.html", context)


@require_POST
@desk
def receive(request: SeatedRequest, number: int) -> HttpResponse:
    """Sign for one paper."""
    receipt = get_object_or_404(receipts_for(request.acting), pk=number)
    receive_paper(receipt.paper_id, receipt.body.key, act=act_of(request))
    return redirect("console:papers")


@require_safe
@desk
def counts(request: SeatedRequest) -> HttpResponse:
    """Show a month's figures, corrections that wait, and the tables that went out."""
    if not (oversees(request.acting) or reports_counts(request.acting)):
        raise Http404
    campaigns = ledger.campaigns()
    campaign = request.GET.get("campaign") or (campaigns[0].key if campaigns else "")
    asked = request.GET.get("month", "")
    month = asked if MONTH.fullmatch(asked) else f"{request.clock:%Y-%m}"
    key = next(iter(KEYS))
    lines = lines_for(request.acting, queries.count_table(campaign, month, key))
    settles = settles_counts(request.acting)
    context = {
        "campaigns": campaigns,
        "campaign": campaign,
        "month": month,
        "key": key,
        "label": KEYS[key],
        "lines": lines,
        "reports": reports_counts(request.acting),
        "reported": any(line.body == request.acting.body.key for line in lines),
        "settles": settles,
        "pending": queries.pending_corrections(campaign) if settles else (),
        "tables": queries.issued_tables(campaign, month, key) if settles else (),
        "body": request.acting.body,
    }
    return render(request, "console/papers/counts.html", context)


@require_POST
@desk
def report(request: SeatedRequest) -> HttpResponse:
    """Report this body's own figure of a month."""
    campaign, month, key = _asked(request)
    value = _whole(request.POST.get("value", ""))
    report_count(campaign, request.acting.body.key, month, key, value, act=act_of(request))
    return _back(campaign, month)


@require_POST
@desk
def correct(request: SeatedRequest) -> HttpResponse:
    """Ask for a correction with its reason and the paper it rests on."""
    campaign, month, _key = _asked(request)
    said = request.POST
    document = _whole(said.get("document", ""))
    value, reason = _whole(said.get("value", "")), said.get("reason", "")
    correct_count(said.get("count", ""), value, reason, document, act=act_of(request))
    return _back(campaign, month)


@require_POST
@desk
def settle(request: SeatedRequest, doing: str) -> HttpResponse:
    """Approve a correction, draft its letter, make the month's table, or sign that table."""
    campaign, month, key = _asked(request)
    said, act = request.POST, act_of(request)
    if doing == "approve":
        approve_correction(said.get("count", ""), act=act)
    elif doing == "letter":
        draft_correction_letter(said.get("count", ""), act=act)
    elif doing == "table":
        issue_count_table(campaign, month, key, act=act)
    elif doing == "sign":
        sign_paper(_whole(said.get("paper", "")), said.get("number", ""), act=act)
    else:
        raise Http404
    return _back(campaign, month)


def _asked(request: SeatedRequest) -> tuple[str, str, str]:
    said = request.POST
    key = said.get("key", "")
    if key not in KEYS or not (oversees(request.acting) or reports_counts(request.acting)):
        raise Http404
    return said.get("campaign", ""), said.get("month", ""), key


def _whole(written: str) -> int:
    if WHOLE.fullmatch(written.strip()):
        return int(written)
    text = _("“%(said)s”不是整数，或超过9位") % {"said": written[:LONGEST_SHOWN]}
    raise Refused(Reason("not-whole", text, _("填写0或正整数，用半角数字")))


def _back(campaign: str, month: str) -> HttpResponse:
    return redirect(f"{reverse('console:counts')}?campaign={campaign}&month={month}")


PATHS = (
    path("papers/", papers, name="papers"),
    path("papers/<int:number>/receive/", receive, name="paper-receive"),
    path("counts/", counts, name="counts"),
    path("counts/report/", report, name="count-report"),
    path("counts/correct/", correct, name="count-correct"),
    path("counts/<slug:doing>/", settle, name="count-settle"),
)
