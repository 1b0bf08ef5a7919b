"""拍摄信息: time, place and camera a photo tells of itself; to have none is no fault."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from PIL import ExifTags

from zhenggai.analytics.observations import BEIJING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PIL.Image import Image

_SIXTY = 60
_PLACES = Decimal("0.000001")
_UNREADABLE = (SyntaxError, struct.error, ValueError, TypeError, KeyError, OSError)


@dataclass(frozen=True, slots=True)
class Shot:
    """What a photo says of its taking; a clock without zone is read as Beijing's."""

    taken_at: datetime | None = None
    lon: Decimal | None = None
    lat: Decimal | None = None
    taken_with: str = ""


def shot_of(picture: Image) -> Shot:
    """Return what can be read; damaged EXIF reads as none."""
    try:
        exif = picture.getexif()
        inner = exif.get_ifd(ExifTags.IFD.Exif)
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    except _UNREADABLE:
        return Shot()
    lon = _degrees(gps, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "EW")
    lat = _degrees(gps, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "NS")
    if lon is None or lat is None or not (lon or lat):
        lon = lat = None
    camera = (_text(exif.get(tag)) for tag in (ExifTags.Base.Make, ExifTags.Base.Model))
    return Shot(_taken_at(inner), lon, lat, " ".join(filter(None, camera)))


def _taken_at(inner: Mapping[int, object]) -> datetime | None:
    clock = _text(inner.get(ExifTags.Base.DateTimeOriginal))
    offset = _text(inner.get(ExifTags.Base.OffsetTimeOriginal))
    try:
        if offset:
            return datetime.strptime(clock + offset, "%Y:%m:%d %H:%M:%S%z")
        return datetime.strptime(clock, "%Y:%m:%d %H:%M:%S").replace(tzinfo=BEIJING)
    except ValueError:
        return None


def _degrees(gps: Mapping[int, object], tag: int, side_tag: int, sides: str) -> Decimal | None:
    """Return degrees, east and north positive; None for what no place on earth has."""
    side = _text(gps.get(side_tag))
    parts = gps.get(tag)
    if side not in tuple(sides) or not isinstance(parts, tuple):
        return None
    try:
        exact = sum((Fraction(str(p)) / _SIXTY**n for n, p in enumerate(parts)), Fraction())
    except (ValueError, ZeroDivisionError):
        return None
    limit = 180 if sides == "EW" else 90
    if not 0 <= exact <= limit:
        return None
    degrees = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_PLACES)
    return degrees if side == sides[0] else -degrees


def _text(value: object) -> str:
    return value.replace("\x00", "").strip() if isinstance(value, str) else ""
