"""验收: nobody accepts himself under any hat, and nothing is accepted before it is built."""

from __future__ import annotations

from datetime import date

import pytest
from tests.world import act, on
from tests.world_ledger import duties
from tests.world_works import (
    ACCEPTED,
    CLAIMED,
    FINISHED,
    SAYS,
    accepted,
    built,
    checked,
    claimed,
    evidenced,
    under_way,
    visited,
)

from zhenggai.apps.evidence import queries as evidence
from zhenggai.apps.evidence.actions import lodge_claim
from zhenggai.apps.inspection import queries
from zhenggai.apps.inspection.actions import enter_check
from zhenggai.apps.inspection.models import Check
from zhenggai.apps.ledger.models import Item, Move, Standing, Undoing
from zhenggai.apps.ledger.queries import step_facts
from zhenggai.apps.parties.actions import seat
from zhenggai.apps.parties.queries import actor_of
from zhenggai.apps.planning.actions import record_measure
from zhenggai.apps.planning.queries import gantt
from zhenggai.apps.trail.models import Entry
from zhenggai.kernel.verdict import Refused

pytestmark = pytest.mark.usefixtures("zhaoling")


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """Every test has its own folder of files."""
    settings.HOME = tmp_path


def sign(post="zhujian", *, at=ACCEPTED, opinion="pass", text="符合", day=None, **changes):
    said = {"visit": None, "cases": (), "person": None} | changes
    return enter_check(
        "W-037",
        opinion,
        text,
        day or at.date(),
        said["visit"],
        said["cases"],
        act=act(post, at, person=said["person"]),
    )


def turn_of(item: Item):
    """The check whose turn it is."""
    asking = act("office-1", ACCEPTED)
    return step_facts(item, actor_of(asking), asking).next_check


def stage():
    return Item.objects.get(code="W-037").stage


def test_the_chain_goes_from_the_industry_bureau_to_the_ecology_bureau():
    item = claimed()
    claim = evidence.open_claim(item)
    turn = turn_of(item)
    assert (turn.no, turn.of, turn.name) == (1, 2, "市住建局")
    sign()
    item.refresh_from_db()
    assert (item.stage, item.check_no, queries.checks_progress(claim)) == ("checked", 1, (1, 2))
    assert turn_of(item).name == "市生态环境局"
    sign("huanbao", at=on(9, 11))
    assert queries.checks_progress(claim) == (2, 2)
    item.refresh_from_db()
    assert turn_of(item) is None
    assert [(c.no, c.body, c.opinion) for c in queries.checks(claim)] == [
        (1, "市住建局", "通过"),
        (2, "市生态环境局", "通过"),
    ]
    assert queries.first_accepted_on(claim) == ACCEPTED.date()


def test_a_check_signed_early_in_the_morning_is_signed_that_day():
    item = claimed()
    sign(at=on(9, 10, 7))
    assert queries.checks(evidence.open_claim(item))[0].signed_on == date(2026, 9, 10)


def test_a_check_out_of_turn_is_refused():
    claimed()
    with pytest.raises(Refused, match="第1次核查（共2次）由市住建局办理"):
        sign("huanbao")
    with pytest.raises(Refused, match="无权验收"):
        sign("bing")
    assert stage() == "claimed"


def test_there_is_no_third_check():
    checked()
    with pytest.raises(Refused, match="验收链各环节均已完成"):
        sign("huanbao", at=on(9, 12))


def test_the_body_that_answers_does_not_accept_and_another_is_proposed():
    claimed(duties=(*duties("bing", acceptor="ecology"), ("lead", "housing")), approver="huanbao")
    with pytest.raises(Refused) as refused:
        sign("zhujian")
    said = {r.code: r for r in refused.value.reasons}
    assert "市住建局（牵头）为同一单位或上下级，不得自行验收" in said["self-acceptance"].text
    assert "第1次核查（共2次）由市生态环境局办理" in said["not-next-in-chain"].text
    assert stage() == "claimed"


def test_a_body_that_answers_is_not_even_named_as_acceptor():
    with pytest.raises(Refused, match="不得自行验收") as refused:
        under_way(duties=(*duties("bing"), ("lead", "housing")))
    assert "建议由市生态环境局验收" in refused.value.reasons[0].remedy


def test_the_person_who_signed_the_self_check_does_not_accept_under_another_hat():
    built(finished=date(2026, 6, 19))
    evidenced("W-037", at=on(6, 20), as_title="丙县人民政府副县长")
    seat("bing", "ding", date(2026, 7, 1), act=act("office-1", on(7, 1)))
    lodge_claim(
        "W-037", SAYS, "已完工。", date(2026, 6, 19), act=act("bing", on(8, 30), person="ding")
    )
    seat("zhujian", "bing", date(2026, 9, 1), act=act("office-1", on(9, 1)))
    with pytest.raises(Refused) as refused:
        sign("zhujian", at=on(9, 2), person="bing")
    (reason,) = refused.value.reasons
    assert reason.code == "same-person"
    assert reason.text == (
        "验收人与申报人为同一人（2026年6月20日以丙县人民政府副县长身份签署自查）"
    )
    assert "市生态环境局" in reason.remedy
    assert stage() == "claimed"


