"""It is late, through the web faces: 1.5 and 4.6; an internal node is not a deadline."""

from __future__ import annotations

import re
from datetime import date

import pytest
from tests.world import on
from tests.world_faces import at, browser, own_home, page, press
from tests.world_works import under_way

from zhenggai.apps.ledger.models import Extension, Item
from zhenggai.apps.planning.queries import plan_in_force

pytestmark = pytest.mark.django_db
CODE = "W-012"
ITEM = f"/console/ledger/{CODE}/"
NODE = date(2026, 7, 15)


@pytest.fixture(autouse=True)
def plant(zhaoling, settings, tmp_path):
    """甲县石梁镇: 文件时限 08-31, works to be finished by the internal node, nothing reported."""
    own_home(settings, tmp_path)
    under_way(CODE, "jia", due=date(2026, 8, 31), adjustments={"acceptance": 26})
    assert plan_in_force(Item.objects.get(code=CODE)).node_on == NODE


def ledger(view: str = "open") -> str:
    return page(browser("office-1").get(f"/console/ledger/?view={view}"))


@pytest.mark.parametrize(
    ("moment", "says", "never"),
    [
        (on(8, 6), "未达序时进度22天", r"超期\d|逾期"),
        (on(8, 31), "今日到期", r"超期\d|逾期"),
        (on(9, 1), "超期1天", r"逾期"),
    ],
)
def test_the_ledger_and_the_item_say_which_date_has_passed(monkeypatch, moment, says, never):
    at(monkeypatch, moment)
    row = ledger().split("<tbody")[-1]
    item = page(browser("jia").get(ITEM))
    for seen in (row, item):
        assert says in seen
        assert not re.search(never, seen)


def test_the_overdue_view_as_of_the_node_does_not_hold_it(monkeypatch):
    at(monkeypatch, on(8, 6))
    assert CODE not in ledger("overdue").split("<tbody")[-1]
    at(monkeypatch, on(9, 1))
    assert CODE in ledger("overdue")


def test_an_extension_asked_on_the_last_day_goes_to_the_level_that_set_it(monkeypatch):
    at(monkeypatch, on(8, 31, 17))
    asked = {"new_due_on": "2026-09-20", "reason": "汛期停工"}
    version = str(Item.objects.get(code=CODE).version)
    answer = press(browser("jia"), f"{ITEM}ask_extension/", version=version, **asked)
    assert answer.status_code == 303, page(answer)
    assert Extension.objects.get().old_due_on == date(2026, 8, 31)
    assert "8月31日" in page(browser("jia").get(ITEM))


def test_an_extension_asked_too_late_is_refused_and_nothing_is_kept(monkeypatch):
    at(monkeypatch, on(9, 1, 8))
    asked = {"new_due_on": "2026-09-20", "reason": "汛期停工"}
    version = str(Item.objects.get(code=CODE).version)
    answer = press(browser("jia"), f"{ITEM}ask_extension/", version=version, **asked)
    assert answer.status_code == 409
    assert "已过文件时限，请走超期说明" in page(answer)
    assert not Extension.objects.exists()
