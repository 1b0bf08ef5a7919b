"""恶意请求: what is not one's own is not there, and no input breaks a page or enters twice."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import CharField, TextField
from django.db.models.functions import Length
from django.test import Client
from django.urls import get_resolver
from tests.world import act, on
from tests.world_cases import inquired, noticed
from tests.world_faces import BACKEND, at, browser, do, own_home, page, press, shown
from tests.world_ledger import CAMPAIGN, plant
from tests.world_works import under_way

from zhenggai.apps.evidence.models import Evidence
from zhenggai.apps.ledger.models import Item
from zhenggai.apps.parties.models import Person
from zhenggai.apps.planning.counts import report_count
from zhenggai.apps.planning.models import Progress
from zhenggai.apps.reconciliation.models import Contradiction, Decision, Notice
from zhenggai.apps.sources.models import Document
from zhenggai.apps.trail.models import Act, Entry
from zhenggai.faces.console.items import DEEDS

pytestmark = pytest.mark.django_db
CODE = "W-064"
ITEM = f"/console/ledger/{CODE}/"
HUGE = "9" * 30
MARKUP = "<img src=x onerror=alert(1)>“'&{{7*7}}"
ESCAPED = "&lt;img src=x onerror=alert(1)&gt;"
SQL = "' OR 1=1; DROP TABLE ledger_item; --"
STRANGERS = ("yi", "firm-b", "sysadmin")


@pytest.fixture(autouse=True)
def home(zhaoling, settings, tmp_path):
    own_home(settings, tmp_path)


@pytest.fixture
def case(monkeypatch) -> Contradiction:
    """丙县青石镇 with its evidence and a case it was asked about."""
    found = inquired(received=on(8, 6, 9))
    at(monkeypatch, on(8, 7))
    return found


def of_bing(case: Contradiction) -> list[str]:
    """Every address that shows or changes something of 丙县's item."""
    file = Evidence.objects.filter(item__code=CODE).first().pk
    return [
        ITEM,
        *(f"{ITEM}{verb}/" for verb in DEEDS),
        f"/console/evidence/{file}/",
        f"/console/evidence/{file}/small/",
        *(f"/console/reconcile/{case.pk}/{act}" for act in ("", "receive/", "reply/", "supply/")),
        *(f"/console/reconcile/{case.pk}/{act}" for act in ("inquire/", "decide/")),
        f"/console/places/{CODE}-plant/",
        f"/console/places/{CODE}-plant/import/",
    ]


@pytest.mark.parametrize("post", STRANGERS)
def test_another_unit_finds_neither_item_nor_file_nor_case_nor_place(case, post):
    client, before = browser(post), Act.objects.count()
    for address in of_bing(case):
        assert client.get(address).status_code in (404, 405), address
        assert press(client, address).status_code in (404, 405), address
    assert CODE not in page(client.get("/console/ledger/?q=青石&view="))
    assert Act.objects.count() == before


def test_nobody_gets_in_without_a_log_in(case):
    visitor = browser()
    for address in of_bing(case):
        for answer in (visitor.get(address), press(visitor, address)):
            assert answer.status_code == 405 or answer["Location"].startswith("/login/"), address


def test_a_unit_is_refused_every_act_that_is_not_its_own(case):
    county, before = browser("bing"), Item.objects.get(code=CODE)
    for verb in DEEDS:
        assert do(county, CODE, verb).status_code in (409, 422), verb
    after = Item.objects.get(code=CODE)
    assert (after.stage, after.version) == (before.stage, before.version)
    number = f"/console/reconcile/{case.pk}"
    for verb in ("inquire", "decide"):
        assert press(county, f"{number}/{verb}/", finding="matched", reason="x").status_code == 409
    assert not Decision.objects.exists()


def test_the_view_of_doubts_tells_a_county_nothing_before_it_is_asked(monkeypatch):
    found = inquired()
    Contradiction.objects.filter(pk=found.pk).update(inquiry=None, state="clue")
    at(monkeypatch, on(8, 5, 11))
    seen = page(browser("bing").get("/console/ledger/?view=doubt")).split('id="ledger"')[1]
    assert 'name="view" value="open"' in seen, "the view answers as if it had not been asked for"


def test_a_post_one_does_not_hold_is_not_taken(case):
    client = browser("bing")
    for post in ("office-1", "leader", "nobody", ""):
        assert client.post("/console/post/", {"post": post}).status_code == 404
    session = client.session
    session["post"] = "office-1"
    session.save()
    assert "整改联络岗" in page(client.get("/console/todo/")), "a forged session acts as oneself"
    assert press(client, f"/console/reconcile/{case.pk}/decide/").status_code == 409


