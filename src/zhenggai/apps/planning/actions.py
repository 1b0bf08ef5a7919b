"""方案与调度: draw up, submit and approve a plan; record what happened; report each month."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import transaction

from zhenggai.apps.ledger import life
from zhenggai.apps.ledger import queries as ledger
from zhenggai.apps.ledger.actions import restate
from zhenggai.apps.parties.access import UNITS, admit
from zhenggai.apps.parties.queries import actor_of, body_named
from zhenggai.apps.planning import queries
from zhenggai.apps.planning.models import Measure, Plan, PlanState, Progress
from zhenggai.apps.trail.acts import note, once
from zhenggai.apps.trail.canonical import fingerprint
from zhenggai.kernel.schedule.backward import back_schedule
from zhenggai.kernel.verdict import Reason, Refused
from zhenggai.kernel.workflow.grants import grant
from zhenggai.kernel.workflow.item import STEPS, Stage
from zhenggai.kernel.workflow.needs import NEEDS, actor_answers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from zhenggai.apps.ledger.models import Item
    from zhenggai.apps.trail.acts import Act
    from zhenggai.kernel.schedule.network import Measure as Network
    from zhenggai.kernel.workflow.facts import Actor, StepFacts

PLANNABLE = (Stage.ASSIGNED, Stage.PLANNED, Stage.UNDER_WAY)
ENDED = (Stage.CLOSED, Stage.FORWARDED)
PLAN_COLUMNS = ("item", "no", "template", "due_on", "node_on", "finish_on", "calendar_digest")
MEASURE_COLUMNS = ("plan", "key", "days", "latest_start", "latest_finish")
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
WHOLE = 100


@once
def propose_plan(code: str, *, act: Act) -> str:
    """Draw up the next plan of an item: the theme's measures walked back from its 文件时限."""
    item = life.locked(code)
    actor = actor_of(act)
    if actor.role not in ("office", "system"):
        _require_answers(item, actor, act)
    due_on = _due_on(item, act)

    if Stage(item.stage) not in PLANNABLE:
        text = f"{code}现为“{Stage(item.stage).label}”，不再编制方案"
        raise Refused(Reason("wrong-stage", text, "待交办后或整改期间编制"), subject=f"item:{code}")

    plan = _drawn(item, queries.template(item), due_on, act)
    _show_time(item, act.on)
    return f"plan:{plan.pk}"


@once
def submit_plan(code: str, adjustments: Mapping[str, int], *, act: Act) -> str:
    """报送方案: the unit says how many days each measure takes it; the dates follow.

    Parameters
    ----------
    adjustments
        Days by key of the measure; what is not named keeps the template's.
    """
    item = life.locked(code)
    actor = actor_of(act)
    plan = queries.latest_plan(item, PlanState.DRAFT, PlanState.SUBMITTED)
    _require_answers(item, actor, act)
    if plan is not None:
        plan = _adjusted(item, plan, adjustments, act)
    facts = ledger.step_facts(
        item,
        actor,
        act,
        plan_no=plan.no if plan else None,
        plan_finish=plan.finish_on if plan else None,
    )

    _take_step("plan", item, facts, act)
    if plan is None:
        raise RuntimeError("a step that needs a plan was taken without one")

    plan.state = PlanState.SUBMITTED
    plan.save(update_fields=["state"])
    note(
        act,
        "planning.plan.submitted",
        f"plan:{plan.pk}",
        item=code,
        rows=[(plan, ("state",))],
        days=dict(adjustments),
    )
    return f"plan:{plan.pk}"


@once
def approve_plan(code: str, *, act: Act) -> str:
    """批复方案: the acceptor freezes the plan as the baseline; the one before it stays readable."""
    item = life.locked(code)
    plan = queries.latest_plan(item, PlanState.SUBMITTED)
    before = queries.latest_plan(item, PlanState.APPROVED)
    facts = ledger.step_facts(item, actor_of(act), act, plan_no=plan.no if plan else None)

    _take_step("start", item, facts, act)
    if plan is None:
        raise RuntimeError("a step that needs a plan was taken without one")

    changed = [_in_state(plan, PlanState.APPROVED)]
    if before is not None:
        changed.append(_in_state(before, PlanState.REPLACED))
    rows = [(row, ("state",)) for row in changed]
    note(act, "planning.plan.approved", f"plan:{plan.pk}", item=code, rows=rows, no=plan.no)
    restate(code, node_on=plan.node_on)
    _show_time(item, act.on)
    return f"plan:{plan.pk}"