def test_accepted_before_it_was_built_names_both_days_and_both_papers():
    under_way()
    for line in gantt(Item.objects.get(code="W-037")):
        if line.physical:
            record_measure(
                "W-037",
                line.key,
                date(2026, 6, 11),
                date(2026, 6, 25),
                "evidence:77",
                act=act("bing", on(6, 25)),
            )
    evidenced("W-037", at=on(6, 21))
    lodge_claim("W-037", SAYS, "已完工。", date(2026, 6, 25), act=act("bing", on(6, 26)))
    paper = evidence.papers(Item.objects.get(code="W-037"))[0].ref
    with pytest.raises(Refused) as refused:
        sign(at=on(6, 29), day=date(2026, 6, 20))
    (reason,) = refused.value.reasons
    assert "验收日期2026年6月20日早于" in reason.text
    assert "2026年6月25日" in reason.text
    assert {paper, "evidence:77"} <= set(reason.facts)
    assert stage() == "claimed"
    assert not Check.objects.exists()


def test_an_unfinished_measure_stops_acceptance():
    under_way()
    evidenced("W-037")
    lodge_claim("W-037", SAYS, "已完工。", FINISHED, act=act("bing", CLAIMED))
    with pytest.raises(Refused, match="尚未登记完成日期：前期工作、开工、管网工程"):
        sign()


def test_an_earlier_day_needs_its_paper_or_its_visit():
    claimed()
    with pytest.raises(Refused, match="验收日期2026年9月8日早于今日，未见该日的验收意见"):
        sign(day=date(2026, 9, 8))
    seen = visited("W-037", at=on(9, 8))
    sign(day=date(2026, 9, 8), visit=seen)
    item = Item.objects.get(code="W-037")
    assert Move.objects.get(item=item, verb="check").effective_on == date(2026, 9, 8)
    assert queries.first_accepted_on(evidence.open_claim(item)) == date(2026, 9, 8)


def test_the_day_of_the_acceptance_paper_is_enough():
    claimed()
    sign(day=date(2026, 8, 31))
    assert stage() == "checked"


def test_no_acceptance_is_dated_tomorrow():
    claimed()
    with pytest.raises(Refused, match="晚于今日"):
        sign(day=date(2026, 9, 11))


def test_an_open_case_stops_a_pass_but_not_a_return():
    claimed()
    with pytest.raises(Refused, match="有待核实事项：case:1"):
        sign(cases=("case:1",))
    sign(opinion="return", text="进水浓度未上升", cases=("case:1",))
    assert stage() == "under_way"


def test_a_return_ends_the_claim_and_its_milestones_no_longer_count():
    item = accepted()
    claim = evidence.open_claim(item)
    sign("huanbao", at=on(9, 11), opinion="return", text="管网末端未接入")
    claim.refresh_from_db()
    item.refresh_from_db()
    assert (item.stage, item.check_no, claim.state) == ("under_way", 0, "returned")
    assert Standing.objects.get(item=item).reported_on is None
    assert {u.move.milestone for u in Undoing.objects.select_related("move")} == {
        "built",
        "accepted",
    }
    lodge_claim("W-037", SAYS, "已整改。", FINISHED, act=act("bing", on(9, 20)))
    again = evidence.open_claim(item)
    assert (again.no, queries.checks_progress(again)) == (2, (0, 2))


def test_a_return_names_its_grounds_and_comes_from_whose_turn_it_is():
    claimed()
    with pytest.raises(Refused, match="未写明依据"):
        sign(opinion="return", text=" ")
    with pytest.raises(Refused, match="由市住建局办理"):
        sign("huanbao", opinion="return", text="不符")
    with pytest.raises(Refused, match="不能识别"):
        sign(opinion="perhaps")
    assert not Check.objects.exists()


def test_before_a_claim_there_is_nothing_to_check():
    built()
    with pytest.raises(Refused, match="不能验收"):
        sign()
    with pytest.raises(Refused, match="不能退回"):
        sign(opinion="return", text="不符")


def test_a_double_press_signs_once_and_the_words_stay_out_of_the_trail():
    claimed()
    press = act("zhujian", ACCEPTED)
    given = ("W-037", "pass", "同意通过", ACCEPTED.date(), None, ())
    assert enter_check(*given, act=press) == enter_check(*given, act=press)
    assert Check.objects.count() == 1
    entry = Entry.objects.get(verb="inspection.check.signed")
    assert "同意通过" not in entry.body
    assert "2026-09-10" in entry.body
