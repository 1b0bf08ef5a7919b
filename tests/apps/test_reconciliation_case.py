"""Stories 1.3, 1.4, 2.6 and 6.1: a claim that does not agree, and what may follow from it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.world import act, on
from tests.world_cases import data_of, inquired, qingshi
from tests.world_works import visited

from zhenggai.apps.accountability.actions import decide_case
from zhenggai.apps.assessment.queries import marks_for
from zhenggai.apps.evidence.queries import open_claim
from zhenggai.apps.ledger.models import Item
from zhenggai.apps.monitoring.actions import import_observations
from zhenggai.apps.reconciliation import queries
from zhenggai.apps.reconciliation.actions import sign_check, weigh
from zhenggai.apps.reconciliation.cases import record_supply, reply, verify_supply
from zhenggai.apps.trail.models import Act, Entry
from zhenggai.faces.cli.demo.plants import QINGSHI
from zhenggai.kernel.verdict import Refused

pytestmark = pytest.mark.django_db
RECEIVED = on(8, 6, 9)
AFTER = on(8, 12)


def line(item, key):
    return queries.latest_run(item).criteria.get(key=key)


def test_inflow_that_fell_after_the_pipes_is_not_met_with_both_means(zhaoling):
    item = qingshi()
    rises = line(item, "inflow-rises")
    assert rises.answer == "not_met"
    said = rises.reasons[0]["text"]
    assert "68.4" in said
    assert "41.2" in said
    assert "30" in said


def test_power_gives_a_derived_value_that_is_a_clue_and_decides_nothing(zhaoling):
    item = qingshi()
    volume = line(item, "power-explains-volume")
    assert volume.weight == "derived"
    assert volume.derived["value"] == "220"
    assert (volume.derived["low"], volume.derived["high"]) == ("550/3", "275")
    assert "0.30" in volume.derived["formula"]
    run = queries.latest_run(item)
    assert run.answer == "not_met"
    assert len(run.clues) == 1
    joined = [c.answer for c in run.criteria.all() if c.weight != "derived"]
    assert "not_met" in joined


def test_an_open_case_changes_nothing_outside_itself(zhaoling):
    item = qingshi()
    assert item.stage == "claimed"
    assert item.standing.case_open
    assert not item.standing.upheld
    assert item.standing.strokes == "-----"
    assert not marks_for(f"case:{queries.case_of(open_claim(item)).pk}").exists()


def test_no_check_passes_while_a_case_is_open(zhaoling):
    item = qingshi()
    seen = visited(item.code, at=on(8, 6))
    with pytest.raises(Refused, match="待核实"):
        sign_check(item.code, "pass", "符合", date(2026, 8, 6), seen, act=act("zhujian", on(8, 6)))


def test_nothing_is_found_within_the_right_of_reply(zhaoling):
    case = inquired(received=RECEIVED)
    with pytest.raises(Refused, match="申辩期至2026年8月11日24时"):
        decide_case(case.pk, "upheld", "进水浓度下降", act=act("office-1", on(8, 10)))
    assert not case.decisions.exists()


def test_before_the_unit_signed_for_the_inquiry_no_clock_runs(zhaoling):
    case = inquired()
    with pytest.raises(Refused, match="尚未签收"):
        decide_case(case.pk, "upheld", "进水浓度下降", act=act("office-1", AFTER))


def test_two_different_persons_uphold_and_everything_follows_together(zhaoling):
    case = inquired(received=RECEIVED)
    reply(case.pk, "雨水混入，正在排查。", act=act("bing", on(8, 7)))
    decide_case(case.pk, "upheld", "进水浓度下降，说明未提供依据", act=act("office-1", AFTER))
    item = Item.objects.get(code=case.item.code)
    assert (item.stage, item.standing.upheld, item.standing.case_open) == ("claimed", False, True)
    decide_case(case.pk, "upheld", "同意", act=act("office-2", on(8, 12, 15)))
    item.refresh_from_db()
    item.standing.refresh_from_db()
    assert (item.stage, item.standing.upheld, item.standing.case_open) == ("under_way", True, False)
    assert "x" in item.standing.strokes
    assert open_claim(item) is None
    marks = marks_for(f"case:{case.pk}")
    assert [(m.body.key, m.period) for m in marks] == [("bing-gov", "2026-09")]


def test_the_same_person_cannot_be_the_second(zhaoling):
    case = inquired(received=RECEIVED)
    decide_case(case.pk, "upheld", "进水浓度下降", act=act("office-1", AFTER))
    with pytest.raises(Refused, match="本人已提出过"):
        decide_case(case.pk, "upheld", "再次", act=act("office-1", on(8, 12, 16)))


def test_a_second_post_of_the_same_person_is_the_same_person(zhaoling):
    from zhenggai.apps.parties.actions import seat

    seat("office-2", "office-1", date(2026, 8, 1), act=act("sysadmin", on(8, 1)))
    case = inquired(received=RECEIVED)
    decide_case(case.pk, "upheld", "进水浓度下降", act=act("office-1", AFTER))
    again = act("office-2", on(8, 12, 16), person="office-1")
    with pytest.raises(Refused, match="本人已提出过"):
        decide_case(case.pk, "upheld", "再次", act=again)


def test_two_persons_who_differ_settle_nothing(zhaoling):
    case = inquired(received=RECEIVED)
    decide_case(case.pk, "upheld", "进水浓度下降", act=act("office-1", AFTER))
    decide_case(case.pk, "matched", "雨季影响", act=act("office-2", AFTER))
    case.refresh_from_db()
    assert case.state == "inquired"


def test_the_same_decision_twice_is_one(zhaoling):
    case = inquired(received=RECEIVED)
    once = act("office-1", AFTER)
    first = decide_case(case.pk, "upheld", "进水浓度下降", act=once)
    assert decide_case(case.pk, "upheld", "进水浓度下降", act=once) == first
    assert case.decisions.count() == 1


@pytest.fixture
def explained(zhaoling):
    """Story 6.1: a second supply line is proven on site, then corrected inflow values come."""
    case = inquired(received=RECEIVED)
    reply(case.pk, "另有一路供电，附计量证书和电费单。", act=act("bing", on(8, 7)))
    supply = record_supply(case.pk, Decimal(150), "计量证书及电费单", act=act("office-1", on(8, 7)))
    data_of(QINGSHI, case.item.code, "bing", date(2026, 8, 7), first=date(2026, 8, 5))
    seen = visited(case.item.code, "inspect-1", at=on(8, 8), kind="review", answers={})
    verify_supply(int(supply.partition(":")[2]), seen, act=act("inspect-1", on(8, 8)))
    return queries.case_of(open_claim(case.item))


def test_a_proven_second_line_excludes_the_clue(explained):
    item = explained.item
    volume = line(item, "power-explains-volume")
    assert volume.derived["value"] == "720"
    assert (volume.derived["low"], volume.derived["high"]) == ("600", "900")
    assert volume.agreement == "agree"
    assert [c.key for c in queries.excluded(explained)] == ["power-explains-volume"]
    assert [c.key for c in queries.differing(explained.latest_run)] == ["inflow-rises"]


def test_an_innocent_plant_ends_matched_and_leaves_no_trace_outside(explained):
    item = explained.item
    corrected = "日期,进水BOD(mg/L)\n" + "".join(
        f"2026-07-{day:02d},96.5\n" for day in range(1, 31)
    )
    name = "演练数据-更正.csv"
    key = item.places.get().place.key
    import_observations(key, name, corrected.encode(), act=act("bing", on(8, 9)))
    weigh(item.code, act=act("office-1", on(8, 9, 10)))
    for clerk in ("office-1", "office-2"):
        decide_case(explained.pk, "matched", "更正依据属实", act=act(clerk, on(8, 9, 15)))
    item.refresh_from_db()
    assert item.stage == "claimed"
    assert (item.standing.upheld, item.standing.case_open) == (False, False)
    assert item.standing.strokes == "-----"
    assert not marks_for(f"case:{explained.pk}").exists()
    kept = Entry.objects.filter(item_ref=item.code, verb__startswith="reconciliation.contrad")
    assert kept.count() >= 4


def test_a_case_on_derived_values_alone_cannot_be_upheld(explained):
    run = explained.latest_run
    run.criteria.filter(key="inflow-rises").update(weight="reference")
    with pytest.raises(Refused, match="仅有参考或推算"):
        decide_case(explained.pk, "upheld", "用电偏低", act=act("office-1", AFTER))


def test_a_refused_decision_is_kept_and_changes_no_row(zhaoling):
    case = inquired(received=RECEIVED)
    acts = Act.objects.count()
    with pytest.raises(Refused):
        decide_case(case.pk, "upheld", "过早", act=act("office-1", on(8, 10)))
    refused = Entry.objects.filter(verb="trail.step.refused").latest("pk")
    assert refused.subject == f"item:{case.item.code}"
    assert Act.objects.count() == acts + 1
