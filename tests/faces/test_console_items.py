"""事项页: every form acts once, a refusal says why, and what one may not see is not there."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.world import on, system
from tests.world_cases import bailu_data, noticed, qingshi
from tests.world_faces import at, browser, own_home, page
from tests.world_ledger import assigned, item, plant_line
from tests.world_works import accepted, built, checked, claimed, photo, planned, under_way

from zhenggai.apps.ledger.models import Item
from zhenggai.apps.planning.models import Progress
from zhenggai.apps.reconciliation.objections import object_to

JUNE = on(6, 15)
INLINE = re.compile(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)")
PROGRESS = {"month": "2026-06", "percent": "20", "text": "管网沟槽开挖300米"}


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    own_home(settings, tmp_path)


def send(client, verb: str, code: str = "W-037", **fields):
    """Send one form of an item as its page would."""
    version = Item.objects.values_list("version", flat=True).get(code=code)
    said = {"act": str(uuid4()), "version": str(version), **fields}
    return client.post(f"/console/ledger/{code}/{verb}/", said)


def shown(post: str, code: str = "W-037") -> str:
    return page(browser(post).get(f"/console/ledger/{code}/"))


def test_the_page_shows_both_dates_apart_and_the_acceptor_apart(zhaoling, monkeypatch):
    under_way()
    at(monkeypatch, JUNE)
    seen = shown("office-1")
    for words in ("文件时限", "内部节点", "2026年9月30日", "2026年9月30日前完成", "丙县人民政府"):
        assert words in seen
    assert "与责任单位分开" in seen
    assert "演练数据" in seen
    assert "演练时间" in seen
    assert 'class="gantt"' in seen


def test_a_month_is_reported_and_the_page_says_so(zhaoling, monkeypatch):
    under_way()
    at(monkeypatch, JUNE)
    county = browser("bing")
    answer = send(county, "progress", **PROGRESS)
    assert answer.status_code == 303
    assert answer["Location"] == "/console/ledger/W-037/#progress"
    after = page(county.get("/console/ledger/W-037/"))
    assert "管网沟槽开挖300米" in after
    assert "月度进展已报送" in after


def test_the_same_form_sent_twice_is_one_act(zhaoling, monkeypatch):
    under_way()
    at(monkeypatch, JUNE)
    county, same = browser("bing"), str(uuid4())
    for _ in range(2):
        assert send(county, "progress", **PROGRESS, act=same).status_code == 303
    assert Progress.objects.count() == 1


def test_a_step_sent_twice_with_the_version_it_was_drawn_from_is_one_step(zhaoling, monkeypatch):
    planned()
    at(monkeypatch, on(6, 10))
    bureau, same = browser("zhujian"), str(uuid4())
    version = str(Item.objects.get().version)
    for _ in range(2):
        assert send(bureau, "start", act=same, version=version).status_code == 303
    assert Item.objects.get().moves.filter(verb="start").count() == 1


def test_a_form_drawn_before_somebody_else_acted_is_refused(zhaoling, monkeypatch):
    planned()
    at(monkeypatch, on(6, 10))
    answer = send(browser("zhujian"), "start", version="0")
    assert answer.status_code == 409
    assert "刚被他人办理" in page(answer)
    assert "刷新后按现状办理" in page(answer)
    assert Item.objects.get().stage == "planned"


def test_wrong_fields_come_back_with_a_sentence_and_the_words_that_were_typed(
    zhaoling, monkeypatch
):
    under_way()
    at(monkeypatch, JUNE)
    answer = send(browser("bing"), "progress", month="六月", percent="120", text="沟槽开挖")
    assert answer.status_code == 422
    seen = page(answer)
    assert "写成 2026-08" in seen
    assert "不能大于100" in seen
    assert "沟槽开挖" in seen
    assert not Progress.objects.exists()


def test_a_refusal_is_a_page_with_reason_and_remedy(zhaoling, monkeypatch):
    built()
    at(monkeypatch, on(9, 1))
    answer = send(browser("bing"), "claim", finished_on="2026-08-25", text="已完工")
    assert answer.status_code == 409
    assert "缺少佐证" in page(answer)
    assert "上传后再申请销号" in page(answer)


def test_a_step_that_must_wait_shows_its_reasons_beside_a_disabled_button(zhaoling, monkeypatch):
    built()
    at(monkeypatch, on(9, 1))
    seen = shown("bing")
    assert re.search(r"<button[^>]*disabled[^>]*>申请销号</button>", seen)
    assert "缺少佐证：" in seen
    assert 'id="do-claim"' not in seen


@pytest.mark.parametrize("post", ["yi", "ding", "sysadmin", "firm-b"])
def test_another_units_item_is_not_there(zhaoling, monkeypatch, post):
    assigned()
    at(monkeypatch, JUNE)
    client = browser(post)
    assert client.get("/console/ledger/W-037/").status_code == 404
    assert send(client, "progress", **PROGRESS).status_code == 404


def test_an_unknown_act_is_not_there(zhaoling, monkeypatch):
    assigned()
    at(monkeypatch, JUNE)
    assert send(browser("bing"), "delete").status_code == 404


def test_words_of_a_document_are_printed_as_words(zhaoling, monkeypatch):
    item(title="<script>alert(1)</script>污水处理厂")
    at(monkeypatch, JUNE)
    seen = shown("office-1")
    assert "<script>alert" not in seen
    assert "&lt;script&gt;alert(1)" in seen
    assert not INLINE.search(seen)


def test_a_photo_is_put_forward_and_shown_to_those_who_see_the_item_only(zhaoling, monkeypatch):
    under_way()
    at(monkeypatch, JUNE)
    county = browser("bing")
    file = SimpleUploadedFile("before.jpg", photo(), "image/jpeg")
    fields = {"kind": "photo-pair", "name": "排放口整改前", "about_on": "2026-06-14", "file": file}
    assert send(county, "evidence", **fields).status_code == 303
    seen = page(county.get("/console/ledger/W-037/"))
    address = re.search(r"/console/evidence/\d+/", seen).group()
    assert "排放口整改前" in seen
    assert "照片不带拍摄时间" in seen
    given = county.get(address)
    assert given["Content-Type"] == "image/jpeg"
    assert "sandbox" in given["Content-Security-Policy"]
    assert county.get(f"{address}small/").status_code == 200
    assert browser("yi").get(address).status_code == 404


def test_the_checklist_is_answered_and_the_check_signed(zhaoling, monkeypatch):
    claimed()
    at(monkeypatch, on(9, 10))
    bureau = browser("zhujian")
    answers = {f"q-{q}": "是" for q in ("connected", "running", "residents")}
    visit = {"kind": "acceptance", "visited_on": "2026-09-10", "posts": ["zhujian"], **answers}
    assert send(bureau, "visit", **visit).status_code == 303
    check = {"opinion": "pass", "accepted_on": "2026-09-10", "visit": "", "text": "符合"}
    assert send(bureau, "check", **check).status_code == 303
    seen = page(bureau.get("/console/ledger/W-037/"))
    assert "第1次核查 市住建局：通过" in seen
    assert "管网是否已接入污水处理厂" in seen


def test_the_calendar_counts_the_make_up_sunday(zhaoling, monkeypatch):
    noticed()
    at(monkeypatch, on(9, 24, 17))
    seen = shown("office-1", "W-022")
    assert "公示期至2026年9月24日24时（5个工作日：20、21、22、23、24日" in seen
    assert "其中20日为调休上班" in seen
    made_up = r'class="counted make-up"><time datetime="2026-09-20">20</time><small>第1'
    assert re.search(made_up, seen)
    assert re.search(r'class="rest"><time datetime="2026-09-19">19</time><small>周末', seen)


def test_closing_waits_for_the_notice_and_then_shows_four_facts_apart(zhaoling, monkeypatch):
    noticed()
    at(monkeypatch, on(9, 24, 17))
    leader = browser("leader")
    early = send(leader, "close", "W-022", override="")
    assert early.status_code == 409
    assert "公示期至2026年9月24日24时" in page(early)
    at(monkeypatch, on(9, 25, 0, 1))
    assert send(leader, "close", "W-022", override="").status_code == 303
    seen = page(leader.get("/console/ledger/W-022/"))
    assert "销号的四项事实" in seen
    for words in ("分管副市长", "市住建局", "9月18日–9月24日", "2026年9月25日"):
        assert words in seen


def test_a_paper_signing_is_entered_by_one_and_checked_by_another(zhaoling, monkeypatch):
    noticed()
    bailu_data(date(2026, 9, 25), date(2026, 9, 27))
    at(monkeypatch, on(9, 28, 10))
    scan = SimpleUploadedFile("scan.pdf", b"%PDF-1.4\n% signed\n%%EOF\n", "application/pdf")
    fields = {"signed_by": "leader", "signed_on": "2026-09-28", "scan": scan}
    first = browser("office-1")
    assert send(first, "enter_signing", "W-022", **fields).status_code == 303
    assert "待第二人核对" in shown("office-1", "W-022")
    assert send(first, "check_signing", "W-022").status_code == 409
    second = send(browser("office-2"), "check_signing", "W-022")
    assert second.status_code == 303
    assert Item.objects.get(code="W-022").stage == "closed"
    assert "代录：office-1，依据签批单扫描件，office-2核对" in shown("office-1", "W-022")


def test_a_jurisdiction_dispute_is_filed_stated_proposed_and_decided(zhaoling, monkeypatch):
    line = plant_line("W-040", "ding")
    assigned("W-040", "ding", received=on(7, 13, 9, 20), duties=line.duties)
    at(monkeypatch, on(7, 15))
    said = {"names": "water", "clause": "职责清单第12条", "new_facts": ""}
    assert send(browser("ding"), "file_dispute", "W-040", **said).status_code == 303
    seen = shown("ding", "W-040")
    assert "暂由首接单位负责" in seen
    pk = str(Item.objects.get(code="W-040").disputes.get().pk)
    at(monkeypatch, on(7, 20))
    proposal = {"dispute": pk, "words": "建议丁县牵头"}
    assert send(browser("office-1"), "propose_dispute", "W-040", **proposal).status_code == 303
    words = "由丁县牵头、市水利局配合"
    decision = {"dispute": pk, "words": words, "lead": "ding-gov", "co": "water"}
    assert send(browser("leader"), "decide_dispute", "W-040", **decision).status_code == 303
    assert words in shown("office-1", "W-040")


def test_a_later_day_is_asked_for_and_the_old_one_stays_in_view(zhaoling, monkeypatch):
    under_way()
    at(monkeypatch, JUNE)
    asked = {"new_due_on": "2026-10-31", "reason": "汛期停工"}
    assert send(browser("bing"), "ask_extension", **asked).status_code == 303
    extension = Item.objects.get().listings.get().extensions.get()
    said = {"extension": str(extension.pk), "granted": "yes", "basis": "昭政函〔2026〕9号"}
    assert send(browser("leader"), "decide_extension", **said).status_code == 303
    seen = shown("bing")
    assert "原时限" in seen
    assert "昭政函〔2026〕9号" in seen


def test_a_case_is_told_to_the_office_and_to_nobody_it_does_not_concern(zhaoling, monkeypatch):
    qingshi()
    at(monkeypatch, on(8, 5, 9))
    assert "待核实" in shown("office-1", "W-064")
    assert 'class="tag pending"' not in shown("bing", "W-064")
    seen = shown("office-1", "W-064")
    for words in ("推算", "220", "183", "275", "68.4", "41.2"):
        assert words in seen


def test_the_page_asks_the_database_a_bounded_number_of_times(
    zhaoling, monkeypatch, django_assert_max_num_queries
):
    noticed()
    at(monkeypatch, on(9, 24, 17))
    client = browser("office-1")
    with django_assert_max_num_queries(54):
        client.get("/console/ledger/W-022/")


@pytest.mark.parametrize("stage", [item, assigned, planned, under_way, built, accepted, checked])
@pytest.mark.parametrize("post", ["office-1", "bing", "zhujian", "leader"])
def test_every_stage_draws_for_every_role(zhaoling, monkeypatch, stage, post):
    stage()
    at(monkeypatch, on(9, 12))
    assert not INLINE.search(shown(post))


def test_what_the_public_wrote_is_read_by_the_office_and_answered_here(zhaoling, monkeypatch):
    noticed()
    at(monkeypatch, on(9, 21))
    notice = Item.objects.get(code="W-022").notices.get()
    object_to(notice.pk, "厂门口仍有污水外流，我家在隔壁", None, act=system(on(9, 21)))
    receipt = Item.objects.get(code="W-022").reports.get().report.receipt
    assert "我家在隔壁" in shown("office-1", "W-022")
    assert "我家在隔壁" not in shown("yi", "W-022")
    answer = {"receipt": receipt, "upheld": "no", "answer": "现场复查未见外流"}
    assert send(browser("office-1"), "answer_objection", "W-022", **answer).status_code == 303
    assert "现场复查未见外流" in shown("yi", "W-022")
