"""验收链、城市与攻坚行动的读入: rows of these packs become records.

From   ``packs/chains``, ``packs/cities`` and ``packs/campaigns``.
Takes  Their rows, each knowing its file and line.
Gives  ``Chain``, ``City`` and ``Campaign`` whose own references hold.
Never  Resolves a reference to another pack: the shelf does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.kernel.themes.campaign import AreaRow, BodyRow, Campaign, City, Goal, PostRow
from zhenggai.kernel.themes.chain import Chain, ChainCheck, ChainEnd

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhenggai.packs.shelf import Row

_LEVELS = ("县", "市")
_AREA_LEVELS = ("city", "county", "town")
_AREA_CODES = {"city": 6, "county": 6, "town": 9}
_BODY_KINDS = ("government", "department", "enterprise", "office", "lab", "public")
_ROLES = (
    *("office", "liaison", "acceptor", "inspector", "leader", "auditor"),
    *("sys", "sec", "audit_admin", "enterprise"),
)
_GOAL_KINDS = ("document", "internal")


def chain(head: Row) -> Chain:
    """Read one acceptance chain."""
    head.refuse_others(("key", "name", "files", "ends", "check", "source", "verified"))
    rows = head.rows("check")
    if not rows:
        raise head.broken("the chain has no check", "add [[check]]")
    return Chain(
        key=head.text("key"),
        name=head.text("name"),
        files=head.text("files"),
        ends=ChainEnd(head.one_of("ends", tuple(ChainEnd))),
        checks=tuple(_check(no, row) for no, row in enumerate(rows, start=1)),
        source=head.text("source"),
        verified=head.flag("verified"),
    )


def _check(no: int, row: Row) -> ChainCheck:
    row.refuse_others(("key", "name", "level", "who", "form", "source", "verified"))
    return ChainCheck(
        no=no,
        key=row.text("key"),
        name=row.text("name"),
        level=row.one_of("level", _LEVELS),
        who=row.text("who"),
        form=row.text("form"),
        source=row.text("source"),
        verified=row.flag("verified"),
    )


def city(head: Row, areas: Iterable[Row], bodies: Iterable[Row], posts: Iterable[Row]) -> City:
    """Read one city."""
    head.refuse_others(("key", "name", "code", "simulated", "source", "rule"))
    known_areas: set[str] = set()
    known_bodies: set[str] = set()
    known_posts: set[str] = set()
    rules = {row.text("key"): row for row in head.rows("rule")}
    for row in rules.values():
        row.refuse_others(("key", "name", "value", "unit", "source", "verified"))
        row.flag("verified")
    return City(
        key=head.text("key"),
        name=head.text("name"),
        code=head.text("code"),
        simulated=head.flag("simulated"),
        rules={key: row.whole("value") for key, row in rules.items()},
        areas=tuple(_area(row, known_areas) for row in areas),
        bodies=tuple(_body(row, known_bodies, known_areas) for row in bodies),
        posts=tuple(_post(row, known_posts, known_bodies, known_areas) for row in posts),
    )


def _area(row: Row, known: set[str]) -> AreaRow:
    row.refuse_others(("code", "name", "level", "parent", "source", "verified"))
    code = _new(row, "code", known)
    level = row.one_of("level", _AREA_LEVELS)
    if not (code.isdigit() and len(code) == _AREA_CODES[level]):
        raise row.broken(
            f"'{code}' is no {level} code", f"write {_AREA_CODES[level]} digits for a {level}"
        )
    parent = _seen(row, "parent", known, "areas.csv")
    return AreaRow(code, row.text("name"), level, parent)


def _body(row: Row, known: set[str], areas: set[str]) -> BodyRow:
    row.refuse_others(("key", "name", "kind", "field", "area", "parent"))
    key = _new(row, "key", known)
    return BodyRow(
        key=key,
        name=row.text("name"),
        kind=row.one_of("kind", _BODY_KINDS),
        field=row.text("field", ""),
        area=_seen(row, "area", areas, "areas.csv"),
        parent=_seen(row, "parent", known, "bodies.csv"),
    )


def _post(row: Row, known: set[str], bodies: set[str], areas: set[str]) -> PostRow:
    row.refuse_others(("key", "body", "title", "role", "sees", "person"))
    return PostRow(
        key=_new(row, "key", known),
        body=_seen(row, "body", bodies, "bodies.csv"),
        title=row.text("title"),
        role=row.one_of("role", _ROLES),
        sees=_seen(row, "sees", areas, "areas.csv"),
        person=row.text("person"),
    )


def _new(row: Row, name: str, known: set[str]) -> str:
    value = row.text(name)
    if value in known:
        raise row.broken(f"{name} '{value}' occurs twice", "rename one of them")
    known.add(value)
    return value


def _seen(row: Row, name: str, known: set[str], where: str) -> str:
    value = row.text(name, "")
    if value and value not in known:
        raise row.broken(f"{name} '{value}' is not in {where} above", f"add it to {where} first")
    return value


def campaign(head: Row, directive: str) -> Campaign:
    """Read one campaign."""
    head.refuse_others(
        (
            *("key", "name", "authority", "city", "simulated", "clock_zero"),
            *("began_on", "ends_on", "themes", "chain", "goal"),
        )
    )
    began = head.day("began_on") if head.has("began_on") else None
    ends = head.day("ends_on")
    if began and ends < began:
        raise head.broken("ends_on is before began_on", "put the days in order")
    return Campaign(
        key=head.text("key"),
        name=head.text("name"),
        authority=head.text("authority"),
        city=head.text("city"),
        simulated=head.flag("simulated"),
        clock_zero=head.moment("clock_zero"),
        began_on=began,
        ends_on=ends,
        themes=head.words("themes"),
        chain=head.text("chain"),
        goals=tuple(_goal(row) for row in head.rows("goal")),
        directive=directive,
    )


def _goal(row: Row) -> Goal:
    row.refuse_others(("key", "text", "due_on", "kind", "source", "verified"))
    return Goal(
        key=row.text("key"),
        text=row.text("text"),
        due_on=row.day("due_on"),
        kind=row.one_of("kind", _GOAL_KINDS),
        source=row.text("source"),
        verified=row.flag("verified"),
    )
