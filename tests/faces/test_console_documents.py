"""来文审阅的页面: what was read beside the text, what a person must settle, the list it becomes."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.world import act, on
from tests.world_faces import at, browser, own_home, page, press

from zhenggai.apps.ledger.models import Campaign, Duty, Item, ItemPlace, Listing
from zhenggai.apps.places.queries import shelf
from zhenggai.apps.sources.intake import take_in
from zhenggai.apps.sources.models import Document

NOW = on(5, 22, 15)
HEAD = {
    "campaign": "zhaoling-2026",
    "name": "夏季攻势市级清单",
    "key": "city",
    "level": "市",
    "in_force_on": "2026-05-22",
}


@pytest.fixture(autouse=True)
def office(zhaoling, settings, tmp_path, monkeypatch):
    own_home(settings, tmp_path)
    at(monkeypatch, NOW)
    return browser("office-1")


def directive() -> bytes:
    return shelf().campaigns["zhaoling-2026"].directive.encode()


def taken() -> Document:
    take_in("通知.txt", directive(), act=act("office-1", NOW))
    return Document.objects.get()


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def no_of(document: Document, words: str) -> int:
    return document.findings.get(kind="key_task", text__contains=words).no


def test_an_upload_is_read_and_opened(office):
    sent = press(office, "/console/documents/upload/", file=file("通知.txt", directive()))
    document = Document.objects.get()
    assert sent.url == f"/console/documents/{document.pk}/"
    assert document.title in page(office.get("/console/documents/"))


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        (("空.txt", b""), "空文件"),
        (("表.et", b"abc"), "不能读取"),
        (("大.txt", b"a" * (21 << 20)), "超过上限"),
    ],
)
def test_a_bad_file_is_refused_with_a_remedy_and_nothing_is_kept(office, upload, said):
    name, content = upload
    refused = press(office, "/console/documents/upload/", file=file(name, content))
    assert refused.status_code == 409
    assert said in page(refused)
    assert 'class="remedy"' in page(refused)
    assert not Document.objects.exists()


def test_no_file_at_all_is_refused(office):
    assert press(office, "/console/documents/upload/").status_code == 409


def test_every_value_is_marked_in_the_text_and_links_to_its_field_and_back(office):
    document = taken()
    seen = page(office.get(f"/console/documents/{document.pk}/"))
    for finding in document.findings.all():
        assert f'id="f{finding.no}"' in seen
        assert f'href="#m-f{finding.no}"' in seen
        assert seen.count(f'id="m-f{finding.no}"') == 1
    ids = re.findall(r' id="([^"]+)"', seen)
    assert len(ids) == len(set(ids))
    for target in set(re.findall(r'href="#(m-[^"]+)"', seen)):
        assert target in ids
    assert seen.index("需人工确认") < seen.index('class="group">任务')


@pytest.mark.parametrize("view", ["clean", "raw", "both", "<b>"])
def test_the_text_can_be_read_clean_raw_and_side_by_side_without_scripts(office, view):
    document = taken()
    seen = office.get(f"/console/documents/{document.pk}/", {"view": view})
    assert seen.status_code == 200
    assert ("paper-text raw" in page(seen)) == (view in ("raw", "both"))


def test_a_document_that_holds_markup_is_shown_as_text(office):
    text = (
        "关于整改的通知\n一、<script>alert(1)</script>乡镇污水处理设施建设，2026年9月30日前完成。"
    )
    press(office, "/console/documents/upload/", file=file("x.txt", text.encode()))
    seen = page(office.get(f"/console/documents/{Document.objects.get().pk}/?view=both"))
    assert "<script>alert" not in seen
    assert "&lt;script&gt;" in seen


def test_a_missing_year_must_be_settled_by_a_person_and_may_stay_unknown(office):
    document = taken()
    no = no_of(document, "水源地")
    address = f"/console/documents/{document.pk}/findings/{no}/confirm/"
    refused = press(office, address, title="水源地整治", deadline_iso="XXXX-08-31")
    assert refused.status_code == 409
    assert "记为未知" in page(refused)
    press(office, address, title="水源地整治", reading="unknown")
    finding = document.findings.get(no=no)
    assert (finding.status, finding.fields["due_on"]) == ("confirmed", None)
    assert "XXXX-08-31，年份未载明" in page(office.get(f"/console/documents/{document.pk}/"))


def test_a_person_takes_the_year_that_was_offered(office):
    document = taken()
    no = no_of(document, "水源地")
    address = f"/console/documents/{document.pk}/findings/{no}/confirm/"
    press(office, address, reading="2026-08-31")
    assert document.findings.get(no=no).fields["due_on"] == "2026-08-31"


def test_a_finding_is_refused_with_its_reason(office):
    document = taken()
    first = document.findings.order_by("no").first()
    address = f"/console/documents/{document.pk}/findings/{first.no}/refuse/"
    assert press(office, address, reason="").status_code == 409
    press(office, address, reason="与本市无关")
    assert "与本市无关" in page(office.get(f"/console/documents/{document.pk}/"))


def confirmed(office) -> Document:
    document = taken()
    for finding in document.findings.filter(kind="key_task"):
        address = f"/console/documents/{document.pk}/findings/{finding.no}/confirm/"
        press(office, address, reading="unknown")
    return document


def lines(document: Document, **more) -> dict[str, object]:
    tasks = document.findings.filter(kind="key_task", status="confirmed").order_by("no")
    said: dict[str, object] = {"line": [str(t.no) for t in tasks]}
    for n, task in enumerate(tasks, start=1):
        said |= {f"number-{task.no}": str(n), f"code-{task.no}": f"T-{n:03d}"}
    return {**HEAD, **said, **more}


def test_the_sheet_invents_nothing_and_says_what_is_unknown(office):
    document = confirmed(office)
    seen = page(office.get(f"/console/documents/{document.pk}/list/"))
    assert "2026-09-30" in seen
    assert "XXXX-08-31，年份未载明" in seen
    assert "阶段性成果" in seen
    assert " selected" not in seen.replace("<option selected>市</option>", "")


def test_the_list_becomes_items_without_site_or_unit_unless_a_person_fills_them(office):
    document = confirmed(office)
    issue = f"/console/documents/{document.pk}/list/issue/"
    sewage = no_of(document, "污水")
    said = lines(document, **{f"territorial-{sewage}": "bing-gov"}) | {"act": str(uuid4())}
    assert office.post(issue, said).status_code == 302
    office.post(issue, said)
    assert Campaign.objects.count() == 1
    assert Item.objects.count() == Listing.objects.count() == 4
    assert Duty.objects.count() == 1
    assert not ItemPlace.objects.exists()
    dues = set(Listing.objects.values_list("deadline_kind", "due_on"))
    assert ("milestone", None) in dues
    assert ("month_end", None) in dues


def test_a_list_with_a_code_twice_is_refused_whole(office):
    document = confirmed(office)
    said = lines(document)
    codes = [key for key in said if key.startswith("code-")]
    refused = press(
        office, f"/console/documents/{document.pk}/list/issue/", **said | {codes[1]: "T-001"}
    )
    assert refused.status_code == 409
    assert "编号重复" in page(refused)
    assert not Item.objects.exists()


@pytest.mark.parametrize("post", ["bing", "zhujian", "firm-b"])
def test_others_find_no_document(office, post):
    document = taken()
    other = browser(post)
    assert other.get(f"/console/documents/{document.pk}/").status_code == 404
    refused = press(other, "/console/documents/upload/", file=file("通知.txt", b"abc"))
    assert refused.status_code == 409


def test_the_auditor_reads_and_settles_nothing(office):
    document = taken()
    seen = page(browser("audit").get(f"/console/documents/{document.pk}/"))
    assert document.title in seen
    assert "data-confirm" not in seen
