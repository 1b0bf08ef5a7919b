"""申请销号: one claim at a time, with every kind of evidence, and it says when it was finished."""

from __future__ import annotations

from datetime import date

import pytest
from tests.world import act, on
from tests.world_works import CLAIMED, FINISHED, SAYS, built, claimed, evidenced

from zhenggai.apps.evidence import queries
from zhenggai.apps.evidence.actions import lodge_claim, settle_claim
from zhenggai.apps.evidence.models import Claim
from zhenggai.apps.ledger.models import Item, Move, Standing
from zhenggai.apps.trail.models import Entry
from zhenggai.kernel.verdict import Refused

pytestmark = pytest.mark.usefixtures("zhaoling")


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """Every test has its own folder of files."""
    settings.HOME = tmp_path


def claim(code="W-037", *, says=None, finished=FINISHED, post="bing", at=CLAIMED):
    return lodge_claim(code, says or SAYS, "均已完工。", finished, act=act(post, at))


def test_a_claim_moves_the_item_and_counts_as_reported():
    item = claimed()
    made = queries.open_claim(item)
    assert (item.stage, made.no, made.says) == ("claimed", 1, {"daily_volume": "860"})
    assert (made.finished_on, made.claimed_on) == (FINISHED, CLAIMED.date())
    move = Move.objects.get(item=item, verb="claim")
    assert (move.milestone, move.effective_on) == ("built", CLAIMED.date())
    assert Standing.objects.get(item=item).reported_on == FINISHED
    assert queries.signers(made)["bing"] == (
        "2026年9月1日以丙县人民政府整改联络岗身份签署自查；"
        "2026年9月1日以丙县人民政府整改联络岗身份申请销号"
    )


def test_every_missing_kind_is_named():
    built()
    with pytest.raises(Refused, match="缺少佐证") as refused:
        claim()
    for name in ("自查表", "整改前后对比照片", "竣工验收意见", "运行记录"):
        assert name in str(refused.value)
    assert not Claim.objects.exists()
    assert Item.objects.get(code="W-037").stage == "under_way"
    assert Entry.objects.filter(verb="trail.step.refused", item_ref="W-037").exists()


def test_evidence_of_an_earlier_round_does_not_count():
    item = built()
    evidenced("W-037")
    Item.objects.filter(pk=item.pk).update(round_no=2)
    item.refresh_from_db()
    assert len(queries.missing_evidence(item)) == 4


def test_a_second_claim_is_refused_and_a_double_press_is_one():
    built()
    evidenced("W-037")
    press = act("bing", CLAIMED)
    first = lodge_claim("W-037", SAYS, "均已完工。", FINISHED, act=press)
    assert lodge_claim("W-037", SAYS, "均已完工。", FINISHED, act=press) == first
    with pytest.raises(Refused, match="不能申请销号"):
        claim()
    assert Claim.objects.count() == 1


@pytest.mark.parametrize(
    ("says", "finished", "said"),
    [
        ({"daily_volume": "约860"}, FINISHED, "不是数字"),
        ({"daily_volume": "８６０"}, FINISHED, "不是数字"),
        ({"daily_volume": "8e2"}, FINISHED, "不是数字"),
        ({"daily_volume": "-1"}, FINISHED, "不是数字"),
        ({"daily_volume": "860."}, FINISHED, "不是数字"),
        ({"height": "3"}, FINISHED, "本专题不申报“height”"),
        (SAYS, date(2026, 9, 2), "晚于申请日"),
    ],
)
def test_a_claim_that_cannot_be_held_to_anything_is_refused(says, finished, said):
    built()
    evidenced("W-037")
    with pytest.raises(Refused, match=said):
        claim(says=says, finished=finished)
    assert not Claim.objects.exists()


def test_only_who_answers_claims_and_only_while_under_way():
    built()
    evidenced("W-037")
    with pytest.raises(Refused, match="不是本事项的责任单位"):
        claim(post="yi")
    with pytest.raises(Refused, match="无权申请销号"):
        claim(post="office-1")
    claim()
    with pytest.raises(Refused, match="已申报"):
        claim()


def test_a_claim_is_settled_only_as_its_item_went():
    item = claimed()
    with pytest.raises(RuntimeError, match="cannot be upheld"):
        settle_claim(queries.open_claim(item), "upheld", act=act("office-1", on(9, 2)))


def test_the_words_of_a_claim_stay_out_of_the_trail():
    claimed()
    entry = Entry.objects.get(verb="evidence.claim.lodged")
    assert "完工" not in entry.body
    assert "860" in entry.body
