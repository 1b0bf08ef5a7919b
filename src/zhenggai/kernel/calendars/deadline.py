"""时限: what a document says about when, as a value; its raw words are kept.

From   Expressions seen in public documents (domain facts, 3.3).
Takes  What a reader found: words, a date or parts of one, a kind.
Gives  A frozen ``Deadline``; unknown parts stay unknown.
Never  Guesses a year, a day or a meaning the words do not carry.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class DeadlineKind(StrEnum):
    """How a document said when."""

    EXACT = "exact"  # 2021年9月30日前
    MONTH_END = "month_end"  # 8月底前, 2018年11月
    STAGED = "staged"  # 80 % by A, 100 % by B
    RECURRING = "recurring"  # 每季度
    RELATIVE = "relative"  # 反馈后30个工作日内
    IMMEDIATE = "immediate"  # 立行立改
    STANDING = "standing"  # 长期坚持
    MILESTONE = "milestone"  # 年内取得阶段性成果
    UNKNOWN = "unknown"  # nobody said


@dataclass(frozen=True, slots=True)
class Deadline:
    """One 时限.

    Parameters
    ----------
    raw
        The words of the document, unchanged.
    kind
        How it was said.
    iso
        ``2026-09-30``, or with unknown parts ``XXXX-08-31``; empty when there is no date in it.
    due_on
        The day, only when year, month and day are all known.
    alternatives
        Readings of an ambiguous digit string, none of them chosen.
    """

    raw: str
    kind: DeadlineKind
    iso: str = ""
    due_on: date | None = None
    alternatives: tuple[str, ...] = ()
