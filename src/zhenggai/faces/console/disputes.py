"""签收、延期与管辖异议的办理: receive a letter, ask for a later day, dispute whose item it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from zhenggai.apps.ledger import disputes, extensions
from zhenggai.apps.parties import queries as parties
from zhenggai.apps.reconciliation import story
from zhenggai.apps.sources import actions as sources
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

GOES_BETWEEN = "/"


class ReceiveForm(ItemForm):
    """Which letter was received by which body."""

    receipt = choice_field(_("来函"))

    def fit(self) -> None:
        """Offer the letters nobody has received yet."""
        sent = (r for r in story.receipts(self.item) if r.received_at is None)
        named = ((f"{r.paper_id}/{r.body_key}", f"{r.title} → {r.body}") for r in sent)
        choices(self.fields["receipt"], named)


class AskLaterForm(ItemForm):
    """A later day and why."""

    new_due_on = day_field(_("申请延至"))
    reason = text_field(_("延期理由"))


class DecideLaterForm(ItemForm):
    """Whether the later day is granted, and by which paper."""

    extension = choice_field(_("延期申请"))
    granted = choice_field(_("决定"), radio=True)
    basis = line_field(_("决定或上级批复文号"), 200)

    def fit(self) -> None:
        """Offer what was asked and not decided."""
        asked = (e for e in story.extensions(self.item) if e.granted is None)
        choices(
            self.fields["extension"], ((e.pk, f"{e.old_due_on} → {e.new_due_on}") for e in asked)
        )
        choices(self.fields["granted"], (("yes", _("同意延期")), ("no", _("不同意"))))


class DisputeForm(ItemForm):
    """Who should answer instead, by which clause."""

    names = choice_field(_("应由哪个单位负责"))
    clause = text_field(_("依据的职责条款"))
    new_facts = text_field(_("新的事实"), required=False, help_text=_("首次提出不填"))

    def fit(self) -> None:
        """Offer every body of the day."""
        choices(self.fields["names"], ((b.key, b.name) for b in parties.bodies(self.on)))


class AskStatementForm(ItemForm):
    """The number of the letter that asks the named body."""

    dispute = choice_field(_("管辖异议"))
    number = line_field(_("说明征询函文号"), 60, help_text=_("以办公系统给出的文号为准"))

    def fit(self) -> None:
        """Offer the dispute whose letter was drafted and not sent."""
        open_ones = (d for d in story.disputes(self.item) if d.decided_on is None)
        waiting = (d for d in open_ones if disputes.asking_letter(d))
        choices(self.fields["dispute"], ((d.pk, f"{d.by.name} → {d.names.name}") for d in waiting))


class OpenDisputeForm(ItemForm):
    """Words about the dispute that is not decided."""

    dispute = choice_field(_("管辖异议"))
    words = text_field(_("内容"))

    def fit(self) -> None:
        """Offer the dispute that is not decided."""
        open_ones = (d for d in story.disputes(self.item) if d.decided_on is None)
        choices(
            self.fields["dispute"], ((d.pk, f"{d.by.name} → {d.names.name}") for d in open_ones)
        )


class DecideDisputeForm(OpenDisputeForm):
    """Who leads and who helps."""

    lead = choice_field(_("牵头单位"))
    co = choice_field(_("配合单位"), required=False)

    def fit(self) -> None:
        """Offer every body of the day, too."""
        super().fit()
        named = [(b.key, b.name) for b in parties.bodies(self.on)]
        choices(self.fields["lead"], named)
        choices(self.fields["co"], named, _("无"))


def _received(_code: str, said: Mapping[str, Any], act: Act) -> str:
    paper, _sep, body = said["receipt"].partition(GOES_BETWEEN)
    return sources.receive_paper(int(paper), body, act=act)


def _decided_later(_code: str, said: Mapping[str, Any], act: Act) -> str:
    return extensions.decide_extension(
        int(said["extension"]), said["basis"], granted=said["granted"] == "yes", act=act
    )


def _decided(_code: str, said: Mapping[str, Any], act: Act) -> str:
    helping = (said["co"],) if said["co"] else ()
    return disputes.decide_dispute(
        int(said["dispute"]), said["words"], said["lead"], helping, act=act
    )


DEEDS = (
    Deed(
        "receive",
        _("签收来函"),
        _("签收"),
        _("已签收，期限自次日起算"),
        _received,
        ReceiveForm,
        "papers",
    ),
    Deed(
        "ask_extension",
        _("申请延期"),
        _("提交申请"),
        _("延期申请已提交，原时限照计"),
        lambda code, said, act: extensions.ask_extension(
            code, said["new_due_on"], said["reason"], act=act
        ),
        AskLaterForm,
        "deadlines",
    ),
    Deed(
        "decide_extension",
        _("登记延期决定"),
        _("登记决定"),
        _("延期决定已登记"),
        _decided_later,
        DecideLaterForm,
        "deadlines",
    ),
    Deed(
        "file_dispute",
        _("提出管辖异议"),
        _("提出异议"),
        _("管辖异议已提出，决定前暂由首接单位负责"),
        lambda code, said, act: disputes.file_dispute(
            code, said["names"], said["clause"], said["new_facts"], act=act
        ),
        DisputeForm,
        "dispute",
    ),
    Deed(
        "ask_statement",
        _("发出说明征询函"),
        _("发出"),
        _("说明征询函已发出"),
        lambda _code, said, act: disputes.ask_statement(
            int(said["dispute"]), said["number"], act=act
        ),
        AskStatementForm,
        "dispute",
    ),
    Deed(
        "state_dispute",
        _("就管辖异议说明情况"),
        _("提交说明"),
        _("说明已提交"),
        lambda _code, said, act: disputes.state_for_dispute(
            int(said["dispute"]), said["words"], act=act
        ),
        OpenDisputeForm,
        "dispute",
    ),
    Deed(
        "propose_dispute",
        _("提出管辖建议"),
        _("提出建议"),
        _("建议已提出，待领导决定"),
        lambda _code, said, act: disputes.propose_dispute(
            int(said["dispute"]), said["words"], act=act
        ),
        OpenDisputeForm,
        "dispute",
    ),
    Deed(
        "decide_dispute",
        _("作出管辖决定"),
        _("作出决定"),
        _("管辖决定已作出，文件时限不变"),
        _decided,
        DecideDisputeForm,
        "dispute",
    ),
)