def test_leaving_for_another_site_after_a_post_was_taken_is_not_possible(case):
    client = browser("bing")
    for evil in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        sent = client.post("/console/post/", {"post": "bing", "next": evil})
        assert sent["Location"] == "/console/todo/"


def test_another_person_s_act_is_not_replayed(case, monkeypatch):
    at(monkeypatch, on(8, 12))
    address, same = f"/console/reconcile/{case.pk}/decide/", str(uuid4())
    said = {"act": same, "finding": "upheld", "reason": "进水浓度下降"}
    assert browser("office-1").post(address, said).status_code == 302
    replayed = browser("office-2").post(address, said)
    assert replayed.status_code == 409
    assert "刷新页面后重新办理" in page(replayed)
    assert Decision.objects.count() == 1


def test_an_act_id_is_not_used_for_something_else(case):
    county, same = browser("bing"), str(uuid4())
    address = f"/console/reconcile/{case.pk}/reply/"
    assert county.post(address, {"act": same, "text": "一"}).status_code == 302
    assert county.post(address, {"act": same, "text": "二"}).status_code == 409


def test_a_form_from_elsewhere_carries_no_token_and_is_refused(case):
    client = Client(enforce_csrf_checks=True)
    client.force_login(Person.objects.get(login="bing"), backend=BACKEND)
    assert press(client, f"/console/reconcile/{case.pk}/reply/", text="x").status_code == 403


def test_what_changes_something_is_not_done_by_following_a_link(case):
    client, tried = browser("office-1"), 0
    for address in of_bing(case)[1:]:
        if address.endswith("/small/") or "/console/evidence/" in address:
            continue
        status = client.get(address).status_code
        tried += status == 405
        assert status in (200, 404, 405), address
    for address in ("post/", "documents/upload/", "counts/report/", "counts/table/"):
        assert client.get(f"/console/{address}").status_code == 405
    assert client.get("/logout/").status_code == 405
    assert tried > len(DEEDS)


@pytest.mark.parametrize("words", [SQL, "%_\\", "青" * 5000, MARKUP, "💧", "  "])
def test_odd_words_find_nothing_and_break_nothing(case, words):
    for client, base in ((browser("office-1"), "/console/ledger/"), (browser(), "/")):
        for key in ("q", "area", "theme", "stage", "order", "view", "page"):
            answer = client.get(base, {key: words})
            assert answer.status_code == 200, (base, key)
            assert MARKUP not in page(answer)
    for path in ("/console/counts/", "/console/places/", "/console/reconcile/", "/receipts/"):
        asked = {"month": words, "campaign": words, "page": words, "number": words}
        assert browser("office-1").get(path, asked).status_code == 200
    assert Item.objects.exists()


def test_a_character_no_database_keeps_is_refused_wherever_it_stands(case):
    office, county, before = browser("office-1"), browser("bing"), Act.objects.count()
    addresses = ("/console/ledger/?q=%00", "/?q=a%00", "/receipts/%00/", "/items/W%00/")
    refused = [office.get(address) for address in addresses]
    refused.append(press(county, f"/console/reconcile/{case.pk}/reply/", text="说明\x00"))
    for answer in refused:
        assert answer.status_code == 409
        assert "不可见的空字符" in page(answer)
    assert Act.objects.count() == before


def test_numbers_beyond_every_table_lead_nowhere(case):
    office = browser("office-1")
    for path in ("reconcile", "documents", "evidence"):
        assert office.get(f"/console/{path}/{HUGE}/").status_code == 404, path
    assert press(office, f"/console/papers/{HUGE}/receive/").status_code == 404
    assert browser().get(f"/notices/{HUGE}/").status_code == 404
    assert browser().get(f"/items/{HUGE}/").status_code == 404
    assert press(office, f"/console/reconcile/{case.pk}/supply/{HUGE}/").status_code == 404


@pytest.mark.parametrize("count", ["count:x", "x", "", f"count:{HUGE}", "count:-1", SQL])
def test_a_broken_reference_to_a_figure_is_refused(monkeypatch, count):
    under_way(CODE, "bing")
    july = {"campaign": CAMPAIGN, "month": "2026-07", "key": "reported"}
    report_count(CAMPAIGN, "bing-gov", "2026-07", "reported", 19, act=act("bing", on(7, 31)))
    at(monkeypatch, on(8, 10))
    for doing in ("approve", "letter"):
        address = f"/console/counts/{doing}/"
        assert press(browser("office-1"), address, count=count, **july).status_code == 409
    said = {"count": count, "value": "16", "reason": "误", "document": "1", **july}
    assert press(browser("bing"), "/console/counts/correct/", **said).status_code == 409
    for value in (HUGE, "9" * 5000, "-1", "1e9", "１９"):
        sent = press(browser("bing"), "/console/counts/report/", **july | {"value": value})
        assert sent.status_code == 409, value


