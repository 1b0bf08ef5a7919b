"""回头看: the days on which somebody must look again, and what happens when it came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.inspection import queries as inspection
from zhenggai.apps.ledger import life
from zhenggai.apps.ledger import queries as ledger
from zhenggai.apps.ledger.actions import restate
from zhenggai.apps.parties.access import admit
from zhenggai.apps.parties.queries import actor_of
from zhenggai.apps.reconciliation.models import Rebound, Watch
from zhenggai.apps.sources import actions as papers
from zhenggai.apps.trail.acts import note, once
from zhenggai.apps.trail.canonical import fingerprint
from zhenggai.kernel.calendars.workdays import months_later
from zhenggai.kernel.verdict import Reason, Refused
from zhenggai.kernel.workflow.grants import grant
from zhenggai.kernel.workflow.item import STEPS, Milestone

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from zhenggai.apps.ledger.models import Item
    from zhenggai.apps.trail.acts import Act

LOOKS = ("office", "inspector")
WATCH_RULES = ("watch_first_months", "watch_second_months", "watch_third_months")
SEEN_BY = 2


def set_watches(item: Item, closed_on: date, *, act: Act) -> None:
    """Set the days of 回头看 the city's rules ask for; calendar months, no notice needed."""
    for months in sorted({ledger.city_rule(item, rule) for rule in WATCH_RULES}):
        watch, _ = Watch.objects.get_or_create(
            item=item, due_on=months_later(closed_on, months), reason=f"{months}个月"
        )
        note(
            act,
            "reconciliation.watch.set",
            f"watch:{watch.pk}",
            item=item.code,
            rows=[(watch, ("due_on", "reason"))],
        )


@once
def keep_watch(watch_id: int, visit: UUID, outcome: str, *, act: Act) -> str:
    """完成回头看: record who looked and whether it held; a rebound is a proposal of its own."""
    watch = Watch.objects.select_related("item").filter(pk=watch_id).first()
    admit(actor_of(act), LOOKS, "登记回头看")
    if watch is None or watch.outcome:
        raise Refused(Reason("no-watch", "没有这次待办的回头看", "从事项页重新打开"))
    if outcome not in {"held", "rebounded"}:
        raise Refused(Reason("unknown-outcome", "回头看结果不明", "选择“未反弹”或“有反弹迹象”"))
    watch.visit = inspection.visit_of(watch.item, visit)
    watch.outcome = outcome
    watch.save(update_fields=["visit", "outcome"])
    note(
        act,
        "reconciliation.watch.kept",
        f"watch:{watch.pk}",
        item=watch.item.code,
        rows=[(watch, ("visit", "outcome"))],
    )
    return f"watch:{watch.pk}"


@once
def propose_rebound(code: str, visit: UUID, facts: str, new_due_on: date, *, act: Act) -> str:
    """提出反弹线索: what two inspectors saw; nothing changes until two persons confirm."""
    item = life.locked(code)
    admit(actor_of(act), LOOKS, "提出反弹线索")
    seen = inspection.visit_of(item, visit)
    if seen.posts.count() < SEEN_BY:
        text = "反弹线索须由两名核查人员现场取证"
        raise Refused(Reason("one-inspector", text, "补充核查人员后登记"), subject=f"item:{code}")
    if not facts.strip():
        raise Refused(Reason("no-grounds", "未写明反弹事实", "写明所见、所测和时间"))
    if item.rebounds.filter(round_no=item.round_no).exists():
        raise Refused(Reason("proposed-already", f"{code}本轮已有反弹线索", "办理已有线索"))
    rebound = Rebound.objects.create(
        item=item,
        round_no=item.round_no,
        visit=seen,
        facts=facts.strip(),
        new_due_on=new_due_on,
    )
    note(
        act,
        "reconciliation.rebound.proposed",
        f"rebound:{rebound.pk}",
        item=code,
        rows=[(rebound, ("round_no", "visit", "new_due_on", "state"))],
        facts_digest=fingerprint(rebound.facts),
    )
    return f"rebound:{rebound.pk}"


