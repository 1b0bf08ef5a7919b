"""Questions about places, and the packs of this installation every later chapter asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from zhenggai.apps.parties.models import Area
from zhenggai.apps.places.models import Place
from zhenggai.kernel.verdict import Reason, Refused
from zhenggai.packs.shelf import HERE
from zhenggai.stores.shelf import Shelf, load_shelf

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


def shelf() -> Shelf:
    """Return the packs this installation judges by: those shipped and the city's own."""
    return load_shelf((HERE, *settings.PACK_ROOTS))


def city_rules() -> Mapping[str, int]:
    """Return the periods and numbers of the city whose posts act here; a past one has none."""
    codes = set(Area.objects.filter(level="city").values_list("code", flat=True))
    here = (city for city in shelf().cities.values() if city.code in codes and city.posts)
    return next((city.rules for city in here), {})


def city_rule(key: str, name: str) -> int:
    """Return one rule of the city, or say which file lacks it."""
    value = city_rules().get(key)
    if value is None:
        text = f"城市规则包未载明“{name}”（{key}）"
        raise Refused(Reason("rule-missing", text, "在 city.toml 中补上该规则及出处"))
    return value


def area_on(code: str, day: date) -> Area:
    """Return the area that had a code on a day."""
    of_code = Area.objects.filter(code=code, since__lte=day).order_by("-since")
    found = next((area for area in of_code if area.until is None or area.until > day), None)
    if found is None:
        raise Refused(
            Reason("unknown-area", f"{day:%Y-%m-%d}没有代码为“{code}”的行政区", "核对行政区划代码")
        )
    return found


def place_named(key: str) -> Place:
    """Return one place, or say which key nobody knows."""
    found = Place.objects.filter(key=key).first()
    if found is None:
        raise Refused(Reason("unknown-place", f"点位“{key}”不在册", "先登记点位"))
    return found
