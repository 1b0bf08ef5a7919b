from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.stories.conftest import upload
from tests.world import act, on
from tests.world_works import GOOD, paper, photo

from zhenggai.apps.ledger.models import Item
from zhenggai.apps.places.actions import NewPlace, register_place
from zhenggai.apps.reconciliation.models import Run, Watch
from zhenggai.apps.trail.acts import derived
from zhenggai.faces.cli.demo.plants import BAILU, as_csv, file_name, simulate
from zhenggai.packs.shelf import HERE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CODE = "W-022"
PLACE = "bailu-works"
FINISHED = BAILU.pipes_on
SEED = 2026
MEASURES = ("prelim", "start", "pipes", "works", "equipment", "commissioning", "stable-run")


def paper_to_ledger(stage):
    """来文 → 确认 → 清单: only the sewage task is listed, and what nobody said stays unknown."""
    page = stage.at("office-1", "/console/documents/")
    directive = (HERE / "campaigns" / "zhaoling-2026" / "directive.txt").read_bytes()
    page.set_input_files("input[name=file]", [upload("directive.txt", directive)])
    page.click("form:has(input[name=file]) button[type=submit]")
    page.wait_for_url("**/console/documents/*/")
    assert "XXXX-08-31，年份未载明" in page.locator("#main").inner_text()
    while page.locator("form[data-confirm]").count():
        form = page.locator("form[data-confirm]").first
        if form.locator("input[name=reading]").count():
            form.locator("input[name=reading][value=unknown]").check()
        form.locator("button[type=submit]").click()
        page.wait_for_load_state()
    page.click(".settle-bar a.btn")
    page.wait_for_url("**/list/")
    page.fill("input[name=name]", "市级夏季攻势清单")
    for tick in page.locator("input[name=line]").all()[1:]:
        tick.uncheck()
    no = page.locator("input[name=line]").first.get_attribute("value")
    page.fill(f"input[name=code-{no}]", CODE)
    page.select_option(f"select[name=place-{no}]", PLACE)
    page.select_option(f"select[name=territorial-{no}]", "yi-gov")
    page.select_option(f"select[name=acceptor-{no}]", "housing")
    page.click("form:has(input[name=line]) button[type=submit]")
    page.wait_for_url("**/console/ledger/**")
    assert CODE in page.locator("#main").inner_text()
    assert [item.code for item in Item.objects.all()] == [CODE]


def handed_over_and_planned(stage):
    """交办 → 签收 → 倒排 → 报送 → 批复."""
    for kind, body in (
        ("department", "housing"),
        ("inspector", "ecology"),  # the chain's second check
        ("inspector", "campaign-office"),  # the look-back
    ):
        assert "责任已落实" in stage.do("office-1", CODE, "duty", kind=kind, body=body)
    assert "交办函已发出" in stage.do("office-1", CODE, "assign", number="昭攻坚办函〔2026〕22号")
    stage.it_is(on(5, 25, 15))
    page = stage.at("yi", "/console/papers/")
    page.click("form[action*='/receive/'] button")
    page.wait_for_load_state()
    stage.work()
    assert "方案已报送" in stage.do("yi", CODE, "plan")
    assert "事项进入整改" in stage.do("zhujian", CODE, "start")


def works_and_data(stage):
    """措施、月调度、监测数据."""
    stage.it_is(on(6, 29, 17))
    for key in MEASURES:
        end = FINISHED + timedelta(days=14 if key == "stable-run" else 0)
        said = {"measure": key, "actual_start": date(2026, 4, 1), "actual_finish": end}
        assert "措施日期已登记" in stage.do("yi", CODE, "measure", **said)
    said = stage.do("yi", CODE, "progress", month="2026-06", percent=100, text="已完工，试运行。")
    assert "月度进展已报送" in said
    data(stage, date(2026, 4, 1), date(2026, 7, 19))


def data(stage, first, last):
    """Import the plant's days, the morning after the last of them."""
    stage.it_is(on(last.month, last.day, 8) + timedelta(days=1))
    rows = simulate(BAILU, first, last, SEED)
    page = stage.at("yi", f"/console/places/{PLACE}/")
    page.set_input_files(
        "input[name=file]", [upload(file_name(BAILU, rows), as_csv(rows).encode())]
    )
    page.click("form:has(input[name=file]) button[type=submit]")
    page.wait_for_url("**/imports/**")
    assert "未读入0条" in page.locator("#main").inner_text()


