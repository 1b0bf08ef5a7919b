"""故事六 06 Truth, told through the console: 6.5 rebound and 6.7 accepted before it was built."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.world import act, on, system
from tests.world_cases import bailu, bailu_data, noticed
from tests.world_faces import at, browser, do, done, own_home, page, refused, shown
from tests.world_ledger import plant_line
from tests.world_works import paper as pdf

from zhenggai.apps.ledger.actions import issue_list
from zhenggai.apps.ledger.lines import Heading, Line
from zhenggai.apps.ledger.models import Item, Move
from zhenggai.apps.ledger.rates import rates
from zhenggai.apps.planning.queries import gantt
from zhenggai.apps.trail.acts import note, once
from zhenggai.apps.trail.verify import verify
from zhenggai.kernel.workflow.item import Stage

pytestmark = pytest.mark.django_db
CODE = "W-022"
SEEN = on(10, 16, 9)
FACTS = "10月16日雨后溢流井外溢，采样氨氮超标，附照片。"
LOOK = {"kind": "look-back", "visited_on": "2026-10-16"}


@pytest.fixture(autouse=True)
def home(zhaoling, settings, tmp_path):
    own_home(settings, tmp_path)


@once
def closed_before(codes: tuple[str, ...], on_day: date, *, act) -> str:
    """Stand-in for the long way of a hundred items: their closings with entries, nothing else."""
    items = Item.objects.in_bulk(codes, field_name="code")
    Move.objects.bulk_create(
        Move(
            item=items[code],
            verb="close",
            source="noticed",
            target="closed",
            milestone="closed",
            effective_on=on_day,
            entry=note(act, "ledger.item.closed", f"item:{code}", item=code),
            run_ref="run:1",
        )
        for code in codes
    )
    return "item:all"


def on_the_province_s_list(others: int) -> None:
    """Issue the province's list, which holds 白鹭镇 and so many other lines."""
    lines = [plant_line(CODE, "yi", place_key=f"{CODE}-plant")]
    lines += [
        Line(number=f"R-{n}", code=f"R-{n:04}", title=f"第{n}项", deadline_kind="unknown")
        for n in range(1, others + 1)
    ]
    heading = Heading("zhaoling-2026", "province", "省级清单", "省", date(2026, 5, 22))
    issue_list(heading, tuple(lines), act=act("office-1", on(5, 22)))


@pytest.fixture
def closed(monkeypatch):
    """白鹭镇, closed on 09-25: one of 61 by then, of 113 on the day of the look-back."""
    noticed()
    on_the_province_s_list(119)
    at(monkeypatch, on(9, 25, 0, 1))
    done(browser("leader"), CODE, "close", override="")
    codes = [f"R-{n:04}" for n in range(1, 113)]
    closed_before(tuple(codes[:60]), date(2026, 9, 20), act=system(on(9, 20)))
    closed_before(tuple(codes[60:]), date(2026, 10, 10), act=system(on(10, 10)))
    assert rates("province", date(2026, 9, 30)).all_done == 61
    assert rates("province", date(2026, 10, 16)).all_done == 113
    at(monkeypatch, SEEN)
    done(browser("office-1"), CODE, "duty", kind="inspector", body="campaign-office")


def look_back(*posts: str) -> dict[str, str]:
    """Record what was seen; the proposal that rests on it."""
    done(browser("inspect-1"), CODE, "visit", posts=list(posts), **LOOK)
    visit = str(Item.objects.get(code=CODE).visits.order_by("-pk").first().uuid)
    return {"visit": visit, "facts": FACTS, "new_due_on": "2026-12-31"}


def test_one_inspector_does_not_make_a_rebound(closed):
    said = refused(browser("inspect-1"), CODE, "propose_rebound", **look_back("inspect-1"))
    assert "两名核查人员" in said
    assert not Item.objects.get(code=CODE).rebounds.exists()


@pytest.mark.parametrize("post", ["yi", "zhujian"])
def test_neither_the_county_nor_the_acceptor_proposes_or_keeps_a_look_back(closed, post):
    said = look_back("inspect-1", "inspect-2")
    assert "无权提出反弹线索" in refused(browser(post), CODE, "propose_rebound", **said)
    watch = str(Item.objects.get(code=CODE).watches.order_by("due_on").first().pk)
    kept = {"watch": watch, "visit": said["visit"], "outcome": "held"}
    assert "无权登记回头看" in refused(browser(post), CODE, "keep_watch", **kept)
    assert not Item.objects.get(code=CODE).watches.exclude(outcome="").exists()


