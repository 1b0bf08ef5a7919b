"""Stories 1.2, 1.8, 1.10, 6.5: notice, signature, closing, the province, and coming back."""

from __future__ import annotations

from datetime import date

import pytest
from tests.world import act, on
from tests.world_cases import bailu_data, noticed
from tests.world_works import paper, visited

from zhenggai.apps.ledger.models import Item, Move
from zhenggai.apps.reconciliation import queries
from zhenggai.apps.reconciliation.actions import close_item, file_item, forward_item
from zhenggai.apps.reconciliation.objections import answer_objection, object_to
from zhenggai.apps.reconciliation.signings import check_signing, enter_signing, sign_closing
from zhenggai.apps.reconciliation.watches import confirm_rebound, propose_rebound
from zhenggai.kernel.verdict import Refused

pytestmark = pytest.mark.django_db
CODE = "W-022"
LAST_DAY = on(9, 24, 17)
NEXT_DAY = on(9, 25, 0, 1)
PERIOD = "公示期至2026年9月24日24时（5个工作日：20、21、22、23、24日，其中20日为调休上班）"


def public(at):
    return act("public", at, person="public")


def test_the_notice_counts_the_make_up_sunday(zhaoling):
    noticed()
    sign_closing(CODE, act=act("leader", on(9, 24, 16)))
    with pytest.raises(Refused) as refused:
        close_item(CODE, act=act("office-1", LAST_DAY))
    assert PERIOD in str(refused.value)
    close_item(CODE, act=act("office-1", NEXT_DAY))
    item = Item.objects.get(code=CODE)
    assert item.stage == "closed"
    closing = Move.objects.get(item=item, target="closed")
    assert closing.effective_on == date(2026, 9, 25)
    assert closing.run_ref
    assert not closing.overridden
    signing = queries.signature(item.claims.get())
    notice = item.notices.get()
    checks = list(item.checks.order_by("no"))
    assert (signing.signed_by, notice.to_on) == ("leader", date(2026, 9, 24))
    assert [c.body.key for c in checks] == ["housing", "ecology"]


def test_three_watches_are_set_and_a_year_without_notice_does_not_matter(zhaoling):
    noticed()
    close_item(CODE, act=act("leader", NEXT_DAY))
    due = [w.due_on for w in queries.watches(Item.objects.get(code=CODE))]
    assert due == [date(2026, 12, 25), date(2027, 3, 25), date(2027, 9, 25)]


def test_nothing_closes_without_a_leader(zhaoling):
    noticed()
    with pytest.raises(Refused, match="尚无分管领导签批"):
        close_item(CODE, act=act("office-1", NEXT_DAY))


def test_the_same_closing_twice_is_one(zhaoling):
    noticed()
    once = act("leader", NEXT_DAY)
    assert close_item(CODE, act=once) == close_item(CODE, act=once)
    assert Move.objects.filter(target="closed").count() == 1


def test_signed_on_paper_closes_on_the_day_of_the_signature_once_a_second_person_checked(zhaoling):
    noticed()
    scan = paper("签批单")
    bailu_data(date(2026, 9, 25), date(2026, 9, 29))
    enter_signing(CODE, "leader", date(2026, 9, 28), scan, act=act("office-1", on(9, 29)))
    assert Item.objects.get(code=CODE).stage == "noticed"
    with pytest.raises(Refused, match="同一人"):
        check_signing(CODE, act=act("office-1", on(9, 29, 10)))
    check_signing(CODE, act=act("office-2", on(9, 30)))
    item = Item.objects.get(code=CODE)
    assert item.stage == "closed"
    assert Move.objects.get(item=item, target="closed").effective_on == date(2026, 9, 28)


