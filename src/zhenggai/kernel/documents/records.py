"""要素: what was found in a document, each value with the place it was read from.

From   The keys of a directive: title, days, people, findings, tasks, deadlines, duties.
Takes  Nothing; these are records.
Gives  Frozen values. What the text does not hold is None or an empty tuple.
Never  Holds a value without a span in the original text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from fractions import Fraction

    from zhenggai.kernel.calendars.deadline import Deadline
    from zhenggai.kernel.text.clean import Span

T = TypeVar("T")


class Confidence(StrEnum):
    """On what a reading stands; no percentage, because nobody could check one."""

    STATED = "stated"
    BY_POSITION = "by_position"
    YEAR_FROM_PUBLISHED = "year_from_published"

    @property
    def label(self) -> str:
        """What the screens print."""
        return _LABELS[self]


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value, where it stands in the original, and on what the reading stands."""

    value: T
    span: Span
    confidence: Confidence = Confidence.STATED


@dataclass(frozen=True, slots=True)
class Person:
    """A person named with a post; the two stand at their own places."""

    name: Found[str]
    role: Found[str]


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a staged deadline: 80 % by a day."""

    share: Fraction
    iso: str


@dataclass(frozen=True, slots=True)
class StatedDeadline:
    """A deadline with what one day cannot hold: a period's first day, or stages.

    Parameters
    ----------
    deadline
        The words and their last day.
    starts
        First day of a period, or day of the first stage; empty when there is one day only.
    stages
        Of a staged deadline, in the order of the text.
    """

    deadline: Deadline
    starts: str = ""
    stages: tuple[Stage, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyTask:
    """重点任务: its name, the words that order it, and where those stand."""

    name: str
    order: str
    scope: Span


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as printed, what it counts and in what unit, in the words of the text."""

    what: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class Extract:
    """What one document says; the fields mirror the keys of its JSON form."""

    title: Found[str] | None = None
    date: Found[str] | None = None
    published: Found[str] | None = None
    place: Found[str] | None = None
    issuer: Found[str] | None = None
    meeting: Found[str] | None = None
    source: Found[str] | None = None
    author: Found[str] | None = None
    people: tuple[Person, ...] = ()
    findings_sources: tuple[Found[str], ...] = ()
    key_tasks: tuple[Found[KeyTask], ...] = ()
    deadlines: tuple[Found[StatedDeadline], ...] = ()
    responsible_kinds: tuple[Found[str], ...] = ()
    problems: tuple[Found[str], ...] = ()
    figures: tuple[Found[Figure], ...] = ()
    cited_documents: tuple[Found[str], ...] = ()


_LABELS = {
    Confidence.STATED: "原文载明",
    Confidence.BY_POSITION: "按所在位置判断",
    Confidence.YEAR_FROM_PUBLISHED: "月日载于原文，年份取自发布日期",
}
