"""登录、待办、台账: who gets in, what waits for whom, and a ledger that never mixes its dates."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from tests.world import PASSWORD, act, on, system
from tests.world_cases import noticed, qingshi
from tests.world_faces import at, browser, own_home, page
from tests.world_ledger import assigned, heading, open_zhaoling, plant, plant_line
from tests.world_works import built, checked, claimed, planned, under_way

from zhenggai.apps.ledger.actions import issue_list
from zhenggai.apps.ledger.models import Item
from zhenggai.apps.parties.actions import seat
from zhenggai.apps.parties.models import Person
from zhenggai.apps.sources.models import Paper

INLINE = re.compile(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)")
AUGUST = on(8, 6, 8)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    own_home(settings, tmp_path)


def three_items() -> None:
    """Items of three counties on one list, due on three days."""
    open_zhaoling()
    lines = (
        plant_line("W-001", "jia", due=date(2026, 8, 31), place_key=plant("jia")),
        plant_line("W-002", "yi", due=date(2026, 9, 30), place_key=plant("yi")),
        plant_line("W-003", "bing", due=date(2026, 8, 10), place_key=plant("bing")),
    )
    issue_list(heading(), lines, act=act("office-1", on(5, 22)))


def ledger(post: str, query: str = "") -> str:
    return page(browser(post).get(f"/console/ledger/{query}"))


def codes(seen: str) -> list[str]:
    return re.findall(r'<span class="mono">(W-\d+)</span>', seen)


def test_a_stranger_is_asked_to_log_in(zhaoling):
    answer = Client().get("/console/todo/")
    assert answer.status_code == 302
    assert answer["Location"] == "/login/?next=/console/todo/"


def test_a_person_logs_in_and_lands_at_the_desk(zhaoling):
    client = Client()
    answer = client.post("/login/", {"username": "bing", "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == "/console/todo/"
    assert "我的待办" in page(answer)


def test_a_wrong_word_is_told_in_one_sentence_and_many_lock_the_door(zhaoling, settings):
    client = Client()
    wrong = {"username": "bing", "password": "not-this"}
    assert "账号或口令不对，请核对后重试" in page(client.post("/login/", wrong))
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = client.post("/login/", wrong)
    assert answer.status_code == 429
    right = client.post("/login/", {"username": "bing", "password": PASSWORD})
    assert right.status_code == 429
    other = client.post("/login/", {"username": "yi", "password": PASSWORD})
    assert other.status_code == 302


def test_one_leaves_by_a_form_and_never_by_a_link(zhaoling):
    client = browser("bing")
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/login/"
    assert client.get("/console/todo/").status_code == 302


def test_a_person_without_a_post_is_told_so(zhaoling):
    Person.objects.create(login="nobody", name="未任职", password="!")  # noqa: S106
    answer = browser("nobody").get("/console/todo/")
    assert answer.status_code == 403
    assert "不在任何岗位任上" in page(answer)


def test_a_person_of_two_posts_chooses_which_one_acts(zhaoling, monkeypatch):
    seat("inspect-2", "zhujian", date(2026, 2, 1), act=system(on(2, 1)))
    at(monkeypatch, AUGUST)
    client = browser("zhujian")
    assert "切换岗位" in page(client.get("/console/todo/"))
    other = client.post("/console/post/", {"post": "zhujian", "next": "https://elsewhere.test/"})
    assert (other.status_code, other["Location"]) == (303, "/console/todo/")
    assert "市住建局 · 验收岗" in page(client.get("/console/todo/"))
    assert client.post("/console/post/", {"post": "leader"}).status_code == 404


def test_the_ledger_says_its_version_its_cut_off_and_both_rates_apart(zhaoling, monkeypatch):
    three_items()
    at(monkeypatch, on(8, 12))
    seen = ledger("office-1")
    assert "第1版" in seen
    assert "截至" in seen
    assert "到期1项，已销号0项（0.0%）；全部3项，已销号0项（0.0%）" in seen
    assert "演练数据" in seen
    assert not INLINE.search(seen)
    assert "病灶" not in seen


def test_a_passed_deadline_is_overdue_and_a_passed_node_is_not(zhaoling, monkeypatch):
    under_way("W-005", "jia", due=date(2026, 12, 31))
    node = Item.objects.get().standing.node_on
    at(monkeypatch, on(node.month, node.day + 3))
    seen = ledger("office-1")
    assert "未达序时进度3天" in seen
    assert not re.search(r"超期\d", seen)


def test_views_and_filters_narrow_the_ledger_without_scripts(zhaoling, monkeypatch):
    three_items()
    at(monkeypatch, on(8, 12))
    assert codes(ledger("office-1")) == ["W-003", "W-001", "W-002"]
    assert codes(ledger("office-1", "?view=overdue")) == ["W-003"]
    assert codes(ledger("office-1", "?area=990503")) == ["W-002"]
    assert codes(ledger("office-1", "?area=990503&stage=closed")) == []
    assert codes(ledger("office-1", "?order=code")) == ["W-001", "W-002", "W-003"]
    assert "没有符合条件的事项" in ledger("office-1", "?view=closed")


def test_two_characters_find_an_item_and_its_plant(zhaoling, monkeypatch):
    three_items()
    at(monkeypatch, on(8, 12))
    assert codes(ledger("office-1", "?q=白鹭")) == ["W-002"]
    assert codes(ledger("office-1", "?q=W-003")) == ["W-003"]
    assert codes(ledger("office-1", "?q=不存在的词")) == []


def test_a_county_sees_its_own_lines_only(zhaoling, monkeypatch):
    three_items()
    at(monkeypatch, on(8, 12))
    assert codes(ledger("bing")) == ["W-003"]
    assert codes(ledger("firm-b")) == []


def test_htmx_gets_the_part_of_the_page_that_changed(zhaoling, monkeypatch):
    three_items()
    at(monkeypatch, on(8, 12))
    part = page(browser("office-1").get("/console/ledger/", headers={"HX-Request": "true"}))
    assert part.lstrip().startswith('<section id="ledger"')
    assert part.strip() in ledger("office-1")


def test_rows_become_cards_on_a_phone(zhaoling, monkeypatch):
    three_items()
    at(monkeypatch, on(8, 12))
    seen = ledger("office-1")
    assert 'class="tb cards' in seen
    assert 'data-label="文件时限"' in seen


def test_an_open_case_is_marked_for_the_office_and_not_for_a_county_that_was_not_asked(
    zhaoling, monkeypatch
):
    qingshi()
    at(monkeypatch, AUGUST)
    assert 'class="tag pending"' in ledger("office-1")
    assert codes(ledger("office-1", "?view=doubt")) == ["W-064"]
    assert "待核实" not in ledger("bing")


def test_the_ledger_asks_the_database_few_times(
    zhaoling, monkeypatch, django_assert_max_num_queries
):
    three_items()
    at(monkeypatch, on(8, 12))
    client = browser("office-1")
    with django_assert_max_num_queries(16):
        client.get("/console/ledger/")


def waiting(post: str) -> str:
    return page(browser(post).get("/console/todo/"))


def test_an_empty_desk_says_so(zhaoling, monkeypatch):
    at(monkeypatch, AUGUST)
    assert "本岗位今天没有待办" in waiting("office-1")


def test_a_new_item_waits_for_the_office_and_its_letter_for_the_county(zhaoling, monkeypatch):
    assigned(received=None)
    at(monkeypatch, on(6, 1))
    assert Paper.objects.get().number in waiting("bing")
    assert "签收交办函" in waiting("bing")
    assert "本岗位今天没有待办" in waiting("yi")


@pytest.mark.parametrize(
    ("stage", "post", "step"),
    [
        (assigned, "bing", "报送方案"),
        (planned, "zhujian", "批复方案"),
        (built, "bing", "申请销号"),
        (claimed, "zhujian", "验收"),
        (checked, "office-1", "公示"),
    ],
)
def test_each_step_waits_for_the_post_whose_turn_it_is(zhaoling, monkeypatch, stage, post, step):
    stage()
    at(monkeypatch, on(9, 12))
    assert f"W-037</span> · {step}" in waiting(post)
    others = {"bing", "zhujian", "huanbao", "office-1", "leader"} - {post}
    for other in others:
        assert f"W-037</span> · {step}" not in waiting(other)


def test_closing_waits_for_nobody_before_the_notice_is_over(zhaoling, monkeypatch):
    noticed()
    at(monkeypatch, on(9, 24, 17))
    assert "核准销号" not in waiting("leader")
    at(monkeypatch, on(9, 25, 8))
    assert "核准销号" in waiting("leader")


def test_a_case_waits_for_the_office(zhaoling, monkeypatch):
    qingshi()
    at(monkeypatch, AUGUST)
    assert "发询问函" in waiting("office-1")
    assert "发询问函" not in waiting("bing")


def test_what_must_begin_soon_waits_for_the_unit(zhaoling, monkeypatch):
    under_way()
    at(monkeypatch, on(6, 15))
    assert "最迟开工日将到或已过" in waiting("bing")
    assert "最迟开工日将到或已过" not in waiting("zhujian")


def test_a_past_campaign_is_looked_at_as_of_its_own_day_and_never_beside_a_running_one(
    zhaoling, monkeypatch
):
    from tests.world import act
    from tests.world_ledger import item, plant_line

    from zhenggai.apps.ledger.actions import issue_list, open_campaign
    from zhenggai.apps.ledger.lines import Heading
    from zhenggai.apps.ledger.models import Campaign
    from zhenggai.apps.parties.actions import register_city
    from zhenggai.apps.places.queries import shelf

    at(monkeypatch, on(8, 6))
    item("W-037")
    began = date(2021, 1, 1)
    register_city(shelf().cities["shaoyang"], began, act=act("system", on(8, 6)))
    open_campaign("shaoyang-2021", act=act("office-1", on(8, 6)))
    line = plant_line(
        "S-1", "shaoyang", due=date(2021, 8, 31), duties=(), title="乡镇污水处理设施建设"
    )
    heading = Heading("shaoyang-2021", "sy", "重点任务清单", "市", date(2021, 8, 6))
    issue_list(heading, (line,), act=act("office-1", on(8, 6)))
    assert Campaign.objects.get(key="shaoyang-2021").looked_at == date(2021, 8, 6)
    office = browser("office-1")
    running = page(office.get("/console/ledger/"))
    assert "W-037" in running
    assert "S-1" not in running
    past = page(office.get("/console/ledger/?campaign=shaoyang-2021"))
    assert "S-1" in past
    assert "W-037" not in past
    assert "余25天" in past
    assert "2021年8月6日" in past
    public = page(browser().get("/"))
    assert "S-1" not in public
    assert "W-037" in public
