"""督查: record a visit with its answers; sign a check of the acceptance chain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid5

from zhenggai.apps.evidence import queries as evidence
from zhenggai.apps.evidence.actions import settle_claim
from zhenggai.apps.inspection import queries
from zhenggai.apps.inspection.models import Answer, Check, Visit
from zhenggai.apps.ledger import life
from zhenggai.apps.ledger import queries as ledger
from zhenggai.apps.parties.access import admit
from zhenggai.apps.parties.models import Post
from zhenggai.apps.parties.queries import actor_of, body_named, lineage
from zhenggai.apps.planning import queries as planning
from zhenggai.apps.trail.acts import note, once
from zhenggai.apps.trail.canonical import fingerprint
from zhenggai.kernel.reconcile.measures_finished import accepted_before_built
from zhenggai.kernel.standards.printed import on_day
from zhenggai.kernel.verdict import Reason, Refused
from zhenggai.kernel.workflow.facts import Answerable
from zhenggai.kernel.workflow.grants import grant
from zhenggai.kernel.workflow.item import STEPS, Milestone
from zhenggai.kernel.workflow.needs import actor_apart, actor_next_in_chain, kin

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from zhenggai.apps.evidence.models import Claim
    from zhenggai.apps.ledger.models import Item, Move
    from zhenggai.apps.trail.acts import Act
    from zhenggai.kernel.workflow.facts import StepFacts

ACCEPTANCE_PAPER = "completion-acceptance"
CHECK_COLUMNS = (
    *("item", "claim", "no", "level", "body", "post", "person"),
    *("visit", "opinion", "accepted_on"),
)


@once
def record_visit(  # noqa: PLR0913 - what a visit is, no more
    uuid: UUID,
    code: str,
    kind: str,
    visited_on: date,
    posts: tuple[str, ...],
    answers: Mapping[str, str],
    *,
    act: Act,
) -> str:
    """Record who went to see an item and what they answered; the same visit sent again is one.

    Parameters
    ----------
    uuid
        Given by the device before it had a connection.
    posts
        Keys of the posts that went.
    answers
        Key of the theme's question to one of its answers; what was not asked is left out.
    """
    item = life.locked(code)
    actor = actor_of(act)
    admit(actor, ("acceptor", "inspector", "office"), "登记现场核查")
    went = tuple(Post.objects.filter(key__in=posts).select_related("body__parent").order_by("key"))
    known = Visit.objects.filter(uuid=uuid).first()
    if known is not None:
        _require_same(known, item, visited_on, answers)
        return f"visit:{known.pk}"
    facts = ledger.step_facts(item, actor, act)
    reasons = [
        *_wrong_visit(kind, visited_on, posts, went, act),
        *_wrong_answers(item, answers),
        *_own_visit(facts, went),
    ]
    if reasons:
        raise Refused(*reasons, subject=f"item:{code}")

    visit = Visit.objects.create(
        uuid=uuid, item=item, kind=kind, round_no=item.round_no, visited_on=visited_on
    )
    visit.posts.set(went)
    said = Answer.objects.bulk_create(
        [
            Answer(uuid=uuid5(uuid, question), visit=visit, question=question, value=value)
            for question, value in sorted(answers.items())
        ]
    )
    visit.entry = note(
        act,
        "inspection.visit.recorded",
        f"visit:{visit.pk}",
        item=code,
        rows=[
            (visit, ("uuid", "item", "kind", "round_no", "visited_on")),
            *((answer, ("visit", "question", "value")) for answer in said),
        ],
        posts=[post.key for post in went],
    )
    visit.save(update_fields=["entry"])
    return f"visit:{visit.pk}"


@once
def enter_check(  # noqa: PLR0913 - what a signed check is, and the cases its caller knows
    code: str,
    opinion: str,
    text: str,
    accepted_on: date,
    visit: UUID | None,
    open_cases: tuple[str, ...],
    *,
    act: Act,
) -> str:
    """Enter the next check of the chain, passed or returned; faces call ``sign_check`` instead.

    Parameters
    ----------
    opinion
        ``pass`` or ``return``.
    accepted_on
        The day of acceptance; an earlier one than today needs the paper or the visit of that day.
    open_cases
        待核实 cases of the item, gathered by the chapter that knows them.
    """
    item = life.locked(code)
    if opinion not in queries.OPINIONS:
        said = f"验收意见“{opinion}”不能识别"
        raise Refused(Reason("unknown-opinion", said, "选择“通过”或“退回补充整改”"))
    claim = evidence.open_claim(item)
    seen = queries.visit_of(item, visit) if visit else None
    facts = ledger.step_facts(
        item,
        actor_of(act),
        act,
        signers=evidence.signers(claim) if claim else {},
        early_acceptance=_early(item, accepted_on, seen),
        open_cases=open_cases,
        grounds=text,
    )
    sheet = Check(
        item=item,
        no=item.check_no + 1,
        post=Post.objects.get(key=act.post),
        person=act.person,
        visit=seen,
        opinion=opinion,
        text=text,
        accepted_on=accepted_on,
    )
    if opinion == queries.PASS:
        granted = grant(STEPS["check"], facts)
        _require_dated(sheet, act)
        signed = _signed(sheet, claim, facts, act)
        life.move(item, granted, act=act, effective_on=accepted_on)
        return f"check:{signed.pk}"
    _send_back(sheet, claim, facts, act)
    return f"check:{sheet.pk}"


def _send_back(sheet: Check, claim: Claim | None, facts: StepFacts, act: Act) -> None:
    """Return the claim: only whoever could have passed it may; its milestones no longer count."""
    item = sheet.item
    reasons = (*actor_next_in_chain(facts), *actor_apart(facts)) if claim else ()
    if reasons:
        raise Refused(*reasons, subject=f"item:{item.code}")
    granted = grant(STEPS["return"], facts)
    signed = _signed(sheet, claim, facts, act)
    move: Move = life.move(item, granted, act=act)
    life.take_back(item, move, (Milestone.BUILT, Milestone.ACCEPTED))
    settle_claim(signed.claim, "returned", act=act)


def _signed(sheet: Check, claim: Claim | None, facts: StepFacts, act: Act) -> Check:
    if claim is None or facts.next_check is None:
        raise RuntimeError(f"{sheet.item.code} is checked without a claim")
    chain = ledger.shelf().chains[sheet.item.chain]
    sheet.claim = claim
    sheet.level = chain.checks[sheet.no - 1].level
    sheet.body = body_named(facts.actor.body)
    sheet.save()
    sheet.entry = note(
        act,
        "inspection.check.signed",
        f"check:{sheet.pk}",
        item=sheet.item.code,
        rows=[(sheet, CHECK_COLUMNS)],
        text=fingerprint(sheet.text),
        of=len(chain.checks),
    )
    sheet.save(update_fields=["entry"])
    return sheet


def _early(item: Item, accepted_on: date, seen: Visit | None) -> tuple[Reason, ...]:
    """Return why the works were not finished on the day of acceptance, with both documents."""
    named = planning.measures_finished_by_name(item)
    unfinished = "、".join(name for name, day in named.items() if day is None)
    if unfinished or not named:
        text = f"尚未登记完成日期：{unfinished or '方案各项措施'}"
        return (Reason("unfinished", text, "登记各项措施完成日期和依据后再验收"),)
    found = accepted_before_built(accepted_on, named)
    if found is None:
        return ()
    papers = [row.ref for row in evidence.papers(item) if row.kind == ACCEPTANCE_PAPER]
    visited = [f"visit:{seen.uuid}"] if seen else []
    works = [ref for ref in planning.measure_papers(item).values() if ref]
    return (replace(found, facts=(*found.facts, *papers, *visited, *works)),)


def _require_dated(sheet: Check, act: Act) -> None:
    today = act.on
    day = sheet.accepted_on
    subject = f"item:{sheet.item.code}"
    if day > today:
        text = f"验收日期{on_day(day)}晚于今日"
        raise Refused(Reason("accepted-in-future", text, "填写实际验收日期"), subject=subject)
    papers = {row.on for row in evidence.papers(sheet.item) if row.kind == ACCEPTANCE_PAPER}
    if day == today or day in papers or (sheet.visit and sheet.visit.visited_on == day):
        return
    text = f"验收日期{on_day(day)}早于今日，未见该日的验收意见或现场核查记录"
    remedy = "上传载明该日期的验收意见，或选择该日的现场核查记录"
    raise Refused(Reason("acceptance-undocumented", text, remedy), subject=subject)


def _require_same(known: Visit, item: Item, visited_on: date, answers: Mapping[str, str]) -> None:
    before = {a.question: a.value for a in known.answers.all()}
    if (known.item_id, known.visited_on, before) == (item.pk, visited_on, dict(answers)):
        return
    text = "同一核查编号此前已登记为另一项内容"
    raise Refused(Reason("visit-reused", text, "在设备上新建一次核查后重新提交"))


def _wrong_visit(
    kind: str, visited_on: date, posts: tuple[str, ...], went: tuple[Post, ...], act: Act
) -> list[Reason]:
    today = act.on
    reasons = []
    if kind not in queries.VISIT_KINDS:
        text = f"核查类型“{kind}”不能识别"
        names = "、".join(queries.VISIT_KINDS.values())
        reasons.append(Reason("unknown-visit-kind", text, f"核查类型为：{names}"))
    if visited_on > today:
        text = f"核查日期{visited_on}晚于{today}"
        reasons.append(Reason("visited-in-future", text, "填写实际核查日期"))
    if not went or len(went) != len(set(posts)):
        text = "未填写核查人员岗位，或岗位不在册"
        reasons.append(Reason("unknown-post", text, "选择到场的核查岗位"))
    return reasons


def _wrong_answers(item: Item, answers: Mapping[str, str]) -> list[Reason]:
    asked = {q.key: q for q in queries.checklist(item)}
    return [
        Reason(
            "unknown-answer", f"核查单没有“{key}”这一题，或没有“{value}”这一答案", "按核查单作答"
        )
        for key, value in answers.items()
        if key not in asked or value not in asked[key].answers
    ]


def _own_visit(facts: StepFacts, went: tuple[Post, ...]) -> list[Reason]:
    """Nobody inspects what their own body answers for."""
    return [
        Reason(
            "self-inspection",
            f"{post.body.name}与责任单位{body.name}（{body.kind}）为同一单位或上下级，不得自行核查",
            "由其他单位的岗位核查",
        )
        for post in went
        for body in facts.answerable
        if kin(Answerable(post.body.key, post.body.name, "", lineage(post.body)), body)
    ]
