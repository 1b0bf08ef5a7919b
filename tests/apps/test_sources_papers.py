"""发文: drafted, signed with the office system's number, sent, received; then the clock runs."""

from __future__ import annotations

from datetime import date

import pytest
from tests.world import act, on

from zhenggai.apps.sources.actions import (
    PaperFields,
    draft_paper,
    receive_paper,
    send_paper,
    sign_paper,
)
from zhenggai.apps.sources.models import Paper, Receipt
from zhenggai.apps.sources.queries import receipt_of
from zhenggai.kernel.verdict import Refused

FIELDS = PaperFields("关于情况说明的函", "请说明情况。", reply_days=3)


def drafted() -> int:
    """A letter of inquiry in draft."""
    draft_paper("询问函", "item:W-037", FIELDS, act=act("office-1", on(8, 3)))
    return Paper.objects.get().pk


def sent(*bodies: str) -> int:
    """The letter, signed and sent."""
    paper = drafted()
    sign_paper(paper, "昭攻坚办函〔2026〕30号", act=act("office-1", on(8, 4)))
    send_paper(paper, bodies or ("bing-gov",), act=act("office-1", on(8, 4)))
    return paper


def test_the_clock_starts_the_day_after_receipt_and_counts_working_days(zhaoling):
    paper = sent()
    receive_paper(paper, "bing-gov", act=act("bing", on(8, 6)))
    receipt = receipt_of("询问函", "item:W-037", "bing-gov")
    assert receipt.received_at == on(8, 6)
    assert receipt.reply_due_on == date(2026, 8, 11)


def test_each_body_has_its_own_receipt_and_sending_again_adds_none(zhaoling):
    paper = sent("bing-gov", "yi-gov")
    send_paper(paper, ("bing-gov", "jia-gov"), act=act("office-1", on(8, 5)))
    assert set(Receipt.objects.values_list("body__key", flat=True)) == {
        "bing-gov",
        "yi-gov",
        "jia-gov",
    }


def test_a_paper_that_asks_nothing_has_no_day_to_answer(zhaoling):
    quiet = PaperFields("通知", "请知悉。")
    draft_paper("通知", "item:W-037", quiet, act=act("office-1", on(8, 3)))
    paper = Paper.objects.get().pk
    sign_paper(paper, "1号", act=act("office-1", on(8, 4)))
    send_paper(paper, ("bing-gov",), act=act("office-1", on(8, 4)))
    receive_paper(paper, "bing-gov", act=act("bing", on(8, 6)))
    assert Receipt.objects.get().reply_due_on is None


def test_pressing_receive_twice_is_one_receipt(zhaoling):
    paper = sent()
    pressed = act("bing", on(8, 6))
    receive_paper(paper, "bing-gov", act=pressed)
    receive_paper(paper, "bing-gov", act=pressed)
    with pytest.raises(Refused, match="已于2026-08-06 09:00签收"):
        receive_paper(paper, "bing-gov", act=act("bing", on(8, 7)))


def test_the_office_may_enter_a_receipt_and_another_county_may_not(zhaoling):
    paper = sent()
    with pytest.raises(Refused, match="不能代丙县人民政府签收"):
        receive_paper(paper, "bing-gov", act=act("jia", on(8, 6)))
    receive_paper(paper, "bing-gov", act=act("office-1", on(8, 6)))
    assert Receipt.objects.get().received_at is not None


def test_what_was_not_sent_to_a_body_it_cannot_receive(zhaoling):
    paper = sent()
    with pytest.raises(Refused, match="未送达"):
        receive_paper(paper, "yi-gov", act=act("yi", on(8, 6)))


@pytest.mark.parametrize("number", ["", "  ", "长" * 61])
def test_without_a_number_nothing_is_signed(zhaoling, number):
    paper = drafted()
    with pytest.raises(Refused, match="文号"):
        sign_paper(paper, number, act=act("office-1", on(8, 4)))


def test_the_order_of_draft_signature_and_sending_is_kept(zhaoling):
    paper = drafted()
    with pytest.raises(Refused, match="尚未签发"):
        send_paper(paper, ("bing-gov",), act=act("office-1", on(8, 4)))
    sign_paper(paper, "1号", act=act("office-1", on(8, 4)))
    with pytest.raises(Refused, match="已签发"):
        sign_paper(paper, "2号", act=act("office-1", on(8, 5)))
    with pytest.raises(Refused, match="没有主送单位"):
        send_paper(paper, (), act=act("office-1", on(8, 5)))


def test_who_may_sign_and_send(zhaoling):
    paper = drafted()
    with pytest.raises(Refused, match="无权签发"):
        sign_paper(paper, "1号", act=act("bing", on(8, 4)))
    sign_paper(paper, "1号", act=act("leader", on(8, 4)))
    with pytest.raises(Refused, match="无权送达"):
        send_paper(paper, ("bing-gov",), act=act("leader", on(8, 4)))


def test_an_untitled_or_unknown_paper_is_refused_with_a_remedy(zhaoling):
    with pytest.raises(Refused, match="没有标题"):
        draft_paper("函", "item:W-037", PaperFields(" ", "x"), act=act("office-1", on(8, 3)))
    with pytest.raises(Refused) as refused:
        sign_paper(99, "1号", act=act("office-1", on(8, 3)))
    assert refused.value.reasons[0].remedy
