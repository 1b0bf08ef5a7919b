"""方案与进展的办理: letter, duties, plan, measures, monthly progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhenggai.apps.evidence.queries import files
from zhenggai.apps.ledger import actions as ledger
from zhenggai.apps.ledger.lines import DUTY_LABELS
from zhenggai.apps.parties import queries as parties
from zhenggai.apps.planning import actions as planning
from zhenggai.apps.planning import queries
from zhenggai.faces.console.deeds import (
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

    from zhenggai.apps.trail.acts import Act

NUMBER_ERRORS = {
    "required": _("填写数字"),
    "invalid": _("填写整数，例如 30"),
    "min_value": _("不能小于%(limit_value)s"),
    "max_value": _("不能大于%(limit_value)s"),
}
DAY_PREFIX = "days-"
LONGEST_DAYS = 999


class LetterForm(ItemForm):
    """The number the office system gave the letter."""

    number = line_field(_("交办函文号"), 60, help_text=_("以办公系统给出的文号为准"))


class DutyForm(ItemForm):
    """Which body answers as what."""

    kind = choice_field(_("责任类型"))
    body = choice_field(_("单位"))

    def fit(self) -> None:
        """Offer every kind of duty and every body of the day."""
        choices(self.fields["kind"], DUTY_LABELS.items())
        choices(self.fields["body"], ((b.key, b.name) for b in parties.bodies(self.on)))


class PlanForm(ItemForm):
    """How many days each measure takes the unit."""

    def fit(self) -> None:
        """Ask for the days of each measure of the plan that was drawn up."""
        for measure in queries.gantt(self.item):
            self.fields[f"{DAY_PREFIX}{measure.key}"] = forms.IntegerField(
                label=measure.name,
                initial=measure.days,
                min_value=1,
                max_value=LONGEST_DAYS,
                error_messages=NUMBER_ERRORS,
            )


class MeasureForm(ItemForm):
    """When a measure really began and ended."""

    measure = choice_field(_("措施"))
    actual_start = day_field(_("实际开始"))
    actual_finish = day_field(_("实际完成"), required=False, help_text=_("未完成的不填"))
    evidence = choice_field(_("依据的文件"), required=False, help_text=_("先作为佐证上传，再选择"))

    def fit(self) -> None:
        """Offer the measures of the plan in force and the files put forward."""
        choices(self.fields["measure"], ((m.key, m.name) for m in queries.gantt(self.item)))
        choices(self.fields["evidence"], ((f.ref, f.name) for f in files(self.item)), _("无"))


class ProgressForm(ItemForm):
    """What was done in a month and how far the unit says it has come."""

    month = forms.RegexField(
        r"^20\d\d-(0[1-9]|1[0-2])$",
        label=_("月份"),
        error_messages={"required": _("填写月份，例如 2026-08"), "invalid": _("写成 2026-08")},
    )
    percent = forms.IntegerField(
        label=_("申报进度（%）"), min_value=0, max_value=100, error_messages=NUMBER_ERRORS
    )
    text = text_field(_("本月做了什么"))

    def fit(self) -> None:
        """Begin with this month and what was said last."""
        self.fields["month"].initial = f"{self.on:%Y-%m}"


def _adjusted(code: str, said: Mapping[str, Any], act: Act) -> str:
    days = {key.removeprefix(DAY_PREFIX): value for key, value in said.items()}
    return planning.submit_plan(code, days, act=act)


DEEDS = (
    Deed(
        "assign",
        _("交办"),
        _("发出交办函"),
        _("交办函已发出，待属地签收"),
        lambda code, said, act: ledger.hand_over(code, said["number"], act=act),
        LetterForm,
        moves=True,
    ),
    Deed(
        "duty",
        _("落实责任"),
        _("保存"),
        _("责任已落实"),
        lambda code, said, act: ledger.assign_duty(code, said["kind"], said["body"], act=act),
        DutyForm,
        "duties",
    ),
    Deed(
        "draw_plan",
        _("按模板重新倒排"),
        _("重新倒排"),
        _("倒排方案已生成，待责任单位报送"),
        lambda code, _said, act: planning.propose_plan(code, act=act),
        place="plan",
    ),
    Deed(
        "plan",
        _("报送方案"),
        _("报送方案"),
        _("方案已报送，待验收单位批复"),
        _adjusted,
        PlanForm,
        "plan",
        moves=True,
    ),
    Deed(
        "start",
        _("批复方案"),
        _("批复方案"),
        _("方案已批复，事项进入整改"),
        lambda code, _said, act: planning.approve_plan(code, act=act),
        place="plan",
        moves=True,
    ),
    Deed(
        "measure",
        _("登记措施起止日期"),
        _("登记"),
        _("措施日期已登记"),
        lambda code, said, act: planning.record_measure(
            code,
            said["measure"],
            said["actual_start"],
            said["actual_finish"],
            said["evidence"],
            act=act,
        ),
        MeasureForm,
        "plan",
    ),
    Deed(
        "progress",
        _("填报月度进展"),
        _("报送本月进展"),
        _("月度进展已报送"),
        lambda code, said, act: planning.report_progress(
            code, said["month"], said["text"], said["percent"], act=act
        ),
        ProgressForm,
        "progress",
    ),
)