def fits() -> list[str]:
    """Every text of a bounded column that is longer than PostgreSQL would take."""
    found = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, CharField) and not isinstance(field, TextField):
                longer = model.objects.alias(chars=Length(field.name)).filter(
                    chars__gt=field.max_length
                )
                found += [f"{model.__name__}.{field.name}"] if longer.exists() else []
    return found


def write_everywhere(case, words: str) -> None:
    """Put the same words into every free text a person may send."""
    office, county = browser("office-1"), browser("bing")
    number = f"/console/reconcile/{case.pk}"
    press(county, f"{number}/reply/", text=words)
    press(county, f"{number}/supply/", kwh="150", paper=words)
    press(office, f"{number}/decide/", finding="upheld", reason=words)
    do(county, CODE, "progress", month="2026-08", percent="90", text=words)
    do(county, CODE, "ask_extension", new_due_on="2026-12-01", reason=words)
    photo = SimpleUploadedFile(f"{words[:90]}.pdf", b"%PDF-1.4\n%%EOF\n")
    do(county, CODE, "evidence", kind="run-log", name=words, about_on="2026-08-01", file=photo)
    do(county, CODE, "file_dispute", names="water", clause=words, new_facts=words)
    do(county, CODE, "self_check", as_title=words, signed_on="2026-08-01", evidence="evidence:1")
    do(office, CODE, "duty", kind="co", body=words)
    do(office, CODE, "return", grounds=words)
    write_a_document(office, words)
    correct_a_figure(office, county, words)


def write_a_document(office, words: str) -> None:
    """A document full of the words, each finding settled with them, and the list it becomes."""
    text = f"关于整改的通知\n一、{words[:3000]}乡镇污水处理设施建设，2026年9月30日前完成。"
    file = SimpleUploadedFile(f"{words[:90]}.txt", text.encode())
    press(office, "/console/documents/upload/", file=file)
    document = Document.objects.filter(direction="in").order_by("-pk").first()
    for finding in document.findings.all() if document else ():
        mine = f"/console/documents/{document.pk}/findings/{finding.no}"
        fields = dict.fromkeys(("title", "theme", "responsible", "deadline_kind"), words)
        press(office, f"{mine}/confirm/", **fields)
        press(office, f"{mine}/confirm/", title=words, responsible=words)
        said = {f"number-{finding.no}": words, f"code-{finding.no}": words[:20]}
        for head in (words, "x1"):
            heading = {"campaign": CAMPAIGN, "key": head, "name": words, "level": "市"}
            heading |= {"in_force_on": "2026-08-01", "line": str(finding.no)}
            press(office, f"/console/documents/{document.pk}/list/issue/", **heading, **said)
        press(office, f"{mine}/refuse/", reason=words)


def correct_a_figure(office, county, words: str) -> None:
    """A figure reported, corrected and printed with the words wherever there is room for any."""
    document = Document.objects.filter(direction="in").order_by("-pk").first()
    july = {"campaign": CAMPAIGN, "month": "2026-07", "key": "reported"}
    press(county, "/console/counts/report/", value="19", **july)
    paper = str(document.pk) if document else "1"
    correction = {"count": "count:1", "value": "16", "reason": words, "document": paper}
    press(county, "/console/counts/correct/", **correction, **july)
    press(office, "/console/counts/approve/", count="count:2", **july)
    press(office, "/console/counts/letter/", count="count:2", **july)
    press(office, "/console/counts/table/", **july)
    press(office, "/console/counts/sign/", paper="99", number=words, **july)


def pages(case) -> dict[str, str]:
    """What the pages show that could have taken any of it up."""
    office = browser("office-1")
    seen = [ITEM, f"/console/reconcile/{case.pk}/", "/console/reconcile/", "/console/documents/"]
    seen += ["/console/ledger/?view=open", "/console/todo/", "/console/papers/"]
    seen += [f"/console/counts/?campaign={CAMPAIGN}&month=2026-07"]
    seen += [f"/console/documents/{d.pk}/?view=both" for d in Document.objects.all()]
    seen += [f"/console/documents/{d.pk}/list/" for d in Document.objects.all()]
    seen += ["/console/places/", f"/console/places/{CODE}-plant/"]
    told = {path: page(office.get(path)) for path in seen}
    return told | {path: page(browser().get(path)) for path in ("/", f"/items/{CODE}/")}


