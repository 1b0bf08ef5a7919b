"""有界: a page asks the database as often for many items as for one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world import on
from tests.world_faces import at, browser, own_home
from tests.world_ledger import listed, plant, plant_line
from tests.world_works import claimed

from zhenggai.apps.ledger.models import Item

MANY = 12


@pytest.fixture(autouse=True)
def home(zhaoling, settings, tmp_path):
    own_home(settings, tmp_path)


def asked(post: str, address: str) -> int:
    """How often a page asks the database; the first visit warms what a process keeps."""
    client = browser(post)
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize(
    ("post", "address", "most"),
    [
        ("", "/", 12),
        ("office-1", "/console/ledger/", 15),
        ("bing", "/console/ledger/", 15),
        ("office-1", "/console/todo/", 17),
        ("zhujian", "/console/todo/", 11),
        ("bing", "/console/todo/", 11),
    ],
)
def test_a_page_asks_no_more_for_many_items_than_for_one(monkeypatch, post, address, most):
    claimed()
    at(monkeypatch, on(9, 2))
    few = asked(post, address)
    lines = (plant_line(f"M-{n}", place_key=plant("bing", f"m-{n}")) for n in range(MANY))
    listed(*lines, key="city")
    Item.objects.update(stage="claimed")
    assert asked(post, address) <= min(few, most)
