"""核查与公示的办理: visits, checks of the chain, return, notice, answers to objections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zhenggai.apps.inspection import actions as inspection
from zhenggai.apps.inspection import queries
from zhenggai.apps.parties import queries as parties
from zhenggai.apps.reconciliation import actions, objections
from zhenggai.apps.reconciliation.queries import open_objections
from zhenggai.faces.console.deeds import (
    CHOICE_ERRORS,
    Deed,
    ItemForm,
    choice_field,
    choices,
    day_field,
    line_field,
    text_field,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhenggai.apps.ledger.models import Item
    from zhenggai.apps.trail.acts import Act

ASKED = "q-"
GOES = ("acceptor", "inspector")


def visits_of(item: Item) -> list[tuple[object, str]]:
    """Return the visits on record as a form offers them, the newest first."""
    return [(v.uuid, f"{v.visited_on} {v.kind} {'、'.join(v.posts)}") for v in queries.visits(item)]


class VisitForm(ItemForm):
    """Who went, when, and the answer to each line of the checklist."""

    kind = choice_field(_("核查类型"))
    visited_on = day_field(_("核查日期"))
    posts = forms.MultipleChoiceField(
        label=_("到场岗位"), widget=forms.CheckboxSelectMultiple, error_messages=CHOICE_ERRORS
    )

    def fit(self) -> None:
        """Ask the theme's questions."""
        choices(self.fields["kind"], queries.VISIT_KINDS.items())
        went = parties.posts_in(*GOES)
        choices(self.fields["posts"], ((p.key, f"{p.body.name} · {p.title}") for p in went))
        for question in queries.checklist(self.item):
            self.fields[f"{ASKED}{question.key}"] = asked = choice_field(
                _("%(way)s：%(text)s") % {"way": question.way, "text": question.text},
                radio=True,
                required=False,
            )
            choices(asked, ((answer, answer) for answer in question.answers))


class CheckForm(ItemForm):
    """The opinion of one check of the chain."""

    opinion = choice_field(_("意见"), radio=True)
    accepted_on = day_field(_("验收日期"), help_text=_("以签字件上的日期为准"))
    visit = choice_field(_("依据的现场核查"), required=False)
    text = text_field(_("意见说明"))

    def fit(self) -> None:
        """Offer both opinions and the visits on record."""
        choices(self.fields["opinion"], queries.OPINIONS.items())
        choices(self.fields["visit"], visits_of(self.item), _("不依据现场核查"))


class ReturnForm(ItemForm):
    """Why the claim goes back."""

    grounds = text_field(_("退回依据"), help_text=_("写明所依据的事实和需要补充的内容"))


class NoticeForm(ItemForm):
    """What the notice says, and the number the office system gave it."""

    number = line_field(_("公示文号"), 60, help_text=_("以办公系统给出的文号为准"))
    text = text_field(_("公示内容"), help_text=_("公示期从公示次日起按工作日计算"))


class AnswerForm(ItemForm):
    """A reasoned answer to one objection."""

    receipt = choice_field(_("异议回执号"))
    upheld = choice_field(_("是否采纳"), radio=True)
    answer = text_field(_("答复"))

    def fit(self) -> None:
        """Offer the objections nobody has answered."""
        choices(self.fields["receipt"], ((r, r) for r in open_objections(self.item)))
        choices(self.fields["upheld"], (("yes", _("采纳")), ("no", _("不采纳"))))


def _visited(code: str, said: Mapping[str, Any], act: Act) -> str:
    answers = {
        key.removeprefix(ASKED): value
        for key, value in said.items()
        if key.startswith(ASKED) and value
    }
    return inspection.record_visit(
        act.id, code, said["kind"], said["visited_on"], tuple(said["posts"]), answers, act=act
    )


def _checked(code: str, said: Mapping[str, Any], act: Act) -> str:
    visit = UUID(said["visit"]) if said["visit"] else None
    return actions.sign_check(
        code, said["opinion"], said["text"], said["accepted_on"], visit, act=act
    )


DEEDS = (
    Deed(
        "visit",
        _("登记现场核查"),
        _("登记"),
        _("现场核查已登记"),
        _visited,
        VisitForm,
        "check",
    ),
    Deed(
        "check",
        _("验收"),
        _("签署意见"),
        _("验收意见已签署"),
        _checked,
        CheckForm,
        "check",
        moves=True,
    ),
    Deed(
        "weigh",
        _("重新对账"),
        _("按现有数据重新对账"),
        _("已重新对账"),
        lambda code, _said, act: actions.weigh(code, act=act),
        place="weighing",
    ),
    Deed(
        "return",
        _("退回补充整改"),
        _("退回"),
        _("已退回补充整改"),
        lambda code, said, act: actions.return_item(code, said["grounds"], act=act),
        ReturnForm,
        "claim",
        moves=True,
    ),
    Deed(
        "notice",
        _("公示"),
        _("发布公示"),
        _("公示已发布"),
        lambda code, said, act: actions.publish_notice(code, said["number"], said["text"], act=act),
        NoticeForm,
        "notice",
        moves=True,
    ),
    Deed(
        "answer_objection",
        _("答复异议"),
        _("答复"),
        _("异议已答复"),
        lambda _code, said, act: objections.answer_objection(
            said["receipt"], said["answer"], said["upheld"], act=act
        ),
        AnswerForm,
        "notice",
    ),
)
