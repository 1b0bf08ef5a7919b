"""来文: a file becomes a document with findings, and a person confirms or refuses each.

A module of its own beside outgoing papers and public reports: what comes in is read by rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from zhenggai.apps.parties.access import admit
from zhenggai.apps.parties.queries import actor_of
from zhenggai.apps.places.queries import shelf
from zhenggai.apps.sources.dates import complete_day, is_readable_iso
from zhenggai.apps.sources.models import Document, Finding
from zhenggai.apps.sources.queries import document_numbered
from zhenggai.apps.trail.acts import note, once
from zhenggai.apps.trail.canonical import fingerprint
from zhenggai.kernel.calendars.deadline import DeadlineKind
from zhenggai.kernel.documents.as_json import as_json
from zhenggai.kernel.documents.extract import extract
from zhenggai.kernel.verdict import Reason, Refused
from zhenggai.stores.blobs import Blobs
from zhenggai.stores.readers.read import read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhenggai.apps.trail.acts import Act
    from zhenggai.kernel.documents.records import Extract, Found, KeyTask, StatedDeadline
    from zhenggai.kernel.text.clean import Span

OFFICE = ("office",)
CORRECTABLE = ("title", "theme", "deadline_raw", "deadline_kind", "deadline_iso", "responsible")
DATELESS = (DeadlineKind.MILESTONE, DeadlineKind.STANDING, DeadlineKind.RECURRING)


@once
def take_in(name: str, content: bytes, *, act: Act) -> str:
    """登记来文: keep the file, read it, propose its findings; the same file is taken in once."""
    admit(actor_of(act), OFFICE, "登记来文")
    found = read(name, content)

    known = Document.objects.filter(sha256=found.sha256, direction="in").first()
    if known is not None:
        return f"document:{known.pk}"

    Blobs(settings.HOME / "blobs").put(content, found.media.partition(";")[0])
    said = extract(found.clean)
    document = Document.objects.create(
        sha256=found.sha256,
        direction="in",
        name=found.name,
        media=found.media,
        title=said.title.value if said.title else "",
        event_on=complete_day(said.date.value) if said.date else None,
        published_on=complete_day(said.published.value) if said.published else None,
        raw_text=found.original,
        clean_text=found.text,
        origin=list(found.origin),
        extract=as_json(said),
    )
    rows = [(document, ("sha256", "direction", "name", "title", "event_on", "published_on"))]
    text = fingerprint(found.original)
    note(act, "sources.document.received", f"document:{document.pk}", rows=rows, text=text)
    _keep_findings(document, said, act)
    return f"document:{document.pk}"


@once
def confirm_finding(document_id: int, no: int, fields: Mapping[str, str], *, act: Act) -> str:
    """确认条目: a person takes over what was read, corrected; what nobody fills stays unknown."""
    admit(actor_of(act), OFFICE, "确认来文条目")
    finding = _open_finding(document_id, no)

    corrected = finding.fields | {key: value.strip() for key, value in fields.items()}
    _check(finding, fields, corrected)

    finding.fields = corrected | {
        "due_on": _due(corrected),
        "by_person": sorted(k for k, v in fields.items() if v.strip() != finding.fields.get(k, "")),
    }
    finding.status = "confirmed"
    finding.save(update_fields=["fields", "status"])
    rows = [(finding, ("status", "fields"))]
    note(act, "sources.finding.confirmed", f"finding:{finding.pk}", rows=rows)
    return f"finding:{finding.pk}"


@once
def refuse_finding(document_id: int, no: int, reason: str, *, act: Act) -> str:
    """不采用条目: what was read is no finding of this document; the reason stays."""
    admit(actor_of(act), OFFICE, "不采用来文条目")
    finding = _open_finding(document_id, no)

    if not reason.strip():
        raise Refused(Reason("no-reason", f"第{no}条未写明不采用的理由", "写明理由"))

    finding.fields = finding.fields | {"refused_because": reason.strip()}
    finding.status = "refused"
    finding.save(update_fields=["fields", "status"])
    rows = [(finding, ("status",))]
    note(act, "sources.finding.refused", f"finding:{finding.pk}", rows=rows, because=reason)
    return f"finding:{finding.pk}"


def _keep_findings(document: Document, said: Extract, act: Act) -> None:
    read_out = [_source(found) for found in said.findings_sources]
    read_out += [_task(found, said) for found in said.key_tasks]
    for no, finding in enumerate(read_out, start=1):
        finding.document, finding.no = document, no
        finding.save(force_insert=True)
        rows = [(finding, ("document", "no", "kind", "span_start", "span_end"))]
        text = fingerprint(finding.text)
        note(act, "sources.finding.read", f"finding:{finding.pk}", rows=rows, text=text)


def _source(found: Found[str]) -> Finding:
    return Finding(
        kind="finding_source",
        text=found.value,
        span_start=found.span.start,
        span_end=found.span.end,
        fields={"title": found.value},
    )


def _task(found: Found[KeyTask], said: Extract) -> Finding:
    scope = found.value.scope
    inside = [d for d in said.deadlines if _within(d.span, scope)]
    kinds = [k for k in said.responsible_kinds if _within(k.span, scope)]
    kinds = kinds or list(said.responsible_kinds)
    return Finding(
        kind="key_task",
        text=found.value.order,
        span_start=scope.start,
        span_end=scope.end,
        fields={
            "title": found.value.name,
            "theme": _theme_hint(found.value.name),
            "responsible": "、".join(k.value for k in kinds),
            "spans": {
                "title": [found.span.start, found.span.end],
                "responsible": [[k.span.start, k.span.end] for k in kinds],
                "deadline": [[d.span.start, d.span.end] for d in inside],
            },
        }
        | _deadline_fields(inside),
    )


def _deadline_fields(inside: list[Found[StatedDeadline]]) -> dict[str, object]:
    """Give the first deadline of a task; several readings are listed, none is chosen."""
    if not inside:
        return {"deadline_raw": "", "deadline_kind": DeadlineKind.UNKNOWN.value, "deadline_iso": ""}
    first = inside[0].value.deadline
    return {
        "deadline_raw": first.raw,
        "deadline_kind": first.kind.value,
        "deadline_iso": first.iso,
        "due_on": first.due_on.isoformat() if first.due_on else None,
        "alternatives": list(first.alternatives),
        "further_deadlines": [d.value.deadline.raw for d in inside[1:]],
    }


def _theme_hint(name: str) -> str:
    """Propose the theme whose name is the task's or part of it; a person decides."""
    names = ((key, theme.name) for key, theme in shelf().themes.items())
    return next((key for key, known in names if known in name or name in known), "")


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _open_finding(document_id: int, no: int) -> Finding:
    document = document_numbered(document_id)
    finding = document.findings.select_for_update().filter(no=no).first()
    if finding is None:
        raise Refused(Reason("unknown-finding", f"来文中没有第{no}条", "核对条目序号"))
    if finding.status != "read":
        done = "已确认" if finding.status == "confirmed" else "已不采用"
        raise Refused(Reason("finding-settled", f"第{no}条{done}", "刷新页面查看现状"))
    return finding


