from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from zhenggai.stores.blobs.pictures import picture_of
from zhenggai.stores.pictures import SIZE, Scene, paint

AT = datetime(2026, 7, 2, 9, 40, tzinfo=ZoneInfo("Asia/Shanghai"))
SCENE = Scene("after", "W-037", AT, Decimal("111.4321"), Decimal("27.2345"))


def test_a_painted_picture_tells_where_and_when_as_a_phone_would():
    picture = picture_of(paint(SCENE))
    assert (picture.width, picture.height) == SIZE
    assert picture.shot.taken_at == AT
    assert abs(picture.shot.lon - SCENE.lon) < Decimal("0.00001")
    assert abs(picture.shot.lat - SCENE.lat) < Decimal("0.00001")
    assert picture.shot.taken_with == "ZHENGGAI SIMULATED"


def test_the_same_scene_is_the_same_file():
    assert paint(SCENE) == paint(replace(SCENE))


@pytest.mark.parametrize("change", [{"kind": "before"}, {"mark": "W-038"}])
def test_another_scene_is_another_file(change):
    assert paint(replace(SCENE, **change)) != paint(SCENE)
