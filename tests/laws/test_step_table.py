"""The step table under random posts: what no sequence of grants can ever do."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from zhenggai.kernel.calendars.workdays import Period
from zhenggai.kernel.verdict import Answer, Reason, Refused, Verdict
from zhenggai.kernel.workflow.facts import Actor, Answerable, Filing, NextCheck, StepFacts
from zhenggai.kernel.workflow.grants import Granted, grant, unknown_needs
from zhenggai.kernel.workflow.item import STEPS, Stage

AT = datetime(2026, 9, 25, 0, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
COUNTY = Answerable("bing-gov", "丙县人民政府", "属地", frozenset({"bing-gov", "city"}))
BUREAU = Answerable("zhujian", "市住建局", "验收单位", frozenset({"zhujian", "city"}))
ROLES = ("office", "liaison", "acceptor", "leader", "enterprise", "inspector", "auditor")
BODIES = ("bing-gov", "zhujian", "huanbao", "office")
PERSONS = ("p1", "p2", "p3")
MET, NOT_MET = (
    Verdict(Answer.MET),
    Verdict(Answer.NOT_MET, (Reason("over", "氨氮超标", "查明原因"),)),
)
OVER = Period(date(2026, 9, 18), date(2026, 9, 24), (date(2026, 9, 24),), "working")
RUNNING = Period(date(2026, 9, 18), date(2026, 9, 25), (date(2026, 9, 25),), "working")


def mostly(rng: random.Random, good, *bad):
    """The good value seven times in eight: a walk of coin tosses would never reach a closing."""
    return good if rng.random() < 7 / 8 else rng.choice(bad)


SPEAKS_FOR = {"liaison": "bing-gov", "enterprise": "bing-gov", "acceptor": "zhujian"}


def some_facts(rng: random.Random, stage: Stage, claimant: str | None, verb: str) -> StepFacts:
    role = mostly(rng, rng.choice(STEPS[verb].roles), *ROLES)
    body = mostly(rng, SPEAKS_FOR.get(role, "office"), *BODIES)
    return StepFacts(
        item="item:W-001",
        stage=stage,
        actor=Actor("post", "某岗位", role, rng.choice(PERSONS), body, frozenset({body})),
        at=AT + timedelta(days=mostly(rng, 0, -1, 1)),
        duties=frozenset({"territorial", "department", "acceptor"}),
        answerable=(COUNTY,),
        acceptor=BUREAU,
        signers={claimant: "以丙县身份签署自查"} if claimant else {},
        plan_no=1,
        open_claim=mostly(rng, None, "claim:1"),
        missing_evidence=mostly(rng, (), ("自查表",)),
        next_check=mostly(rng, NextCheck(1, 2, "zhujian", "市住建局"), None),
        checks=mostly(rng, (2, 2), (1, 2)),
        early_acceptance=(),
        verdict=mostly(rng, MET, NOT_MET, None),
        run="run:1",
        notice=mostly(rng, OVER, RUNNING, None),
        open_objections=mostly(rng, (), ("R-1",)),
        open_cases=mostly(rng, (), ("case:1",)),
        ends=rng.choice(("close", "forward")),
        leader_signature=rng.choice(("", "signing:1")),
        filing=mostly(rng, Filing("演练〔2026〕1号", date(2026, 10, 9), "blob:1"), None),
        grounds=rng.choice(("", "", "", "进水浓度下降")),
        confirmed_by=rng.choice((frozenset({"p1"}), frozenset({"p1", "p2"}))),
        override=mostly(rng, "", "领导书面说明"),
    )


def may_have_closed(facts: StepFacts, granted: Granted, claimant: str | None) -> bool:
    return all(
        (
            facts.verdict is MET or (granted.override and granted.set_aside),
            facts.actor.person != claimant,
            facts.checks == (2, 2),
            facts.notice is not None and facts.at.date() > facts.notice.to_on,
            not facts.open_objections,
            not facts.open_cases,
            facts.actor.role == "leader" or facts.leader_signature,
        )
    )


def test_a_hundred_thousand_random_steps_never_close_what_may_not_close():
    rng = random.Random(20260806)
    stage, claimant, closings, refusals = Stage.FOUND, None, 0, 0
    for _ in range(100_000):
        step = STEPS[rng.choice(tuple(STEPS))]
        facts = some_facts(rng, stage, claimant, step.verb)
        try:
            granted = grant(step, facts)
        except Refused:
            refusals += 1
            continue
        assert facts.actor.role in step.roles
        if step.verb == "claim":
            claimant = facts.actor.person
        if step.verb == "check":
            assert facts.actor.person != claimant
            assert facts.actor.body == BUREAU.body
        if step.verb in {"close", "forward"}:
            assert may_have_closed(facts, granted, claimant)
        stage = step.target
        closings += stage in {Stage.CLOSED, Stage.FORWARDED}
        claimant = None if stage is Stage.UNDER_WAY else claimant
    assert refusals > closings > 200, "the walk must really reach closings, or it shows nothing"


def test_an_override_is_visible_and_only_a_leader_s():
    rng = random.Random(1)
    base = replace(
        some_facts(rng, Stage.NOTICED, "p1", "close"),
        actor=Actor("leader", "分管副市长", "leader", "p2", "city", frozenset({"city"})),
        at=AT, checks=(2, 2), verdict=NOT_MET, notice=OVER, open_objections=(), open_cases=(),
        ends="close", override="因汛情提前销号",
    )  # fmt: skip
    granted = grant(STEPS["close"], base)
    assert [r.text for r in granted.set_aside] == ["氨氮超标"]
    with pytest.raises(Refused, match="氨氮超标"):
        grant(STEPS["close"], replace(base, override=""))
    clerk = replace(base.actor, role="office")
    with pytest.raises(Refused, match="氨氮超标"):
        grant(STEPS["close"], replace(base, actor=clerk, leader_signature="signing:1"))


def test_nothing_gathered_is_nothing_granted():
    actor = Actor("x", "某岗位", "office", "p1", "office", frozenset())
    for step in STEPS.values():
        role = step.roles[0]
        bare = StepFacts(item="item:W-001", stage=step.sources[0],
                         actor=replace(actor, role=role), at=AT)  # fmt: skip
        with pytest.raises(Refused):
            grant(step, bare)


def test_granted_cannot_be_made_by_hand():
    with pytest.raises(TypeError, match="grant alone"):
        Granted(object(), "item:W-001", "close", Stage.NOTICED, Stage.CLOSED, None, (), "", "", ())


def test_every_need_of_the_table_is_written():
    assert unknown_needs() == ()
