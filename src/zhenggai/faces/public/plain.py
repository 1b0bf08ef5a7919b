"""大白话: five plain questions and one sentence about an item; no adjective, no judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhenggai.apps.reconciliation.public import Phase
from zhenggai.faces.ui.words import zh_date

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from zhenggai.apps.reconciliation.public import ItemTold

QUESTIONS = (
    gettext_lazy("活干完了吗"),
    gettext_lazy("有人去看过吗"),
    gettext_lazy("水变好了吗"),
    gettext_lazy("大家的反映答复了吗"),
    gettext_lazy("公示了吗"),
)
CHECKING = gettext_lazy("正在核实")
NOT_YET = gettext_lazy("还没到这一步")
# How each stroke of a decided item is said, question by question.
DECIDED = (
    {"a": gettext_lazy("干完了，已核实"), "x": gettext_lazy("还没达到要求")},
    {"a": gettext_lazy("去看过，符合"), "x": gettext_lazy("去看过，还没达到要求")},
    {"a": gettext_lazy("测过，达标"), "x": gettext_lazy("测过，还没达到要求")},
    {"a": gettext_lazy("都答复了"), "x": gettext_lazy("还有没答复的")},
)
LOOKS = {"a": "yes", "x": "no"}
SENTENCES = {
    Phase.LISTED: gettext_lazy("已列入清单，正在制定整改方案。"),
    Phase.UNDER_WAY: gettext_lazy("正在整改。"),
    Phase.RETURNED: gettext_lazy("已退回补充整改，正在整改。"),
    Phase.NOT_MET: gettext_lazy("经核实尚未达到要求，已退回补充整改。"),
    Phase.CLAIMED: gettext_lazy("当地已申报完成，正在核实。"),
    Phase.NOTICED: gettext_lazy("已通过验收，正在公示。"),
    Phase.FORWARDED: gettext_lazy("市级核查已结束，待省级验收。"),
    Phase.CLOSED: gettext_lazy("已验收、已公示、已销号。"),
}
BEFORE_CLAIM = (Phase.LISTED, Phase.UNDER_WAY, Phase.RETURNED)


class Answer(NamedTuple):
    """One question, its answer in words, and how its bar looks."""

    question: str | _StrPromise
    words: str | _StrPromise
    look: str


def sentence(found: ItemTold) -> str:
    """Say in one sentence where an item stands, with its day."""
    return f"{SENTENCES[found.phase]}（{zh_date(found.since)}）"


def answers(found: ItemTold) -> tuple[Answer, ...]:
    """Answer the five questions from what has been decided, and from nothing else."""
    four = tuple(Answer(question, *_said(found, n)) for n, question in enumerate(QUESTIONS[:4]))
    return (*four, Answer(QUESTIONS[4], *_noticed(found)))


def _said(found: ItemTold, n: int) -> tuple[str | _StrPromise, str]:
    if found.phase in BEFORE_CLAIM:
        return (_("还在干") if n == 0 and found.phase is not Phase.LISTED else NOT_YET), "ahead"
    if found.phase is Phase.CLAIMED:
        return (_("当地说干完了，正在核实") if n == 0 else CHECKING), "claimed"
    code = found.strokes[n]
    if code == "0":
        return _("本项不涉及"), "ahead"
    return DECIDED[n].get(code, CHECKING), LOOKS.get(code, "claimed")


def _noticed(found: ItemTold) -> tuple[str | _StrPromise, str]:
    if found.phase is Phase.CLOSED:
        return _("公示过"), "yes"
    if found.phase is Phase.NOTICED and found.notice_until:
        return _("公示到%(day)s") % {"day": zh_date(found.notice_until)}, "claimed"
    return NOT_YET, "ahead"
