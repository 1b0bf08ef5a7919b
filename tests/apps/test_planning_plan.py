"""方案: drawn back from the 文件时限, submitted by the county, frozen by the acceptor."""

from __future__ import annotations

from datetime import date

import pytest
from tests.world import act, on, system
from tests.world_ledger import assigned, listed, plant_line
from tests.world_works import APPROVED, planned, under_way

from zhenggai.apps.ledger.models import Item, Standing
from zhenggai.apps.planning import queries
from zhenggai.apps.planning.actions import (
    approve_plan,
    propose_plan,
    record_measure,
    submit_plan,
)
from zhenggai.apps.planning.jobs import propose
from zhenggai.apps.planning.models import Plan
from zhenggai.apps.trail.models import Entry, Job
from zhenggai.kernel.schedule.progress import pace
from zhenggai.kernel.verdict import Refused

pytestmark = pytest.mark.usefixtures("zhaoling")


def standing(code="W-037"):
    return Standing.objects.get(item__code=code)


def test_a_plan_is_walked_back_from_the_deadline_with_the_citys_notice_days():
    item = assigned()
    propose_plan("W-037", act=system(on(6, 2)))
    plan = queries.plan_in_force(item)
    lines = {line.key: line for line in queries.gantt(item)}
    assert (plan.no, plan.state, plan.due_on) == (1, "draft", date(2026, 9, 30))
    assert plan.finish_on == date(2026, 9, 30)
    assert lines["notice"].days == 5
    assert (lines["notice"].latest_start, lines["notice"].latest_finish) == (
        date(2026, 9, 21),
        date(2026, 9, 29),
    )
    assert plan.node_on == lines["stable-run"].latest_finish < lines["acceptance"].latest_start
    assert standing().must_start_on == lines["prelim"].latest_start
    assert standing().slack_wd < 0


def test_receiving_the_letter_queues_the_plan_and_the_job_draws_one_only():
    item = assigned()
    job = Job.objects.get(task="planning.propose")
    assert job.args == {"code": "W-037"}
    propose("W-037", act=system(on(6, 1)))
    propose("W-037", act=system(on(6, 2)))
    assert item.plans.count() == 1


def test_an_unknown_deadline_gives_no_plan():
    assigned(due=None)
    with pytest.raises(Refused, match="文件时限未载明") as refused:
        propose_plan("W-037", act=act("bing", on(6, 2)))
    assert refused.value.reasons[0].remedy
    propose("W-037", act=system(on(6, 2)))
    assert not Plan.objects.exists()


def test_another_county_plans_nothing_here():
    assigned()
    with pytest.raises(Refused, match="不是本事项的责任单位"):
        propose_plan("W-037", act=act("yi", on(6, 2)))


def test_the_county_changes_days_and_every_date_follows():
    item = assigned()
    propose_plan("W-037", act=act("bing", on(6, 2)))
    drafted = {line.key: line for line in queries.gantt(item)}
    submit_plan("W-037", {"pipes": 45, "works": 40}, act=act("bing", on(6, 5)))
    plan = queries.plan_in_force(item)
    lines = {line.key: line for line in queries.gantt(item)}
    assert (plan.no, plan.state) == (2, "submitted")
    assert lines["pipes"].days == 45
    assert lines["prelim"].latest_start > drafted["prelim"].latest_start
    assert lines["closing"].latest_finish == drafted["closing"].latest_finish
    assert [(p.no, p.state) for p in queries.plans(item)] == [(2, "submitted"), (1, "replaced")]
    assert Item.objects.get(code="W-037").stage == "planned"


@pytest.mark.parametrize(
    ("adjustments", "said"),
    [({"bridge": 3}, "方案中没有措施：bridge"), ({"pipes": 0}, "工期")],
)
def test_a_plan_with_wrong_measures_is_refused_whole(adjustments, said):
    item = assigned()
    propose_plan("W-037", act=act("bing", on(6, 2)))
    with pytest.raises(Refused, match=said):
        submit_plan("W-037", adjustments, act=act("bing", on(6, 5)))
    assert queries.plan_in_force(item).state == "draft"
    assert Item.objects.get(code="W-037").stage == "assigned"


