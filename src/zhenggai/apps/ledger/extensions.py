"""延期: a later day is asked for before the 文件时限 passed, from the level that set it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from zhenggai.apps.ledger import life
from zhenggai.apps.ledger.models import Extension
from zhenggai.apps.ledger.queries import binding_listing, step_facts
from zhenggai.apps.parties.access import UNITS, admit
from zhenggai.apps.parties.queries import actor_of
from zhenggai.apps.trail.acts import note, once
from zhenggai.apps.trail.canonical import fingerprint
from zhenggai.kernel.verdict import Reason, Refused
from zhenggai.kernel.workflow.item import Stage
from zhenggai.kernel.workflow.needs import actor_answers

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.apps.ledger.models import Item
    from zhenggai.apps.trail.acts import Act

DECIDERS = ("leader", "office")
ABOVE_CITY = ("国", "省")
GOES_TO = {"国": "提请省级", "省": "提请省级", "市": "报市级", "县": "报县级"}
LONGEST_BASIS = 200
COLUMNS = ("listing", "asked_on", "old_due_on", "new_due_on", "goes_to", "granted", "decided_on")


@once
def ask_extension(code: str, new_due_on: date, reason: str, *, act: Act) -> str:
    """申请延期: on the 文件时限 at the latest; it goes to the level that set the date."""
    actor = actor_of(act)
    admit(actor, UNITS, "申请延期")
    item = life.locked(code)
    listing = binding_listing(item, act.on)
    not_theirs = actor_answers(step_facts(item, actor, act))

    if not_theirs:
        raise Refused(*not_theirs, subject=f"item:{code}")
    if item.stage in (Stage.CLOSED, Stage.FORWARDED):
        _refuse(item, "closed", f"{code}为“{Stage(item.stage).label}”，无需延期", "核对编号")
    if listing is None or listing.due is None:
        _refuse(item, "no-deadline", f"{code}没有已知的文件时限", "先由台账岗核定时限")
    old = listing.due
    if act.on > old:
        text = f"{code}的文件时限{old}已过：已过文件时限，请走超期说明"
        _refuse(item, "past-due", text, "提交超期说明，原时限照计")
    if new_due_on <= old:
        text = f"申请的{new_due_on}不晚于现时限{old}"
        _refuse(item, "not-later", text, "填写晚于现时限的日期")
    if not reason.strip():
        _refuse(item, "no-reason", f"{code}的延期申请未写明理由", "写明理由和依据")
    if listing.extensions.filter(granted=None).exists():
        _refuse(item, "extension-open", f"{code}已有在办的延期申请", "待其办结")

    asked = Extension.objects.create(
        listing=listing,
        asked_on=act.on,
        old_due_on=old,
        new_due_on=new_due_on,
        reason=reason.strip(),
        goes_to=GOES_TO[listing.version.list.level],
    )
    note(
        act,
        "ledger.extension.asked",
        f"extension:{asked.pk}",
        item=code,
        rows=[(asked, COLUMNS)],
        reason=fingerprint(asked.reason),
    )
    return f"extension:{asked.pk}"


@once
def decide_extension(extension_id: int, basis: str, *, granted: bool, act: Act) -> str:
    """延期决定: the old day stays in view; above the city only the superior's paper decides.

    Parameters
    ----------
    basis
        The number of the decision; of the superior's reply where the superior set the date.
    """
    actor = actor_of(act)
    admit(actor, DECIDERS, "决定延期")
    asked = Extension.objects.select_related("listing__version__list", "listing__item")
    extension = asked.select_for_update(of=("self",)).filter(pk=extension_id, granted=None).first()
    if extension is None:
        raise Refused(Reason("no-extension", "没有这件在办的延期申请", "从事项页重新打开"))
    item = extension.listing.item
    level = extension.listing.version.list.level

    if not 0 < len(basis.strip()) <= LONGEST_BASIS:
        who = "上级批复" if level in ABOVE_CITY else "决定"
        text = f"{item.code}的时限由{level}级确定，未填写{who}文号"
        _refuse(item, "no-basis", text, f"填写{who}文号后登记")
    if level not in ABOVE_CITY and actor.role != "leader":
        text = f"{actor.title}不能决定市级时限的延期"
        _refuse(item, "wrong-role", text, "由分管领导决定")

    decided = note(
        act,
        "ledger.extension.decided",
        f"extension:{extension.pk}",
        item=item.code,
        granted=granted,
        basis=basis.strip(),
    )
    extension.granted, extension.basis = granted, basis.strip()
    extension.decided_on, extension.decided = act.on, decided
    extension.save(update_fields=["granted", "basis", "decided_on", "decided"])
    rows = [(extension, COLUMNS)]
    note(act, "ledger.extension.entered", f"extension:{extension.pk}", item=item.code, rows=rows)
    return f"extension:{extension.pk}"


def _refuse(item: Item, code: str, text: str, remedy: str) -> NoReturn:
    raise Refused(Reason(code, text, remedy), subject=f"item:{item.code}")
