"""结论: the answer to a question of fact (met, not met, cannot tell) and the reasons for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Answer(StrEnum):
    """Ordered from best to worst; the worst wins when answers are joined."""

    MET = "met"
    CANNOT_TELL = "cannot_tell"
    NOT_MET = "not_met"

    @property
    def label(self) -> str:
        """What the screens print."""
        return _LABELS[self]


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence an official can act on, and the facts it stands on.

    Parameters
    ----------
    code
        A stable word for machines, such as ``notice-running``.
    text
        What is wrong and where it was seen, in Chinese.
    remedy
        What to do about it, in Chinese.
    facts
        References of the facts, such as ``observation:12/bod_in/2026-07-03``.
    """

    code: str
    text: str
    remedy: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer that carries its reasons; the console prints them unchanged."""

    answer: Answer
    reasons: tuple[Reason, ...] = ()

    @classmethod
    def join(cls, verdicts: Iterable[Verdict]) -> Verdict:
        """All must be met; one unknown keeps the whole unknown; silence proves nothing.

        Examples
        --------
        >>> Verdict.join([]).answer.label
        '无法判定'
        """
        found = tuple(verdicts)
        worst = max((v.answer for v in found), key=_SEVERITY.index, default=Answer.CANNOT_TELL)
        return cls(worst, tuple(r for v in found for r in v.reasons))


class Refused(Exception):  # noqa: N818 - it reads as a sentence where it is raised
    """An act was refused: the reasons say why, where it was seen and what to do next.

    Parameters
    ----------
    reasons
        At least one.
    subject
        The reference of what was to be changed, such as ``item:W-037``; a refusal with a subject
        is itself kept in the trail.
    """

    def __init__(self, *reasons: Reason, subject: str = "") -> None:
        super().__init__("；".join(r.text for r in reasons))
        self.reasons = reasons
        self.subject = subject


_SEVERITY = (Answer.MET, Answer.CANNOT_TELL, Answer.NOT_MET)
_LABELS = {Answer.MET: "达标", Answer.CANNOT_TELL: "无法判定", Answer.NOT_MET: "未达标"}
