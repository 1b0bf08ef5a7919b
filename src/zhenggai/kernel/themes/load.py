"""专题包的读入: rows of a theme folder become one theme.

From   ``theme.toml`` and ``checklist.csv`` of a folder in ``packs/themes``.
Takes  Their rows, each knowing its file and line.
Gives  A ``Theme`` that is whole: keys unique, references known, the plan without a circle.
Never  Fills in what a pack leaves out, or reads past a misspelt name.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, TypeVar

from zhenggai.kernel.themes import criterion as kinds
from zhenggai.kernel.themes.criterion import Criterion, Weight
from zhenggai.kernel.themes.theme import EvidenceKind, Measure, Param, Question, Theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from zhenggai.packs.shelf import Row

_T = TypeVar("_T")
_KINDS: dict[str, type[Criterion]] = {
    "document": kinds.Document,
    "measures_finished": kinds.MeasuresFinished,
    "inspected": kinds.Inspected,
    "rises_after": kinds.RisesAfter,
    "stays_below": kinds.StaysBelow,
    "delivered": kinds.Delivered,
    "ratio_between": kinds.RatioBetween,
    "no_open_report": kinds.NoOpenReport,
}
_STROKES = range(1, 6)
_DAY_KINDS = ("working", "calendar", "notice")
_WAYS = ("看", "问", "查", "测")
_HEAD = ("key", "name", "place", "field", "basis", "criterion", "evidence", "measure", "param")
_MEASURE = (
    *("key", "name", "day_kind", "shortest", "likely", "longest", "rule", "after"),
    *("before_acceptance", "source", "verified"),
)


def theme(head: Row, checklist: Iterable[Row]) -> Theme:
    """Read one theme."""
    head.refuse_others(_HEAD)
    questions = _unique(checklist, _question)
    plan = _unique(head.rows("measure"), _measure)
    _ordered(head, plan)
    params = _unique(head.rows("param"), _param)
    criteria = _unique(head.rows("criterion"), _criterion)
    known = _Known({q.key for q in questions}, {m.key for m in plan}, {p.key for p in params})
    for row, found in zip(head.rows("criterion"), criteria, strict=True):
        known.check(row, found)
    return Theme(
        key=head.text("key"),
        name=head.text("name"),
        place=head.text("place"),
        field=head.text("field"),
        basis=head.text("basis"),
        criteria=criteria,
        evidence=tuple(_evidence(row) for row in head.rows("evidence")),
        checklist=questions,
        plan=plan,
        params={p.key: p for p in params},
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """The keys a criterion may refer to."""

    questions: set[str]
    measures: set[str]
    params: set[str]

    def check(self, row: Row, found: Criterion) -> None:
        """Refuse a reference to what the theme does not have."""
        if isinstance(found, kinds.Inspected):
            _refer(row, found.questions, self.questions, "checklist.csv")
        if isinstance(found, kinds.MeasuresFinished):
            _refer(row, found.not_judged, self.measures, "[[measure]]")
        if isinstance(found, kinds.RatioBetween):
            _refer(row, (found.norm,), self.params, "[[param]]")
        if isinstance(found, kinds.Delivered) and len(found.series_keys) != len(found.series_names):
            raise row.broken("series_keys and series_names differ in length", "name each series")


def _refer(row: Row, keys: Iterable[str], known: set[str], where: str) -> None:
    lost = sorted(set(keys) - known)
    if lost:
        raise row.broken(f"{', '.join(lost)} is not in {where}", f"add it to {where}")


def _unique(rows: Iterable[Row], read: Callable[[Row], _T]) -> tuple[_T, ...]:
    seen: set[str] = set()
    found = []
    for row in rows:
        key = row.text("key")
        if key in seen:
            raise row.broken(f"the key '{key}' occurs twice", "rename one of them")
        seen.add(key)
        found.append(read(row))
    return tuple(found)


def _criterion(row: Row) -> Criterion:
    kind = _KINDS[row.one_of("kind", _KINDS)]
    names = [f.name for f in fields(kind)]
    row.refuse_others((*names, "kind"))
    made: dict[str, Any] = {name: _READ.get(name, _words)(row, name) for name in names}
    if made["stroke"] not in _STROKES:
        raise row.broken(f"stroke {made['stroke']} is none of 1 to 5", "write the stroke of 正")
    derived = made["weight"] is Weight.DERIVED
    if derived != (kind is kinds.RatioBetween):
        raise row.broken(
            f"weight {made['weight']} does not fit {row.text('kind')}",
            "ratio_between is derived, every other kind is evidence or reference",
        )
    found: Criterion = kind(**made)
    return found


def _words(row: Row, name: str) -> str:
    return row.text(name)


def _positive(row: Row, name: str) -> int:
    value = row.whole(name)
    if value < 1:
        raise row.broken(f"{name} {value} is less than 1", f"write {name} as 1 or more")
    return value


def _keys(row: Row, name: str) -> tuple[str, ...]:
    found = row.words(name)
    if not found:
        raise row.broken(f"{name} is empty", f"name at least one in {name}")
    return found


def _conditions(row: Row, name: str) -> Mapping[str, str]:
    cells = row.table(name)
    return {key: cells.text(key) for key in cells.cells}


_READ: dict[str, Callable[[Row, str], Any]] = {
    "stroke": lambda row, name: row.whole(name),
    "weight": lambda row, name: Weight(row.one_of(name, tuple(Weight))),
    "verified": lambda row, name: row.flag(name),
    "not_judged": lambda row, name: row.words(name),
    "questions": _keys,
    "series_keys": _keys,
    "series_names": _keys,
    "alternatives": _keys,
    "places": lambda row, name: row.whole(name),
    "days": _positive,
    "reach": _positive,
    "valid": _positive,
    "conditions": _conditions,
}


def _question(row: Row) -> Question:
    row.refuse_others(("key", "way", "text", "answers", "passing", "source", "verified"))
    answers = tuple(row.text("answers").split("|"))
    return Question(
        key=row.text("key"),
        way=row.one_of("way", _WAYS),
        text=row.text("text"),
        answers=answers,
        passing=row.one_of("passing", answers),
        source=row.text("source"),
        verified=row.flag("verified"),
    )


def _evidence(row: Row) -> EvidenceKind:
    row.refuse_others(("kind", "name", "count", "same_place_m", "source", "verified"))
    return EvidenceKind(
        kind=row.text("kind"),
        name=row.text("name"),
        count=_positive(row, "count"),
        same_place_m=_positive(row, "same_place_m") if row.has("same_place_m") else None,
        source=row.text("source"),
        verified=row.flag("verified"),
    )


def _param(row: Row) -> Param:
    row.refuse_others(
        ("key", "name", "value", "low", "high", "unit", "places", "source", "verified")
    )
    low, value, high = (row.fraction(name) for name in ("low", "value", "high"))
    if not 0 < low <= value <= high:
        raise row.broken("low, value, high do not rise from above 0", "write low ≤ value ≤ high")
    return Param(
        key=row.text("key"),
        name=row.text("name"),
        value=value,
        low=low,
        high=high,
        unit=row.text("unit"),
        places=row.whole("places"),
        source=row.text("source"),
        verified=row.flag("verified"),
    )


def _measure(row: Row) -> Measure:
    row.refuse_others(_MEASURE)
    rule = row.text("rule", "")
    three = [0 if rule else row.whole(name) for name in ("shortest", "likely", "longest")]
    if three != sorted(three) or three[0] < 0:
        raise row.broken(
            "shortest, likely, longest do not rise", "write shortest ≤ likely ≤ longest"
        )
    return Measure(
        key=row.text("key"),
        name=row.text("name"),
        day_kind=row.one_of("day_kind", _DAY_KINDS),
        shortest=three[0],
        likely=three[1],
        longest=three[2],
        rule=rule,
        after=row.words("after"),
        before_acceptance=row.flag("before_acceptance"),
        source=row.text("source"),
        verified=row.flag("verified"),
    )


def _ordered(head: Row, plan: tuple[Measure, ...]) -> None:
    """Refuse unknown precedences and circles, at the measure that shows them."""
    known = {m.key for m in plan}
    done: set[str] = set()
    for row, measure in zip(head.rows("measure"), plan, strict=True):
        _refer(row, measure.after, known, "[[measure]]")
    waiting = list(zip(head.rows("measure"), plan, strict=True))
    while waiting:
        ready = [m.key for _, m in waiting if done.issuperset(m.after)]
        if not ready:
            row, measure = waiting[0]
            raise row.broken(f"'{measure.key}' waits for itself in a circle", "cut one `after`")
        done.update(ready)
        waiting = [(r, m) for r, m in waiting if m.key not in done]