def _check(finding: Finding, fields: Mapping[str, str], corrected: Mapping[str, str]) -> None:
    at = f"第{finding.no}条"
    odd = sorted(fields.keys() - set(CORRECTABLE))
    if odd:
        text = f"{at}没有可更正的栏目：{'、'.join(odd)}"
        raise Refused(Reason("unknown-field", text, f"可更正：{'、'.join(CORRECTABLE)}"))
    if not corrected.get("title", "").strip():
        raise Refused(Reason("untitled", f"{at}的名称为空", "填写名称"))
    if corrected.get("theme", "") not in ("", *shelf().themes):
        text = f"{at}的专题“{corrected['theme']}”没有规则包"
        raise Refused(Reason("unknown-theme", text, "选用已有专题，或暂留空"))
    if corrected.get("deadline_kind", DeadlineKind.UNKNOWN) not in list(DeadlineKind):
        text = f"{at}的时限类型“{corrected['deadline_kind']}”不能识别"
        raise Refused(Reason("unknown-deadline-kind", text, "按来文选择时限类型"))
    if not is_readable_iso(corrected.get("deadline_iso", "")):
        text = f"{at}的时限“{corrected['deadline_iso']}”不是日期"
        remedy = "写作2026-08-31；年份未载明时写作XXXX-08-31；没有日期时留空"
        raise Refused(Reason("unreadable-deadline", text, remedy))


def _due(fields: Mapping[str, str]) -> str | None:
    if fields.get("deadline_kind") in DATELESS:
        return None
    day = complete_day(fields.get("deadline_iso", ""))
    return day.isoformat() if day else None
