"""来文: upload a document, settle what was read with the text beside it, issue its list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zhenggai.apps.ledger import queries as ledger
from zhenggai.apps.ledger import table
from zhenggai.apps.ledger.access import documents_visible_to
from zhenggai.apps.ledger.actions import issue_list, open_campaign
from zhenggai.apps.ledger.lines import LEVELS, Heading, Line
from zhenggai.apps.monitoring.access import visible_to as visible_places
from zhenggai.apps.parties.queries import bodies
from zhenggai.apps.sources import queries
from zhenggai.apps.sources.access import takes_in
from zhenggai.apps.sources.intake import confirm_finding, refuse_finding, take_in
from zhenggai.apps.trail.acts import derived
from zhenggai.faces.console.desk import SeatedRequest, desk
from zhenggai.faces.console.marked import (
    BASIC,
    KINDS,
    OTHER,
    marks_of,
    paragraphs,
    values_of,
)
from zhenggai.faces.console.uploads import uploaded
from zhenggai.faces.ui.acting import act_of
from zhenggai.kernel.documents.records import Confidence
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpResponse
    from django.utils.functional import _StrPromise

    from zhenggai.apps.sources.models import Document, Finding
    from zhenggai.faces.console.marked import Value

PAGE_SIZE = 30
LIMIT_MIB = 20
ACCEPTS = ".txt,.html,.htm,.docx,.pdf"
VIEWS = {
    "clean": gettext_lazy("清洗后"),
    "raw": gettext_lazy("原样"),
    "both": gettext_lazy("并排"),
}
DEADLINES = {
    "exact": gettext_lazy("定日"),
    "month_end": gettext_lazy("月底"),
    "staged": gettext_lazy("分期"),
    "recurring": gettext_lazy("定期"),
    "relative": gettext_lazy("相对（工作日等）"),
    "immediate": gettext_lazy("立行立改"),
    "standing": gettext_lazy("长期坚持"),
    "milestone": gettext_lazy("阶段性成果"),
    "unknown": gettext_lazy("未载明"),
}
STATUS = {
    "read": gettext_lazy("待确认"),
    "confirmed": gettext_lazy("已确认"),
    "refused": gettext_lazy("不采用"),
}
CORRECTED = ("title", "theme", "deadline_kind", "deadline_iso", "responsible")
UNKNOWN = "unknown"
DUTIES = ("territorial", "department", "acceptor")


@dataclass(frozen=True, slots=True)
class Field:
    """One finding as its field shows it: what was read, its state, what a person must settle."""

    finding: Finding
    said: Mapping[str, Any]
    status: _StrPromise
    deadline: str
    question: queries.Question | None


@require_safe
@desk
def documents(request: SeatedRequest) -> HttpResponse:
    """List what came in, the newest first."""
    found = documents_visible_to(request.acting, request.clock.date()).prefetch_related("findings")
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_upload": takes_in(request.acting),
        "accepts": ACCEPTS,
        "limit_mib": LIMIT_MIB,
    }
    return render(request, "console/documents/list.html", context)


@require_POST
@desk
def upload(request: SeatedRequest) -> HttpResponse:
    """Take in one file and open it for reading."""
    name, content = uploaded(request, "file", LIMIT_MIB)
    outcome = take_in(name, content, act=act_of(request))
    return redirect("console:document", number=int(outcome.partition(":")[2]))


@require_safe
@desk
def show(request: SeatedRequest, number: int) -> HttpResponse:
    """Show the text with its marks beside the fields, what a person must settle first."""
    document = _document(request, number)
    findings = tuple(document.findings.select_related("document").order_by("no"))
    fields = [_field(finding) for finding in findings]
    asked = [field for field in fields if field.question]
    marks = marks_of(document, findings, {field.finding.no for field in asked})
    read = values_of(document, marks)
    view = request.GET.get("view", "clean")
    settled = sum(finding.status != "read" for finding in findings)
    context = {
        "document": document,
        "view": view if view in VIEWS else "clean",
        "views": VIEWS,
        "clean": paragraphs(document, marks, raw=False) if view != "raw" else (),
        "raw": paragraphs(document, marks, raw=True) if view in ("raw", "both") else (),
        "repairs": queries.repairs_of(document),
        "legend": {kind: KINDS[kind] for kind in KINDS if kind in {m.kind for m in marks}},
        "asked": asked,
        "tasks": [f for f in fields if not f.question and f.finding.kind == "key_task"],
        "sources": [f for f in fields if not f.question and f.finding.kind != "key_task"],
        "basic": _values(read, BASIC),
        "other": _values(read, OTHER),
        "settled": settled,
        "total": len(findings),
        "confirmed": sum(f.status == "confirmed" and f.kind == "key_task" for f in findings),
        "themes": ledger.shelf().themes.values(),
        "deadlines": DEADLINES,
        "may_confirm": takes_in(request.acting),
    }
    return render(request, "console/documents/read.html", context)


@require_POST
@desk
def confirm(request: SeatedRequest, number: int, no: int) -> HttpResponse:
    """Take over one finding as corrected; what nobody fills stays unknown."""
    document = _document(request, number)
    finding = get_object_or_404(document.findings, no=no)
    said = _corrected(request.POST, finding)
    confirm_finding(document.pk, no, said, act=act_of(request))
    return _next(document, no)


@require_POST
@desk
def refuse(request: SeatedRequest, number: int, no: int) -> HttpResponse:
    """Say why what was read is no finding."""
    document = _document(request, number)
    refuse_finding(document.pk, no, request.POST.get("reason", ""), act=act_of(request))
    return _next(document, no)


@require_safe
@desk
def sheet(request: SeatedRequest, number: int) -> HttpResponse:
    """Show the list a document would become; place and units stay unknown until filled."""
    document = _document(request, number)
    if not takes_in(request.acting):
        raise Http404
    on = request.clock.date()
    known = tuple(bodies(on))
    tasks = document.findings.filter(kind="key_task", status="confirmed").order_by("no")
    context = {
        "document": document,
        "rows": [_row(document, finding, n) for n, finding in enumerate(tasks, start=1)],
        "unsettled": document.findings.filter(kind="key_task", status="read").count(),
        "campaigns": table.packs_here(),
        "levels": LEVELS,
        "on": on,
        "places": visible_places(request.acting),
        "governments": [b for b in known if b.kind == "government"],
        "departments": [b for b in known if b.kind == "department"],
    }
    return render(request, "console/documents/sheet.html", context)


@require_POST
@desk
def issue(request: SeatedRequest, number: int) -> HttpResponse:
    """Issue the ticked lines as one list version; all of it or nothing."""
    document = _document(request, number)
    said = request.POST
    act = act_of(request)
    heading = Heading(
        said.get("campaign", ""),
        said.get("key", "").strip(),
        said.get("name", "").strip(),
        said.get("level", ""),
        _day(said.get("in_force_on", "")),
        document.pk,
    )
    ticked = set(said.getlist("line"))
    tasks = document.findings.filter(kind="key_task", status="confirmed").order_by("no")
    lines = tuple(_issued(said, finding) for finding in tasks if str(finding.no) in ticked)
    with transaction.atomic():
        open_campaign(heading.campaign, act=derived(act, "campaign"))
        issue_list(heading, lines, act=act)
    told = _("清单“%(name)s”已印发，%(n)s项进入台账") % {"name": heading.name, "n": len(lines)}
    messages.success(request, told)
    return redirect("console:ledger")


def _document(request: SeatedRequest, number: int) -> Document:
    found = documents_visible_to(request.acting, request.clock.date()).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _field(finding: Finding) -> Field:
    said = finding.fields
    due = date.fromisoformat(said["due_on"]) if said.get("due_on") else None
    kind, iso = str(said.get("deadline_kind", "")), str(said.get("deadline_iso", ""))
    return Field(
        finding,
        said,
        STATUS[finding.status],
        queries.deadline_text(kind, iso, due) if kind else "",
        queries.question_of(finding),
    )


def _values(read: Sequence[Value], kinds: Sequence[str]) -> list[tuple[object, ...]]:
    """Pair each kind of value that was found with its letter and name."""
    labels = {one.value: one.label for one in Confidence}
    return [
        (*KINDS[kind], [(v, labels[Confidence(v.confidence)]) for v in read if v.kind == kind])
        for kind in kinds
        if any(v.kind == kind for v in read)
    ]


def _corrected(said: Mapping[str, str], finding: Finding) -> dict[str, str]:
    fields = {key: said[key] for key in CORRECTED if key in said}
    reading = said.get("reading", "")
    if queries.question_of(finding) is None:
        return fields
    if not reading:
        text = _("第%(no)s条的时限要由人来定，尚未选择") % {"no": finding.no}
        raise Refused(Reason("reading-not-chosen", text, _("选择一种读法，或记为未知")))
    if reading == UNKNOWN:
        fields.pop("deadline_iso", None)
    elif reading != "own":
        fields["deadline_iso"] = reading
    return fields


def _next(document: Document, no: int) -> HttpResponse:
    """Go on to the next finding nobody has settled, or stay with this one."""
    left = document.findings.filter(status="read").order_by("no").values_list("no", flat=True)
    following = next((n for n in left if n > no), next(iter(left), no))
    return redirect(f"{reverse('console:document', args=[document.pk])}#f{following}")


def _row(document: Document, finding: Finding, n: int) -> Mapping[str, object]:
    code = f"L{document.pk:02d}-{finding.no:02d}"
    key = finding.fields.get("theme", "")
    theme = table.theme_name(key) if key else ""
    return {"field": _field(finding), "number": n, "code": code, "theme": theme}


def _issued(said: Mapping[str, str], finding: Finding) -> Line:
    own = f"-{finding.no}"
    fields = finding.fields
    named = ((kind, said.get(f"{kind}{own}", "")) for kind in DUTIES)
    return Line(
        number=said.get(f"number{own}", "").strip(),
        code=said.get(f"code{own}", "").strip(),
        title=fields["title"],
        theme=fields.get("theme", ""),
        place_key=said.get(f"place{own}", ""),
        deadline_raw=fields.get("deadline_raw", ""),
        deadline_kind=fields.get("deadline_kind", UNKNOWN),
        deadline_iso=fields.get("deadline_iso", ""),
        due_on=date.fromisoformat(fields["due_on"]) if fields.get("due_on") else None,
        goal=finding.text,
        finding_no=finding.no,
        duties=tuple((kind, body) for kind, body in named if body),
    )


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        text = _("施行日期“%(said)s”不是日期") % {"said": written}
        raise Refused(Reason("unreadable-day", text, _("写作2026-05-22"))) from None


PATHS = (
    path("documents/", documents, name="documents"),
    path("documents/upload/", upload, name="document-upload"),
    path("documents/<int:number>/", show, name="document"),
    path("documents/<int:number>/findings/<int:no>/confirm/", confirm, name="finding-confirm"),
    path("documents/<int:number>/findings/<int:no>/refuse/", refuse, name="finding-refuse"),
    path("documents/<int:number>/list/", sheet, name="document-list"),
    path("documents/<int:number>/list/issue/", issue, name="document-issue"),
)
