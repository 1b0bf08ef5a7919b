"""异议的页面: a receipt nobody guesses, a sealed contact, a limit an hour, an answer to read."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from tests.world import act, on
from tests.world_cases import noticed
from tests.world_faces import at, browser, own_home, page, press

from zhenggai.apps.reconciliation.models import Notice, Objection
from zhenggai.apps.reconciliation.objections import answer_objection
from zhenggai.apps.sources.models import Report, ReportKey
from zhenggai.apps.trail.models import Entry

PHONE = "13900000000"


@pytest.fixture(autouse=True)
def form(zhaoling, settings, tmp_path, monkeypatch):
    """The form of 白鹭镇's notice, on the Monday it runs."""
    own_home(settings, tmp_path)
    noticed()
    at(monkeypatch, on(9, 21))
    return f"/notices/{Notice.objects.get().pk}/object/"


def test_an_objection_gets_a_receipt_with_its_due_day(form):
    visitor = browser()
    sent = press(visitor, form, text="晚上还有臭味。", contact=PHONE)
    report = Report.objects.get()
    assert sent.url == f"/receipts/{report.receipt}/"
    shown = page(visitor.get(sent.url))
    assert report.receipt in shown
    assert "2026年10月" in shown
    assert "晚上还有臭味" not in shown
    assert PHONE not in shown
    assert Objection.objects.count() == 1


def test_the_contact_is_sealed_before_anything_is_kept(form):
    press(browser(), form, text="晚上还有臭味。", contact=PHONE)
    assert PHONE.encode() not in bytes(Report.objects.get().contact_enc)
    assert ReportKey.objects.count() == 1
    assert PHONE not in "".join(Entry.objects.values_list("body", flat=True))


def test_the_same_press_twice_is_one_objection(form):
    visitor, same = browser(), {"act": str(uuid4()), "text": "臭味。", "contact": PHONE}
    first = visitor.post(form, same)
    assert visitor.post(form, same).url == first.url
    assert Report.objects.count() == 1


def test_no_contact_is_needed_and_no_words_are_refused(form):
    press(browser(), form, text="臭味。")
    assert Report.objects.get().anonymous
    for text in ("", "长" * 2001):
        refused = press(browser(), form, text=text)
        assert refused.status_code == 422
        assert Report.objects.count() == 1


def test_a_visitor_sends_five_an_hour(form, monkeypatch):
    visitor = browser()
    for n in range(5):
        assert press(visitor, form, text=f"第{n}次").status_code == 302
    refused = press(visitor, form, text="第6次")
    assert refused.status_code == 409
    assert "一小时后再提交" in page(refused)
    at(monkeypatch, on(9, 21, 11))
    assert press(visitor, form, text="第6次").status_code == 302


def test_a_form_without_its_act_is_refused_with_what_to_do(form):
    refused = browser().post(form, {"text": "臭味。"})
    assert refused.status_code == 409
    assert "刷新页面" in page(refused)


def test_after_the_notice_it_is_kept_as_a_report(form, monkeypatch):
    at(monkeypatch, on(9, 25, 0, 10))
    assert "作为群众反映受理" in page(browser().get(form.removesuffix("object/")))
    press(browser(), form, text="臭味。")
    assert not Objection.objects.exists()
    assert Report.objects.get().kind == "report"


def test_the_answer_is_read_with_the_receipt_number(form):
    visitor = browser()
    press(visitor, form, text="臭味。")
    receipt = Report.objects.get().receipt
    answer_objection(receipt, "<b>已查看</b>除臭设施。", "no", act=act("office-1", on(9, 21)))
    found = visitor.get("/receipts/", {"number": receipt.lower()}, follow=True)
    assert "&lt;b&gt;已查看" in page(found)
    assert "没有回执号" in page(visitor.get("/receipts/", {"number": "<b>"}))
    assert visitor.get("/receipts/NOSUCHNUMBER/").status_code == 404


def test_the_form_works_without_scripts_and_carries_its_token(form):
    shown = page(browser().get(form))
    assert re.search(r'name="csrfmiddlewaretoken"', shown)
    assert 'name="act"' in shown
    assert 'maxlength="2000"' in shown
