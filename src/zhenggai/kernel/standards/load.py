"""标准包的读入: rows of a standard pack become one edition.

From   ``pack.toml`` and ``limits.csv`` of a folder in ``packs/standards``.
Takes  Their rows, each knowing its file and line.
Gives  A ``Standard`` whose limits are complete.
Never  Accepts overlapping or missing ranges, or a limit without its clause.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from zhenggai.kernel.standards.model import Condition, Limit, Standard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhenggai.packs.shelf import Row

_HEAD = ("code", "edition", "title", "in_force", "in_force_verified", "source", "condition")
_LIMIT = ("item", "grade", "at_most", "unit", "condition", "above", "upto", "clause", "verified")


def standard(head: Row, rows: Iterable[Row]) -> Standard:
    """Read one edition."""
    head.refuse_others((*_HEAD, "left_out"))
    conditions = tuple(
        Condition(c.text("key"), c.text("name"), c.text("unit", ""), c.text("remedy"))
        for c in head.rows("condition")
    )
    known = {c.key for c in conditions}
    pairs = [(row, _limit(row, known)) for row in rows]
    if not pairs:
        raise head.broken("the standard has no limits", "add rows to limits.csv")
    _complete(pairs)
    return Standard(
        code=head.text("code"),
        edition=head.text("edition"),
        title=head.text("title"),
        in_force=head.day("in_force"),
        in_force_verified=head.flag("in_force_verified"),
        source=head.text("source"),
        conditions=conditions,
        limits=tuple(x for _, x in pairs),
    )


def _limit(row: Row, conditions: set[str]) -> Limit:
    row.refuse_others(_LIMIT)
    condition = row.one_of("condition", conditions) if row.has("condition") else ""
    bounded = row.has("above") or row.has("upto")
    if bounded != bool(condition):
        raise row.broken("condition and its bounds do not belong together", "write both or none")
    value = row.fraction("at_most")
    if value <= 0:
        raise row.broken(f"at_most {value} is not positive", "write the printed limit")
    return Limit(
        item=row.text("item"),
        grade=row.text("grade"),
        value=value,
        unit=row.text("unit"),
        clause=row.text("clause"),
        verified=row.flag("verified"),
        condition=condition,
        above=row.fraction("above") if row.has("above") else None,
        upto=row.fraction("upto") if row.has("upto") else None,
    )


def _complete(pairs: list[tuple[Row, Limit]]) -> None:
    """Each item and grade has one limit, or ranges of one condition that leave no gap."""

    def key(pair: tuple[Row, Limit]) -> tuple[str, str]:
        return pair[1].item, pair[1].grade

    for _, group in groupby(sorted(pairs, key=key), key=key):
        members = sorted(group, key=lambda p: (p[1].above is not None, p[1].above or 0))
        last_row, last = members[-1]
        limits = [x for _, x in members]
        joined = all(a.upto is not None and a.upto == b.above for a, b in pairwise(limits))
        alike = len({(x.condition, x.unit) for x in limits}) == 1
        if not (joined and alike and limits[0].above is None and last.upto is None):
            raise last_row.broken(
                f"the limits of {last.item} {last.grade} leave a gap, overlap or differ in unit",
                "let each range begin where the one below ends",
            )
