"""管辖异议 (不属我管): in time, once, decided by a leader; meanwhile the first body keeps it."""

from __future__ import annotations

from datetime import date

import pytest
from tests.world import act, on
from tests.world_ledger import assigned

from zhenggai.apps.ledger.access import visible_to
from zhenggai.apps.ledger.disputes import (
    decide_dispute,
    file_dispute,
    propose_dispute,
    state_for_dispute,
)
from zhenggai.apps.ledger.models import Dispute, Duty, Item
from zhenggai.apps.ledger.queries import binding_due, history, rank_exempt
from zhenggai.apps.parties.models import Post
from zhenggai.apps.sources.models import Paper
from zhenggai.kernel.verdict import Refused

CLAUSE = "市级部门生态环境保护责任清单第12条"
DECISION = "由丁县牵头、市水利局配合"
RECEIVED = on(7, 13, 9, 20)


def in_hand() -> Item:
    """An item 丁县 received on Monday 2026-07-13 at 09:20."""
    return assigned("D-1", "ding", received=RECEIVED)


def filed(at=on(7, 15)) -> Dispute:  # noqa: B008 - a moment, not a list
    """The dispute of story 1.7."""
    in_hand()
    file_dispute("D-1", "water", CLAUSE, act=act("ding", at))
    return Dispute.objects.get()


def test_until_the_decision_the_first_body_stays_and_the_deadline_does_not_move(zhaoling):
    dispute = filed()
    item = dispute.item
    assert binding_due(item, date(2026, 7, 16)) == date(2026, 9, 30)
    assert rank_exempt(item, date(2026, 7, 16))
    assert not rank_exempt(item, date(2026, 7, 14))
    assert Duty.objects.get(kind="territorial", until=None).body.key == "ding-gov"
    assert dispute.decide_by == date(2026, 7, 22)


def test_the_named_body_is_asked_and_sees_the_item_until_it_is_decided(zhaoling):
    in_hand()
    named = Post.objects.get(key="bing")
    assert not visible_to(named, date(2026, 7, 15)).exists()
    file_dispute("D-1", "bing-gov", CLAUSE, act=act("ding", on(7, 15)))
    assert Paper.objects.filter(kind="说明征询函", status="draft").exists()
    assert visible_to(named, date(2026, 7, 15)).exists()
    dispute = Dispute.objects.get()
    state_for_dispute(dispute.pk, "河段在丁县境内。", act=act("bing", on(7, 16)))
    dispute.refresh_from_db()
    assert dispute.statement == "河段在丁县境内。"


def test_the_leader_s_decision_gives_lead_and_help_and_is_in_the_history(zhaoling):
    dispute = filed()
    propose_dispute(dispute.pk, "建议由丁县牵头。", act=act("office-1", on(7, 17)))
    decide_dispute(dispute.pk, DECISION, "ding-gov", ("water",), act=act("leader", on(7, 20)))
    held = Duty.objects.filter(item=dispute.item, until=None, kind__in=("lead", "co"))
    assert {(d.kind, d.body.key) for d in held} == {("lead", "ding-gov"), ("co", "water")}
    assert not rank_exempt(dispute.item, date(2026, 7, 20))
    told = [t.sentence for t in history("D-1")]
    assert [s for s in told if "管辖" in s] == ["提出管辖异议", "提出管辖建议", "管辖决定"]


def test_a_government_that_leads_becomes_the_local_one(zhaoling):
    dispute = filed()
    decide_dispute(dispute.pk, "由戊县负责", "wu-gov", act=act("leader", on(7, 20)))
    local = Duty.objects.filter(item=dispute.item, kind="territorial", until=None)
    assert [d.body.key for d in local] == ["wu-gov"]


def test_on_the_fourth_working_day_it_is_too_late(zhaoling):
    in_hand()
    file_dispute("D-1", "water", CLAUSE, act=act("ding", on(7, 16, 23, 59)))
    Dispute.objects.all().delete()
    with pytest.raises(Refused, match="管辖异议期至2026年7月16日24时"):
        file_dispute("D-1", "water", CLAUSE, act=act("ding", on(7, 17)))


def test_a_second_dispute_needs_new_facts(zhaoling):
    dispute = filed()
    decide_dispute(dispute.pk, DECISION, "ding-gov", ("water",), act=act("leader", on(7, 15, 17)))
    with pytest.raises(Refused, match="没有新的事实"):
        file_dispute("D-1", "water", CLAUSE, act=act("ding", on(7, 16)))
    file_dispute("D-1", "water", CLAUSE, "河道界线2026年7月重新划定", act=act("ding", on(7, 16)))
    assert Dispute.objects.count() == 2


def test_an_open_dispute_is_not_doubled_and_a_second_press_is_the_same(zhaoling):
    in_hand()
    pressed = act("ding", on(7, 15))
    first = file_dispute("D-1", "water", CLAUSE, act=pressed)
    assert file_dispute("D-1", "water", CLAUSE, act=pressed) == first
    with pytest.raises(Refused, match="暂由首接单位负责"):
        file_dispute("D-1", "water", CLAUSE, act=act("ding", on(7, 15, 11)))


@pytest.mark.parametrize(
    ("post", "names", "clause", "code"),
    [
        ("bing", "water", CLAUSE, "not-responsible"),
        ("ding", "ding-gov", CLAUSE, "no-ground"),
        ("ding", "water", " ", "no-ground"),
        ("office-1", "water", CLAUSE, "wrong-role"),
    ],
)
def test_who_may_dispute_and_on_what_ground(zhaoling, post, names, clause, code):
    in_hand()
    with pytest.raises(Refused) as refused:
        file_dispute("D-1", names, clause, act=act(post, on(7, 15)))
    assert [r.code for r in refused.value.reasons] == [code]
    assert refused.value.reasons[0].remedy


def test_before_the_letter_is_received_there_is_nothing_to_dispute(zhaoling):
    assigned("D-1", "ding", received=None)
    with pytest.raises(Refused, match="尚未签收"):
        file_dispute("D-1", "water", CLAUSE, act=act("ding", on(7, 15)))


def test_only_the_leader_decides_and_only_the_named_body_states(zhaoling):
    dispute = filed()
    with pytest.raises(Refused, match="无权作出管辖决定"):
        decide_dispute(dispute.pk, DECISION, "ding-gov", act=act("office-1", on(7, 20)))
    with pytest.raises(Refused, match="不是被指单位"):
        state_for_dispute(dispute.pk, "与我无关", act=act("jia", on(7, 16)))
    with pytest.raises(Refused, match="建议为空"):
        propose_dispute(dispute.pk, "", act=act("office-1", on(7, 16)))


def test_a_decision_that_makes_the_acceptor_answer_is_refused_whole(zhaoling):
    dispute = filed()
    with pytest.raises(Refused, match="不得自行验收"):
        decide_dispute(dispute.pk, "由市住建局牵头", "housing", act=act("leader", on(7, 20)))
    dispute.refresh_from_db()
    assert dispute.decided_on is None
    with pytest.raises(Refused, match="重复"):
        decide_dispute(
            dispute.pk, DECISION, "ding-gov", ("ding-gov",), act=act("leader", on(7, 20))
        )
