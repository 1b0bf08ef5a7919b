"""要素 JSON: an ``Extract`` as plain lists and dictionaries, keys as published.

From   The keys other systems read: title, date, people, key_tasks, deadlines and so on.
Takes  An ``Extract``.
Gives  Values ready for ``json.dumps``; what is not in the text is null or an empty list.
Never  Leaves out a key, or a value's span and confidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from zhenggai.kernel.documents.records import (
        Extract,
        Figure,
        Found,
        KeyTask,
        Person,
        StatedDeadline,
        T,
    )
    from zhenggai.kernel.text.clean import Span

Json: TypeAlias = "str | int | list[Json] | dict[str, Json] | None"


def as_json(extract: Extract) -> dict[str, Json]:
    """Every key, in the order in which the records hold them."""
    return {
        "title": _one(extract.title),
        "date": _one(extract.date),
        "published": _one(extract.published),
        "place": _one(extract.place),
        "issuer": _one(extract.issuer),
        "meeting": _one(extract.meeting),
        "source": _one(extract.source),
        "author": _one(extract.author),
        "people": [_person(p) for p in extract.people],
        "findings_sources": [_value(f) for f in extract.findings_sources],
        "key_tasks": [_task(t) for t in extract.key_tasks],
        "deadlines": [_deadline(d) for d in extract.deadlines],
        "responsible_kinds": [_value(f) for f in extract.responsible_kinds],
        "problems": [_value(f) for f in extract.problems],
        "figures": [_figure(f) for f in extract.figures],
        "cited_documents": [_value(f) for f in extract.cited_documents],
    }


def _one(found: Found[str] | None) -> Json:
    return None if found is None else _value(found)


def _value(found: Found[str]) -> Json:
    return _where(found, {"value": found.value})


def _person(person: Person) -> Json:
    keys: dict[str, Json] = {
        "name": person.name.value,
        "role": person.role.value,
        "role_span": _span(person.role.span),
    }
    return _where(person.name, keys)


def _task(found: Found[KeyTask]) -> Json:
    return _where(found, {"value": found.value.name, "scope_span": _span(found.value.scope)})


def _deadline(found: Found[StatedDeadline]) -> Json:
    """``iso`` to ``iso_end`` for a period or stages; one day has no end."""
    stated, deadline = found.value, found.value.deadline
    keys: dict[str, Json] = {
        "raw": deadline.raw,
        "iso": stated.starts or deadline.iso or None,
        "iso_end": deadline.iso if stated.starts else None,
        "kind": deadline.kind.value,
        "alternatives": list(deadline.alternatives),
        "stages": [{"share": str(s.share), "iso": s.iso} for s in stated.stages],
    }
    return _where(found, keys)


def _figure(found: Found[Figure]) -> Json:
    figure = found.value
    return _where(found, {"what": figure.what, "value": figure.value, "unit": figure.unit})


def _where(found: Found[T], keys: dict[str, Json]) -> Json:
    return {**keys, "span": _span(found.span), "confidence": found.confidence.value}


def _span(span: Span) -> list[Json]:
    return [span.start, span.end]
