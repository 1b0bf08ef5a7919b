"""坏输入: each is refused through a face with its sentence and a remedy, and nothing is written."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.world import on
from tests.world_faces import at, browser, do, done, own_home, page, press, version_of
from tests.world_ledger import item
from tests.world_works import planned, under_way

from zhenggai.apps.evidence.models import Blob, Evidence
from zhenggai.apps.ledger.models import Campaign, Item
from zhenggai.apps.monitoring.models import Import
from zhenggai.apps.planning.models import Progress
from zhenggai.apps.sources.models import Document, Finding
from zhenggai.apps.trail.models import Act, Entry
from zhenggai.faces.cli.main import main
from zhenggai.packs.shelf import HERE

pytestmark = pytest.mark.django_db
CODE = "W-037"
HEAD = "日期,进水BOD(mg/L)\n"
NOTE = "关于召开座谈会的函\n请各单位于本周五派员参加座谈会，会议地点另行通知。\n"


@pytest.fixture(autouse=True)
def home(zhaoling, settings, tmp_path):
    own_home(settings, tmp_path)
    return tmp_path


def kept() -> tuple[int, ...]:
    """How much there is of everything an input could have left behind."""
    stored = (Document, Finding, Evidence, Blob, Import, Campaign, Item, Progress, Act, Entry)
    return tuple(model.objects.count() for model in stored)


def files(folder) -> set[str]:
    return {str(path) for path in folder.rglob("*") if path.is_file()}


BAD_DOCUMENTS = {
    "an empty file": ("空.txt", b"", "是空文件"),
    "blank words": ("空白.txt", b" \n\t\n", "是空文件"),
    "a binary": ("程序.txt", b"\x7fELF\x00\x01\x02" * 9, "不是文本文件"),
    "a file over the limit": ("大.txt", b"a" * (21 << 20), "超过上限"),
    "a wrong encoding": ("乱.txt", bytes(range(0x81, 0xFF)) * 3, "编码无法确定"),
    "a format nobody reads": ("表.et", b"abc", "不能读取"),
    "a broken Word file": ("坏.docx", b"PK\x03\x04rubbish", "不是完整的"),
    "a broken PDF": ("坏.pdf", b"%PDF-1.4\nrubbish", "不是完整的"),
}


@pytest.mark.parametrize("case", BAD_DOCUMENTS)
def test_a_bad_document_is_refused_in_the_console(case, monkeypatch, home):
    name, content, sentence = BAD_DOCUMENTS[case]
    at(monkeypatch, on(5, 22))
    office, before, stored = browser("office-1"), kept(), files(home)
    file = SimpleUploadedFile(name, content)
    refused = press(office, "/console/documents/upload/", file=file)
    assert refused.status_code == 409
    assert sentence in page(refused)
    assert 'class="remedy"' in page(refused)
    assert (kept(), files(home)) == (before, stored)


@pytest.mark.parametrize("case", BAD_DOCUMENTS)
def test_a_bad_document_is_refused_by_the_commands(case, home, tmp_path_factory, capsys):
    name, content, sentence = BAD_DOCUMENTS[case]
    path = tmp_path_factory.mktemp("in") / name
    path.write_bytes(content)
    before = kept()
    for command in (
        ["read", str(path)],
        ["open", str(path), "--campaign", "zhaoling-2026"],
    ):
        assert main(command) != 0
        said = capsys.readouterr()
        assert sentence in said.err
        assert "Traceback" not in said.err
    assert kept() == before


def test_a_text_with_no_task_in_it_makes_no_list_and_no_item(monkeypatch):
    at(monkeypatch, on(5, 22))
    office = browser("office-1")
    file = SimpleUploadedFile("函.txt", NOTE.encode())
    sent = press(office, "/console/documents/upload/", file=file)
    assert sent.status_code == 302, "what came in is kept, whatever it says"
    document = Document.objects.get()
    assert not document.findings.filter(kind="key_task").exists()
    assert "没有读出任务" in page(office.get(sent.url))
    before = kept()
    head = {"campaign": "zhaoling-2026", "name": "清单", "key": "x", "level": "市"}
    said = press(office, f"{sent.url}list/issue/", in_force_on="2026-05-22", **head)
    assert said.status_code == 409
    assert 'class="remedy"' in page(said)
    assert kept() == before


def test_a_text_with_no_task_is_said_by_the_command(tmp_path_factory, capsys):
    path = tmp_path_factory.mktemp("in") / "函.txt"
    path.write_text(NOTE, encoding="utf-8")
    before = kept()
    assert main(["open", str(path), "--campaign", "zhaoling-2026"]) != 0
    assert "没有读出任务" in capsys.readouterr().err
    assert kept() == before


def test_a_document_nobody_may_confirm_leaves_nothing_half_opened(capsys):
    path = str(HERE / "campaigns" / "zhaoling-2026" / "directive.txt")
    before = kept()
    assert main(["open", path, "--campaign", "zhaoling-2026", "--confirm-as", "nobody"]) != 0
    assert "nobody" in capsys.readouterr().err
    assert kept() == before


BAD_TABLES = {
    "an empty file": (b"", "是空文件"),
    "a binary": (b"\x00\x01\x02", "不是文本表格"),
    "no known column": ("无,表\n1,2\n".encode(), "没有时间列"),
    "a wrong unit": ("日期,进水BOD(吨)\n2026-07-01,68\n".encode(), "不能换算"),
    "no date column": ("进水BOD(mg/L)\n68\n".encode(), "没有时间列"),
    "no good row": (f"{HEAD}2026-02-30,68\n".encode(), "不是日历上的日期"),
}


@pytest.mark.parametrize("case", BAD_TABLES)
def test_a_bad_table_of_values_is_refused_whole(case, monkeypatch):
    content, sentence = BAD_TABLES[case]
    item("W-064", "bing")
    at(monkeypatch, on(8, 5))
    county = browser("bing")
    file = SimpleUploadedFile("监测.csv", content)
    before = kept()
    answer = press(county, "/console/places/W-064-plant/import/", file=file)
    assert answer.status_code == 409
    assert sentence in page(answer)
    assert 'class="remedy"' in page(answer)
    assert kept() == before


@pytest.mark.parametrize(
    "content", [b"", b"not a picture", b"\xff\xd8\xff\xe0broken", b"%PDF-1.4\n"]
)
def test_a_photo_that_is_no_photo_is_refused(monkeypatch, home, content):
    under_way(CODE, "bing")
    at(monkeypatch, on(6, 15))
    before, stored = kept(), files(home)
    file = SimpleUploadedFile("整改后.jpg", content, "image/jpeg")
    said = {"kind": "photo-pair", "name": "整改后", "about_on": "2026-06-14", "file": file}
    answer = do(browser("bing"), CODE, "evidence", **said)
    assert answer.status_code in (409, 422)
    assert "照片" in page(answer) if content else "文件是空的，重新选择" in page(answer)
    assert not Evidence.objects.exists()
    assert (kept(), files(home)) == (before, stored)


def test_a_file_of_evidence_over_the_limit_is_refused(monkeypatch, home):
    under_way(CODE, "bing")
    at(monkeypatch, on(6, 15))
    file = SimpleUploadedFile("大.pdf", b"%PDF-1.4\n" + b"a" * (21 << 20))
    answer = do(browser("bing"), CODE, "evidence", kind="run-log", name="运行记录", file=file)
    assert answer.status_code == 422
    assert "压缩或拆分后再传" in page(answer)
    assert not Evidence.objects.exists()


def test_a_form_sent_twice_is_one_act_and_says_the_same(monkeypatch):
    planned(CODE, "bing")
    at(monkeypatch, on(6, 10))
    bureau, same, version = browser("zhujian"), str(uuid4()), version_of(CODE)
    first = do(bureau, CODE, "start", act=same, version=version)
    before = kept()
    second = do(bureau, CODE, "start", act=same, version=version)
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert kept() == before


def test_a_document_sent_twice_is_one_document(monkeypatch):
    at(monkeypatch, on(5, 22))
    office, before = browser("office-1"), None
    for _ in range(2):
        file = SimpleUploadedFile("函.txt", NOTE.encode())
        sent = press(office, "/console/documents/upload/", file=file)
        assert sent.status_code == 302
        before = before or sent.url
        assert sent.url == before
    assert Document.objects.count() == 1


def test_an_evidence_file_sent_twice_is_named_and_not_kept_twice(monkeypatch):
    under_way(CODE, "bing")
    at(monkeypatch, on(6, 15))
    county = browser("bing")

    def said():
        file = SimpleUploadedFile("运行.pdf", b"%PDF-1.4\n%%EOF\n")
        return {"kind": "run-log", "name": "运行记录", "file": file}

    done(county, CODE, "evidence", **said())
    again = do(county, CODE, "evidence", **said())
    assert again.status_code == 409
    assert "无需重复上传" in page(again)
    assert Evidence.objects.count() == 1
