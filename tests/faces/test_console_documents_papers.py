"""签收与月报数的页面: a body signs for its papers and answers for its figures."""

from __future__ import annotations

from uuid import uuid4

import pytest
from tests.world import on
from tests.world_faces import at, browser, own_home, page, press
from tests.world_ledger import CAMPAIGN, assigned, open_zhaoling

from zhenggai.apps.planning.models import Count
from zhenggai.apps.sources.models import Document, Receipt

JULY = {"campaign": CAMPAIGN, "month": "2026-07", "key": "reported"}
COUNTS = f"/console/counts/?campaign={CAMPAIGN}&month=2026-07"


@pytest.fixture(autouse=True)
def home(zhaoling, settings, tmp_path):
    own_home(settings, tmp_path)


def test_a_county_signs_for_its_letter_once(monkeypatch):
    assigned(received=None)
    at(monkeypatch, on(6, 1))
    county = browser("bing")
    assert "待签收" in page(county.get("/console/papers/"))
    address = f"/console/papers/{Receipt.objects.get().pk}/receive/"
    same = str(uuid4())
    assert county.post(address, {"act": same}).status_code == 302
    assert county.post(address, {"act": same}).status_code == 302
    assert Receipt.objects.get().received_at is not None
    again = press(county, address)
    assert again.status_code == 409
    assert "无需重复签收" in page(again)


def test_another_county_finds_no_letter(monkeypatch):
    assigned(received=None)
    at(monkeypatch, on(6, 1))
    assert (
        press(browser("yi"), f"/console/papers/{Receipt.objects.get().pk}/receive/").status_code
        == 404
    )


def reported(monkeypatch):
    open_zhaoling()
    at(monkeypatch, on(7, 31, 17))
    press(browser("bing"), "/console/counts/report/", value="19", **JULY)
    press(browser("yi"), "/console/counts/report/", value="12", **JULY)
    at(monkeypatch, on(8, 3))


def test_a_county_sees_its_own_figure_only_and_the_office_all(monkeypatch):
    reported(monkeypatch)
    county = page(browser("bing").get(COUNTS))
    assert "丙县人民政府" in county
    assert "乙区人民政府" not in county
    assert "乙区人民政府" in page(browser("office-1").get(COUNTS))
    assert browser("zhujian").get(COUNTS).status_code == 404


def test_a_figure_that_is_no_number_is_refused_with_its_remedy(monkeypatch):
    open_zhaoling()
    at(monkeypatch, on(7, 31, 17))
    refused = press(browser("bing"), "/console/counts/report/", value="十九", **JULY)
    assert refused.status_code == 409
    assert "用半角数字" in page(refused)
    assert not Count.objects.exists()


def test_a_correction_keeps_both_figures_and_the_table_that_went_out(monkeypatch):
    reported(monkeypatch)
    office = browser("office-1")
    press(office, "/console/counts/table/", **JULY)
    paper = Document.objects.create(sha256="5" * 64, direction="in", name="说明.pdf", media="x")
    at(monkeypatch, on(8, 10))
    said = {"count": f"count:{Count.objects.get(value=19).pk}", "value": "16", "reason": "误报3座"}
    press(browser("bing"), "/console/counts/correct/", document=str(paper.pk), **said, **JULY)
    assert "误报3座" in page(office.get(COUNTS))
    asked = Count.objects.get(value=16)
    press(office, "/console/counts/approve/", count=f"count:{asked.pk}", **JULY)
    seen = page(office.get(COUNTS))
    assert "19 → 16" in seen
    assert "丙县人民政府 19" in seen.partition("按当时所知重新生成")[2]


def test_only_the_office_approves(monkeypatch):
    reported(monkeypatch)
    count = f"count:{Count.objects.get(value=19).pk}"
    refused = press(browser("bing"), "/console/counts/approve/", count=count, **JULY)
    assert refused.status_code == 409
