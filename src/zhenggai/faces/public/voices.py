"""异议与回执: object to a notice, and see with the receipt number whether it was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from zhenggai.apps.reconciliation import public
from zhenggai.apps.reconciliation.objections import object_to
from zhenggai.apps.sources.contacts import seal
from zhenggai.apps.trail.acts import Act, Via
from zhenggai.faces.public.pages import PublicRequest, in_public
from zhenggai.faces.ui.acting import ACT_FIELD
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from django.http import HttpResponse

POST = "public"
LONGEST_TEXT = 2000
LONGEST_CONTACT = 100
SENT = "objections"
MOST = 5
HOUR = 3600
UNPROCESSABLE = 422


class ObjectionForm(forms.Form):
    """What somebody has to say about a notice, and where to reach them if they wish."""

    text = forms.CharField(
        label=gettext_lazy("异议内容"),
        help_text=gettext_lazy("写明您看到了什么、在哪里、什么时候，最多2000字"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 7, "maxlength": LONGEST_TEXT}),
    )
    contact = forms.CharField(
        label=gettext_lazy("联系方式"),
        help_text=gettext_lazy(
            "不留也可以。留下的会加密保存，不交给被反映的单位；不留就不承诺回访"
        ),
        max_length=LONGEST_CONTACT,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@in_public
def object_(request: PublicRequest, number: int) -> HttpResponse:
    """Take an objection and give a receipt number nobody can guess."""
    found = public.notice_told(number, request.clock)
    if found is None or found.withdrawn:
        raise Http404
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = UNPROCESSABLE if form.is_bound else 200
        return render(request, "public/object.html", {"notice": found, "form": form}, status=status)
    act = _act(request)
    _within_limit(request, act)
    contact = form.cleaned_data["contact"].strip()
    outcome = object_to(
        found.number, form.cleaned_data["text"], seal(contact) if contact else None, act=act
    )
    return redirect("public:receipt", receipt=outcome.partition(":")[2])


@require_safe
@in_public
def receipts(request: PublicRequest) -> HttpResponse:
    """Ask for a receipt number and open what it leads to."""
    number = request.GET.get("number", "").strip().upper()
    if number and public.report_told(number):
        return redirect("public:receipt", receipt=number)
    return render(request, "public/receipts.html", {"number": number})


@require_safe
@in_public
def receipt(request: PublicRequest, receipt: str) -> HttpResponse:
    """Show when it came, until when it is answered, and the answer."""
    found = public.report_told(receipt)
    if found is None:
        raise Http404
    return render(request, "public/receipt.html", {"report": found})


def _act(request: PublicRequest) -> Act:
    try:
        act_id = UUID(request.POST.get(ACT_FIELD, ""))
    except ValueError:
        raise Refused(Reason("no-act", _("表单缺少操作编号"), _("刷新页面后重新提交"))) from None
    return Act(act_id, POST, POST, request.clock, Via.WEB)


def _within_limit(request: PublicRequest, act: Act) -> None:
    """Let one visitor send a few objections an hour; the same press again is not another one."""
    now = request.clock.timestamp()
    sent = {k: at for k, at in request.session.get(SENT, {}).items() if now - at < HOUR}
    if len(sent) >= MOST and str(act.id) not in sent:
        text = _("一小时内已收到您提交的%(n)s件异议") % {"n": MOST}
        raise Refused(Reason("too-many", text, _("一小时后再提交，或到受理窗口书面提出")))
    request.session[SENT] = sent | {str(act.id): now}
