"""Three thousand acts by random posts in random order: what no sequence of acts can ever do."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from tests.world import act, on
from tests.world_ledger import item as opened
from tests.world_works import SAYS, evidenced, paper, visited

from zhenggai.apps.accountability.actions import decide_case
from zhenggai.apps.evidence.actions import lodge_claim
from zhenggai.apps.evidence.queries import open_claim
from zhenggai.apps.inspection.actions import record_visit
from zhenggai.apps.ledger.actions import hand_over
from zhenggai.apps.ledger.extensions import ask_extension
from zhenggai.apps.ledger.models import Item, Move
from zhenggai.apps.monitoring.actions import import_observations
from zhenggai.apps.planning.actions import (
    approve_plan,
    propose_plan,
    record_measure,
    report_progress,
    submit_plan,
)
from zhenggai.apps.planning.queries import gantt
from zhenggai.apps.reconciliation import queries
from zhenggai.apps.reconciliation.actions import (
    close_item,
    publish_notice,
    return_item,
    sign_check,
    weigh,
)
from zhenggai.apps.reconciliation.cases import inquire, reply
from zhenggai.apps.reconciliation.models import Run
from zhenggai.apps.reconciliation.signings import check_signing, enter_signing, sign_closing
from zhenggai.apps.reconciliation.watches import confirm_rebound, propose_rebound
from zhenggai.apps.sources.actions import receive_paper
from zhenggai.apps.sources.models import Paper
from zhenggai.apps.trail.models import Act as ActRow
from zhenggai.apps.trail.models import Entry
from zhenggai.apps.trail.verify import verify
from zhenggai.faces.cli.demo.plants import BAILU, QINGSHI, as_csv, file_name, simulate
from zhenggai.kernel.verdict import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
STEPS = 3000
POSTS = ("office-1", "office-2", "bing", "yi", "zhujian", "huanbao", "leader", "inspect-1", "audit")
DONE = date(2026, 8, 25)
PLANTS = {"W-1": ("yi", replace(BAILU, pipes_on=DONE, settling=5)), "W-2": ("bing", QINGSHI)}


@dataclass
class Walk:
    """The clock, the dice, and what was counted."""

    rng: random.Random
    now: datetime
    measured_until: date = date(2026, 5, 31)
    refused: int = 0
    done: dict[str, int] = field(default_factory=dict)

    def act(self, post: str):
        """The right post four times in five, another one else."""
        return act(post if self.rng.random() < 0.8 else self.rng.choice(POSTS), self.now)

    def pass_time(self, days: int) -> None:
        self.now += timedelta(days=days, minutes=1)
        until = self.now.date() - timedelta(days=1)
        if until <= self.measured_until:
            return
        for code, (county, plant) in PLANTS.items():
            rows = simulate(plant, self.measured_until + timedelta(days=1), until, 7)
            content = as_csv(rows).encode()
            key = f"{code}-plant"
            import_observations(key, file_name(plant, rows), content, act=act(county, self.now))
        self.measured_until = until


def paper_about(kind: str, subject: str) -> int:
    return Paper.objects.filter(kind=kind, subject=subject).latest("pk").pk


def build(walk: Walk, item: Item, county: str) -> None:
    for line in gantt(item):
        if line.physical:
            record_measure(item.code, line.key, DONE, DONE, act=walk.act(county))


def evidence(walk: Walk, item: Item, county: str) -> None:
    evidenced(item.code, county, at=walk.now)


def check(walk: Walk, item: Item, post: str) -> None:
    seen = visited(item.code, post, at=walk.now)
    opinion = walk.rng.choice(("pass", "pass", "pass", "return"))
    sign_check(item.code, opinion, "现场核查", walk.now.date(), seen, act=walk.act(post))


def notice(walk: Walk, item: Item, _: str) -> None:
    number = f"昭攻坚公示〔2026〕{walk.rng.randrange(10**6)}号"
    publish_notice(item.code, number, "各项要件均已达标。", act=walk.act("office-1"))
    walk.pass_time(8)


def case(walk: Walk, item: Item, county: str) -> None:
    found = queries.case_of(open_claim(item))
    if found is None:
        weigh(item.code, act=walk.act("office-1"))
        return
    if found.state == "clue":
        number = f"昭攻坚办函〔2026〕{walk.rng.randrange(10**6)}号"
        inquire(found.pk, number, act=walk.act("office-1"))
        return
    receipt = queries.receipt_of(found)
    if receipt and receipt.received_at is None:
        receive_paper(found.inquiry_id, f"{county}-gov", act=walk.act(county))
        return
    if found.state == "inquired":
        reply(found.pk, "情况说明。", act=walk.act(county))
        return
    finding = walk.rng.choice(("upheld", "matched", "matched"))
    clerk = walk.rng.choice(("office-1", "office-2"))
    decide_case(found.pk, finding, "核实情况", act=walk.act(clerk))


def rebound(walk: Walk, item: Item, _: str) -> None:
    waiting = item.rebounds.filter(state="proposed").first()
    if waiting:
        clerk = walk.rng.choice(("office-1", "office-2"))
        confirm_rebound(waiting.pk, act=walk.act(clerk))
        return
    seen = uuid4()
    two = ("inspect-1", "inspect-2")
    record_visit(seen, item.code, "look-back", walk.now.date(), two, {}, act=walk.act("inspect-1"))
    due = walk.now.date() + timedelta(days=90)
    propose_rebound(item.code, seen, "雨后溢流", due, act=walk.act("inspect-1"))


def sign(walk: Walk, item: Item, _: str) -> None:
    if walk.rng.random() < 0.5:
        sign_closing(item.code, act=walk.act("leader"))
        return
    today = walk.now.date()
    enter_signing(item.code, "leader", today, paper("签批"), act=walk.act("office-1"))


def close(walk: Walk, item: Item, _: str) -> None:
    override = walk.rng.choice(("", "", "", "", "领导书面说明"))
    close_item(item.code, override=override, act=walk.act("leader"))


MOVES = {
    "hand_over": lambda w, i, c: hand_over(i.code, "昭函〔2026〕1号", act=w.act("office-1")),
    "receive": lambda w, i, c: receive_paper(
        paper_about("交办函", f"item:{i.code}"), f"{c}-gov", act=w.act(c)
    ),
    "propose": lambda w, i, c: propose_plan(i.code, act=w.act(c)),
    "submit": lambda w, i, c: submit_plan(i.code, {}, act=w.act(c)),
    "approve": lambda w, i, c: approve_plan(i.code, act=w.act("zhujian")),
    "progress": lambda w, i, c: report_progress(
        i.code, f"{w.now:%Y-%m}", "施工中", w.rng.randrange(101), act=w.act(c)
    ),
    "build": build,
    "evidence": evidence,
    "claim": lambda w, i, c: lodge_claim(i.code, SAYS, "已完工。", DONE, act=w.act(c)),
    "check_1": lambda w, i, c: check(w, i, "zhujian"),
    "check_2": lambda w, i, c: check(w, i, "huanbao"),
    "case": case,
    "notice": notice,
    "sign": sign,
    "check_signing": lambda w, i, c: check_signing(i.code, act=w.act("office-2")),
    "close": close,
    "return": lambda w, i, c: return_item(i.code, "资料不全", act=w.act("office-1")),
    "rebound": rebound,
    "extend": lambda w, i, c: ask_extension(i.code, date(2026, 12, 31), "汛期影响", act=w.act(c)),
}
LIKELY = {
    "found": ("hand_over",),
    "assigned": ("receive", "propose", "submit"),
    "planned": ("approve",),
    "under_way": ("build", "evidence", "claim", "claim"),
    "claimed": ("check_1", "case"),
    "checked": ("check_2", "notice"),
    "noticed": ("sign", "close", "check_signing", "close"),
    "closed": ("rebound",),
}


def step(walk: Walk) -> None:
    item = Item.objects.get(code=walk.rng.choice(tuple(PLANTS)))
    likely = LIKELY.get(item.stage, tuple(MOVES))
    name = walk.rng.choice(likely if walk.rng.random() < 0.7 else tuple(MOVES))
    try:
        MOVES[name](walk, item, PLANTS[item.code][0])
        walk.done[name] = walk.done.get(name, 0) + 1
    except Refused:
        walk.refused += 1
    except Paper.DoesNotExist:
        walk.refused += 1


def check_closings() -> int:
    closings = Move.objects.filter(target="closed").select_related("item", "entry__act")
    for closing in closings:
        run = Run.objects.get(pk=int(closing.run_ref.partition(":")[2]))
        assert run.answer == "met" or closing.overridden
        claim = run.claim
        passed = claim.checks.filter(opinion="pass")
        assert passed.count() >= 2
        assert claim.by_person not in {check.person for check in passed}
        assert claim.by_person != closing.entry.act.by_person
    return len(closings)


def test_three_thousand_acts_never_close_what_may_not_close_and_the_trail_knows_it_all(zhaoling):
    opened("W-1", "yi")
    second = opened_beside("W-2", "bing")
    assert second.stage == "found"
    walk = Walk(random.Random(20260806), on(9, 10))
    walk.pass_time(0)
    for n in range(STEPS):
        step(walk)
        walk.now += timedelta(minutes=7)
        if n % 50 == 49:
            walk.pass_time(1)
    closings = check_closings()
    assert closings >= 3, walk.done
    assert walk.refused > STEPS / 10
    repeat_last_act()
    report = verify()
    assert report.faults == ()


def opened_beside(code: str, county: str) -> Item:
    from tests.world_ledger import listed, plant, plant_line

    key = plant(county, f"{code}-plant")
    listed(plant_line(code, county, place_key=key), key=f"city-{code}")
    return Item.objects.get(code=code)


def repeat_last_act() -> None:
    """The same act once more, word for word, changes nothing."""
    item = Item.objects.get(code="W-1")
    again = act("office-1", on(12, 30))
    report = ("W-1", "2026-12", "巡查正常", 50)
    before = None
    try:
        report_progress(*report, act=replace(again, post="yi", person="yi"))
    except Refused:
        return
    before = (Entry.objects.count(), ActRow.objects.count(), Item.objects.get(code="W-1").version)
    report_progress(*report, act=replace(again, post="yi", person="yi"))
    after = (Entry.objects.count(), ActRow.objects.count(), Item.objects.get(code="W-1").version)
    assert before == after
    assert item.code == "W-1"
