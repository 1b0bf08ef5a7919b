"""佐证与申报的办理: files, the signed self-check, the claim that an item is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from zhenggai.apps.evidence import actions, queries
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

SAYS = "says-"


class EvidenceForm(ItemForm):
    """A file, as what, about which day."""

    kind = choice_field(_("佐证类别"))
    name = line_field(_("名称"), 200, help_text=_("例如 排放口整改后照片"))
    about_on = day_field(_("所载日期"), required=False, help_text=_("文件上的日期或拍摄日期"))
    file = file_field(_("文件"))

    def fit(self) -> None:
        """Offer the kinds the theme asks for."""
        kinds = queries.kinds(self.item).values()
        choices(self.fields["kind"], ((kind.kind, kind.name) for kind in kinds))


class SelfCheckForm(ItemForm):
    """Who signed the self-check sheet, as what and when."""

    evidence = choice_field(_("已上传的自查表"))
    as_title = line_field(_("以何身份签署"), 120, help_text=_("写明单位和职务"))
    signed_on = day_field(_("签署日期"))

    def fit(self) -> None:
        """Offer the sheets of this round."""
        sheets = (
            f
            for f in queries.files(self.item)
            if f.kind == queries.SELF_CHECK and f.round_no == self.item.round_no
        )
        choices(self.fields["evidence"], ((f.ref, f.name) for f in sheets))


class ClaimForm(ItemForm):
    """What the unit says is so; from then on it is held to that."""

    finished_on = day_field(_("完工日期"))
    text = text_field(_("申报说明"))

    def fit(self) -> None:
        """Ask for the figures the theme lets a claim say."""
        for key, name in queries.claimable(self.item).items():
            self.fields[f"{SAYS}{key}"] = line_field(
                name, 20, required=False, help_text=_("不申报的不填")
            )


def _put_forward(code: str, said: Mapping[str, Any], act: Act) -> str:
    content = said["file"].read()
    return actions.put_forward(code, said["kind"], said["name"], content, said["about_on"], act=act)


def _lodge(code: str, said: Mapping[str, Any], act: Act) -> str:
    says = {
        key.removeprefix(SAYS): value
        for key, value in said.items()
        if key.startswith(SAYS) and value
    }
    return actions.lodge_claim(code, says, said["text"], said["finished_on"], act=act)


DEEDS = (
    Deed(
        "evidence",
        _("上传佐证"),
        _("上传"),
        _("佐证已上传"),
        _put_forward,
        EvidenceForm,
        "evidence",
    ),
    Deed(
        "self_check",
        _("登记自查签署"),
        _("登记签署"),
        _("自查签署已登记"),
        lambda code, said, act: actions.sign_self_check(
            code, said["signed_on"], said["as_title"], said["evidence"], act=act
        ),
        SelfCheckForm,
        "claim",
    ),
    Deed(
        "claim",
        _("申请销号"),
        _("递交申请"),
        _("销号申请已递交，系统将对账"),
        _lodge,
        ClaimForm,
        "claim",
        moves=True,
    ),
)