def claimed(stage):
    """佐证、自查签署、申请销号; the reconciliation runs by itself."""
    for kind, name, content, day in (
        ("photo-pair", "整改前.jpg", photo(1), date(2026, 5, 28)),
        ("photo-pair", "整改后.jpg", photo(2), date(2026, 6, 28)),
        ("completion-acceptance", "竣工验收意见.pdf", paper("竣工"), date(2026, 7, 10)),
        ("run-log", "运行记录.pdf", paper("运行"), date(2026, 7, 18)),
        ("self-check", "自查表.pdf", paper("自查"), date(2026, 7, 20)),
    ):
        file = [upload(name, content)]
        said = {"kind": kind, "name": name, "about_on": day, "file": file}
        assert "佐证已上传" in stage.do("yi", CODE, "evidence", **said)
    signed = {"evidence": 0, "as_title": "乙区人民政府副区长", "signed_on": date(2026, 7, 20)}
    assert "自查签署已登记" in stage.do("yi", CODE, "self_check", **signed)
    says = {"finished_on": FINISHED, "says__daily_volume": "790", "text": "已完工，申请销号。"}
    assert "销号申请已递交" in stage.do("yi", CODE, "claim", **says)
    stage.work()
    assert Run.objects.filter(item__code=CODE).count() == 1


def checked(stage, post, moment):
    """现场核查 and the check signed on it."""
    stage.it_is(moment)
    seen = {f"q__{key.replace('-', '__')}": value for key, value in GOOD.items()}
    went = {"kind": "acceptance", "visited_on": moment.date(), "posts": post}
    assert "现场核查已登记" in stage.do(post, CODE, "visit", **went, **seen)
    said = {"opinion": "pass", "accepted_on": moment.date(), "visit": 1, "text": "符合。"}
    assert "退回" not in stage.do(post, CODE, "check", **said).split("\n")[0]


def noticed_and_closed(stage):
    """公示满期之前不能销号; after it the leader closes."""
    data(stage, date(2026, 7, 24), date(2026, 7, 26))
    said = {"number": "昭攻坚公示〔2026〕22号", "text": "各项要件均已达标，现予公示。"}
    stage.do("office-1", CODE, "notice", **said)
    assert Item.objects.get(code=CODE).stage == "noticed"
    public = stage.chromium.new_context().new_page()
    public.goto(f"{stage.address}/items/{CODE}/")
    assert "公示" in public.locator("body").inner_text()
    public.context.close()
    page = stage.at("leader", f"/console/ledger/{CODE}/")
    assert "公示期至2026年8月3日24时" in page.locator(".headline").text_content()
    data(stage, date(2026, 7, 27), date(2026, 8, 3))
    assert "已核准销号" in stage.do("leader", CODE, "close")
    assert Item.objects.get(code=CODE).stage == "closed"


def rebounded(stage):
    """回头看: two inspectors saw it come back; two persons confirm."""
    due = Watch.objects.filter(item__code=CODE).earliest("due_on").due_on
    stage.it_is(on(due.month, due.day, 10))
    went = {"kind": "look-back", "visited_on": due, "posts": ("inspect-1", "inspect-2")}
    said = {"q__running": "否"}
    assert "现场核查已登记" in stage.do("inspect-1", CODE, "visit", **went, **said)
    kept = {"watch": 0, "visit": 0, "outcome": "rebounded"}
    assert "回头看已登记" in stage.do("inspect-1", CODE, "keep_watch", **kept)
    facts = "雨后溢流口有污水外排，现场测得氨氮高于出水，两人拍照。"
    seen = {"visit": 0, "facts": facts, "new_due_on": date(2026, 12, 20)}
    assert "反弹线索已提出" in stage.do("inspect-1", CODE, "propose_rebound", **seen)
    stage.do("office-1", CODE, "confirm_rebound", rebound=0)
    assert Item.objects.get(code=CODE).stage == "closed"
    stage.do("office-2", CODE, "confirm_rebound", rebound=0)


def test_an_item_goes_from_the_directive_to_its_closing_and_comes_back(stage):
    stage.it_is(on(5, 22, 10))
    new = NewPlace(
        PLACE,
        "works",
        "乙区白鹭镇污水处理厂",
        "990503101",
        "bailu-operator",
        {"design_flow": 1000, "grade": "IB", "conditions": {"built_year": "2026"}},
        Decimal("111.5"),
        Decimal("27.2"),
    )
    first = act("office-1", on(5, 22, 10))
    register_place(new, act=derived(first, "place"))
    paper_to_ledger(stage)
    handed_over_and_planned(stage)
    works_and_data(stage)
    claimed(stage)
    checked(stage, "zhujian", on(7, 22, 10))
    data(stage, date(2026, 7, 20), date(2026, 7, 23))
    checked(stage, "huanbao", on(7, 24, 10))
    noticed_and_closed(stage)
    rebounded(stage)
    item = Item.objects.get(code=CODE)
    assert (item.stage, item.round_no, item.round_due_on) == ("under_way", 2, date(2026, 12, 20))