def test_markup_is_words_wherever_it_was_typed(case, monkeypatch):
    write_everywhere(case, MARKUP)
    told = pages(case)
    assert [path for path, seen in told.items() if "<img src=x" in seen] == []
    assert sum(ESCAPED in seen for seen in told.values()) >= 4


@pytest.mark.parametrize("n", [450, 70_000, 3 << 20])
def test_endless_words_are_refused_or_fit_and_never_break_a_page(case, monkeypatch, n):
    write_everywhere(case, "长" * (n // 3))
    assert fits() == []
    assert ITEM in pages(case)


def test_a_form_beyond_the_limit_is_not_read(case):
    answer = press(browser("bing"), f"/console/reconcile/{case.pk}/reply/", text="x" * (5 << 20))
    assert answer.status_code == 400


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "..\\..\\x.txt", "/abs/x.txt", "a/b.txt"])
def test_a_name_with_folders_is_only_a_name(monkeypatch, tmp_path, name):
    plant("bing")
    at(monkeypatch, on(5, 22))
    text = "关于整改的通知\n一、乡镇污水处理设施建设，2026年9月30日前完成。"
    parts = (("act", "", str(uuid4())), ("file", f'; filename="{name}"', text))
    body = "".join(
        f'--X\r\nContent-Disposition: form-data; name="{field}"{more}\r\n\r\n{said}\r\n'
        for field, more, said in parts
    )
    sent = browser("office-1").post(
        "/console/documents/upload/",
        data=f"{body}--X--\r\n".encode(),
        content_type="multipart/form-data; boundary=X",
    )
    assert sent.status_code == 302
    assert not set("/\\") & set(Document.objects.get().name)
    assert not (tmp_path.parent / "etc").exists()


def test_cells_that_a_spreadsheet_would_run_stay_words(monkeypatch):
    under_way(CODE, "bing")
    at(monkeypatch, on(8, 5))
    rows = "日期,进水BOD(mg/L)\n2026-07-01,\"=cmd|'/c calc'!A1\"\n2026-07-02,=1+60\n2026-07-03,68\n"
    county, address = browser("bing"), f"/console/places/{CODE}-plant/import/"
    sent = press(county, address, file=SimpleUploadedFile("=1+1.csv", rows.encode()))
    told = page(county.get(sent.url))
    assert "存入1条" in told.replace(" ", "").replace("<b>", "").replace("</b>", "")
    assert "=cmd|&#x27;/c calc&#x27;!A1" in told


def test_a_receipt_number_is_not_guessed_and_an_objection_is_read_by_the_office_only(monkeypatch):
    noticed()
    at(monkeypatch, on(9, 21))
    number = Notice.objects.get().pk
    press(browser(), f"/notices/{number}/object/", text=MARKUP, contact=MARKUP)
    assert ESCAPED in shown("office-1", "W-022")
    assert "onerror" not in shown("yi", "W-022")
    assert "onerror" not in page(browser().get("/items/W-022/"))
    for guess in ("1", "AAAAAAAAAAAA", SQL, MARKUP):
        assert browser().get(f"/receipts/{guess}/").status_code in (404, 302)


def test_every_address_of_the_console_was_thought_of():
    known = {"logout", "login"} | {
        *("home", "todo", "take-post", "ledger", "item", "perform", "evidence", "thumbnail"),
        *("documents", "document-upload", "document", "finding-confirm", "finding-refuse"),
        *("document-list", "document-issue", "reconcile", "case", "case-inquire", "case-receive"),
        *("case-reply", "case-supply", "case-verify", "case-decide", "places", "place", "bring"),
        *("import", "papers", "paper-receive", "counts", "count-report", "count-correct"),
        *("count-settle",),
    }
    console = get_resolver("zhenggai.faces.console.urls")
    named = {pattern.name for pattern in console.url_patterns}
    assert named <= known, "a new address wants its attack here"


def test_a_refusal_leaves_its_trace_and_nothing_else(case):
    before = Progress.objects.count(), Evidence.objects.count()
    refused = do(browser("bing"), CODE, "claim", finished_on="2026-08-01", text="已完工")
    assert refused.status_code == 409
    assert (Progress.objects.count(), Evidence.objects.count()) == before
    assert Entry.objects.order_by("-pk").first().verb == "trail.step.refused"
