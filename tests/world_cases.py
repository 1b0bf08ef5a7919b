"""对账的演练: the plants of the stories with their data, claimed and weighed, by actions only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tests.world import act, on
from tests.world_works import claimed, visited
from zhenggai.apps.evidence.queries import open_claim
from zhenggai.apps.ledger.models import Item
from zhenggai.apps.monitoring.actions import import_observations
from zhenggai.apps.reconciliation.actions import publish_notice, sign_check, weigh
from zhenggai.apps.reconciliation.cases import inquire
from zhenggai.apps.reconciliation.queries import case_of
from zhenggai.apps.sources.actions import receive_paper
from zhenggai.faces.cli.demo.plants import BAILU, QINGSHI, as_csv, file_name, simulate

SEED = 2026
PIPES_DONE = date(2026, 6, 30)
REPORTED = on(7, 14, 16)
WEIGHED = on(8, 5, 8)
BAILU_DONE = date(2026, 8, 10)


def data_of(plant, code: str, county: str, until: date, *, first: date = date(2026, 4, 1)):
    """Import the simulated days of a plant up to a day, at the midnight that ends it."""
    rows = simulate(plant, first, until, SEED)
    at = on(until.month, until.day, 0) + timedelta(days=1)
    import_observations(
        f"{code}-plant", file_name(plant, rows), as_csv(rows).encode(), act=act(county, at)
    )


def qingshi(code="W-064"):
    """丙县青石镇 of story 1.3: pipes reported finished, 860 t/d reported, data until 08-04."""
    claimed(code, "bing", at=REPORTED, finished=PIPES_DONE)
    data_of(QINGSHI, code, "bing", date(2026, 8, 4))
    weigh(code, act=act("office-1", WEIGHED))
    return Item.objects.get(code=code)


def inquired(code="W-064", *, received=None):
    """The case of 青石镇 with its inquiry sent, and received when a moment is given."""
    item = qingshi(code)
    case = case_of(open_claim(item))
    inquire(case.pk, "昭攻坚办函〔2026〕64号", act=act("office-1", on(8, 5, 10)))
    case.refresh_from_db()
    if received:
        receive_paper(case.inquiry_id, "bing-gov", act=act("bing", received))
    return case_of(open_claim(item))


FIRST_CHECK = on(9, 10)
SECOND_CHECK = on(9, 17)
POSTED = on(9, 18, 10)


def bailu(code="W-022", **changes):
    """乙区白鹭镇 of story 1.2: every criterion met, both checks passed by 09-17."""
    item = claimed(code, "yi", finished=BAILU_DONE, **changes)
    bailu_data(date(2026, 4, 1), date(2026, 9, 9))
    seen = visited(code, at=FIRST_CHECK)
    sign_check(code, "pass", "符合", FIRST_CHECK.date(), seen, act=act("zhujian", FIRST_CHECK))
    bailu_data(date(2026, 9, 10), date(2026, 9, 16))
    sign_check(code, "pass", "同意", SECOND_CHECK.date(), None, act=act("huanbao", SECOND_CHECK))
    item.refresh_from_db()
    return item


def bailu_data(first: date, until: date, code="W-022"):
    """Import further days of 白鹭镇."""
    data_of(replace(BAILU, pipes_on=BAILU_DONE, settling=5), code, "yi", until, first=first)


def noticed(code="W-022", **changes):
    """白鹭镇 with its 公示 published."""
    item = bailu(code, **changes)
    bailu_data(date(2026, 9, 17), date(2026, 9, 17))
    number = "昭攻坚公示〔2026〕22号"
    publish_notice(code, number, "各项要件均已达标。", act=act("office-1", POSTED))
    bailu_data(date(2026, 9, 18), date(2026, 9, 24))
    item.refresh_from_db()
    return item