@once
def record_measure(
    code: str,
    key: str,
    actual_start: date,
    actual_finish: date | None,
    evidence: str = "",
    *,
    act: Act,
) -> str:
    """Record when a measure began and ended; a correction keeps the earlier days in the trail.

    Parameters
    ----------
    evidence
        The reference of the evidence it rests on, such as ``evidence:7``, where there is any.
    """
    item = life.locked(code)
    actor = actor_of(act)
    admit(actor, ("office", *UNITS), "登记措施起止日期")
    if actor.role != "office":
        _require_answers(item, actor, act)
    measure = _measure(item, key)
    today = act.on

    if not actual_start <= (actual_finish or actual_start) <= today:
        end = f"、{actual_finish}" if actual_finish else ""
        text = f"措施“{measure.name}”的起止日期（{actual_start}{end}）先后颠倒或晚于{today}"
        raise Refused(Reason("actual-order", text, "更正日期后重新填报"), subject=f"item:{code}")

    measure.actual_start, measure.actual_finish = actual_start, actual_finish
    measure.evidence_ref = evidence
    measure.save(update_fields=["actual_start", "actual_finish", "evidence_ref"])
    note(
        act,
        "planning.measure.recorded",
        f"measure:{measure.pk}",
        item=code,
        rows=[(measure, ("actual_start", "actual_finish", "evidence_ref"))],
        key=key,
    )
    _show_time(item, act.on)
    return f"measure:{measure.pk}"


@once
def report_progress(code: str, month: str, text: str, percent: int, *, act: Act) -> str:
    """月调度: report how far an item has come; the latest report of a month is in force."""
    item = life.locked(code)
    actor = actor_of(act)
    admit(actor, UNITS, "填报月调度")
    _require_answers(item, actor, act)
    require_month(month, act)
    if Stage(item.stage) in ENDED:
        said = f"{code}现为“{Stage(item.stage).label}”，不再填报月调度"
        raise Refused(Reason("wrong-stage", said, "核对事项编号"), subject=f"item:{code}")
    if not text.strip() or not 0 <= percent <= WHOLE:
        said = f"{code}的{month}月调度没有文字，或进度{percent}%不在0至100之间"
        remedy = "写明本月做了什么，进度填0至100的整数"
        raise Refused(Reason("progress-incomplete", said, remedy), subject=f"item:{code}")

    row = Progress.objects.create(
        item=item,
        month=month,
        text=text,
        percent=percent,
        by_body=body_named(actor.body),
        reported_on=act.on,
    )
    row.entry = note(
        act,
        "planning.progress.reported",
        f"progress:{row.pk}",
        item=code,
        rows=[(row, ("item", "month", "percent", "by_body", "reported_on"))],
        text=fingerprint(text),
    )
    row.save(update_fields=["entry"])
    restate(code, percent=queries.progress(item)[0].percent)
    return f"progress:{row.pk}"


def restate_open(on: date) -> None:
    """Write down anew where the open items stand on a day; a projection leaves no trace.

    Each item is held in a transaction of its own, so that no act's newer figures are overwritten.
    """
    planned = Plan.objects.exclude(item__stage__in=ENDED).order_by("item")
    for code in tuple(planned.values_list("item__code", flat=True).distinct()):
        with transaction.atomic():
            item = life.locked(code)
            approved = queries.latest_plan(item, PlanState.APPROVED)
            restate(code, node_on=approved.node_on if approved else None)
            _show_time(item, on)


def require_month(month: str, act: Act) -> None:
    """Refuse what is no month, or one that has not begun."""
    if not MONTH.fullmatch(month) or month > f"{act.on:%Y-%m}":
        text = f"“{month}”不是可填报的月份"
        raise Refused(Reason("wrong-month", text, "写成2026-07，且不晚于本月"))


def _require_answers(item: Item, actor: Actor, act: Act) -> None:
    reasons = actor_answers(ledger.step_facts(item, actor, act))
    if reasons:
        raise Refused(*reasons, subject=f"item:{item.code}")


def _due_on(item: Item, act: Act) -> date:
    due_on = ledger.binding_due(item, act.on)
    if due_on is None:
        text = f"{item.code}的文件时限未载明，无法倒排"
        remedy = "在清单中补录来文载明的时限后再编制方案"
        raise Refused(Reason("due-unknown", text, remedy), subject=f"item:{item.code}")
    if item.theme not in ledger.shelf().themes:
        text = f"{item.code}尚无专题规则包，没有方案模板"
        raise Refused(Reason("no-template", text, "为事项选定专题"), subject=f"item:{item.code}")
    return due_on


