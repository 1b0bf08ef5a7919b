"""标注正文: a text by paragraphs, each value marked where it stands and linked to its field."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.utils.safestring import SafeString

    from zhenggai.apps.sources.models import Document, Finding

# Letter and name of each kind of mark; the letter stands after the words.
KINDS = {
    "title": ("题", gettext_lazy("标题")),
    "date": ("日", gettext_lazy("日期")),
    "published": ("日", gettext_lazy("发布日期")),
    "place": ("地", gettext_lazy("地点")),
    "issuer": ("发", gettext_lazy("发文单位")),
    "meeting": ("会", gettext_lazy("会议")),
    "source": ("来", gettext_lazy("稿件来源")),
    "author": ("作", gettext_lazy("作者")),
    "people": ("人", gettext_lazy("人员岗位")),
    "findings_sources": ("源", gettext_lazy("问题来源")),
    "key_tasks": ("任", gettext_lazy("任务")),
    "deadlines": ("限", gettext_lazy("时限")),
    "responsible_kinds": ("责", gettext_lazy("责任")),
    "problems": ("问", gettext_lazy("问题")),
    "figures": ("数", gettext_lazy("数字（文中所报）")),
    "cited_documents": ("引", gettext_lazy("引用文件")),
    "asked": ("疑", gettext_lazy("需人工确认")),
}
BASIC = ("title", "date", "published", "place", "issuer", "meeting", "source", "author")
OTHER = ("people", "deadlines", "responsible_kinds", "problems", "figures", "cited_documents")


@dataclass(frozen=True, slots=True)
class Mark:
    """One stretch of the original: what kind of value stands there and which field shows it.

    The first mark of a field is the ``anchor`` the field links to.
    """

    start: int
    end: int
    kind: str
    field: str
    anchor: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """One value that was read, for its field: words, on what the reading stands, where."""

    field: str
    kind: str
    words: str
    confidence: str


def marks_of(document: Document, findings: Iterable[Finding], asked: set[int]) -> tuple[Mark, ...]:
    """Return every mark of a document; a value that belongs to a finding leads to the finding."""
    marks: list[Mark] = []
    taken: set[tuple[int, int]] = set()
    for finding in findings:
        spans = finding.fields.get("spans") or {}
        title = tuple(spans.get("title") or (finding.span_start, finding.span_end))
        kind = "key_tasks" if spans else "findings_sources"
        late = "asked" if finding.no in asked else "deadlines"
        own = [(title, kind)] + [(tuple(s), late) for s in spans.get("deadline", ())]
        marks += [Mark(span[0], span[1], word, f"f{finding.no}") for span, word in own]
        taken |= {span for span, _ in own}
    for value, span in _values(document.extract):
        if span not in taken:
            marks.append(Mark(span[0], span[1], value.kind, value.field))
    first: set[str] = set()
    anchored = []
    for mark in sorted(marks, key=lambda m: (m.start, m.end - m.start)):
        anchored.append(replace(mark, anchor=mark.field not in first))
        first.add(mark.field)
    return tuple(anchored)


def values_of(document: Document, marks: Iterable[Mark]) -> tuple[Value, ...]:
    """Return the values that have a field of their own, in the order of the text."""
    own = {mark.field for mark in marks}
    return tuple(value for value, _ in _values(document.extract) if value.field in own)


def paragraphs(document: Document, marks: Sequence[Mark], *, raw: bool) -> tuple[SafeString, ...]:
    """Return the paragraphs of the clean or the original text with their marks."""
    text = document.raw_text if raw else document.clean_text
    origin = range(len(text)) if raw else document.origin
    placed = [_placed(mark, origin) for mark in marks]
    shown = [mark for mark in placed if mark.end > mark.start]
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(_paragraph(text, start, start + len(line), shown, named=not raw))
        start += len(line) + 1
    return tuple(found)


def _placed(mark: Mark, origin: Sequence[int]) -> Mark:
    return replace(mark, start=bisect_left(origin, mark.start), end=bisect_left(origin, mark.end))


def _paragraph(text: str, start: int, end: int, marks: list[Mark], *, named: bool) -> SafeString:
    inside = [m for m in marks if m.start < end and m.end > start]
    edges = {start, end} | {e for m in inside for e in (m.start, m.end) if start < e < end}
    cuts = sorted(edges)
    pieces = [
        _piece(text, a, b, [m for m in inside if m.start <= a and m.end >= b], named=named)
        for a, b in pairwise(cuts)
    ]
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _piece(text: str, start: int, end: int, over: list[Mark], *, named: bool) -> SafeString | str:
    """Mark one stretch by its innermost value; the first stretch of a value bears its anchor."""
    words = text[start:end]
    if not over:
        return words
    mark = min(over, key=lambda m: m.end - m.start)
    letter, name = KINDS[mark.kind]
    anchors = {m.field for m in over if m.anchor and m.start == start} if named else set()
    anchor = format_html_join("", '<span id="m-{}"></span>', ((a,) for a in sorted(anchors)))
    sign = format_html("<sup>{}</sup>", letter) if mark.end == end else ""
    return format_html(
        '{}<a class="at" href="#{}"><mark class="k-{}" title="{}">{}</mark>{}</a>',
        anchor,
        mark.field,
        mark.kind.replace("_", "-"),
        name,
        words,
        sign,
    )


def _values(extract: Mapping[str, object]) -> Iterable[tuple[Value, tuple[int, int]]]:
    for kind in (*BASIC, "findings_sources", "key_tasks", *OTHER):
        said = extract.get(kind)
        listed = said if isinstance(said, list) else [said] if said else []
        for n, one in enumerate(listed, start=1):
            yield (
                Value(f"{kind}-{n}", kind, _words(one), one["confidence"]),
                (one["span"][0], one["span"][1]),
            )


def _words(one: Mapping[str, object]) -> str:
    if "what" in one:
        return f"{one['what']} {one['value']}{one['unit']}"
    if "role" in one:
        return f"{one['role']}"
    return str(one.get("raw") or one.get("value") or "")
