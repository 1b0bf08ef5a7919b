"""The claim that does not agree, through the web faces: 1.3, 1.4, 6.1 and 8.8."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.world import on
from tests.world_faces import at, browser, own_home, page, press
from tests.world_works import paper as pdf
from tests.world_works import photo, under_way

from zhenggai.apps.ledger.models import Item
from zhenggai.apps.planning.queries import gantt
from zhenggai.apps.reconciliation.models import Contradiction, SupplyFact
from zhenggai.apps.reconciliation.queries import rests_on_evidence
from zhenggai.apps.trail.clock import machine_now
from zhenggai.apps.trail.verify import verify
from zhenggai.apps.trail.work import run_one
from zhenggai.faces.cli.demo.plants import QINGSHI, as_csv, simulate

pytestmark = pytest.mark.django_db
CODE = "W-064"
ITEM = f"/console/ledger/{CODE}/"
CHECKING = "当地已申报完成，正在核实"


@pytest.fixture(autouse=True)
def plant(zhaoling, settings, tmp_path):
    own_home(settings, tmp_path)
    under_way(CODE, "bing")


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def do(client, verb: str, **fields):
    version = str(Item.objects.get(code=CODE).version)
    answer = press(client, f"{ITEM}{verb}/", version=version, **fields)
    assert answer.status_code == 303, page(answer)
    return answer


def bring(client, first: date, last: date) -> None:
    content = as_csv(simulate(QINGSHI, first, last, 2026)).encode()
    sent = press(client, f"/console/places/{CODE}-plant/import/", file=upload("演练.csv", content))
    assert sent.status_code == 302, page(sent)


def build_and_claim(county) -> None:
    for line in gantt(Item.objects.get(code=CODE)):
        if line.physical:
            days = {"actual_start": "2026-06-11", "actual_finish": "2026-06-30"}
            do(county, "measure", measure=line.key, **days)
    for kind, name, content, day in (
        ("photo-pair", "整改前", photo(1), "2026-05-28"),
        ("photo-pair", "整改后", photo(2), "2026-07-10"),
        ("completion-acceptance", "竣工验收意见", pdf("竣工"), "2026-07-10"),
        ("run-log", "运行记录", pdf("运行"), "2026-07-13"),
        ("self-check", "自查表", pdf("自查"), "2026-07-13"),
    ):
        do(county, "evidence", kind=kind, name=name, about_on=day, file=upload(name, content))
    sheet = Item.objects.get(code=CODE).evidence.get(kind="self-check")
    title = "丙县人民政府副县长"
    do(
        county,
        "self_check",
        signed_on="2026-07-13",
        as_title=title,
        evidence=f"evidence:{sheet.pk}",
    )
    claim = {
        "finished_on": "2026-06-30",
        "text": "管网已于6月30日完工。",
        "says-daily_volume": "860",
    }
    do(county, "claim", **claim)


@pytest.fixture
def case(monkeypatch) -> str:
    """The claim lodged and weighed by the worker, with thirty valid days on either side."""
    county = browser("bing")
    at(monkeypatch, on(7, 14, 16))
    bring(county, date(2026, 4, 1), date(2026, 7, 13))
    build_and_claim(county)
    while run_one(on(7, 14, 17), machine_now(), "worker"):
        pass
    clue = Contradiction.objects.get()
    assert not rests_on_evidence(clue.run), "thirteen days after the finish prove nothing yet"
    at(monkeypatch, on(8, 5, 8))
    bring(county, date(2026, 7, 14), date(2026, 8, 4))
    office = browser("office-1")
    do(office, "weigh")
    return f"/console/reconcile/{Contradiction.objects.get().pk}/"


def test_it_returns_only_after_two_persons_heard_the_reply(case, monkeypatch):
    office, second, county = browser("office-1"), browser("office-2"), browser("bing")
    before = page(browser().get(f"/items/{CODE}/"))
    assert CHECKING in before
    seen = page(office.get(case))
    for words in ("68.4", "41.2", "报", "860", "220", "183", "275", "推算"):
        assert words in seen

    press(office, f"{case}inquire/", number="昭攻坚办函〔2026〕64号")
    at(monkeypatch, on(8, 6, 9))
    press(county, f"{case}receive/")
    at(monkeypatch, on(8, 10))
    early = press(office, f"{case}decide/", finding="upheld", reason="进水浓度下降")
    assert early.status_code == 409
    assert "申辩期至2026年8月11日24时" in page(early)

    at(monkeypatch, on(8, 12))
    press(office, f"{case}decide/", finding="upheld", reason="进水浓度下降")
    assert Item.objects.get(code=CODE).stage == "claimed"
    assert CHECKING in page(browser().get(f"/items/{CODE}/"))
    press(second, f"{case}decide/", finding="upheld", reason="同意")

    item = Item.objects.get(code=CODE)
    assert (item.stage, item.standing.upheld) == ("under_way", True)
    after = page(browser().get(f"/items/{CODE}/"))
    assert "经核实尚未达到要求，已退回补充整改" in after
    assert "红灯" in page(office.get("/console/ledger/"))
    assert verify().faults == ()


@pytest.fixture
def explained(case, monkeypatch) -> str:
    """The inquiry answered: a second supply line, seen on site, and corrected inflow values."""
    office, county = browser("office-1"), browser("bing")
    press(office, f"{case}inquire/", number="昭攻坚办函〔2026〕64号")
    at(monkeypatch, on(8, 6, 9))
    press(county, f"{case}receive/")
    press(county, f"{case}reply/", text="另有一路供电，进水检测有误，附证书。")
    press(county, f"{case}supply/", kwh="150", paper="计量证书、电费单")
    at(monkeypatch, on(8, 8, 9))
    bring(county, date(2026, 8, 5), date(2026, 8, 7))
    do(office, "duty", kind="inspector", body="campaign-office")
    visit = {"kind": "review", "visited_on": "2026-08-08", "posts": ["inspect-1"]}
    do(browser("inspect-1"), "visit", **visit)
    seen = Item.objects.get(code=CODE).visits.get()
    verified = press(office, f"{case}supply/{SupplyFact.objects.get().pk}/", visit=str(seen.uuid))
    assert verified.status_code == 302, page(verified)
    return case


def test_a_verified_second_line_excludes_the_clue(explained):
    seen = page(browser("office-1").get(explained))
    assert "已排除" in seen
    assert "720" in seen


def test_an_innocent_plant_leaves_no_trace_on_any_page(explained):
    office, county = browser("office-1"), browser("bing")
    rows = "".join(f"2026-07-{d:02d},96.5\n" for d in range(1, 31))
    file = upload("更正.csv", f"日期,进水BOD(mg/L)\n{rows}".encode())
    sent = press(county, f"/console/places/{CODE}-plant/import/", file=file)
    assert "更正30条" in page(county.get(sent.url))
    do(office, "weigh")
    press(office, f"{explained}decide/", finding="matched", reason="更正依据属实")
    press(browser("office-2"), f"{explained}decide/", finding="matched", reason="同意")

    assert Contradiction.objects.get().state == "matched"
    rows = page(office.get("/console/ledger/?view=open")).split("<tbody")[-1]
    assert CODE in rows
    assert not [word for word in ("待核实", "红灯", "不一致") if word in rows]
    public = page(browser().get(f"/items/{CODE}/"))
    assert CHECKING in public
    assert "不一致" not in public
    assert "核实终结" in page(office.get(ITEM)), "the trail keeps all of it"


def test_a_check_is_refused_while_the_case_is_open(case, monkeypatch):
    at(monkeypatch, on(8, 6))
    bureau = browser("zhujian")
    version = str(Item.objects.get(code=CODE).version)
    check = {"opinion": "pass", "accepted_on": "2026-08-06", "visit": "", "text": "符合"}
    refused = press(bureau, f"{ITEM}check/", version=version, **check)
    assert refused.status_code == 409
    assert "待核实" in page(refused)