def _drawn(item: Item, measures: tuple[Network, ...], due_on: date, act: Act) -> Plan:
    """Write a plan and its measures; what really happened is carried over from the one in force."""
    calendar = ledger.shelf().calendars
    windows = back_schedule(measures, due_on, calendar)
    physical = {m.key for m in ledger.shelf().themes[item.theme].plan if m.before_acceptance}
    last = queries.latest_plan(item)
    so_far = queries.plan_in_force(item)
    done = {m.key: m for m in so_far.measures.all()} if so_far else {}
    plan = Plan.objects.create(
        item=item,
        no=last.no + 1 if last else 1,
        template=item.theme,
        due_on=due_on,
        node_on=max(w.latest_finish for key, w in windows.items() if key in physical),
        finish_on=max(w.latest_finish for w in windows.values()),
        calendar_digest=calendar.digest,
        state=PlanState.DRAFT,
    )
    rows = Measure.objects.bulk_create(
        [
            Measure(
                plan=plan,
                key=m.key,
                no=no,
                name=m.name,
                days=m.days,
                day_kind=m.day_kind,
                after=[link.before for link in m.after],
                latest_start=windows[m.key].latest_start,
                latest_finish=windows[m.key].latest_finish,
                assumed=windows[m.key].assumed,
                physical=m.key in physical,
                actual_start=done[m.key].actual_start if m.key in done else None,
                actual_finish=done[m.key].actual_finish if m.key in done else None,
                evidence_ref=done[m.key].evidence_ref if m.key in done else "",
            )
            for no, m in enumerate(measures, start=1)
        ]
    )
    changed = [(plan, (*PLAN_COLUMNS, "state")), *((row, MEASURE_COLUMNS) for row in rows)]
    if last is not None and last.state in (PlanState.DRAFT, PlanState.SUBMITTED):
        changed.append((_in_state(last, PlanState.REPLACED), ("state",)))
    note(act, "planning.plan.proposed", f"plan:{plan.pk}", item=item.code, rows=changed, no=plan.no)
    return plan


def _adjusted(item: Item, plan: Plan, adjustments: Mapping[str, int], act: Act) -> Plan:
    """Return the plan itself, or the next one where days or the 文件时限 are others now."""
    measures = queries.network(item, plan)
    names = {m.key for m in measures}
    unknown = sorted(adjustments.keys() - names)
    if unknown:
        text = f"方案中没有措施：{'、'.join(unknown)}"
        raise Refused(Reason("unknown-measure", text, "按方案所列措施调整工期"))
    changed = tuple(
        m.lasting(adjustments[m.key]) if adjustments.get(m.key, m.days) != m.days else m
        for m in measures
    )
    due_on = _due_on(item, act)
    if changed == measures and due_on == plan.due_on:
        return plan
    return _drawn(item, changed, due_on, act)


def _take_step(verb: str, item: Item, facts: StepFacts, act: Act) -> None:
    """Move the item where the table says so; a re-plan under way needs the same."""
    step = STEPS[verb]
    if Stage(item.stage) is not Stage.UNDER_WAY:
        life.move(item, grant(step, facts), act=act)
        return
    admit(facts.actor, step.roles, step.label)
    reasons = [reason for need in step.needs for reason in NEEDS[need](facts)]
    if reasons:
        raise Refused(*reasons, subject=f"item:{item.code}")


def _in_state(plan: Plan, state: PlanState) -> Plan:
    plan.state = state
    plan.save(update_fields=["state"])
    return plan


def _measure(item: Item, key: str) -> Measure:
    plan = queries.latest_plan(item, PlanState.APPROVED)
    measure = plan.measures.filter(key=key).first() if plan else None
    if measure is None or Stage(item.stage) in ENDED:
        text = f"{item.code}没有可登记的措施“{key}”"
        remedy = "核对已批复方案所列措施；已销号的事项不再登记"
        raise Refused(Reason("unknown-measure", text, remedy), subject=f"item:{item.code}")
    return measure


def _show_time(item: Item, on: date) -> None:
    """Let the ledger show what must begin when, and how much time there is to spare."""
    seen = queries.outlook(item, on)
    if seen is not None:
        restate(item.code, must_start_on=seen.must_start_on, slack_wd=seen.slack_wd)
