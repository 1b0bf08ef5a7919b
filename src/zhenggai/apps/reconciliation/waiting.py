"""待办: what waits for one post today, and nothing that waits for somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, F, Min, OuterRef, Prefetch, Q

from zhenggai.apps.ledger import queries as ledger
from zhenggai.apps.ledger.access import visible_to
from zhenggai.apps.ledger.models import Duty
from zhenggai.apps.ledger.table import SOON_DAYS, lines
from zhenggai.apps.parties.access import UNITS
from zhenggai.apps.parties.queries import lineage
from zhenggai.apps.planning.models import Measure, Plan, PlanState
from zhenggai.apps.reconciliation import rebounds
from zhenggai.apps.reconciliation.models import Contradiction, Objection, Rebound, Signing, Watch
from zhenggai.apps.sources.models import Receipt
from zhenggai.kernel.workflow.item import STEPS, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from django.db.models import QuerySet
    from django_stubs_ext import WithAnnotations

    from zhenggai.apps.ledger.models import Item
    from zhenggai.apps.ledger.table import Lined
    from zhenggai.apps.parties.models import Post
    from zhenggai.kernel.workflow.facts import NextCheck

    Lines = QuerySet[WithAnnotations[Item, Lined]]

WATCHING = ("office", "inspector")
WITH_UNIT = (Stage.ASSIGNED, Stage.PLANNED, Stage.UNDER_WAY)
CASE_STEPS = {"clue": "发询问函", "inquired": "待说明或申辩期满", "replied": "提出认定意见"}


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: on which item, what, until when, and where on its page."""

    code: str
    title: str
    text: str
    due_on: date | None
    place: str
    strokes: str = "-----"


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks of one kind, the nearest day first."""

    key: str
    label: str
    tasks: tuple[Task, ...]


def waiting_for(post: Post, person: str, on: date) -> tuple[Group, ...]:
    """Return the groups that hold something for a post and the person who holds it."""
    seen = lines(visible_to(post, on), on)
    groups = (
        Group("receipts", "待签收", _receipts(post)),
        Group("steps", "待办理", _steps(post, seen, on)),
        Group("cases", "待核实", _cases(post, seen)),
        Group("objections", "待答复异议", _objections(post, seen)),
        Group("signings", "待核对签批单", _signings(post, person, seen)),
        Group("soon", f"{SOON_DAYS}日内到期", _soon(post, seen, on)),
        Group("start", "最迟开工日将到或已过", _must_start(post, seen, on)),
        Group("watches", "待回头看", _watches(post, seen, on)),
        Group("rebounds", "反弹", _rebounds(post, person, seen)),
        Group("upward", "须报上级", _upward(post, seen)),
    )
    return tuple(group for group in groups if group.tasks)


def _receipts(post: Post) -> tuple[Task, ...]:
    open_ones = Receipt.objects.filter(body=post.body, received_at=None).select_related("paper")
    return tuple(
        Task(
            receipt.paper.subject.partition(":")[2],
            str(receipt.paper.fields.get("title", "")) or receipt.paper.kind,
            f"签收{receipt.paper.kind}{receipt.paper.number}",
            None,
            "papers",
        )
        for receipt in open_ones.filter(paper__subject__startswith="item:").order_by("sent_at")
    )


def _steps(post: Post, seen: Lines, on: date) -> tuple[Task, ...]:
    found = []
    for verb, waits in _waits(on).items():
        step = STEPS[verb]
        if post.role in step.roles:
            items = _own(post, verb, seen).filter(waits, stage__in=step.sources).distinct()
            found += [_task(item, step.label, verb) for item in items.order_by("due", "code")]
    return tuple(found) + _checks(post, seen)


def _waits(on: date) -> dict[str, Q]:
    """What makes each step wait for somebody, beyond the stage the table names."""
    approved = Plan.objects.filter(item=OuterRef("pk"), state=PlanState.APPROVED)
    unfinished = Measure.objects.filter(
        plan__item=OuterRef("pk"),
        plan__state=PlanState.APPROVED,
        physical=True,
        actual_finish=None,
    )
    over = Q(notices__state="running", notices__to_on__lt=on)
    return {
        "assign": Q(),
        "plan": Q(stage=Stage.ASSIGNED),
        "start": Q(),
        "claim": Q(Exists(approved)) & ~Q(Exists(unfinished)),
        "notice": Q(pk__in=()),
        "close": over,
        "forward": over,
        "file": Q(),
    }


def _own(post: Post, verb: str, seen: Lines) -> Lines:
    """Keep the items whose duty for a step lies with the post's body or one above it."""
    kinds = {"plan": ledger.ANSWERS, "claim": ledger.ANSWERS, "start": ("acceptor",)}.get(verb)
    if kinds is not None:
        held = Duty.objects.filter(kind__in=kinds, until=None, body__key__in=lineage(post.body))
        return seen.filter(pk__in=held.values("item"))
    ends = {"close": "close", "forward": "forward"}.get(verb)
    if ends is None:
        return seen
    chains = [key for key, chain in ledger.shelf().chains.items() if chain.ends.value == ends]
    return seen.filter(chain__in=chains)


def _checks(post: Post, seen: Lines) -> tuple[Task, ...]:
    """The check whose turn it is, and the notice once no check is left."""
    checking = seen.filter(
        stage__in=(Stage.CLAIMED, Stage.CHECKED), standing__case_open=False
    ).order_by("due", "code")
    if post.role == "office":
        done = [item for item in checking.filter(stage=Stage.CHECKED) if _all_checked(item)]
        return tuple(_task(item, STEPS["notice"].label, "notice") for item in done)
    if post.role != "acceptor":
        return ()
    return tuple(
        _task(item, STEPS["check"].label, "check")
        for item, turn in _turns(checking)
        if turn is not None and turn.body == post.body.key
    )


