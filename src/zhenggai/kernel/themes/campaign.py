"""攻坚行动与城市: who runs it, where, by which periods.

From   Folders of ``packs/campaigns`` and ``packs/cities``.
Takes  Nothing; these are records.
Gives  Frozen records of a campaign, a city, its areas, bodies and posts.
Never  Holds a natural person: a post carries an invented label at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area (行政区): county level and above by six digits, towns by nine."""

    code: str
    name: str
    level: str
    parent: str


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One body (单位); ``field`` is what it is competent for, such as housing."""

    key: str
    name: str
    kind: str
    field: str
    area: str
    parent: str


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post that logs in (岗位); ``sees`` is the area it may read."""

    key: str
    body: str
    title: str
    role: str
    sees: str
    person: str


@dataclass(frozen=True, slots=True)
class City:
    """One city pack (城市): rules are periods and numbers of its own."""

    key: str
    name: str
    code: str
    simulated: bool
    rules: Mapping[str, int]
    areas: tuple[AreaRow, ...]
    bodies: tuple[BodyRow, ...]
    posts: tuple[PostRow, ...]

    def bodies_of(self, field: str) -> tuple[BodyRow, ...]:
        """Return the bodies competent for a field."""
        return tuple(b for b in self.bodies if b.field == field)


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal or staged date of a campaign (目标与时限), with where it was read."""

    key: str
    text: str
    due_on: date
    kind: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Campaign:
    """One campaign pack (攻坚行动)."""

    key: str
    name: str
    authority: str
    city: str
    simulated: bool
    clock_zero: datetime
    began_on: date | None
    ends_on: date
    themes: tuple[str, ...]
    chain: str
    goals: tuple[Goal, ...]
    directive: str
