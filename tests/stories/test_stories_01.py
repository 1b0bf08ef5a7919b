"""故事一 01 Spine, told through the console: 1.1, 1.2, 1.6, 1.7, 1.8 and 1.10."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.world import act, on
from tests.world_cases import bailu_data, noticed
from tests.world_faces import at, browser, do, done, own_home, page, press, refused, shown
from tests.world_ledger import assigned, duties, plant_line
from tests.world_works import SAYS, built, claimed, evidenced, under_way
from tests.world_works import paper as pdf

from zhenggai.apps.evidence.actions import lodge_claim
from zhenggai.apps.ledger.models import Duty, Item, ItemPlace, Listing, Move
from zhenggai.apps.ledger.queries import rank_exempt
from zhenggai.apps.ledger.rates import rates
from zhenggai.apps.parties.actions import seat
from zhenggai.apps.places.queries import shelf
from zhenggai.apps.sources.models import Document, Finding, Paper
from zhenggai.apps.trail.verify import verify

pytestmark = pytest.mark.django_db
NEXT_DAY = on(9, 25, 0, 1)


@pytest.fixture(autouse=True)
def home(zhaoling, settings, tmp_path):
    own_home(settings, tmp_path)


# 1.1 From paper to ledger, unknowns stay unknown


def directive() -> str:
    return shelf().campaigns["zhaoling-2026"].directive


@pytest.fixture
def document(monkeypatch) -> str:
    """The directive, uploaded by office-1; the address of its page."""
    at(monkeypatch, on(5, 22, 15))
    file = SimpleUploadedFile("通知.txt", directive().encode())
    return press(browser("office-1"), "/console/documents/upload/", file=file).url


def task(words: str) -> Finding:
    return Document.objects.get().findings.get(kind="key_task", text__contains=words)


def confirm_all(office, document: str, **readings) -> None:
    """Confirm every proposal; where the machine asks, answer as told or that nobody knows."""
    for finding in Document.objects.get().findings.order_by("no"):
        reading = next((r for w, r in readings.items() if w in finding.text), "unknown")
        sent = press(office, f"{document}findings/{finding.no}/confirm/", reading=reading)
        assert sent.status_code == 302, page(sent)


def list_of(office, document: str):
    """Issue the list the document becomes, exactly as its sheet proposes it."""
    sheet = page(office.get(f"{document}list/"))
    named = re.findall(r'name="((?:number|code|line)[^"]*)" value="([^"]*)"', sheet)
    said: dict[str, object] = {name: value for name, value in named if name != "line"}
    said["line"] = [value for name, value in named if name == "line"]
    head = {"campaign": "zhaoling-2026", "name": "夏季攻势清单", "key": "city", "level": "市"}
    sent = press(office, f"{document}list/issue/", in_force_on="2026-05-22", **head, **said)
    assert sent.status_code == 302, page(sent)


def test_the_three_dates_are_read_as_the_paper_says_them(document):
    office = browser("office-1")
    seen = page(office.get(document))
    assert "XXXX-08-31，年份未载明" in seen
    confirm_all(office, document)
    sewage, sources, tailings = task("污水").fields, task("水源地").fields, task("尾矿").fields
    assert sewage["due_on"] == "2026-09-30"
    assert (tailings["deadline_kind"], tailings["due_on"]) == ("milestone", None)
    assert sources["due_on"] is None
    assert "XXXX-08-31，年份未载明" in page(office.get(document))


def test_a_person_fills_the_year_and_the_page_says_that_a_person_did(document):
    office = browser("office-1")
    confirm_all(office, document, 水源地="2026-08-31")
    assert task("水源地").fields["due_on"] == "2026-08-31"
    after = page(office.get(document))
    assert "年份未载明" not in after
    assert "经人改正" in after


def test_every_field_opens_its_span(document):
    seen = page(browser("office-1").get(document))
    for finding in Document.objects.get().findings.all():
        assert f'href="#m-f{finding.no}"' in seen
        opened = re.search(rf'<span id="m-f{finding.no}"></span>.*?<mark[^>]*>(.*?)</mark>', seen)
        assert opened.group(1) in finding.text
    ids = set(re.findall(r' id="([^"]+)"', seen))
    assert set(re.findall(r'href="#(m-[^"]+)"', seen)) <= ids


def test_the_items_hold_no_site_unit_or_number_that_is_not_in_the_text(document, monkeypatch):
    office, text = browser("office-1"), directive()
    confirm_all(office, document)
    list_of(office, document)
    assert Item.objects.count() == 4
    assert not ItemPlace.objects.exists()
    assert not Duty.objects.exists()
    for line in Listing.objects.select_related("item"):
        said = f"{line.item.title}{line.item.goal}{line.deadline_raw}"
        assert [n for n in re.findall(r"\d+", said) if n not in text] == []
        assert line.deadline_raw in text
        item = shown("office-1", line.item.code)
        for body in ("人民政府", "市住建局", "市生态环境局"):
            assert body not in re.sub(r"<(select|nav|header).*?</\1>", "", item, flags=re.DOTALL)
    dated = dict(Listing.objects.values_list("item__title", "due_on"))
    assert sorted(filter(None, dated.values())) == [date(2026, 9, 30), date(2026, 12, 31)]


# 1.2 The happy path counts the make-up Sunday


def test_the_office_closes_after_the_fifth_working_day_and_not_before(monkeypatch):
    noticed()
    at(monkeypatch, on(9, 23, 9))
    done(browser("leader"), "W-022", "sign")
    office = browser("office-1")
    at(monkeypatch, on(9, 24, 17))
    early = refused(office, "W-022", "close", override="")
    assert (
        "公示期至2026年9月24日24时（5个工作日：20、21、22、23、24日，其中20日为调休上班）" in early
    )
    at(monkeypatch, NEXT_DAY)
    done(office, "W-022", "close", override="")
    facts = re.search(r'<div class="four">.*?</section>', shown("yi", "W-022"), re.DOTALL).group()
    for words in (
        "分管副市长",
        "市住建局、市生态环境局",
        "2026年9月17日",
        "9月18日–9月24日",
        "2026年9月25日",
    ):
        assert words in facts
    assert "已验收、已公示、已销号" in page(browser().get("/items/W-022/"))
    assert verify().faults == ()


# 1.6 Nobody accepts himself, under any hat

CHECK = {"opinion": "pass", "visit": "", "text": "符合"}


def test_the_bureau_that_answers_for_the_trunk_sewer_does_not_accept(monkeypatch):
    own = (*duties("bing", acceptor="ecology"), ("lead", "housing"))
    claimed(duties=own, approver="huanbao")
    at(monkeypatch, on(9, 10))
    said = refused(browser("zhujian"), "W-037", "check", accepted_on="2026-09-10", **CHECK)
    assert "市住建局（牵头）为同一单位或上下级，不得自行验收" in said
    assert "建议由市生态环境局验收" in said
    assert Item.objects.get().stage == "claimed"


def test_the_person_who_signed_the_self_check_does_not_accept_under_another_hat(monkeypatch):
    built(finished=date(2026, 6, 19))
    evidenced("W-037", at=on(6, 20), as_title="丙县人民政府副县长")
    seat("bing", "ding", date(2026, 7, 1), act=act("office-1", on(7, 1)))
    lodging = act("bing", on(8, 30), person="ding")
    lodge_claim("W-037", SAYS, "已完工。", date(2026, 6, 19), act=lodging)
    seat("zhujian", "bing", date(2026, 9, 1), act=act("office-1", on(9, 1)))
    at(monkeypatch, on(9, 2))
    deputy = browser("bing")
    said = refused(deputy, "W-037", "check", accepted_on="2026-09-02", **CHECK)
    told = "验收人与申报人为同一人（2026年6月20日以丙县人民政府副县长身份签署自查）"
    assert told in said
    assert re.search(r"建议由.+验收", said.split(told)[1])
    assert Item.objects.get().stage == "claimed"


# 1.7 不属我管

D = "W-040"
DISPUTE = {"names": "water", "clause": "市级部门生态环境保护责任清单第12条", "new_facts": ""}
DECISION = "由丁县牵头、市水利局配合"


@pytest.fixture
def in_hand(monkeypatch):
    """An item 丁县 received on Monday 2026-07-13 at 09:20."""
    line = plant_line(D, "ding")
    assigned(D, "ding", received=on(7, 13, 9, 20), duties=line.duties)


def test_until_the_decision_the_first_county_keeps_it_and_nothing_moves(in_hand, monkeypatch):
    at(monkeypatch, on(7, 15))
    done(browser("ding"), D, "file_dispute", **DISPUTE)
    for post in ("ding", "office-1"):
        seen = shown(post, D)
        assert "暂由首接单位负责" in seen
        assert "2026年9月30日" in seen
    item = Item.objects.get(code=D)
    assert rank_exempt(item, date(2026, 7, 16))
    assert rates("city", date(2026, 7, 16)).all_n == 1, "it counts in the city's total"
    dispute = str(item.disputes.get().pk)
    at(monkeypatch, on(7, 16))
    letter = {"dispute": dispute, "number": "昭攻坚办函〔2026〕71号"}
    done(browser("office-1"), D, "ask_statement", **letter)
    sent = Paper.objects.get(kind="说明征询函")
    assert [receipt.body.name for receipt in sent.receipts.all()] == ["市水利局"]
    done(browser("office-1"), D, "state_dispute", dispute=dispute, words="河段在丁县境内")
    assert "说明：河段在丁县境内" in shown("ding", D)


def test_the_leader_decides_once_and_the_file_of_the_item_tells_it(in_hand, monkeypatch):
    at(monkeypatch, on(7, 15))
    done(browser("ding"), D, "file_dispute", **DISPUTE)
    dispute = str(Item.objects.get(code=D).disputes.get().pk)
    at(monkeypatch, on(7, 17))
    done(browser("office-1"), D, "propose_dispute", dispute=dispute, words="建议由丁县牵头")
    at(monkeypatch, on(7, 20))
    said = {"dispute": dispute, "words": DECISION, "lead": "ding-gov", "co": "water"}
    done(browser("leader"), D, "decide_dispute", **said)
    assert not rank_exempt(Item.objects.get(code=D), date(2026, 7, 20))
    seen = shown("ding", D)
    for words in (DECISION, "提出管辖异议", "提出管辖建议", "管辖决定", "2026年9月30日"):
        assert words in seen
    again = refused(browser("ding"), D, "file_dispute", **DISPUTE)
    assert "没有新的事实" in again
    assert Item.objects.get(code=D).disputes.count() == 1


def test_an_objection_on_the_fourth_working_day_is_late(in_hand, monkeypatch):
    at(monkeypatch, on(7, 17))
    said = refused(browser("ding"), D, "file_dispute", **DISPUTE)
    assert "管辖异议期至2026年7月16日24时" in said
    assert not Item.objects.get(code=D).disputes.exists()


# 1.8 Signed on paper


def test_a_paper_signing_closes_on_its_own_day_once_a_second_person_agrees(monkeypatch):
    noticed()
    bailu_data(date(2026, 9, 25), date(2026, 9, 28))
    at(monkeypatch, on(9, 29, 10))
    scan = SimpleUploadedFile("签批单.pdf", pdf("签批"))
    fields = {"signed_by": "leader", "signed_on": "2026-09-28", "scan": scan}
    done(browser("office-1"), "W-022", "enter_signing", **fields)
    assert "待第二人核对，核对前不算数" in shown("office-1", "W-022")
    assert "尚无分管领导签批" in refused(browser("office-1"), "W-022", "close", override="")
    assert "同一人" in refused(browser("office-1"), "W-022", "check_signing")
    assert Item.objects.get(code="W-022").stage == "noticed"
    done(browser("office-2"), "W-022", "check_signing")
    closing = Move.objects.get(item__code="W-022", target="closed")
    assert closing.effective_on == date(2026, 9, 28)
    seen = shown("office-1", "W-022")
    assert "代录：office-1，依据签批单扫描件，office-2核对" in seen
    assert "2026年9月28日" in re.search(r'<div class="four">.*?</section>', seen, re.DOTALL).group()


# 1.10 Central items do not close here


def test_a_central_item_is_forwarded_and_closed_by_the_province_s_paper_only(monkeypatch):
    noticed(chain="central-inspection")
    at(monkeypatch, NEXT_DAY)
    leader = browser("leader")
    seen = shown("leader", "W-022")
    assert "同意上报销号" in seen
    assert "核准销号</" not in seen
    for post in ("leader", "office-1"):
        said = refused(browser(post), "W-022", "close", override="")
        assert "本事项须经省级验收，市级不能销号" in said
    done(leader, "W-022", "forward", override="")
    assert "待省级验收" in shown("office-1", "W-022")
    assert "待省级验收" in page(browser().get("/items/W-022/"))
    for post in ("leader", "office-1", "office-2"):
        assert do(browser(post), "W-022", "close", override="").status_code == 409
    at(monkeypatch, on(10, 21))
    office = browser("office-1")
    filing = {"number": "演练省督〔2026〕7号", "filed_on": "2026-10-20"}
    for missing in ("number", "filed_on", "document"):
        whole = filing | {"document": SimpleUploadedFile("省文件.pdf", pdf("省文件"))}
        whole.pop(missing)
        assert do(office, "W-022", "file", **whole).status_code == 422
    document = SimpleUploadedFile("省文件.pdf", pdf("省文件"))
    assert do(leader, "W-022", "file", **filing, document=document).status_code == 409
    document = SimpleUploadedFile("省文件.pdf", pdf("省文件"))
    done(office, "W-022", "file", **filing, document=document)
    assert Item.objects.get(code="W-022").stage == "closed"
    assert "演练省督〔2026〕7号" in shown("office-1", "W-022")


def test_an_item_still_under_way_offers_no_closing_at_all(monkeypatch):
    under_way("W-099", "bing")
    at(monkeypatch, on(6, 15))
    for post in ("office-1", "leader", "bing", "zhujian"):
        assert 'id="do-close"' not in shown(post, "W-099")
