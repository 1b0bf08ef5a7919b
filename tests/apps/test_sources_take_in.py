"""来文: a file is kept and read; a person confirms; what nobody knows stays unknown."""

from __future__ import annotations

import pytest
from tests.world import act, on

from zhenggai.apps.places.queries import shelf
from zhenggai.apps.sources.intake import confirm_finding, refuse_finding, take_in
from zhenggai.apps.sources.models import Document, Finding
from zhenggai.apps.sources.queries import deadline_text
from zhenggai.apps.trail.models import Entry
from zhenggai.kernel.verdict import Refused
from zhenggai.stores.blobs import Blobs


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """A folder of its own, so that no test sees another's files."""
    settings.HOME = tmp_path
    return tmp_path


def directive() -> bytes:
    """The directive that ships with the campaign of 昭陵市."""
    return shelf().campaigns["zhaoling-2026"].directive.encode()


def taken() -> Document:
    """The directive, taken in by the office."""
    take_in("通知.txt", directive(), act=act("office-1", on(5, 22)))
    return Document.objects.get()


def task(document: Document, words: str) -> Finding:
    """The key task whose words these are."""
    return document.findings.get(kind="key_task", text__contains=words)


def test_a_directive_becomes_sources_and_tasks_that_open_their_place_in_the_text(zhaoling, home):
    document = taken()
    kinds = list(document.findings.order_by("no").values_list("kind", flat=True))
    assert kinds == ["finding_source"] * 2 + ["key_task"] * 4
    for finding in document.findings.all():
        assert document.raw_text[finding.span_start : finding.span_end] == finding.text
        assert finding.status == "read"
    assert "昭陵市" in document.title
    with Blobs(home / "blobs").open(document.sha256) as kept:
        assert kept.read() == directive()


def test_a_task_carries_its_own_deadline_and_no_site_or_unit_from_elsewhere(zhaoling):
    sewage = task(taken(), "污水").fields
    assert (sewage["theme"], sewage["due_on"]) == ("township-sewage", "2026-09-30")
    assert "place" not in sewage
    assert "unit" not in sewage


def test_a_milestone_has_no_closing_date(zhaoling):
    fields = task(taken(), "尾矿库").fields
    assert (fields["deadline_kind"], fields["due_on"]) == ("milestone", None)
    assert deadline_text(fields["deadline_kind"], fields["deadline_iso"], None) == (
        "阶段性成果，无销号时限"
    )


def test_a_year_nobody_stated_stays_unknown_until_a_person_fills_it(zhaoling):
    document = taken()
    plan = task(document, "水源地")
    confirm_finding(document.pk, plan.no, {}, act=act("office-1", on(5, 22)))
    plan.refresh_from_db()
    assert (plan.status, plan.fields["due_on"], plan.fields["by_person"]) == ("confirmed", None, [])
    assert deadline_text("month_end", plan.fields["deadline_iso"], None) == (
        "XXXX-08-31，年份未载明"
    )


def test_a_person_fills_the_year_and_the_field_says_so(zhaoling):
    document = taken()
    plan = task(document, "水源地")
    filled = {"deadline_iso": "2026-08-31"}
    confirm_finding(document.pk, plan.no, filled, act=act("office-1", on(5, 22)))
    plan.refresh_from_db()
    assert plan.fields["due_on"] == "2026-08-31"
    assert plan.fields["by_person"] == ["deadline_iso"]


def test_the_same_file_twice_is_one_document_and_nothing_new(zhaoling):
    first = take_in("通知.txt", directive(), act=act("office-1", on(5, 22)))
    entries = Entry.objects.count()
    again = take_in("另一个名字.txt", directive(), act=act("office-2", on(5, 23)))
    assert first == again
    assert Entry.objects.count() == entries
    assert Document.objects.count() == 1


def test_the_same_press_twice_is_one_act(zhaoling):
    pressed = act("office-1", on(5, 22))
    assert take_in("通知.txt", directive(), act=pressed) == take_in(
        "通知.txt", directive(), act=pressed
    )


@pytest.mark.parametrize(
    ("name", "content"), [("空.txt", b""), ("表.et", b"abc"), ("坏.docx", b"PK\x03\x04no")]
)
def test_what_cannot_be_read_is_refused_whole(zhaoling, name, content):
    with pytest.raises(Refused) as refused:
        take_in(name, content, act=act("office-1", on(5, 22)))
    assert all(r.remedy for r in refused.value.reasons)
    assert not Document.objects.exists()
    assert not Finding.objects.exists()


def test_a_county_takes_nothing_in(zhaoling):
    with pytest.raises(Refused, match="无权登记来文"):
        take_in("通知.txt", directive(), act=act("bing", on(5, 22)))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"deadline_iso": "2026-02-30"}, "unreadable-deadline"),
        ({"deadline_kind": "soon"}, "unknown-deadline-kind"),
        ({"theme": "moon"}, "unknown-theme"),
        ({"title": " "}, "untitled"),
        ({"site": "青石镇"}, "unknown-field"),
    ],
)
def test_a_correction_that_cannot_be_true_is_refused_with_a_remedy(zhaoling, fields, code):
    document = taken()
    finding = task(document, "污水")
    with pytest.raises(Refused) as refused:
        confirm_finding(document.pk, finding.no, fields, act=act("office-1", on(5, 22)))
    assert [r.code for r in refused.value.reasons] == [code]
    assert refused.value.reasons[0].remedy
    finding.refresh_from_db()
    assert finding.status == "read"


def test_a_finding_is_settled_once(zhaoling):
    document = taken()
    refuse_finding(document.pk, 1, "已在上一批办理", act=act("office-1", on(5, 22)))
    assert Finding.objects.get(no=1).status == "refused"
    with pytest.raises(Refused, match="已不采用"):
        confirm_finding(document.pk, 1, {}, act=act("office-2", on(5, 22)))


def test_refusing_without_a_reason_is_refused(zhaoling):
    document = taken()
    with pytest.raises(Refused, match="理由"):
        refuse_finding(document.pk, 1, " ", act=act("office-1", on(5, 22)))
