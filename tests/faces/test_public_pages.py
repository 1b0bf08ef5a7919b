"""公开页面: plain answers, nothing that is being looked into, no name and no exact place."""

from __future__ import annotations

import re
from datetime import date

import pytest
from tests.world import act, on
from tests.world_cases import PIPES_DONE, REPORTED, data_of, inquired, noticed, qingshi
from tests.world_faces import at, browser, own_home, page
from tests.world_ledger import assigned, item, listed, open_zhaoling, plant_line
from tests.world_works import claimed, under_way

from zhenggai.apps.accountability.actions import decide_case
from zhenggai.apps.parties.models import Body
from zhenggai.apps.reconciliation.actions import close_item, weigh
from zhenggai.apps.reconciliation.models import Contradiction, Notice
from zhenggai.apps.reconciliation.signings import sign_closing
from zhenggai.faces.cli.demo.plants import QINGSHI

CHECKING = "当地已申报完成，正在核实"
HIDDEN = ("待核实", "不一致", "询问函", "推算", "认定", "超标")
SECRETS = re.compile(r"X-CSRFToken[^}]*")


@pytest.fixture(autouse=True)
def home(zhaoling, settings, tmp_path):
    own_home(settings, tmp_path)


def seen(path: str) -> str:
    return page(browser().get(path))


def test_the_page_says_the_same_before_a_decision_with_and_without_a_case(monkeypatch):
    qingshi()
    at(monkeypatch, on(8, 12))
    with_case = seen("/items/W-064/")
    assert CHECKING in with_case
    assert not [word for word in HIDDEN if word in with_case]
    listed_page = seen("/")
    assert CHECKING in listed_page
    assert not [word for word in HIDDEN if word in listed_page]


def test_finding_a_case_changes_not_one_word_of_what_is_published(monkeypatch):
    claimed("W-064", "bing", at=REPORTED, finished=PIPES_DONE)
    data_of(QINGSHI, "W-064", "bing", date(2026, 8, 4))
    at(monkeypatch, on(8, 12))
    before = [SECRETS.sub("", seen(path)) for path in ("/", "/items/W-064/")]
    weigh("W-064", act=act("office-1", on(8, 5, 8)))
    assert Contradiction.objects.exists()
    assert [SECRETS.sub("", seen(path)) for path in ("/", "/items/W-064/")] == before


def test_after_two_persons_decided_the_page_says_so_with_its_day(monkeypatch):
    case = inquired(received=on(8, 6))
    decide_case(case.pk, "upheld", "未上升", act=act("office-1", on(8, 12)))
    at(monkeypatch, on(8, 12, 10))
    assert CHECKING in seen("/items/W-064/")
    decide_case(case.pk, "upheld", "同意", act=act("office-2", on(8, 12)))
    after = seen("/items/W-064/")
    assert "经核实尚未达到要求，已退回补充整改" in after
    assert "2026年8月12日" in after


def test_no_enterprise_no_person_and_no_point_is_published(monkeypatch):
    body = Body.objects.get(key="qingshi-operator")
    item("W-064", "bing", title=f"{body.name}尾水改造")
    at(monkeypatch, on(6, 1))
    for path in ("/", "/items/W-064/"):
        said = seen(path)
        assert body.name not in said
        assert "某企业尾水改造" in said
        assert "丙县青石镇" in said
        assert "联络员" not in said


def test_what_is_on_no_list_does_not_exist(monkeypatch):
    open_zhaoling()
    listed(plant_line("W-001", "ji"), in_force_on=on(7, 1).date())
    at(monkeypatch, on(6, 1))
    assert browser().get("/items/W-001/").status_code == 404
    at(monkeypatch, on(7, 2))
    assert browser().get("/items/W-001/").status_code == 200
    assert browser().get("/items/W-404/").status_code == 404


def test_every_page_of_a_simulation_says_so_and_both_rates_are_labelled(monkeypatch):
    assigned()
    at(monkeypatch, on(8, 1))
    for path in ("/", "/items/W-037/", "/receipts/"):
        assert "演练数据" in seen(path)
    home_page = seen("/")
    assert "目前没有到期的项" in home_page
    assert "占全部的 0.0%" in home_page


def test_an_item_under_way_answers_five_plain_questions(monkeypatch):
    under_way()
    at(monkeypatch, on(7, 1))
    said = seen("/items/W-037/")
    for question in ("活干完了吗", "有人去看过吗", "水变好了吗", "大家的反映答复了吗", "公示了吗"):
        assert question in said
    assert "正在整改" in said


def test_a_search_finds_by_town_and_escapes_what_was_typed(monkeypatch):
    assigned()
    at(monkeypatch, on(8, 1))
    assert "W-037" in seen("/?q=青石镇")
    nothing = seen("/?q=<script>x</script>")
    assert "<script>x" not in nothing
    assert "没有找到" in nothing


def test_a_notice_says_who_accepted_and_which_days_count(monkeypatch):
    noticed()
    at(monkeypatch, on(9, 21))
    said = seen(f"/notices/{Notice.objects.get().pk}/")
    for words in (
        "市住建局，2026年9月10日",
        "市生态环境局，2026年9月17日",
        "公示期至2026年9月24日24时（5个工作日：20、21、22、23、24日，其中20日为调休上班）",
        "提出异议",
    ):
        assert words in said
    assert "验收员" not in said
    assert "公示到2026年9月24日" in seen("/items/W-022/")


def test_a_closed_item_shows_its_day(monkeypatch):
    noticed()
    sign_closing("W-022", act=act("leader", on(9, 25)))
    close_item("W-022", act=act("office-1", on(9, 25, 10)))
    at(monkeypatch, on(9, 29))
    said = seen("/items/W-022/")
    assert "已销号" in said
    assert "2026年9月25日" in said
    assert "公示过" in said
