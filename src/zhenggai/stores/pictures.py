"""演练照片: painted pictures that say 演练 on their face, with the EXIF a phone would write.

The same place, moment and scene give the same bytes, so that loading the demo twice changes
nothing. The two characters are kept as dots: no font of the machine is needed.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Literal

from PIL import ExifTags, Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    Box = tuple[int, int, int, int]

SIZE = (960, 720)
_QUALITY = 80
_HORIZON = 330
_DOTS = 20
_STAMP = (
    "00180381803fffe1bffe0300e03ffc60ff87818079ffc11ffc0198c09ffc1dffc1d98c19ffc39ffc30e7873e3c3781e02004",
    "181801c18019ffe39ffe303003630066fe07efe07cee01cee038ffc3effc7e0e0786e802efc1ecec7fcee798e661be6003c0",
)
_ROW = 5  # hexadecimal digits of one row of twenty dots
_SKY, _HILL = (188, 205, 214), (122, 142, 118)
_GROUND = {"before": (131, 112, 88), "after": (126, 148, 108)}
_WATER = {"before": (88, 78, 60), "after": (96, 142, 152)}


@dataclass(frozen=True, slots=True)
class Scene:
    """What a painted picture shows, where and when (演练照片).

    Parameters
    ----------
    mark
        Printed in the corner: the item's code, digits and Latin letters.
    lon, lat
        [degrees, WGS 84]
    """

    kind: Literal["before", "after"]
    mark: str
    taken_at: datetime
    lon: Decimal
    lat: Decimal


def paint(scene: Scene) -> bytes:
    """Return a JPEG of a ditch before the works or of a small plant after them."""
    picture = Image.new("RGB", SIZE, _SKY)
    pen = ImageDraw.Draw(picture)
    chance = Random(f"{scene.mark}/{scene.kind}")  # noqa: S311 - a play, not a secret
    _land(pen, scene, chance)
    if scene.kind == "before":
        _ditch(pen, chance)
    else:
        _plant(pen, chance)
    _print(picture, pen, scene)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=_QUALITY, exif=_exif(scene))
    return buffer.getvalue()


def _land(pen: ImageDraw.ImageDraw, scene: Scene, chance: Random) -> None:
    width, height = SIZE
    for start in range(-120, width, 240):
        peak = _HORIZON - chance.randint(40, 130)
        pen.polygon([(start, _HORIZON), (start + 180, peak), (start + 380, _HORIZON)], fill=_HILL)
    pen.rectangle((0, _HORIZON, width, height), fill=_GROUND[scene.kind])
    bend = chance.randint(-60, 60)
    edge = [(0, 560), (width // 2, 520 + bend // 3), (width, 600 + bend // 4)]
    pen.polygon([*edge, (width, height), (0, height)], fill=_WATER[scene.kind])


def _ditch(pen: ImageDraw.ImageDraw, chance: Random) -> None:
    pen.ellipse((610, 470, 720, 580), fill=(94, 94, 92), outline=(66, 66, 64), width=8)
    pen.ellipse((635, 495, 695, 555), fill=(38, 36, 32))
    pen.polygon([(640, 548), (692, 548), (730, 690), (600, 690)], fill=(104, 92, 66))
    for _ in range(26):
        x, y = chance.randint(40, 900), chance.randint(600, 700)
        pen.ellipse((x, y, x + chance.randint(10, 34), y + 7), fill=(150, 146, 128))


def _plant(pen: ImageDraw.ImageDraw, chance: Random) -> None:
    roof = (74 + chance.randint(0, 40), 106, 122)
    pen.rectangle((90, 300, 340, 470), fill=(222, 220, 212))
    pen.polygon([(70, 300), (215, 236), (360, 300)], fill=roof)
    for left in (130, 240):
        pen.rectangle((left, 340, left + 60, 400), fill=(96, 118, 132))
    for n, left in enumerate((420, 590, 760)):
        pen.ellipse((left, 400, left + 150, 450), fill=(150, 150, 146))
        pen.rectangle((left, 425, left + 150, 500), fill=(166, 166, 160))
        pen.ellipse((left + 8, 404, left + 142, 446), fill=(92, 132 + 8 * n, 130))
    for x in range(30, SIZE[0], 70):
        pen.line((x, 480, x, 530), fill=(90, 100, 88), width=5)
    pen.line((0, 492, SIZE[0], 492), fill=(90, 100, 88), width=4)


def _print(picture: Image.Image, pen: ImageDraw.ImageDraw, scene: Scene) -> None:
    """Print 演练 large, and beneath it what the EXIF says."""
    for n, dots in enumerate(_STAMP):
        sign = Image.new("L", (_DOTS, _DOTS), 0)
        for y in range(_DOTS):
            row = int(dots[y * _ROW : (y + 1) * _ROW], 16)
            for x in range(_DOTS):
                sign.putpixel((x, y), 210 if row >> (_DOTS - 1 - x) & 1 else 0)
        large = sign.resize((100, 100), Image.Resampling.NEAREST)
        picture.paste((38, 52, 60), (30 + n * 110, 26), large)
    pen.rectangle((0, 676, SIZE[0], 720), fill=(24, 28, 30))
    said = f"{scene.mark}   {scene.taken_at:%Y-%m-%d %H:%M}   {scene.lat} N  {scene.lon} E"
    pen.text((20, 685), said, fill=(240, 240, 236), font=ImageFont.load_default(24))


def _exif(scene: Scene) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = "ZHENGGAI", "SIMULATED"
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    inner[ExifTags.Base.DateTimeOriginal] = f"{scene.taken_at:%Y:%m:%d %H:%M:%S}"
    inner[ExifTags.Base.OffsetTimeOriginal] = scene.taken_at.isoformat()[-len("+08:00") :]
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLongitudeRef] = "N", "E"
    gps[ExifTags.GPS.GPSLatitude] = _sixtieths(scene.lat)
    gps[ExifTags.GPS.GPSLongitude] = _sixtieths(scene.lon)
    return exif


def _sixtieths(degrees: Decimal) -> tuple[float, float, float]:
    whole, part = divmod(degrees, 1)
    minutes, rest = divmod(part * 60, 1)
    return float(whole), float(minutes), float(round(rest * 60, 2))