def test_only_the_second_person_reopens_and_the_past_stays_counted(closed, monkeypatch):
    done(browser("inspect-1"), CODE, "propose_rebound", **look_back("inspect-1", "inspect-2"))
    seen = shown("office-1", CODE)
    for words in (FACTS, "2026年9月25日销号，验收 市住建局、市生态环境局", "分管副市长"):
        assert words in seen
    assert "确认反弹线索" in page(browser("office-1").get("/console/todo/"))
    rebound = str(Item.objects.get(code=CODE).rebounds.get().pk)

    at(monkeypatch, on(10, 17))
    done(browser("office-1"), CODE, "confirm_rebound", rebound=rebound)
    assert Item.objects.get(code=CODE).stage == Stage.CLOSED
    assert rates("province", date(2026, 10, 17)).all_done == 113
    assert "本人已确认过" in refused(browser("office-1"), CODE, "confirm_rebound", rebound=rebound)
    done(browser("office-2"), CODE, "confirm_rebound", rebound=rebound)

    item = Item.objects.get(code=CODE)
    assert (item.stage, item.round_no, item.round_due_on) == (
        Stage.UNDER_WAY,
        2,
        date(2026, 12, 31),
    )
    assert rates("province", date(2026, 9, 30)).all_done == 61
    assert rates("province", date(2026, 10, 17)).all_done == 112
    faults = [f.text for f in verify().faults if f.code != "move-changed"]
    assert faults == [], "only the stand-ins of the other 112 closings are not as recorded"


@pytest.fixture
def reopened(closed, monkeypatch):
    done(browser("inspect-1"), CODE, "propose_rebound", **look_back("inspect-1", "inspect-2"))
    rebound = str(Item.objects.get(code=CODE).rebounds.get().pk)
    at(monkeypatch, on(10, 17))
    for post in ("office-1", "office-2"):
        done(browser(post), CODE, "confirm_rebound", rebound=rebound)
    return rebound


def test_the_province_s_list_shows_a_line_to_report_upward(reopened):
    desk = page(browser("office-1").get("/console/todo/"))
    assert "须报上级" in desk
    assert "上级清单事项反弹，向上级报告" in desk
    assert "反弹须向上级报告" in shown("office-1", CODE)


def test_the_acceptor_is_told_and_may_answer_once(reopened):
    bureau = browser("zhujian")
    assert "所验收的事项确认反弹，可作出说明" in page(bureau.get("/console/todo/"))
    assert FACTS in shown("zhujian", CODE)
    said = {"rebound": reopened, "answer": "验收时溢流井未启用，附当日记录。"}
    assert "无权就反弹作出说明" in refused(browser("yi"), CODE, "answer_rebound", **said)
    done(bureau, CODE, "answer_rebound", **said)
    for post in ("office-1", "yi"):
        assert "原验收单位说明：验收时溢流井未启用" in shown(post, CODE)
    assert do(bureau, CODE, "answer_rebound", **said).status_code == 422


# 6.7 Accepted before it was built


def test_a_file_accepted_before_it_was_built_is_refused_with_both_documents(monkeypatch):
    bailu()
    bailu_data(date(2026, 9, 17), date(2026, 9, 17))
    at(monkeypatch, on(9, 18, 9))
    county = browser("yi")
    last = [line for line in gantt(Item.objects.get(code=CODE)) if line.physical][-1]
    file = SimpleUploadedFile("完工单.pdf", pdf("完工"))
    given = {"kind": "completion-acceptance", "name": "完工单", "about_on": "2026-09-15"}
    done(county, CODE, "evidence", file=file, **given)
    paper = f"evidence:{Item.objects.get(code=CODE).evidence.get(name='完工单').pk}"
    days = {"actual_start": "2026-06-11", "actual_finish": "2026-09-15"}
    done(county, CODE, "measure", measure=last.key, evidence=paper, **days)
    at(monkeypatch, on(9, 18, 10))
    notice = {"number": "昭攻坚公示〔2026〕22号", "text": "各项要件均已达标。"}
    said = refused(browser("office-1"), CODE, "notice", **notice)
    assert f"验收日期2026年9月10日早于“{last.name}”的完成日期2026年9月15日" in said
    pair = re.search(r'<div class="beside".*?</div>', said, re.DOTALL).group()
    opened = re.findall(r'<a class="btn" href="([^"]+)"', pair)
    assert len(opened) == 2
    for address in opened:
        assert browser("office-1").get(address.partition("#")[0]).status_code == 200
    assert Item.objects.get(code=CODE).stage == Stage.CHECKED
