"""现场核查: who went, what they saw; the same visit sent twice is one."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from tests.world import act, on
from tests.world_ledger import duties
from tests.world_works import GOOD, claimed, under_way, visited

from zhenggai.apps.evidence.queries import open_claim
from zhenggai.apps.inspection import queries
from zhenggai.apps.inspection.actions import record_visit
from zhenggai.apps.inspection.models import Answer, Visit
from zhenggai.kernel.verdict import Refused

pytestmark = pytest.mark.usefixtures("zhaoling")
DAY = date(2026, 9, 10)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """Every test has its own folder of files."""
    settings.HOME = tmp_path


def record(
    uuid=None, *, kind="acceptance", day=DAY, posts=("zhujian",), answers=None, by="zhujian"
):
    return record_visit(
        uuid or uuid4(),
        "W-037",
        kind or "acceptance",
        day,
        posts,
        GOOD if answers is None else answers,
        act=act(by, on(9, 10)),
    )


def test_answers_become_facts_of_the_round():
    item = claimed()
    uuid = visited("W-037", answers={"connected": "是", "running": "否"})
    facts = queries.answers(open_claim(item))
    assert [(f.question, f.value, f.on) for f in facts] == [
        ("connected", "是", DAY),
        ("running", "否", DAY),
    ]
    assert facts[0].ref == f"visit:{uuid}/connected"
    (line,) = queries.visits(item)
    assert (line.kind, line.posts) == ("初验", ("市住建局验收岗",))


def test_a_visit_sent_again_by_the_device_is_the_same_visit():
    under_way()
    uuid = uuid4()
    assert record(uuid) == record(uuid)
    assert (Visit.objects.count(), Answer.objects.count()) == (1, len(GOOD))


def test_other_answers_under_the_same_id_are_refused_and_a_second_visit_keeps_both():
    item = claimed()
    uuid = uuid4()
    record(uuid)
    with pytest.raises(Refused, match="已登记为另一项内容"):
        record(uuid, answers=GOOD | {"running": "否"})
    record(answers={"running": "否"})
    said = {f.value for f in queries.answers(open_claim(item)) if f.question == "running"}
    assert said == {"是", "否"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "stroll"}, "核查类型“stroll”不能识别"),
        ({"day": date(2026, 9, 11)}, "晚于2026-09-10"),
        ({"posts": ()}, "未填写核查人员岗位"),
        ({"posts": ("zhujian", "nobody")}, "岗位不在册"),
        ({"answers": {"colour": "是"}}, "核查单没有“colour”"),
        ({"answers": {"running": "也许"}}, "没有“也许”这一答案"),
    ],
)
def test_a_visit_that_cannot_be_is_refused(changes, said):
    under_way()
    with pytest.raises(Refused, match=said):
        record(**changes)
    assert not Visit.objects.exists()


def test_who_answers_for_the_item_does_not_inspect_it():
    under_way(duties=(*duties("bing", acceptor="ecology"), ("lead", "housing")), approver="huanbao")
    with pytest.raises(Refused, match="市住建局（牵头）为同一单位或上下级，不得自行核查"):
        record()
    with pytest.raises(Refused, match="无权登记现场核查"):
        record(by="bing", posts=("bing",))
    record(posts=("huanbao", "inspect-1"), by="huanbao")


def test_a_visit_of_another_item_is_not_found():
    item = under_way()
    with pytest.raises(Refused, match="没有这次现场核查记录"):
        queries.visit_of(item, uuid4())
