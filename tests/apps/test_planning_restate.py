"""每日重述: what the ledger shows of an open item's time is of today, though nobody touched it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.world import act, on, system
from tests.world_works import planned, under_way

from zhenggai.apps.ledger.actions import restate as overwrite
from zhenggai.apps.ledger.models import Item, Standing
from zhenggai.apps.planning import queries
from zhenggai.apps.planning.actions import record_measure, restate_open
from zhenggai.apps.trail import bus, work
from zhenggai.apps.trail.models import Entry, Job

pytestmark = pytest.mark.usefixtures("zhaoling")
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def shown(item):
    stands = Standing.objects.get(item=item)
    return stands.node_on, stands.must_start_on, stands.slack_wd


def test_time_passes_for_an_item_nobody_touches():
    item = under_way()
    node, must_start, slack = shown(item)
    restate_open(date(2026, 6, 12))
    assert shown(item) == (node, must_start, slack - 2)
    assert shown(item)[1:] == (
        queries.outlook(item, date(2026, 6, 12)).must_start_on,
        queries.outlook(item, date(2026, 6, 12)).slack_wd,
    )


def test_what_was_lost_is_written_anew_and_nothing_else_is_touched():
    item = under_way()
    record_measure(
        "W-037", "prelim", date(2026, 6, 11), date(2026, 6, 15), act=act("bing", on(6, 15))
    )
    before = shown(item)
    overwrite("W-037", node_on=None, must_start_on=None, slack_wd=None, percent=45)
    restate_open(date(2026, 6, 15))
    assert shown(item) == before
    assert Standing.objects.get(item=item).percent == 45


def test_an_item_without_an_approved_plan_shows_no_node_of_its_own():
    item = planned()
    restate_open(date(2026, 6, 12))
    node, must_start, slack = shown(item)
    assert node is None
    assert (must_start, slack) == (
        queries.outlook(item, date(2026, 6, 12)).must_start_on,
        queries.outlook(item, date(2026, 6, 12)).slack_wd,
    )


def test_an_ended_item_keeps_what_it_showed():
    item = under_way()
    before = shown(item)
    Item.objects.filter(pk=item.pk).update(stage="closed")
    restate_open(date(2026, 8, 12))
    assert shown(item) == before


def test_restating_leaves_no_trace():
    under_way()
    before = Entry.objects.count()
    restate_open(date(2026, 6, 12))
    assert Entry.objects.count() == before


def test_the_worker_restates_once_a_day(monkeypatch):
    item = under_way()
    slack = shown(item)[2]
    monkeypatch.setattr(bus, "_daily", ["planning.restate"])
    Job.objects.all().delete()
    for hour in (1, 9):
        work.beat(on(6, 12, hour), NOW)
    assert Job.objects.get(task="planning.restate").args == {"day": "2026-06-12"}
    Job.objects.exclude(task="planning.restate").delete()
    assert work.run_one(on(6, 12, 9), NOW, "w1")
    assert Job.objects.get().done_at == NOW
    assert shown(item)[2] == slack - 2


def test_a_task_that_comes_late_writes_the_day_it_runs():
    item = under_way()
    bus.task_named("planning.restate")(day="2026-06-11", act=system(on(6, 12)))
    late = shown(item)
    restate_open(date(2026, 6, 12))
    assert shown(item) == late
    restate_open(date(2026, 6, 12) - timedelta(days=1))
    assert shown(item) != late