def test_there_is_nothing_to_submit_before_a_plan_is_drawn():
    assigned()
    with pytest.raises(Refused, match="尚未形成整改方案"):
        submit_plan("W-037", {}, act=act("bing", on(6, 5)))


def test_a_second_press_submits_once():
    assigned()
    propose_plan("W-037", act=act("bing", on(6, 2)))
    press = act("bing", on(6, 5))
    first = submit_plan("W-037", {"pipes": 45}, act=press)
    assert submit_plan("W-037", {"pipes": 45}, act=press) == first
    assert Plan.objects.count() == 2


def test_approval_freezes_the_baseline_and_starts_the_works():
    item = planned()
    approve_plan("W-037", act=act("zhujian", APPROVED))
    item.refresh_from_db()
    assert (item.stage, queries.plan_in_force(item).state) == ("under_way", "approved")
    assert standing().node_on == queries.plan_in_force(item).node_on


def test_only_the_acceptor_approves():
    planned()
    with pytest.raises(Refused, match="不是本事项的验收单位"):
        approve_plan("W-037", act=act("huanbao", APPROVED))
    with pytest.raises(Refused, match="无权批复方案"):
        approve_plan("W-037", act=act("bing", APPROVED))


def test_an_unsubmitted_plan_is_not_approved():
    assigned()
    propose_plan("W-037", act=act("bing", on(6, 2)))
    with pytest.raises(Refused):
        approve_plan("W-037", act=act("zhujian", APPROVED))
    assert Item.objects.get(code="W-037").stage == "assigned"


def test_a_re_plan_is_the_next_number_and_the_old_one_stays():
    item = under_way()
    record_measure(
        "W-037", "prelim", date(2026, 6, 11), date(2026, 7, 10), act=act("bing", on(7, 10))
    )
    propose_plan("W-037", act=act("bing", on(7, 20)))
    submit_plan("W-037", {"pipes": 50}, act=act("bing", on(7, 20)))
    assert queries.plan_in_force(item).no == 1
    approve_plan("W-037", act=act("zhujian", on(7, 22)))
    states = {p.no: p.state for p in queries.plans(item)}
    assert states == {1: "replaced", 2: "replaced", 3: "approved"}
    assert queries.measures_finished(item)["prelim"] == date(2026, 7, 10)
    assert Item.objects.get(code="W-037").stage == "under_way"


def test_a_re_plan_by_somebody_else_is_refused():
    under_way()
    propose_plan("W-037", act=act("bing", on(7, 20)))
    submit_plan("W-037", {}, act=act("bing", on(7, 20)))
    with pytest.raises(Refused, match="无权批复方案"):
        approve_plan("W-037", act=act("bing", on(7, 22)))
    with pytest.raises(Refused, match="不是本事项的验收单位"):
        approve_plan("W-037", act=act("huanbao", on(7, 22)))


def test_a_node_of_our_own_is_never_a_deadline():
    item = under_way(county="jia", due=date(2026, 8, 31), adjustments={"acceptance": 26})
    node_on = standing().node_on
    due_on = queries.plan_in_force(item).due_on
    assert (node_on, due_on) == (date(2026, 7, 15), date(2026, 8, 31))
    said = [
        pace(day, due_on, standing().node_on, standing().reported_on, None).text
        for day in (date(2026, 8, 6), date(2026, 8, 31), date(2026, 9, 1))
    ]
    assert said == ["未达序时进度22天", "今日到期", "超期1天"]


def test_a_list_with_an_earlier_date_moves_the_next_plan():
    assigned()
    propose_plan("W-037", act=act("bing", on(6, 2)))
    listed(
        plant_line(due=date(2026, 8, 31)), key="province", level="省", in_force_on=date(2026, 6, 3)
    )
    submit_plan("W-037", {}, act=act("bing", on(6, 5)))
    plan = Plan.objects.order_by("-no").first()
    assert (plan.no, plan.due_on, plan.finish_on) == (2, date(2026, 8, 31), date(2026, 8, 31))


def test_every_act_of_planning_is_in_the_items_history():
    under_way()
    verbs = set(Entry.objects.filter(item_ref="W-037").values_list("verb", flat=True))
    assert {
        "planning.plan.proposed",
        "planning.plan.submitted",
        "planning.plan.approved",
        "ledger.item.planned",
        "ledger.item.started",
    } <= verbs
