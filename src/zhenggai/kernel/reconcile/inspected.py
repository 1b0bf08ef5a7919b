"""现场核查: every question of the checklist answered on site as it must be.

From   Acceptance practice 看、问、查、测; the checklist of the theme pack.
Takes  Answers with their days; an answer that says nothing (说不清) is no answer.
Gives  Not met when the newest answers to a question hold one that does not pass.
Never  Takes a question without an answer for a pass, or chooses between two answers of one day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.kernel.reconcile.model import Weighed
from zhenggai.kernel.standards.printed import on_day
from zhenggai.kernel.verdict import Answer, Reason

if TYPE_CHECKING:
    from zhenggai.kernel.reconcile.model import AnswerFact, Weighing
    from zhenggai.kernel.themes.criterion import Inspected
    from zhenggai.kernel.themes.theme import Question

NO_ANSWER = "说不清"


def weigh(criterion: Inspected, weighing: Weighing) -> Weighed:
    """Look at the newest answers to each question."""
    questions = [weighing.theme.question(key) for key in criterion.questions]
    newest = {q.key: _newest(q, weighing) for q in questions}
    used = {a for answers in newest.values() for a in answers}
    failed = [
        _failure(q, answers)
        for q in questions
        if (answers := newest[q.key]) and any(a.value != q.passing for a in answers)
    ]
    silent = [q.text for q in questions if not newest[q.key]]
    refs = tuple(sorted({a.ref for a in used}))
    measured = f"{len(questions)}项中{len(questions) - len(silent)}项有回答" if used else ""
    if failed:
        return Weighed(Answer.NOT_MET, measured, tuple(failed), refs)
    if silent:
        reason = Reason(
            "unanswered",
            f"现场核查尚缺{len(silent)}项回答：{'；'.join(silent)}",
            "补充现场核查后重新对账",
            refs,
        )
        return Weighed(Answer.CANNOT_TELL, measured, (reason,), refs, seen=bool(used))
    last = max(a.on for a in used)
    return Weighed(Answer.MET, f"{len(questions)}项均符合，{on_day(last)}", facts=refs)


def _newest(question: Question, weighing: Weighing) -> tuple[AnswerFact, ...]:
    facts = weighing.facts
    found = {
        a
        for a in facts.answers
        if a.question == question.key and a.on <= facts.day and a.value != NO_ANSWER
    }
    last = max((a.on for a in found), default=None)
    return tuple(sorted((a for a in found if a.on == last), key=lambda a: (a.value, a.ref)))


def _failure(question: Question, answers: tuple[AnswerFact, ...]) -> Reason:
    said = "、".join(sorted({a.value for a in answers}))
    differ = len({a.value for a in answers}) > 1
    return Reason(
        "answers-differ" if differ else "answer-fails",
        f"{on_day(answers[0].on)}现场核查：{question.text}——{said}",
        "两份回答不一致，复核后以复核为准" if differ else "整改到位后重新核查",
        tuple(sorted({a.ref for a in answers})),
    )
