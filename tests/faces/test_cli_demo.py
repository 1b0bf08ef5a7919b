from __future__ import annotations

from datetime import date
from threading import Event

import pytest
from django.db import transaction
from django.test import override_settings
from tests.world_faces import own_home

from zhenggai.apps.ledger import table
from zhenggai.apps.ledger.access import visible_to
from zhenggai.apps.parties.models import Person, Post
from zhenggai.apps.reconciliation.models import Contradiction, Notice, Watch
from zhenggai.apps.sources.models import Receipt
from zhenggai.apps.trail import clock
from zhenggai.apps.trail.models import Act, Entry, Job
from zhenggai.faces.cli.demo import PASSWORD
from zhenggai.faces.cli.demo.load import load
from zhenggai.faces.cli.demo.papers import pdf
from zhenggai.faces.cli.demo.script import moment
from zhenggai.faces.cli.demo.story import BEGINS, story
from zhenggai.stores.readers.read import read

TODAY = date(2026, 8, 6)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo as it is on its first morning; loaded once, for these tests change nothing."""
    home = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), override_settings(HOME=home), transaction.atomic():
        assert load(Event())
        yield
        transaction.set_rollback(True)


def lines():
    seen = table.lines(visible_to(Post.objects.get(key="office-1"), TODAY), TODAY)
    found = table.rows(table.chosen(seen, table.Asked(view=""), TODAY), TODAY, frozenset())
    return {row.code: row for row in found}


def test_an_interrupted_load_is_not_taken_for_a_whole_one(db, settings, tmp_path):
    own_home(settings, tmp_path)
    stopped = Event()
    stopped.set()
    assert not load(stopped)
    assert not clock.shifted()


def test_the_story_stands_where_the_stories_say(demo):
    rows = lines()
    assert len(rows) == 17
    assert rows["W-012"].node_text == "未达序时进度22天"
    assert rows["W-012"].due_text == "余25天"
    assert rows["W-014"].due_text == "超期6天"
    assert [rows[code].stage_label for code in ("W-022", "W-023", "W-025", "W-041", "W-046")] == [
        *("核查中", "已销号", "公示中", "公示中", "待报方案"),
    ]
    assert (rows["W-038"].stage_label, str(rows["W-038"].light)) == ("整改中", "red")
    assert Watch.objects.filter(item__code="W-023").count() == 3
    assert Notice.objects.get(item__code="W-025").to_on == date(2026, 8, 10)
    assert not Job.objects.exclude(dead_at=None).exists()


def test_the_claim_that_does_not_agree_waits_for_its_letter_to_be_received(demo):
    case = Contradiction.objects.get(item__code="W-037")
    assert case.state == "inquired"
    assert Receipt.objects.get(paper=case.inquiry).received_at is None
    risen = case.latest_run.criteria.get(key="inflow-rises")
    assert risen.measured == "68.4 → 41.2 mg/L"
    power = case.latest_run.criteria.get(key="power-explains-volume")
    assert (power.claimed, power.measured, power.derived["value"]) == ("日处理860 t/d", "", "220")
    assert lines()["W-037"].strokes == "-----"


def test_loading_twice_changes_nothing(demo):
    before = Act.objects.count(), Entry.objects.count()
    assert load(Event())
    assert (Act.objects.count(), Entry.objects.count()) == before
    for beat in sorted(story("another-word"), key=lambda beat: beat.at):
        if not beat.key.startswith("post/"):
            beat.played()
    assert (Act.objects.count(), Entry.objects.count()) == before


def test_the_clock_starts_on_the_morning_of_the_story(demo):
    assert clock.shifted()
    assert moment(8, 6, 8) == BEGINS
    assert clock.now().date() == TODAY


def test_everybody_logs_in_with_the_printed_word(demo):
    assert Person.objects.count() == Post.objects.count()
    assert Person.objects.get(login="office-1").check_password(PASSWORD)


def test_no_item_of_the_story_has_two_acts_of_one_key():
    keys = [beat.key for beat in story("")]
    assert len(set(keys)) == len(keys)


def test_a_paper_written_by_hand_is_a_pdf_that_can_be_read():
    assert read("验收.pdf", pdf("竣工验收意见（演练）", "同意移交运营")).text == (
        "竣工验收意见（演练）\n同意移交运营"
    )
