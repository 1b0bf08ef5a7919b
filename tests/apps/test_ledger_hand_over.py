"""交办: who answers is named, the letter goes out, the item moves, the county's clock starts."""

from __future__ import annotations

from datetime import date

import pytest
from tests.world import act, on
from tests.world_ledger import assigned, duties, item

from zhenggai.apps.ledger.actions import assign_duty, hand_over
from zhenggai.apps.ledger.models import Duty, Item, Move
from zhenggai.apps.ledger.queries import history, step_facts
from zhenggai.apps.parties.queries import actor_of
from zhenggai.apps.sources.models import Paper, Receipt
from zhenggai.apps.trail.models import Entry
from zhenggai.kernel.verdict import Refused
from zhenggai.kernel.workflow.item import Stage

NUMBER = "昭攻坚办函〔2026〕12号"


def test_an_item_is_handed_over_with_a_letter_to_its_county(zhaoling):
    item()
    assert hand_over("W-037", NUMBER, act=act("office-1", on(5, 25))) == "item:W-037"
    moved = Move.objects.get()
    assert (moved.source, moved.target) == (Stage.FOUND, Stage.ASSIGNED)
    assert moved.effective_on == date(2026, 5, 25)
    paper = Paper.objects.get()
    assert (paper.kind, paper.number, paper.status) == ("交办函", NUMBER, "sent")
    assert [r.body.key for r in Receipt.objects.all()] == ["bing-gov"]


def test_pressing_twice_hands_over_once(zhaoling):
    item()
    pressed = act("office-1", on(5, 25))
    hand_over("W-037", NUMBER, act=pressed)
    hand_over("W-037", NUMBER, act=pressed)
    assert Move.objects.count() == Paper.objects.count() == 1


def test_another_press_finds_the_item_already_handed_over(zhaoling):
    item()
    hand_over("W-037", NUMBER, act=act("office-1", on(5, 25)))
    with pytest.raises(Refused) as refused:
        hand_over("W-037", NUMBER, act=act("office-2", on(5, 25, 10)))
    assert refused.value.reasons[0].code == "wrong-stage"
    assert Paper.objects.count() == 1


def test_without_an_acceptor_nothing_is_handed_over(zhaoling):
    item(duties=(("territorial", "bing-gov"),))
    with pytest.raises(Refused, match="部门、验收单位") as refused:
        hand_over("W-037", NUMBER, act=act("office-1", on(5, 25)))
    assert all(r.remedy for r in refused.value.reasons)
    assert Item.objects.get().stage == Stage.FOUND


def test_without_a_number_of_the_office_system_nothing_is_handed_over(zhaoling):
    item()
    with pytest.raises(Refused, match="缺少文号"):
        hand_over("W-037", " ", act=act("office-1", on(5, 25)))
    assert not Paper.objects.exists()


def test_a_county_hands_nothing_over(zhaoling):
    item()
    with pytest.raises(Refused, match="无权交办"):
        hand_over("W-037", NUMBER, act=act("bing", on(5, 25)))


def test_the_receipt_is_the_county_s_own_and_is_signed_once(zhaoling):
    found = assigned(received=on(6, 1, 9, 20))
    receipt = Receipt.objects.get()
    assert receipt.received_at == on(6, 1, 9, 20)
    assert receipt.reply_due_on == date(2026, 6, 10)  # the plan is due on the 7th working day
    assert found.stage == Stage.ASSIGNED


def test_an_acceptor_who_answers_for_the_item_is_refused_with_another_proposed(zhaoling):
    item()
    with pytest.raises(Refused, match="不得自行验收") as refused:
        assign_duty("W-037", "lead", "housing", act=act("office-1", on(5, 23)))
    assert refused.value.reasons[0].remedy == "建议由市生态环境局验收"
    assert not Duty.objects.filter(kind="lead").exists()


def test_a_new_acceptor_replaces_the_old_one(zhaoling):
    item()
    assign_duty("W-037", "acceptor", "ecology", act=act("office-1", on(5, 23)))
    held = Duty.objects.filter(kind="acceptor", until=None)
    assert [d.body.key for d in held] == ["ecology"]
    assert Duty.objects.get(kind="acceptor", body__key="housing").until == date(2026, 5, 23)


@pytest.mark.parametrize(
    ("kind", "body", "says"),
    [("boss", "housing", "责任类型"), ("co", "nobody", "不在册")],
)
def test_an_unknown_kind_of_duty_or_body_is_refused(zhaoling, kind, body, says):
    item()
    with pytest.raises(Refused, match=says):
        assign_duty("W-037", kind, body, act=act("office-1", on(5, 23)))


def test_the_facts_of_a_step_name_who_answers_who_accepts_and_until_when(zhaoling):
    found = assigned()
    doing = act("bing", on(6, 2))
    facts = step_facts("W-037", actor_of(doing), doing, plan_no=1)
    assert {a.body for a in facts.answerable} == {"bing-gov", "qingshi-operator"}
    assert (facts.acceptor.body, facts.spare_acceptors) == ("housing", ("市生态环境局",))
    assert (facts.due_on, facts.ends, facts.plan_no) == (date(2026, 9, 30), "close", 1)
    assert (facts.next_check.body, facts.checks) == ("housing", (0, 2))
    assert facts.stage == Stage(found.stage)


def test_the_history_tells_each_step_by_post_and_time(zhaoling):
    assigned()
    told = history("W-037")
    assert [t.sentence for t in told] == [
        "立项",
        "落实责任",
        "拟制发文",
        "签发发文",
        "送达发文",
        "落实责任",
        "交办",
        "签收发文",
    ]
    assert told[-1].post == "丙县人民政府整改联络岗"
    assert Entry.objects.filter(item_ref="W-037").count() == len(told)


def test_duties_may_not_be_given_twice_on_one_line(zhaoling):
    with pytest.raises(Refused, match="各限一个"):
        item(duties=(*duties("bing"), ("acceptor", "ecology")))