def test_an_objection_blocks_until_it_has_a_reasoned_answer(zhaoling):
    item = noticed()
    notice = item.notices.get()
    receipt = object_to(notice.pk, "出水口有异味。", None, act=public(on(9, 24, 23, 40)))
    number = receipt.partition(":")[2]
    assert queries.open_objections(item) == (number,)
    with pytest.raises(Refused, match="异议尚未答复"):
        close_item(CODE, act=act("leader", NEXT_DAY))
    with pytest.raises(Refused, match="验收单位不得自行裁定"):
        answer_objection(number, "已核查", "no", act=act("zhujian", on(9, 25)))
    answer_objection(number, "现场核查出水达标，异味来自集水井，已加盖。", "no",
                     act=act("office-1", on(9, 25)))  # fmt: skip
    close_item(CODE, act=act("leader", on(9, 25, 15)))
    assert Item.objects.get(code=CODE).stage == "closed"


def test_an_objection_after_the_notice_is_kept_as_a_report(zhaoling):
    item = noticed()
    object_to(item.notices.get().pk, "有气味。", None, act=public(on(9, 25, 0, 10)))
    assert queries.open_objections(item) == ()
    assert item.reports.get().report.kind == "report"


def test_a_central_item_ends_here_with_forwarding(zhaoling):
    noticed(chain="central-inspection")
    with pytest.raises(Refused, match="省级验收"):
        close_item(CODE, act=act("leader", NEXT_DAY))
    forward_item(CODE, act=act("leader", NEXT_DAY))
    item = Item.objects.get(code=CODE)
    assert item.stage == "forwarded"
    with pytest.raises(Refused, match="文号"):
        file_item(CODE, "", date(2026, 10, 20), paper("省文件"), act=act("office-1", on(10, 21)))
    file_item(
        CODE,
        "演练省督〔2026〕7号",
        date(2026, 10, 20),
        paper("省文件"),
        act=act("office-1", on(10, 21)),
    )
    item.refresh_from_db()
    assert item.stage == "closed"
    assert Move.objects.get(item=item, target="closed").effective_on == date(2026, 10, 20)


def test_a_leader_s_override_stays_visible(zhaoling):
    noticed()
    item = Item.objects.get(code=CODE)
    item.reports.all().delete()
    from zhenggai.apps.places.models import Place

    Place.objects.filter(key=f"{CODE}-plant").update(theme_record={})
    with pytest.raises(Refused, match="排放级别"):
        close_item(CODE, act=act("leader", NEXT_DAY))
    close_item(CODE, override="许可证换发期间，领导书面同意", act=act("leader", on(9, 25, 9)))
    closing = Move.objects.get(item=item, target="closed")
    assert closing.overridden
    assert closing.grounds["override"]
    assert closing.grounds["set_aside"]


def test_a_rebound_needs_two_inspectors_and_two_clerks(zhaoling):
    noticed()
    close_item(CODE, act=act("leader", NEXT_DAY))
    alone = visited(CODE, "inspect-1", at=on(10, 16), kind="look-back", answers={})
    facts = "10月16日雨后溢流，采样氨氮超标"
    with pytest.raises(Refused, match="两名核查人员"):
        propose_rebound(CODE, alone, facts, date(2026, 12, 31), act=act("inspect-1", on(10, 16)))
    from uuid import uuid4

    from zhenggai.apps.inspection.actions import record_visit

    both = uuid4()
    record_visit(both, CODE, "look-back", date(2026, 10, 16), ("inspect-1", "inspect-2"), {},
                 act=act("inspect-1", on(10, 16)))  # fmt: skip
    rebound = propose_rebound(
        CODE, both, facts, date(2026, 12, 31), act=act("inspect-1", on(10, 16))
    )
    number = int(rebound.partition(":")[2])
    confirm_rebound(number, act=act("office-1", on(10, 17)))
    assert Item.objects.get(code=CODE).stage == "closed"
    with pytest.raises(Refused, match="另一人"):
        confirm_rebound(number, act=act("office-1", on(10, 17, 10)))
    confirm_rebound(number, act=act("office-2", on(10, 18)))
    item = Item.objects.get(code=CODE)
    assert (item.stage, item.round_no, item.round_due_on) == ("under_way", 2, date(2026, 12, 31))
    undone = Move.objects.filter(item=item, undoing__isnull=False).values_list(
        "milestone", flat=True
    )
    assert "closed" in undone
