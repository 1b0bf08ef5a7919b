"""点位的页面: series with their limits, days that never came, a file brought in twice."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.world import on
from tests.world_faces import at, browser, own_home, page, press
from tests.world_ledger import item

from zhenggai.apps.monitoring.models import Import
from zhenggai.apps.places.models import Place
from zhenggai.faces.cli.demo.plants import QINGSHI, as_csv, simulate

RECORD = {"design_flow": 1000, "grade": "IB", "conditions": {"built_year": "2024"}}
PLACE = "/console/places/W-064-plant/"
NOW = on(8, 5, 9)


@pytest.fixture(autouse=True)
def plant(zhaoling, settings, tmp_path, monkeypatch):
    own_home(settings, tmp_path)
    at(monkeypatch, NOW)
    item("W-064", "bing")
    Place.objects.update(theme_record=RECORD)


def days() -> bytes:
    return as_csv(simulate(QINGSHI, date(2026, 7, 1), date(2026, 8, 4), 2026)).encode()


def bring(client, content: bytes, name: str = "监测.csv"):
    return press(client, f"{PLACE}import/", file=SimpleUploadedFile(name, content))


def test_a_county_brings_its_values_and_sees_them_with_limit_and_capture():
    county = browser("bing")
    sent = bring(county, days())
    assert sent.status_code == 302
    told = page(county.get(sent.url))
    assert "存入" in told
    assert "进水BOD(mg/L)" in told
    seen = page(county.get(PLACE))
    assert seen.count('class="chart"') >= 8
    assert "限值" in seen
    assert "strip capture" in seen
    assert "GB 18918" in seen


def test_the_same_file_again_stores_nothing():
    county = browser("bing")
    bring(county, days())
    again = bring(county, days())
    assert "本次存入0条" in page(county.get(again.url))
    assert Import.objects.count() == 1


def test_bad_cells_are_told_with_row_column_and_remedy_and_good_ones_are_kept():
    county = browser("bing")
    table = "日期,进水BOD(mg/L)\n2026-07-01,68.4\n2026-02-30,60\n2026-07-03,<b>高</b>\n"
    told = page(county.get(bring(county, table.encode("gb18030")).url))
    assert "2026-02-30" in told
    assert "&lt;b&gt;高" in told
    assert "怎么办" in told
    assert Import.objects.get().accepted == 1


@pytest.mark.parametrize("content", [b"", b"\x00\x01", "无,表\n1,2\n".encode()])
def test_a_file_that_is_no_table_is_refused_and_nothing_is_stored(content):
    refused = bring(browser("bing"), content)
    assert refused.status_code == 409
    assert 'class="remedy"' in page(refused)
    assert not Import.objects.exists()


def test_another_county_finds_no_such_place():
    other = browser("yi")
    assert other.get(PLACE).status_code == 404
    assert bring(other, days()).status_code == 404
    assert "W-064-plant" not in page(other.get("/console/places/"))


def test_an_import_of_another_place_is_not_shown():
    county = browser("bing")
    assert county.get(f"{PLACE}imports/99/").status_code == 404
    assert county.get(f"{PLACE}imports/x/").status_code == 404


def test_the_office_sees_every_place_and_an_auditor_is_offered_no_import():
    assert "W-064-plant" in page(browser("office-1").get("/console/places/"))
    assert "bring" not in page(browser("audit").get(PLACE))
    assert 'type="file"' not in page(browser("audit").get(PLACE))
