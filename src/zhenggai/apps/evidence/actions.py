"""佐证: put a file forward, sign the self-check, claim that an item is done."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from zhenggai.apps.evidence import queries
from zhenggai.apps.evidence.models import Blob, Claim, Evidence, SelfCheck
from zhenggai.apps.ledger import life
from zhenggai.apps.ledger import queries as ledger
from zhenggai.apps.ledger.actions import restate
from zhenggai.apps.parties.access import UNITS, admit
from zhenggai.apps.parties.models import Post
from zhenggai.apps.parties.queries import actor_of, body_named
from zhenggai.apps.trail.acts import note, once
from zhenggai.apps.trail.canonical import fingerprint
from zhenggai.kernel.verdict import Reason, Refused
from zhenggai.kernel.workflow.grants import grant
from zhenggai.kernel.workflow.item import STEPS, Stage
from zhenggai.kernel.workflow.needs import actor_answers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from zhenggai.apps.ledger.models import Item
    from zhenggai.apps.trail.acts import Act
    from zhenggai.kernel.workflow.facts import Actor

Outcome = Literal["returned", "upheld"]
PLAIN_NUMBER_REMEDY = "填半角数字，如860或860.5"
LONGEST_NAME = 200
LONGEST_TITLE = 120
_SETTLED_WHEN = {
    "returned": (Stage.UNDER_WAY,),
    "upheld": (Stage.CLOSED, Stage.FORWARDED),
}


@once
def put_forward(
    code: str, kind: str, name: str, content: bytes, about_on: date | None, *, act: Act
) -> str:
    """Put a file forward as evidence of one kind the theme asks for.

    Parameters
    ----------
    about_on
        The day the file speaks of: of a paper its date, of a photo the day it shows.
    """
    item = life.locked(code)
    actor = actor_of(act)
    _may_put_forward(item, actor, act)
    _require_fitting(item, kind)
    _require_named(name, about_on, act)

    photo = kind.startswith(queries.PHOTOS)
    blob = keep_file(content, "image/*" if photo else "", act=act)
    if item.evidence.filter(blob=blob, kind=kind, round_no=item.round_no).exists():
        text = f"《{name}》与本轮已提交的一件{queries.kinds(item)[kind].name}是同一文件"
        raise Refused(Reason("evidence-twice", text, "无需重复上传"), subject=f"item:{code}")
    row = Evidence.objects.create(
        item=item,
        blob=blob,
        kind=kind,
        name=name,
        about_on=about_on,
        round_no=item.round_no,
        by_body=body_named(actor.body),
    )
    row.entry = note(
        act,
        "evidence.file.put_forward",
        f"evidence:{row.pk}",
        item=code,
        rows=[(row, ("item", "blob", "kind", "about_on", "round_no", "by_body"))],
    )
    row.save(update_fields=["entry"])
    return f"evidence:{row.pk}"


@once
def sign_self_check(code: str, signed_on: date, as_title: str, evidence: str, *, act: Act) -> str:
    """签署自查: the person of this act signs the sheet, as what and on which day.

    Parameters
    ----------
    as_title
        Body and office the person signs as, such as 丙县人民政府副县长.
    evidence
        The signed sheet, put forward before as ``self-check``.
    """
    item = life.locked(code)
    actor = actor_of(act)
    _require_answers(item, actor, act)
    sheet = queries.evidence_of(item, evidence)

    today = act.on
    wrong = _wrong_sheet(item, sheet, as_title)
    if signed_on > today:
        wrong.append(
            Reason("signed-in-future", f"签署日期{signed_on}晚于{today}", "填写实际签署日期")
        )
    if wrong:
        raise Refused(*wrong, subject=f"item:{code}")

    row = SelfCheck.objects.create(
        item=item,
        round_no=item.round_no,
        signed_on=signed_on,
        body=body_named(actor.body),
        person=act.person,
        as_title=as_title,
        evidence=sheet,
    )
    columns = ("item", "round_no", "signed_on", "body", "person", "as_title", "evidence")
    rows = [(row, columns)]
    note(act, "evidence.self_check.signed", f"self-check:{row.pk}", item=code, rows=rows)
    return f"self-check:{row.pk}"


@once
def lodge_claim(
    code: str, says: Mapping[str, str], text: str, finished_on: date, *, act: Act
) -> str:
    """申请销号: the responsible unit says the item is done; from here on it is held to that.

    Parameters
    ----------
    says
        Figures the unit reports, by the theme's key: ``{"daily_volume": "860"}``.
    finished_on
        The day on which all works were finished, as the unit says.
    """
    item = life.locked(code)
    actor = actor_of(act)
    open_claim = queries.open_claim(item)
    facts = ledger.step_facts(
        item,
        actor,
        act,
        open_claim=None if open_claim is None else f"第{open_claim.no}次",
        missing_evidence=queries.missing_evidence(item),
    )

    granted = grant(STEPS["claim"], facts)
    on = act.on
    _require_sayable(item, says, finished_on, on)

    claim = Claim.objects.create(
        item=item,
        no=item.claims.count() + 1,
        says=dict(says),
        text=text,
        finished_on=finished_on,
        claimed_on=on,
        by_body=body_named(actor.body),
        by_post=Post.objects.get(key=act.post),
        by_person=act.person,
    )
    columns = ("item", "no", "says", "finished_on", "claimed_on", "by_body", "by_post", "state")
    note(
        act,
        "evidence.claim.lodged",
        f"claim:{claim.pk}",
        item=code,
        rows=[(claim, (*columns, "by_person"))],
        text=fingerprint(text),
    )
    life.move(item, granted, act=act, effective_on=on)
    restate(code, reported_on=finished_on)
    return f"claim:{claim.pk}"


def keep_file(content: bytes, media_hint: str = "", *, act: Act) -> Blob:
    """Keep a file bit for bit, inside an act that has said who may; the same bytes once."""
    info = queries.blobs().put(content, media_hint)
    known = queries.kept(info.sha256)
    if known is not None:
        return known
    blob = Blob.objects.create(
        sha256=info.sha256,
        bytes=info.bytes,
        media=info.media,
        width=info.width,
        height=info.height,
        taken_at=info.taken_at,
        lon=info.lon,
        lat=info.lat,
    )
    note(act, "evidence.file.kept", f"blob:{blob.pk}", rows=[(blob, ("bytes", "media"))])
    return blob


def settle_claim(claim: Claim, outcome: Outcome, *, act: Act) -> None:
    """End a claim the way its item just went: sent back, or closed."""
    item = claim.item
    item.refresh_from_db(fields=["stage"])
    if item.stage not in _SETTLED_WHEN[outcome]:
        raise RuntimeError(f"{item.code} is {item.stage}, its claim cannot be {outcome}")
    if claim.state != "open":
        text = f"{item.code}的第{claim.no}次销号申请已办结"
        raise Refused(
            Reason("claim-settled", text, "刷新后按现状办理"), subject=f"item:{item.code}"
        )
    claim.state = outcome
    claim.save(update_fields=["state"])
    if outcome == "returned":
        restate(item.code, reported_on=None)
    rows = [(claim, ("state",))]
    note(act, f"evidence.claim.{outcome}", f"claim:{claim.pk}", item=item.code, rows=rows)


def _may_put_forward(item: Item, actor: Actor, act: Act) -> None:
    admit(actor, ("office", *UNITS, "acceptor", "inspector"), "提交佐证")
    if actor.role in UNITS:
        _require_answers(item, actor, act)


def _require_answers(item: Item, actor: Actor, act: Act) -> None:
    reasons = actor_answers(ledger.step_facts(item, actor, act))
    if reasons:
        raise Refused(*reasons, subject=f"item:{item.code}")


def _require_fitting(item: Item, kind: str) -> None:
    known = queries.kinds(item)
    reasons = []
    if kind not in known:
        names = "、".join(k.name for k in known.values()) or "尚无专题规则包"
        text = f"{item.code}的专题不收“{kind}”类佐证"
        reasons.append(Reason("unknown-kind", text, f"可提交：{names}"))
    stage = Stage(item.stage)
    if stage in (Stage.CLOSED, Stage.FOUND):
        text = f"{item.code}现为“{stage.label}”，不收佐证"
        reasons.append(Reason("wrong-stage", text, "交办后、销号前提交"))
    if reasons:
        raise Refused(*reasons, subject=f"item:{item.code}")


def _require_named(name: str, about_on: date | None, act: Act) -> None:
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        text = f"文件没有名称，或名称超过{LONGEST_NAME}字"
        raise Refused(Reason("file-unnamed", text, "写一个简短的文件名"))
    today = act.on
    if about_on is not None and about_on > today:
        text = f"《{name}》所载日期{about_on}晚于{today}"
        raise Refused(Reason("about-future", text, "填写文件所载的实际日期"))


def _wrong_sheet(item: Item, sheet: Evidence, as_title: str) -> list[Reason]:
    reasons = []
    if sheet.kind != queries.SELF_CHECK or sheet.round_no != item.round_no:
        text = f"《{sheet.name}》不是本轮的自查表"
        reasons.append(Reason("no-self-check", text, "先以“自查表”上传签字件"))
    if SelfCheck.objects.filter(evidence=sheet).exists():
        text = f"《{sheet.name}》已登记签署"
        reasons.append(Reason("signed-twice", text, "一张自查表登记一次"))
    if not 0 < len(as_title.strip()) <= LONGEST_TITLE:
        text = f"未写明以何身份签署，或超过{LONGEST_TITLE}字"
        reasons.append(Reason("untitled", text, "写明单位和职务"))
    return reasons


def _require_sayable(item: Item, says: Mapping[str, str], finished_on: date, on: date) -> None:
    known = queries.claimable(item)
    reasons = [
        Reason("unknown-figure", f"本专题不申报“{key}”", f"可申报：{'、'.join(known.values())}")
        for key in says
        if key not in known
    ]
    reasons += [
        Reason("figure-unreadable", f"{known[key]}填的“{said}”不是数字", PLAIN_NUMBER_REMEDY)
        for key, said in says.items()
        if key in known and not _is_figure(said)
    ]
    if finished_on > on:
        text = f"完工日期{finished_on}晚于申请日{on}"
        reasons.append(Reason("finished-in-future", text, "完工后再申请销号"))
    if reasons:
        raise Refused(*reasons, subject=f"item:{item.code}")


def _is_figure(said: str) -> bool:
    """Whether a figure is a plain number in ASCII digits, not negative."""
    whole, _, part = said.partition(".")
    plain = all(c in "0123456789" for c in whole + part) and bool(whole)
    return plain and (part != "" or "." not in said) and Fraction(said) >= 0
