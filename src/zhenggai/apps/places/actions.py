"""点位: register where something is built, discharged or measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhenggai.apps.parties.access import admit
from zhenggai.apps.parties.queries import actor_of, body_named
from zhenggai.apps.places.models import Place
from zhenggai.apps.places.queries import area_on
from zhenggai.apps.trail.acts import note, once
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from zhenggai.apps.trail.acts import Act

CRS = "CGCS2000"
LONGEST_NAME = 120
MERIDIAN = 180
POLE = 90


@dataclass(frozen=True, slots=True)
class NewPlace:
    """What is known of a place when it is registered (点位登记).

    Parameters
    ----------
    record
        What the theme wants to know: design flow, grade, and under ``conditions`` values its
        criteria ask for. Numbers are integers or text.
    lon, lat
        Both or neither. [degrees, CGCS2000]
    """

    key: str
    kind: str
    name: str
    area_code: str
    operator_key: str = ""
    record: Mapping[str, str | int | Mapping[str, str]] = field(default_factory=dict)
    lon: Decimal | None = None
    lat: Decimal | None = None


@once
def register_place(new: NewPlace, *, act: Act) -> str:
    """Register one place; a key is given once."""
    admit(actor_of(act), ("office",), "登记点位")
    area = area_on(new.area_code, act.on)
    operator = body_named(new.operator_key) if new.operator_key else None

    _check(new)

    place = Place.objects.create(
        key=new.key,
        kind=new.kind,
        name=new.name,
        area=area,
        operator=operator,
        lon=new.lon,
        lat=new.lat,
        crs=CRS if new.lon is not None else "",
        theme_record=dict(new.record),
    )
    rows = [(place, ("key", "kind", "name", "area", "operator", "theme_record"))]
    note(act, "places.place.registered", f"place:{new.key}", rows=rows)
    return f"place:{new.key}"


def _check(new: NewPlace) -> None:
    if not new.key.strip() or not new.name.strip() or len(new.name) > LONGEST_NAME:
        text = f"点位“{new.key}”的编号或名称为空，或名称超过{LONGEST_NAME}字"
        raise Refused(Reason("place-unnamed", text, "填写编号与名称"))
    if Place.objects.filter(key=new.key).exists():
        raise Refused(Reason("place-known", f"点位“{new.key}”已登记", "核对编号，或直接使用该点位"))
    if (new.lon is None) != (new.lat is None):
        text = f"点位“{new.key}”只有一个坐标值"
        raise Refused(Reason("half-coordinate", text, "经度和纬度一并填写，或都不填"))
    if new.lon is None or new.lat is None:
        return
    if not (-MERIDIAN <= new.lon <= MERIDIAN and -POLE <= new.lat <= POLE):
        text = f"点位“{new.key}”的坐标（{new.lon}，{new.lat}）不在经纬度范围内"
        raise Refused(Reason("odd-coordinate", text, "按经度、纬度的顺序以度填写"))
