"""点位: registered once, in an area that exists, with both coordinates or none."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.world import act, on

from zhenggai.apps.places.actions import NewPlace, register_place
from zhenggai.apps.places.models import Place
from zhenggai.kernel.verdict import Refused

PLANT = NewPlace(
    "qingshi", "works", "青石镇污水处理厂", "990522101", "qingshi-operator", {"design_flow": 1000}
)


def test_a_plant_is_registered_with_its_area_operator_and_record(zhaoling):
    where = replace(PLANT, lon=Decimal("111.468000"), lat=Decimal("27.238000"))
    assert register_place(where, act=act("office-1", on(5, 20))) == "place:qingshi"
    place = Place.objects.get()
    assert (place.area.name, place.operator.key, place.crs) == (
        "青石镇",
        "qingshi-operator",
        "CGCS2000",
    )
    assert place.theme_record == {"design_flow": 1000}


def test_without_coordinates_none_are_invented(zhaoling):
    pressed = act("office-1", on(5, 20))
    register_place(PLANT, act=pressed)
    register_place(PLANT, act=pressed)
    place = Place.objects.get()
    assert (place.lon, place.lat, place.crs) == (None, None, "")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "place-unnamed"),
        ({"key": ""}, "place-unnamed"),
        ({"area_code": "123456"}, "unknown-area"),
        ({"operator_key": "nobody"}, "unknown-body"),
        ({"lon": Decimal(111)}, "half-coordinate"),
        ({"lon": Decimal(27), "lat": Decimal(111)}, "odd-coordinate"),
    ],
)
def test_a_wrong_place_is_refused_with_a_remedy(zhaoling, changes, code):
    with pytest.raises(Refused) as refused:
        register_place(replace(PLANT, **changes), act=act("office-1", on(5, 20)))
    assert [r.code for r in refused.value.reasons] == [code]
    assert refused.value.reasons[0].remedy
    assert not Place.objects.exists()


def test_a_key_is_given_once_and_by_the_office(zhaoling):
    register_place(PLANT, act=act("office-1", on(5, 20)))
    with pytest.raises(Refused, match="已登记"):
        register_place(PLANT, act=act("office-2", on(5, 21)))
    with pytest.raises(Refused, match="无权登记点位"):
        register_place(replace(PLANT, key="other"), act=act("bing", on(5, 21)))