def _all_checked(item: Item) -> bool:
    return item.check_no >= len(ledger.shelf().chains[item.chain].checks)


def _turns(items: Lines) -> Iterator[tuple[Item, NextCheck | None]]:
    """Pair each item with the check whose turn it is."""
    held = Duty.objects.filter(kind="acceptor", until=None)
    duties = held.select_related("body__parent__parent")
    known = ledger.departments()
    for item in items.prefetch_related(Prefetch("duties", duties)):
        acceptor = next((ledger.answerable(duty) for duty in item.duties.all()), None)
        yield item, ledger.next_check(item, acceptor, known)


def _cases(post: Post, seen: Lines) -> tuple[Task, ...]:
    open_ones = Contradiction.objects.filter(item__in=seen.values("pk"), state__in=CASE_STEPS)
    until = Min("inquiry__receipts__reply_due_on")
    cases = open_ones.select_related("item__standing").annotate(until=until).order_by("pk")
    if post.role in UNITS:
        cases = cases.filter(state="inquired", claim__by_body__key__in=lineage(post.body))
        return tuple(_task(c.item, "就询问函作出说明", "case", due_on=c.until) for c in cases)
    if post.role != "office":
        return ()
    return tuple(_task(c.item, CASE_STEPS[c.state], "case", due_on=c.until) for c in cases)


def _objections(post: Post, seen: Lines) -> tuple[Task, ...]:
    if post.role != "office":
        return ()
    rows = Objection.objects.filter(answer="", notice__item__in=seen.values("pk"))
    listed = rows.select_related("notice__item__standing", "report").order_by("due_on")
    return tuple(
        _task(o.notice.item, f"答复公示异议{o.report.receipt}", "notice", due_on=o.due_on)
        for o in listed
    )


def _signings(post: Post, person: str, seen: Lines) -> tuple[Task, ...]:
    if post.role != "office":
        return ()
    waiting = Signing.objects.filter(checked_person="", item__in=seen.values("pk"))
    others = waiting.exclude(scan=None).exclude(entered_person=person).filter(claim__state="open")
    return tuple(
        _task(s.item, "核对代录的签批单", "signing")
        for s in others.select_related("item__standing").order_by("signed_on")
    )


def _soon(post: Post, seen: Lines, on: date) -> tuple[Task, ...]:
    if post.role not in UNITS:
        return ()
    last = on + timedelta(days=SOON_DAYS)
    items = seen.filter(stage__in=WITH_UNIT, due__gte=on, due__lte=last)
    return tuple(_task(item, "文件时限将到", "deadlines") for item in items.order_by("due", "code"))


def _must_start(post: Post, seen: Lines, on: date) -> tuple[Task, ...]:
    if post.role not in UNITS:
        return ()
    last = on + timedelta(days=SOON_DAYS)
    items = seen.filter(stage__in=WITH_UNIT, standing__must_start_on__lte=last)
    return tuple(
        _task(item, _slack_text(item), "plan", due_on=item.standing.must_start_on)
        for item in items.order_by(F("standing__must_start_on"), "code")
    )


def _slack_text(item: Item) -> str:
    slack = item.standing.slack_wd
    if slack is None:
        return "下一项措施最迟开工日"
    left = f"余{slack}" if slack >= 0 else f"已晚{-slack}"
    return f"下一项措施最迟开工日，最紧的一项{left}个工作日"


def _watches(post: Post, seen: Lines, on: date) -> tuple[Task, ...]:
    if post.role not in WATCHING:
        return ()
    last = on + timedelta(days=SOON_DAYS)
    rows = Watch.objects.filter(outcome="", due_on__lte=last, item__in=seen.values("pk"))
    return _watched(rows.select_related("item__standing").order_by("due_on"))


def _watched(rows: Iterable[Watch]) -> tuple[Task, ...]:
    return tuple(_task(w.item, f"回头看（{w.reason}）", "watches", due_on=w.due_on) for w in rows)


def _rebounds(post: Post, person: str, seen: Lines) -> tuple[Task, ...]:
    """What waits for a second word, and what a body that accepted may answer."""
    rows = Rebound.objects.filter(item__in=seen.values("pk")).select_related("item__standing")
    if post.role == "office":
        waiting = rows.filter(state="proposed").exclude(first_person=person)
        return tuple(_task(r.item, "确认反弹线索", "watches") for r in waiting.order_by("pk"))
    if post.role != "acceptor":
        return ()
    told = rows.filter(state="confirmed", answer="", item__checks__body=post.body).distinct()
    text = "所验收的事项确认反弹，可作出说明"
    return tuple(_task(r.item, text, "watches") for r in told.order_by("pk"))


def _upward(post: Post, seen: Lines) -> tuple[Task, ...]:
    if post.role != "office":
        return ()
    found = rebounds.to_report_upward().filter(item__in=seen.values("pk"))
    return tuple(_task(r.item, "上级清单事项反弹，向上级报告", "watches") for r in found)


def _task(item: Item, text: str, place: str, *, due_on: date | None = None) -> Task:
    until = due_on or getattr(item, "due", None)
    return Task(item.code, item.title, text, until, place, item.standing.strokes)