@once
def confirm_rebound(rebound_id: int, *, act: Act) -> str:
    """确认反弹: the second different person's word reopens the item as a new round."""
    rebound = Rebound.objects.select_related("item").filter(pk=rebound_id).first()
    if rebound is None or rebound.state != "proposed":
        raise Refused(Reason("no-rebound", "没有待确认的反弹线索", "从事项页重新打开"))
    item = life.locked(rebound.item.code)
    actor = actor_of(act)
    if rebound.first_person == actor.person:
        text = "本人已确认过，须由另一人确认"
        raise Refused(Reason("same-person", text, "请第二人确认"), subject=f"item:{item.code}")
    persons = frozenset({rebound.first_person, actor.person} - {""})
    facts = ledger.step_facts(item, actor, act, grounds=rebound.facts, confirmed_by=persons)
    if not rebound.first_person:
        _first_word(rebound, actor.post, actor.person, act=act)
        return f"rebound:{rebound.pk}"

    granted = grant(STEPS["reopen"], facts)

    rebound.second_post, rebound.second_person = actor.post, actor.person
    rebound.state = "confirmed"
    rebound.save(update_fields=["second_post", "second_person", "state"])
    _note_confirmed(rebound, act=act)
    move = life.move(item, granted, act=act)
    life.take_back(item, move, tuple(Milestone))
    life.new_round(item, rebound.new_due_on, act=act)
    restate(item.code, strokes="-----", reported_on=None, percent=None)
    _tell_acceptor(item, rebound, act=act)
    return f"item:{item.code}"


@once
def answer_rebound(rebound_id: int, answer: str, *, act: Act) -> str:
    """说明反弹: a body that accepted the item says how it sees what came back; it moves nothing."""
    actor = actor_of(act)
    admit(actor, ("acceptor",), "就反弹作出说明")
    rebound = Rebound.objects.select_related("item").filter(pk=rebound_id).first()
    if rebound is None or rebound.state != "confirmed" or rebound.answer:
        raise Refused(Reason("no-rebound", "没有待说明的反弹告知", "从事项页重新打开"))
    item = life.locked(rebound.item.code)
    if not item.checks.filter(body__key=actor.body).exists():
        text = f"{actor.title}所在单位未验收过{item.code}"
        raise Refused(Reason("not-acceptor", text, "由原验收单位说明"), subject=f"item:{item.code}")
    if not answer.strip():
        raise Refused(Reason("no-words", "说明为空", "写明验收时所见和对反弹的意见"))

    rebound.answer, rebound.answered_by = answer.strip(), actor.post
    rebound.save(update_fields=["answer", "answered_by"])
    note(
        act,
        "reconciliation.rebound.answered",
        f"rebound:{rebound.pk}",
        item=item.code,
        rows=[(rebound, ("answered_by",))],
        answer=fingerprint(rebound.answer),
    )
    return f"rebound:{rebound.pk}"


def _first_word(rebound: Rebound, post: str, person: str, *, act: Act) -> None:
    if actor_of(act).role != "office":
        raise Refused(Reason("wrong-role", "由市攻坚办确认反弹", "请市攻坚办两名人员确认"))
    rebound.first_post, rebound.first_person = post, person
    rebound.save(update_fields=["first_post", "first_person"])
    _note_confirmed(rebound, act=act)


def _tell_acceptor(item: Item, rebound: Rebound, *, act: Act) -> None:
    fields = papers.PaperFields(title=f"关于“{item.title}”反弹情况的告知", text=rebound.facts)
    papers.draft_paper("反弹告知函", f"item:{item.code}", fields, act=act)


def _note_confirmed(rebound: Rebound, *, act: Act) -> None:
    note(
        act,
        "reconciliation.rebound.confirmed",
        f"rebound:{rebound.pk}",
        item=rebound.item.code,
        rows=[(rebound, ("first_post", "second_post", "state"))],
    )
