"""谁看得见什么: what one may not see does not exist; buttons follow the post."""

from __future__ import annotations

from datetime import date

import pytest
from tests.world import act, on
from tests.world_ledger import assigned, listed, open_zhaoling, plant_line

from zhenggai.apps.ledger.access import area_range, documents_visible_to, visible_to
from zhenggai.apps.ledger.actions import link_report
from zhenggai.apps.ledger.models import Item
from zhenggai.apps.ledger.queries import deadlines, voices
from zhenggai.apps.parties.models import Post
from zhenggai.apps.sources.models import Document, Report
from zhenggai.apps.sources.reports import Said, summarise_report, take_report
from zhenggai.apps.trail.acts import once

DAY = date(2026, 6, 1)


def seen(post: str) -> set[str]:
    """Codes a post sees."""
    found = visible_to(Post.objects.get(key=post), DAY)
    return set(found.values_list("code", flat=True))


@pytest.fixture
def two(zhaoling):
    """One item of 丙县 and one of 甲县."""
    open_zhaoling()
    listed(plant_line("B-1", "bing"), plant_line("J-1", "jia"))


def test_a_liaison_of_one_county_does_not_see_another_s_item(two):
    assert seen("jia") == {"J-1"}
    assert seen("bing") == {"B-1"}


@pytest.mark.parametrize("post", ["office-1", "office-2", "leader", "audit"])
def test_office_leader_and_auditor_see_the_whole_campaign(two, post):
    assert seen(post) == {"B-1", "J-1"}


def test_others_see_items_where_their_body_has_a_duty(two):
    assert seen("zhujian") == {"B-1", "J-1"}
    assert seen("huanbao") == seen("firm-b") == set()


@pytest.mark.parametrize("post", ["sysadmin", "secadmin", "auditadmin"])
def test_administrators_see_no_items(two, post):
    assert seen(post) == set()


def test_ranges_of_codes_hold_towns_and_stop_before_the_neighbour():
    low, high = area_range("990521")
    assert low <= "990521101" < high
    assert not low <= "990522" < high


def test_documents_are_seen_with_the_items_they_list(two):
    paper = Document.objects.create(sha256="0" * 64, direction="in", name="清单.docx", media="x")
    listed(plant_line("B-1", "bing"), key="from-paper", document_id=paper.pk)
    visible = {
        key: documents_visible_to(Post.objects.get(key=key), DAY).exists()
        for key in ("office-1", "audit", "bing", "jia", "sysadmin")
    }
    assert visible == {
        "office-1": True,
        "audit": True,
        "bing": True,
        "jia": False,
        "sysadmin": False,
    }


def test_a_county_reads_the_summary_of_a_report_and_never_its_words(two):
    take_report(Said("report", "web", "张某反映夜间排水。"), None, act=act("office-1", on(6, 1)))
    report = Report.objects.get()
    summarise_report(report.receipt, "反映夜间排水。", act=act("office-1", on(6, 1)))

    @once
    def link(*, act) -> str:
        link_report("B-1", report, "evidence", act=act)
        return "item:B-1"

    link(act=act("office-1", on(6, 1)))
    found = Item.objects.get(code="B-1")
    (office,) = voices(found, Post.objects.get(key="office-1"))
    (county,) = voices(found, Post.objects.get(key="bing"))
    assert office.words == "张某反映夜间排水。"
    assert county.words == "反映夜间排水。"


def test_every_list_shows_its_date_and_the_earliest_binds(zhaoling):
    found = assigned(due=date(2026, 9, 30))
    listed(plant_line(due=date(2026, 12, 31)), key="campaign-list")
    listed(plant_line(due=None, deadline_iso="XXXX-08-31", deadline_kind="month_end"), key="third")
    lines = deadlines(found, DAY)
    assert [(line.due_on, line.binds) for line in lines] == [
        (date(2026, 9, 30), True),
        (date(2026, 12, 31), False),
        (None, False),
    ]
    assert lines[2].text == "XXXX-08-31，年份未载明"


def test_after_a_rebound_the_date_of_the_round_binds_and_the_printed_ones_stay(zhaoling):
    found = assigned(due=date(2026, 9, 30))
    Item.objects.filter(pk=found.pk).update(round_no=2, round_due_on=date(2027, 3, 31))
    found.refresh_from_db()
    lines = deadlines(found, DAY)
    assert [(line.list_name, line.due_on, line.binds) for line in lines] == [
        ("第2轮整改", date(2027, 3, 31), True),
        ("市级清单（city）", date(2026, 9, 30), False),
    ]
