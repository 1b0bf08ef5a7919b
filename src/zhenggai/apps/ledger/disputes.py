"""管辖异议: a body says an item is not its own; until it is decided the first body keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from zhenggai.apps.ledger import life
from zhenggai.apps.ledger.duties import DUTY_COLUMNS, end_duty, name_duty, require_apart
from zhenggai.apps.ledger.models import Dispute, Duty
from zhenggai.apps.ledger.queries import city_rule, duties_of, shelf
from zhenggai.apps.parties.access import admit
from zhenggai.apps.parties.queries import actor_of, body_named
from zhenggai.apps.sources import actions as sources
from zhenggai.apps.sources.models import Paper
from zhenggai.apps.sources.queries import receipt_of
from zhenggai.apps.trail.acts import note, once
from zhenggai.apps.trail.canonical import fingerprint
from zhenggai.apps.trail.clock import BEIJING
from zhenggai.kernel.calendars.workdays import legal_period
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from zhenggai.apps.ledger.models import Item
    from zhenggai.apps.trail.acts import Act
    from zhenggai.kernel.workflow.facts import Actor

HAND_OVER_PAPER = "交办函"
ASKING_PAPER = "说明征询函"
DISPUTABLE = ("territorial", "lead", "co", "enterprise")
KEEPS = "暂由首接单位负责"
COLUMNS = ("item", "by", "names", "filed_on", "decide_by", "decided_on")


@once
def file_dispute(code: str, names_key: str, clause: str, new_facts: str = "", *, act: Act) -> str:
    """提出管辖异议: within the city's days from receipt, naming another body and a clause.

    Parameters
    ----------
    names_key
        The body that should answer instead; it is asked for its statement.
    clause
        The clause of the duty list it rests on.
    new_facts
        What was not known at the first decision; without it nobody disputes the same item twice.
    """
    actor = actor_of(act)
    admit(actor, ("liaison", "enterprise", "acceptor"), "提出管辖异议")
    item = life.locked(code)
    by, names = body_named(actor.body), body_named(names_key)
    _may_dispute(item, actor, act)
    if names == by or not clause.strip():
        text = f"{code}的管辖异议未指明另一单位或职责清单条款"
        _refuse(item, "no-ground", text, "写明应由哪个单位负责、依据哪一条")
    _in_time(item, actor, new_facts, act)

    days = city_rule(item, "jurisdiction_decision_days")
    dispute = Dispute.objects.create(
        item=item,
        by=by,
        names=names,
        clause="\n新的事实：".join(part.strip() for part in (clause, new_facts) if part.strip()),
        filed_on=act.on,
        decide_by=legal_period(shelf().calendars, act.on, days, "working").to_on,
    )
    note(
        act,
        "ledger.dispute.filed",
        f"dispute:{dispute.pk}",
        item=code,
        rows=[(dispute, COLUMNS)],
        clause=fingerprint(dispute.clause),
    )
    asked = sources.PaperFields(
        title=f"关于“{item.title}”管辖异议的说明征询函",
        text=f"{by.name}提出管辖异议，认为{code}应由你单位负责，依据：{clause.strip()}。请说明情况。",
    )
    sources.draft_paper(ASKING_PAPER, f"item:{code}", asked, act=act)
    return f"dispute:{dispute.pk}"


@once
def ask_statement(dispute_id: int, number: str, *, act: Act) -> str:
    """征询说明: the office sends the drafted letter to the named body under its number."""
    admit(actor_of(act), ("office",), "征询说明")
    dispute = _open_dispute(dispute_id)
    letter = asking_letter(dispute)
    if letter is None:
        text = f"{dispute.item.code}的说明征询函已发出"
        _refuse(dispute.item, "asked-already", text, "待被指单位说明，或登记其书面说明")

    sources.sign_paper(letter.pk, number, act=act)
    sources.send_paper(letter.pk, (dispute.names.key,), act=act)
    return f"dispute:{dispute.pk}"


@once
def state_for_dispute(dispute_id: int, statement: str, *, act: Act) -> str:
    """说明情况: the named body says how it sees it; the office may enter a statement on paper."""
    actor = actor_of(act)
    dispute = _open_dispute(dispute_id)

    if actor.body != dispute.names.key and actor.role != "office":
        text = f"{actor.title}不是被指单位{dispute.names.name}"
        raise Refused(Reason("not-named", text, "由被指单位说明，或由台账岗代录"))
    _require_words(dispute, statement, "说明")

    dispute.statement = statement.strip()
    dispute.save(update_fields=["statement"])
    _note(dispute, "stated", dispute.statement, act)
    return f"dispute:{dispute.pk}"


@once
def propose_dispute(dispute_id: int, proposal: str, *, act: Act) -> str:
    """提出建议: the office proposes; it does not decide."""
    admit(actor_of(act), ("office",), "提出管辖建议")
    dispute = _open_dispute(dispute_id)

    _require_words(dispute, proposal, "建议")

    dispute.proposal = proposal.strip()
    dispute.save(update_fields=["proposal"])
    _note(dispute, "proposed", dispute.proposal, act)
    return f"dispute:{dispute.pk}"


@once
def decide_dispute(
    dispute_id: int, decision: str, lead_key: str, co_keys: tuple[str, ...] = (), *, act: Act
) -> str:
    """管辖决定: a leader says who leads and who helps; the 文件时限 does not move.

    A government that leads is the 属地 from then on.
    """
    actor = actor_of(act)
    admit(actor, ("leader",), "作出管辖决定")
    dispute = _open_dispute(dispute_id)
    item = life.locked(dispute.item.code)

    _require_words(dispute, decision, "决定")
    if lead_key in co_keys or len(set(co_keys)) != len(co_keys):
        text = f"{item.code}的牵头、配合单位重复"
        _refuse(item, "duty-twice", text, "一个单位只列一次")

    dispute.decision, dispute.decided_on = decision.strip(), act.on
    dispute.save(update_fields=["decision", "decided_on"])
    _note(dispute, "decided", dispute.decision, act)
    _give_duties(item, lead_key, co_keys, act)
    require_apart(item, actor, act)
    return f"dispute:{dispute.pk}"


def asking_letter(dispute: Dispute) -> Paper | None:
    """Return the drafted letter of a dispute that was not sent yet."""
    drafts = Paper.objects.filter(kind=ASKING_PAPER, subject=f"item:{dispute.item.code}")
    return drafts.filter(status="draft").order_by("-pk").first()


def _may_dispute(item: Item, actor: Actor, act: Act) -> None:
    held = [d for d in duties_of(item, act.on) if d.kind in DISPUTABLE]
    if actor.body not in {d.body.key for d in held}:
        text = f"{actor.title}所在单位不是{item.code}的责任单位"
        _refuse(item, "not-responsible", text, "由责任单位提出")
    if item.disputes.filter(decided_on=None).exists():
        text = f"{item.code}已有未决的管辖异议，{KEEPS}"
        _refuse(item, "dispute-open", text, "待决定后办理")


def _in_time(item: Item, actor: Actor, new_facts: str, act: Act) -> None:
    """The first dispute must be in time; the second needs facts nobody knew."""
    if item.disputes.filter(by__key=actor.body).exists():
        if not new_facts.strip():
            text = f"{item.code}的管辖异议已有决定，没有新的事实"
            _refuse(item, "decided-already", text, "按决定办理；有新的事实的写明后提出")
        return
    receipt = receipt_of(HAND_OVER_PAPER, f"item:{item.code}", actor.body)
    if receipt is None or receipt.received_at is None:
        text = f"{item.code}的交办函尚未签收"
        _refuse(item, "not-received", text, "先签收交办函，异议期自签收次日起算")
    received_on = receipt.received_at.astimezone(BEIJING).date()
    days = city_rule(item, "jurisdiction_objection_days")
    period = legal_period(shelf().calendars, received_on, days, "working")
    if act.on > period.to_on:
        text = f"{period.describe('管辖异议期')}，现已届满"
        _refuse(item, "dispute-late", text, "按现责任办理；确有争议的书面报市攻坚办")


def _give_duties(item: Item, lead_key: str, co_keys: tuple[str, ...], act: Act) -> None:
    wanted = {("lead", lead_key), *(("co", key) for key in co_keys)}
    held = Duty.objects.filter(item=item, kind__in=("lead", "co"), until=None)
    for duty in held.select_related("body"):
        if (duty.kind, duty.body.key) not in wanted:
            end_duty(duty, act.on)
            rows = [(duty, DUTY_COLUMNS)]
            note(act, "ledger.duty.ended", f"item:{item.code}", item=item.code, rows=rows)
    for kind, key in sorted(wanted):
        name_duty(item, kind, key, act=act)
    if body_named(lead_key).kind == "government":
        name_duty(item, "territorial", lead_key, act=act)


def _open_dispute(pk: int) -> Dispute:
    rows = Dispute.objects.select_related("item", "by", "names")
    found = rows.select_for_update(of=("self",)).filter(pk=pk, decided_on=None).first()
    if found is None:
        raise Refused(Reason("no-dispute", "没有这件未决的管辖异议", "从事项页重新打开"))
    return found


def _require_words(dispute: Dispute, words: str, what: str) -> None:
    if not words.strip():
        _refuse(dispute.item, "no-words", f"管辖异议的{what}为空", f"写明{what}内容")


def _note(dispute: Dispute, past: str, words: str, act: Act) -> None:
    note(
        act,
        f"ledger.dispute.{past}",
        f"dispute:{dispute.pk}",
        item=dispute.item.code,
        rows=[(dispute, COLUMNS)],
        words=fingerprint(words),
    )


def _refuse(item: Item, code: str, text: str, remedy: str) -> NoReturn:
    raise Refused(Reason(code, text, remedy), subject=f"item:{item.code}")
