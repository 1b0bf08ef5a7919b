"""对账的页面: who is told, what each may press, and what stands side by side at the end."""

from __future__ import annotations

from uuid import uuid4

import pytest
from tests.world import on
from tests.world_cases import inquired, qingshi
from tests.world_faces import at, browser, own_home, page, press
from tests.world_works import visited

from zhenggai.apps.reconciliation.models import Contradiction, Decision, SupplyFact

RECEIVED = on(8, 6, 9)
DECIDED = on(8, 12, 9)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    own_home(settings, tmp_path)


def address(step: str = "") -> str:
    return f"/console/reconcile/{Contradiction.objects.get().pk}/{step}"


def test_the_queue_shows_a_case_as_undecided_and_the_county_sees_nothing_yet(zhaoling, monkeypatch):
    qingshi()
    at(monkeypatch, on(8, 5, 9))
    office = page(browser("office-1").get("/console/reconcile/"))
    assert "W-064" in office
    assert "待核实" in office
    assert "演练数据" in office
    county = browser("bing")
    assert "W-064" not in page(county.get("/console/reconcile/"))
    assert county.get(address()).status_code == 404


def test_a_case_shows_the_derived_value_with_formula_and_range_and_no_percentage(
    zhaoling, monkeypatch
):
    qingshi()
    at(monkeypatch, on(8, 5, 9))
    seen = page(browser("office-1").get(address()))
    for words in ("860", "220", "183", "275", "kWh/t", "68.4", "41.2", "推算", "备用线路"):
        assert words in seen
    assert "把握" not in seen
    assert 'class="chart"' in seen


@pytest.mark.parametrize("post", ["yi", "zhujian", "firm-b"])
def test_others_find_no_case(zhaoling, monkeypatch, post):
    inquired()
    at(monkeypatch, on(8, 6))
    assert browser(post).get(address()).status_code == 404


def test_the_office_asks_the_county_signs_and_replies(zhaoling, monkeypatch):
    qingshi()
    at(monkeypatch, on(8, 5, 10))
    assert (
        press(browser("office-1"), address("inquire/"), number="昭〔2026〕1号").status_code == 302
    )
    county = browser("bing")
    at(monkeypatch, RECEIVED)
    assert "签收询问函" in page(county.get(address()))
    press(county, address("receive/"))
    seen = page(county.get(address()))
    assert "申辩期至 2026年8月11日" in seen
    press(county, address("reply/"), text="<b>另有第二路供电</b>")
    seen = page(county.get(address()))
    assert "&lt;b&gt;另有第二路供电" in seen
    assert "<b>另有" not in seen


def test_an_inquiry_without_a_number_is_refused_with_its_remedy(zhaoling, monkeypatch):
    qingshi()
    at(monkeypatch, on(8, 5, 10))
    refused = press(browser("office-1"), address("inquire/"), number=" ")
    assert refused.status_code == 409
    assert "填写办公系统给出的文号" in page(refused)
    assert Contradiction.objects.get().state == "clue"


def test_the_decision_is_closed_with_its_reason_until_the_reply_period_is_over(
    zhaoling, monkeypatch
):
    inquired(received=RECEIVED)
    office = browser("office-1")
    at(monkeypatch, on(8, 10))
    assert "申辩期至2026年8月11日24时" in page(office.get(address()))
    refused = press(office, address("decide/"), finding="upheld", reason="数据不支持")
    assert refused.status_code == 409
    assert not Decision.objects.exists()


def test_two_persons_decide_and_their_words_stand_beside_the_reply(zhaoling, monkeypatch):
    inquired(received=RECEIVED)
    at(monkeypatch, on(8, 7))
    press(browser("bing"), address("reply/"), text="正在核查。")
    at(monkeypatch, DECIDED)
    first = {"finding": "upheld", "reason": "进水浓度未上升", "act": str(uuid4())}
    office = browser("office-1")
    office.post(address("decide/"), first)
    office.post(address("decide/"), first)
    assert Decision.objects.count() == 1
    assert Contradiction.objects.get().state == "replied"
    assert "须由另一人认定" in page(office.get(address()))
    press(browser("office-2"), address("decide/"), finding="upheld", reason="同意")
    assert Contradiction.objects.get().state == "upheld"
    seen = page(office.get(address()))
    for words in ("正在核查。", "进水浓度未上升", "第 2 份意见：认定不符"):
        assert words in seen


def test_a_second_supply_line_is_entered_seen_on_site_and_excludes_the_clue(zhaoling, monkeypatch):
    inquired(received=RECEIVED)
    at(monkeypatch, on(8, 7))
    county = browser("bing")
    odd = press(county, address("supply/"), kwh="一百五", paper="证书")
    assert odd.status_code == 409
    assert "用半角数字填写" in page(odd)
    press(county, address("supply/"), kwh="150", paper="电能表证书")
    seen_by = visited("W-064", at=on(8, 10))
    at(monkeypatch, on(8, 11))
    supply = SupplyFact.objects.get()
    office = browser("office-1")
    assert press(office, address(f"supply/{supply.pk}/"), visit="").status_code == 409
    press(office, address(f"supply/{supply.pk}/"), visit=str(seen_by))
    assert "已排除" in page(office.get(address()))


def test_a_unit_cannot_verify_its_own_supply_line(zhaoling, monkeypatch):
    inquired(received=RECEIVED)
    at(monkeypatch, on(8, 7))
    county = browser("bing")
    press(county, address("supply/"), kwh="150", paper="电能表证书")
    supply = SupplyFact.objects.get()
    refused = press(county, address(f"supply/{supply.pk}/"), visit=str(uuid4()))
    assert refused.status_code == 409
    assert "无权登记现场核实" in page(refused)


def test_a_page_needs_a_log_in(zhaoling):
    assert browser().get("/console/reconcile/").status_code == 302
