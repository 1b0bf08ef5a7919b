"""专题用例的读入: a case of a theme pack states facts and the verdict they must get.

From   ``cases/*.toml`` of a folder in ``packs/themes``.
Takes  The rows of one file.
Gives  A ``ThemeCase``: facts, and what the reconciliation of them has to say.
Never  Reconciles: the shelf and the tests do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, get_args

from zhenggai.kernel.reconcile.join import reconcile
from zhenggai.kernel.reconcile.model import (
    AnswerFact,
    Claim,
    Daily,
    Facts,
    PaperFact,
    ReportFact,
    Status,
    SupplyLine,
)
from zhenggai.kernel.verdict import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from fractions import Fraction

    from zhenggai.kernel.standards.model import Standard
    from zhenggai.kernel.themes.theme import Theme
    from zhenggai.packs.shelf import Row

_HEAD = (
    *("name", "theme", "day", "grade", "accepted_on", "conditions", "claim", "series"),
    *("paper", "answer", "report", "supply", "measure", "expect"),
)
_STATUS: Mapping[str, Status] = {word: word for word in get_args(Status)}


@dataclass(frozen=True, slots=True)
class ThemeCase:
    """One worked case of a theme (专题用例) and its expected outcome."""

    file: str
    name: str
    theme: str
    facts: Facts
    answer: Answer
    criteria: Mapping[str, Answer]
    clues: tuple[str, ...]

    def differences(
        self, theme: Theme, standards: Mapping[str, tuple[Standard, ...]]
    ) -> tuple[str, ...]:
        """Reconcile the facts and say where the outcome is not the stated one."""
        found = reconcile(theme, self.facts, standards)
        answers = {r.key: r.answer for r in found.results}
        lines = [
            f"criterion {key} is {answers.get(key, 'unknown')}, stated {stated}"
            for key, stated in self.criteria.items()
            if answers.get(key) is not stated
        ]
        if found.verdict.answer is not self.answer:
            lines.append(f"the verdict is {found.verdict.answer}, stated {self.answer}")
        clues = tuple(sorted(c.kind for c in found.clues))
        if clues != self.clues:
            lines.append(f"the clues are {clues}, stated {self.clues}")
        return tuple(lines)


def case(head: Row) -> ThemeCase:
    """Read one case."""
    head.refuse_others(_HEAD)
    expect = head.table("expect")
    expect.refuse_others(("answer", "criteria", "clues"))
    criteria = expect.table("criteria")
    return ThemeCase(
        file=head.file,
        name=head.text("name"),
        theme=head.text("theme"),
        facts=_facts(head),
        answer=_answer(expect, "answer"),
        criteria={key: _answer(criteria, key) for key in criteria.cells},
        clues=tuple(sorted(expect.words("clues"))),
    )


def _answer(row: Row, name: str) -> Answer:
    return Answer(row.one_of(name, tuple(Answer)))


def _facts(head: Row) -> Facts:
    series: dict[str, list[Daily]] = {}
    for row in head.rows("series"):
        series.setdefault(row.text("key"), []).extend(_run(row))
    return Facts(
        day=head.day("day"),
        claim=_claim(head.table("claim")) if head.has("claim") else None,
        series={key: tuple(found) for key, found in series.items()},
        papers=tuple(
            PaperFact(r.text("kind"), r.day("on"), r.text("ref")) for r in head.rows("paper")
        ),
        answers=tuple(
            AnswerFact(r.text("question"), r.text("value"), r.day("on"), r.text("ref"))
            for r in head.rows("answer")
        ),
        reports=tuple(ReportFact(r.text("ref"), r.flag("answered")) for r in head.rows("report")),
        supply_lines=tuple(
            SupplyLine(r.fraction("kwh_per_day"), r.text("ref")) for r in head.rows("supply")
        ),
        measures_finished={
            r.text("key"): r.day("finished") if r.has("finished") else None
            for r in head.rows("measure")
        },
        accepted_on=head.day("accepted_on") if head.has("accepted_on") else None,
        grade=head.text("grade", ""),
        conditions=_numbers(head.table("conditions")),
    )


def _claim(row: Row) -> Claim:
    row.refuse_others(("finished_on", "says", "ref"))
    return Claim(row.day("finished_on"), _numbers(row.table("says")), row.text("ref"))


def _numbers(row: Row) -> Mapping[str, Fraction]:
    return {key: row.fraction(key) for key in row.cells}


def _run(row: Row) -> Iterator[Daily]:
    """Spread one row over its days: the same value or status on each."""
    row.refuse_others(("key", "from", "to", "value", "status"))
    key, first, last = row.text("key"), row.day("from"), row.day("to")
    if last < first:
        raise row.broken("to is before from", "put the days in order")
    status = _STATUS[row.one_of("status", _STATUS)] if row.has("status") else "valid"
    value = row.fraction("value") if row.has("value") else None
    if (value is None) == (status in ("valid", "below_limit_of_detection")):
        raise row.broken(f"a {status} day and its value do not fit", "write a value or a status")
    for day in _days(first, last):
        yield Daily(day, value, status, f"observation:{key}/{day.isoformat()}")


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
