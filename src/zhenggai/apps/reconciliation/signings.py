"""签批: a leader signs here, or on a paper that one clerk enters and another person checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.evidence import actions as evidence
from zhenggai.apps.ledger import life
from zhenggai.apps.parties.queries import actor_of, post_named
from zhenggai.apps.reconciliation import queries
from zhenggai.apps.reconciliation.actions import close_item
from zhenggai.apps.reconciliation.guards import claim_in_hand
from zhenggai.apps.reconciliation.models import Signing
from zhenggai.apps.trail.acts import note, once
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.apps.evidence.models import Claim
    from zhenggai.apps.ledger.models import Item
    from zhenggai.apps.trail.acts import Act


@once
def sign_closing(code: str, *, act: Act) -> str:
    """领导签批: the leader agrees that the item be closed once everything else holds."""
    item = life.locked(code)
    actor = actor_of(act)
    if actor.role != "leader":
        text = f"{actor.title}无权签批"
        raise Refused(Reason("wrong-role", text, "由分管领导签批"), subject=f"item:{code}")
    signing = Signing.objects.create(
        item=item,
        claim=_unsigned(item),
        signed_by=actor.post,
        signed_on=act.on,
        entered_by=actor.post,
        entered_person=actor.person,
    )
    note(
        act,
        "reconciliation.signing.signed",
        f"signing:{signing.pk}",
        item=code,
        rows=[(signing, ("claim", "signed_by", "signed_on", "entered_by"))],
    )
    return f"signing:{signing.pk}"


@once
def enter_signing(code: str, signed_by: str, signed_on: date, scan: bytes, *, act: Act) -> str:
    """代录签批单: enter a closing signed on paper, with its scan; it counts once checked."""
    item = life.locked(code)
    actor = actor_of(act)
    signer = post_named(signed_by)
    if actor.role != "office" or signer.role != "leader":
        text = "签批单由市攻坚办代录，签批人须为领导岗位"
        raise Refused(Reason("wrong-role", text, "核对签批人与代录人"), subject=f"item:{code}")
    if signed_on > act.on:
        text = f"签批日期{signed_on:%Y-%m-%d}晚于今日"
        raise Refused(Reason("signed-in-future", text, "按签批单填写日期"), subject=f"item:{code}")
    signing = Signing.objects.create(
        item=item,
        claim=_unsigned(item),
        scan=evidence.keep_file(scan, act=act),
        signed_by=signer.key,
        signed_on=signed_on,
        entered_by=actor.post,
        entered_person=actor.person,
    )
    note(
        act,
        "reconciliation.signing.entered",
        f"signing:{signing.pk}",
        item=code,
        rows=[(signing, ("claim", "scan", "signed_by", "signed_on", "entered_by"))],
        text=f"代录：{actor.post}，依据签批单扫描件，待第二人核对",
    )
    return f"signing:{signing.pk}"


@once
def check_signing(code: str, *, act: Act) -> str:
    """核对签批单: a second person finds that scan and entry agree; the item is then closed."""
    item = life.locked(code)
    actor = actor_of(act)
    signing = queries.pending_signing(item)
    if signing is None or actor.role != "office":
        text = f"{code}没有待本岗位核对的签批单"
        raise Refused(Reason("nothing-to-check", text, "先登记签批单"), subject=f"item:{code}")
    if signing.entered_person == actor.person:
        text = "核对人与代录人为同一人"
        raise Refused(Reason("same-person", text, "由另一人核对"), subject=f"item:{code}")
    signing.checked_by = actor.post
    signing.checked_person = actor.person
    signing.save(update_fields=["checked_by", "checked_person"])
    note(
        act,
        "reconciliation.signing.checked",
        f"signing:{signing.pk}",
        item=code,
        rows=[(signing, ("checked_by",))],
        text=f"代录：{signing.entered_by}，依据签批单扫描件，{actor.post}核对",
    )
    return close_item(code, act=act)


def _unsigned(item: Item) -> Claim:
    claim = claim_in_hand(item)
    if Signing.objects.filter(claim=claim).exists():
        text = f"{item.code}已有签批"
        raise Refused(
            Reason("signed-already", text, "核对已登记的签批"), subject=f"item:{item.code}"
        )
    return claim
