"""群众反映: a receipt nobody guesses, an answer in time, a contact that can be forgotten."""

from __future__ import annotations

from datetime import date

import pytest
from tests.world import act, on, system

from zhenggai.apps.parties.models import Post
from zhenggai.apps.sources.access import visible_to
from zhenggai.apps.sources.contacts import seal
from zhenggai.apps.sources.models import Report, ReportKey
from zhenggai.apps.sources.reports import (
    Said,
    answer_report,
    contact_opened_by,
    erase_contact,
    open_contact,
    summarise_report,
    take_report,
)
from zhenggai.apps.trail.models import Act, Entry
from zhenggai.kernel.verdict import Refused

PHONE = "13900000000"
SAID = Said("report", "web", "青石镇河边每天傍晚有污水。")


def taken(contact=None) -> Report:
    """One report from the public page on Monday 2026-08-10."""
    take_report(SAID, contact, act=system(on(8, 10, 20)))
    return Report.objects.get()


def test_an_answer_is_due_on_the_fifteenth_working_day_after(zhaoling):
    assert taken().due_on == date(2026, 8, 31)


def test_receipts_are_not_counted_up(zhaoling):
    receipts = {take_report(SAID, None, act=system(on(8, 10, hour))) for hour in range(8, 18)}
    assert len(receipts) == 10
    assert len({r[:12] for r in receipts}) == 10  # they differ from their first letters on


def test_a_form_sent_twice_with_its_contact_sealed_anew_is_one_report(zhaoling):
    pressed = system(on(8, 10))
    first = take_report(SAID, seal(PHONE), act=pressed)
    assert take_report(SAID, seal(PHONE), act=pressed) == first
    assert Report.objects.count() == ReportKey.objects.count() == 1


def test_neither_words_nor_contact_enter_the_trail(zhaoling):
    report = taken(seal(PHONE))
    summarise_report(report.receipt, "反映青石镇河段排水。", act=act("office-1", on(8, 11)))
    told = "".join(Entry.objects.values_list("body", flat=True))
    assert SAID.text not in told
    assert "青石镇河段" not in told
    assert PHONE not in told
    assert PHONE.encode() not in bytes(report.contact_enc)


def test_a_contact_opens_to_the_act_that_said_why_and_to_no_other(zhaoling):
    report = taken(seal(PHONE))
    opening = act("office-1", on(8, 11))
    open_contact(report.receipt, "电话核实地点", act=opening)
    assert contact_opened_by(opening, report.receipt) == PHONE
    assert PHONE not in Act.objects.get(pk=opening.id).outcome
    with pytest.raises(Refused, match="未经本次操作"):
        contact_opened_by(act("office-2", on(8, 11)), report.receipt)


def test_opening_without_a_reason_or_from_another_desk_is_refused(zhaoling):
    report = taken(seal(PHONE))
    with pytest.raises(Refused, match="用途"):
        open_contact(report.receipt, "", act=act("office-1", on(8, 11)))
    with pytest.raises(Refused, match="无权"):
        open_contact(report.receipt, "看看", act=act("bing", on(8, 11)))


def test_an_erased_contact_is_gone_and_the_trail_stays(zhaoling):
    report = taken(seal(PHONE))
    opening = act("office-1", on(8, 11))
    open_contact(report.receipt, "电话核实地点", act=opening)
    before = list(Entry.objects.values_list("digest", flat=True))
    erase_contact(report.receipt, act=act("office-1", on(8, 12)))
    with pytest.raises(Refused):
        contact_opened_by(opening, report.receipt)
    report.refresh_from_db()
    assert (bytes(report.contact_enc), ReportKey.objects.count()) == (b"", 0)
    assert list(Entry.objects.values_list("digest", flat=True))[: len(before)] == before
    with pytest.raises(Refused, match="已销毁"):
        erase_contact(report.receipt, act=act("office-1", on(8, 13)))


def test_a_report_is_answered_once_with_a_reason(zhaoling):
    report = taken()
    with pytest.raises(Refused, match="答复为空"):
        answer_report(report.receipt, " ", act=act("office-1", on(8, 12)))
    answer_report(report.receipt, "经核查，为雨水口。", act=act("office-1", on(8, 12)))
    with pytest.raises(Refused, match="已答复"):
        answer_report(report.receipt, "再答", act=act("office-2", on(8, 13)))


@pytest.mark.parametrize("text", ["", "  ", "长" * 5001])
def test_an_empty_or_endless_report_is_refused(zhaoling, text):
    with pytest.raises(Refused, match="反映内容"):
        take_report(Said("report", "web", text), None, act=system(on(8, 10)))
    assert not Report.objects.exists()


def test_an_unknown_receipt_is_refused_with_a_remedy(zhaoling):
    with pytest.raises(Refused) as refused:
        answer_report("NOSUCH", "答复", act=act("office-1", on(8, 12)))
    assert refused.value.reasons[0].remedy


def test_only_the_office_reads_the_words_of_a_report(zhaoling):
    taken()
    seen = {p.key: visible_to(p, date(2026, 8, 11)).count() for p in Post.objects.all()}
    assert {key for key, n in seen.items() if n} == {"office-1", "office-2"}
