"""销号与回头看的办理: sign, enter and check a signing, close, forward, file, watch, reopen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhenggai.apps.parties import queries as parties
from zhenggai.apps.reconciliation import actions, queries, signings, watches
from zhenggai.faces.console.checks import visits_of
from zhenggai.faces.console.deeds import (
    Deed,
    ItemForm,
    choice_field,
    choices,
    day_field,
    file_field,
    line_field,
    text_field,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhenggai.apps.trail.acts import Act


class CloseForm(ItemForm):
    """A leader may set the reconciliation aside in writing; it stays visible for ever."""

    override = text_field(
        _("对账未达标仍予核准的理由"),
        required=False,
        help_text=_("仅分管领导填写；理由与未达标项一并长期可见"),
    )


class FilingForm(ItemForm):
    """The province's own closing."""

    number = line_field(_("省级销号文号"), 60)
    filed_on = day_field(_("省级销号日期"))
    document = file_field(_("省级文件"))


class SigningForm(ItemForm):
    """A closing signed on paper."""

    signed_by = choice_field(_("签批人岗位"))
    signed_on = day_field(_("签批日期"), help_text=_("以签批单上的日期为准"))
    scan = file_field(_("签批单扫描件"))

    def fit(self) -> None:
        """Offer the leaders."""
        leaders = parties.posts_in("leader")
        choices(self.fields["signed_by"], ((p.key, f"{p.body.name} · {p.title}") for p in leaders))


class WatchForm(ItemForm):
    """Which look-back was kept, by which visit, and whether it held."""

    watch = choice_field(_("回头看"))
    visit = choice_field(_("依据的现场核查"))
    outcome = choice_field(_("结果"), radio=True)

    def fit(self) -> None:
        """Offer the days still open and the visits on record."""
        due = (w for w in queries.watches(self.item) if not w.outcome)
        choices(self.fields["watch"], ((w.pk, f"{w.due_on}（{w.reason}）") for w in due))
        choices(self.fields["visit"], visits_of(self.item))
        held = (("held", _("未反弹")), ("rebounded", _("有反弹迹象")))
        choices(self.fields["outcome"], held)


class ReboundForm(ItemForm):
    """What two inspectors saw, and until when it must be put right again."""

    visit = choice_field(_("依据的现场核查"), help_text=_("须有两名核查人员到场"))
    facts = text_field(_("反弹事实"), help_text=_("写明所见、所测和时间"))
    new_due_on = day_field(_("新一轮时限"))

    def fit(self) -> None:
        """Offer the visits on record."""
        choices(self.fields["visit"], visits_of(self.item))


class ConfirmForm(ItemForm):
    """One person's word on a proposal."""

    rebound = choice_field(_("反弹线索"))

    def fit(self) -> None:
        """Offer the proposals that wait."""
        open_ones = (r for r in queries.rebounds(self.item) if r.state == "proposed")
        choices(self.fields["rebound"], ((r.pk, r.facts[:60]) for r in open_ones))


class AnswerReboundForm(ItemForm):
    """What the body that accepted the item has to say."""

    rebound = choice_field(_("反弹告知"))
    answer = text_field(_("说明"), help_text=_("写明验收时所见和对反弹的意见"))

    def fit(self) -> None:
        """Offer what was confirmed and not answered."""
        told = (r for r in queries.rebounds(self.item) if r.state == "confirmed" and not r.answer)
        choices(self.fields["rebound"], ((r.pk, r.facts[:60]) for r in told))


def _filed(code: str, said: Mapping[str, Any], act: Act) -> str:
    document = said["document"].read()
    return actions.file_item(code, said["number"], said["filed_on"], document, act=act)


def _entered(code: str, said: Mapping[str, Any], act: Act) -> str:
    scan = said["scan"].read()
    return signings.enter_signing(code, said["signed_by"], said["signed_on"], scan, act=act)


def _proposed(code: str, said: Mapping[str, Any], act: Act) -> str:
    return watches.propose_rebound(
        code, UUID(said["visit"]), said["facts"], said["new_due_on"], act=act
    )


DEEDS = (
    Deed(
        "sign",
        _("签批"),
        _("同意销号"),
        _("已签批，公示期满并答复异议后核准销号"),
        lambda code, _said, act: signings.sign_closing(code, act=act),
        place="signing",
    ),
    Deed(
        "enter_signing",
        _("代录签批单"),
        _("登记签批单"),
        _("签批单已代录，待第二人核对"),
        _entered,
        SigningForm,
        "signing",
    ),
    Deed(
        "check_signing",
        _("核对签批单"),
        _("与扫描件一致"),
        _("签批单已核对，事项已销号"),
        lambda code, _said, act: signings.check_signing(code, act=act),
        place="signing",
        moves=True,
    ),
    Deed(
        "close",
        _("核准销号"),
        _("核准销号"),
        _("已核准销号"),
        lambda code, said, act: actions.close_item(code, override=said["override"], act=act),
        CloseForm,
        "signing",
        moves=True,
    ),
    Deed(
        "forward",
        _("同意上报销号"),
        _("同意上报销号"),
        _("已同意上报，待省级验收"),
        lambda code, said, act: actions.forward_item(code, override=said["override"], act=act),
        CloseForm,
        "signing",
        moves=True,
    ),
    Deed(
        "file",
        _("登记省级销号"),
        _("登记"),
        _("省级销号已登记"),
        _filed,
        FilingForm,
        "signing",
        moves=True,
    ),
    Deed(
        "keep_watch",
        _("登记回头看"),
        _("登记"),
        _("回头看已登记"),
        lambda _code, said, act: watches.keep_watch(
            int(said["watch"]), UUID(said["visit"]), said["outcome"], act=act
        ),
        WatchForm,
        "watches",
    ),
    Deed(
        "propose_rebound",
        _("提出反弹线索"),
        _("提出"),
        _("反弹线索已提出，待两人确认"),
        _proposed,
        ReboundForm,
        "watches",
    ),
    Deed(
        "confirm_rebound",
        _("确认反弹"),
        _("确认"),
        _("已确认，第二人确认后重启整改"),
        lambda _code, said, act: watches.confirm_rebound(int(said["rebound"]), act=act),
        ConfirmForm,
        "watches",
        moves=True,
    ),
    Deed(
        "answer_rebound",
        _("就反弹作出说明"),
        _("提交说明"),
        _("说明已提交，随事项留存"),
        lambda _code, said, act: watches.answer_rebound(
            int(said["rebound"]), said["answer"], act=act
        ),
        AnswerReboundForm,
        "watches",
    ),
)
