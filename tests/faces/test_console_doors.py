"""每扇门: who may not act changes nothing at any address, and what is hidden stays hidden."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.world import act, on
from tests.world_cases import inquired, noticed
from tests.world_faces import at, browser, own_home, press, version_of
from tests.world_works import visited

from zhenggai.apps.evidence.models import Evidence
from zhenggai.apps.ledger.models import Item
from zhenggai.apps.parties.models import Post
from zhenggai.apps.reconciliation.actions import close_item
from zhenggai.apps.reconciliation.cases import record_supply, reply
from zhenggai.apps.reconciliation.models import Contradiction
from zhenggai.apps.reconciliation.watches import propose_rebound
from zhenggai.apps.sources.actions import PaperFields, draft_paper, send_paper, sign_paper
from zhenggai.apps.sources.intake import take_in
from zhenggai.apps.sources.models import Document, Receipt
from zhenggai.apps.trail.models import Entry
from zhenggai.faces.console.items import DEEDS
from zhenggai.faces.console.urls import DESK, urlpatterns

CODE = "W-064"
NOW = on(8, 7, 10)
TEXT = "2026年9月30日前，丙县完成青石镇污水处理厂管网建设。"
WATCHERS = ("audit", "sysadmin", "secadmin", "auditadmin")
OTHERS = ("ding", "firm-b")
FREE = {pattern.name for pattern in DESK}
# Which page shows the noun whose form an address is; that page decides whether the form exists.
PAGE_OF = {
    "item": "item",
    "perform": "item",
    "evidence": "item",
    "thumbnail": "item",
    "case": "case",
    "document": "document",
    "finding": "document",
    "place": "place",
    "bring": "place",
    "import": "place",
}
SAID = {
    "text": "情况属实",
    "number": "1号",
    "kwh": "150",
    "paper": "1",
    "reason": "不采用",
    "finding": "upheld",
    "campaign": "zhaoling-2026",
    "key": "reported",
    "month": "2026-08",
    "value": "3",
    "count": "count:1",
    "document": "1",
    "name": "清单",
    "level": "市",
    "in_force_on": "2026-08-07",
    "line": "1",
}


class Door(NamedTuple):
    """One address of the console, the page of its noun, and what its form sends."""

    name: str
    address: str
    page: str
    fields: dict


@pytest.fixture(autouse=True)
def home(zhaoling, settings, tmp_path):
    own_home(settings, tmp_path)


@pytest.fixture
def asked(monkeypatch):
    """An item with a claim in hand, its case asked and answered, and a document being read."""
    case = inquired(CODE, received=on(8, 6))
    reply(case.pk, "另有一路供电。", act=act("bing", on(8, 7, 8)))
    record_supply(case.pk, 150, "供电说明", act=act("bing", on(8, 7, 9)))
    office = act("office-1", on(8, 7, 9))
    paper = draft_paper(
        "通知", "campaign:zhaoling-2026", PaperFields("通知", "请查收。"), act=office
    )
    send_paper(_signed(paper), ("campaign-office", "audit"), act=act("office-1", on(8, 7, 9)))
    take_in("通知.txt", TEXT.encode(), act=act("office-1", on(8, 7, 9)))
    at(monkeypatch, NOW)
    return CODE


def _signed(paper: str) -> int:
    number = int(paper.partition(":")[2])
    sign_paper(number, "1号", act=act("office-1", on(8, 7, 9)))
    return number


@pytest.fixture
def running(monkeypatch):
    """An item whose notice has run its days."""
    noticed()
    at(monkeypatch, on(9, 25, 8))
    return "W-022"


@pytest.fixture
def back(monkeypatch):
    """A closed item with days to look again and a proposal to reopen it."""
    noticed()
    close_item("W-022", act=act("leader", on(9, 25, 8)))
    visit = visited("W-022", "inspect-1", at=on(10, 16), kind="look-back")
    Item.objects.get().visits.get(uuid=visit).posts.add(*Post.objects.filter(role="inspector"))
    propose_rebound(
        "W-022", visit, "出水口有异味。", date(2026, 12, 31), act=act("inspect-1", on(10, 16))
    )
    at(monkeypatch, on(10, 17))
    return "W-022"


def filled(field: forms.Field) -> object:
    """A value a field would take."""
    if isinstance(field, forms.FileField):
        return SimpleUploadedFile("件.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    if isinstance(field, forms.DateField):
        return "2026-08-06"
    if isinstance(field, forms.IntegerField):
        return "5"
    if isinstance(field, forms.ChoiceField):
        return next((key for key, _label in field.choices if key), "")
    return "2026-08" if isinstance(field, forms.RegexField) else "写明情况"


def acts_of(code: str) -> list[Door]:
    """Every act of an item, with a form filled in as its page would let it."""
    item = Item.objects.get(code=code)
    found = []
    for verb, deed in DEEDS.items():
        fields = deed.form(verb, item, NOW.date()).fields
        said = {name: filled(field) for name, field in fields.items()}
        address = reverse("console:perform", args=[code, verb])
        found.append(Door(verb, address, "item", {"version": version_of(code), **said}))
    return found


def doors() -> list[Door]:
    """Every address of the console with what its form would send."""
    case, document = Contradiction.objects.get(), Document.objects.get(name="通知.txt")
    paper = Receipt.objects.get(paper=case.inquiry).pk
    numbers = {"case": case.pk, "document": document.pk, "finding": document.pk, "paper": paper}
    known = {
        "code": CODE,
        "verb": "weigh",
        "key": f"{CODE}-plant",
        "reference": "1",
        "pk": Evidence.objects.first().pk,
        "supply_id": case.supplies.get().pk,
        "no": 1,
        "doing": "table",
    }
    found = []
    for pattern in urlpatterns:
        if pattern.name in FREE:
            continue
        wanted, noun = pattern.pattern.converters, pattern.name.partition("-")[0]
        given = known | {"number": numbers.get(noun)}
        address = reverse(f"console:{pattern.name}", kwargs={key: given[key] for key in wanted})
        page = PAGE_OF.get(noun, "") if wanted else ""
        found.append(Door(pattern.name, address, page, {"version": version_of(CODE), **SAID}))
    sent = Receipt.objects.filter(paper__kind="通知")
    addresses = [reverse("console:paper-receive", args=[receipt.pk]) for receipt in sent]
    return found + [Door("paper-receive", address, "", {}) for address in addresses]


def hidden_from(client) -> set[str]:
    """The nouns whose page a post does not find."""
    case, document = Contradiction.objects.first(), Document.objects.first()
    code = Item.objects.get().code
    pages = {
        "item": reverse("console:item", args=[code]),
        "place": reverse("console:place", args=[f"{code}-plant"]),
        "case": reverse("console:case", args=[case.pk if case else 0]),
        "document": reverse("console:document", args=[document.pk if document else 0]),
    }
    return {noun for noun, page in pages.items() if client.get(page).status_code == 404}


def entries() -> list[str]:
    """What has happened; that a step was refused is kept, too, and changes nothing."""
    return list(Entry.objects.exclude(verb="trail.step.refused").values_list("verb", flat=True))


def knock(post: str, known: list[Door]) -> None:
    """Try every address and see that nothing happens, and that hidden nouns stay hidden."""
    client = browser(post)
    client.raise_request_exception = False
    hidden, before = hidden_from(client), entries()
    for door in known:
        assert client.get(door.address).status_code < 500, door
        answer = press(client, door.address, **door.fields)
        assert answer.status_code < 500, door
        assert answer.status_code in {404, 405} or door.page not in hidden, door
        assert entries() == before, door


@pytest.mark.parametrize("post", WATCHERS)
def test_a_post_that_only_watches_changes_nothing_at_any_address(asked, post):
    knock(post, doors())


@pytest.mark.parametrize("post", OTHERS)
def test_another_unit_changes_nothing_of_what_is_not_its_own(asked, post):
    own = ("count-report",)
    knock(post, [door for door in doors() if door.name not in own])


@pytest.mark.parametrize("post", ["audit", "sysadmin", "ding"])
@pytest.mark.parametrize("stage", ["asked", "running", "back"])
def test_no_act_of_an_item_is_done_by_who_may_not(request, stage, post):
    knock(post, acts_of(request.getfixturevalue(stage)))


def test_the_auditor_sees_every_noun_and_an_administrator_none(asked):
    assert hidden_from(browser("audit")) == set()
    assert hidden_from(browser("sysadmin")) == {"item", "place", "case", "document"}


def test_the_same_forms_do_change_something_for_whoever_may(asked):
    before = entries()
    client = browser("office-1")
    for door in [*doors(), *acts_of(asked)]:
        press(client, door.address, **door.fields)
    done = set(entries()[len(before) :])
    assert {"sources.document.taken_in", "reconciliation.run.recorded"} & done
    assert len(done) > 5
