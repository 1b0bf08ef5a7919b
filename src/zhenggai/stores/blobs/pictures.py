"""照片: the size of a picture, checked to its last row, and a small copy that tells no more."""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import ExifTags, Image, ImageOps

from zhenggai.stores.blobs.exif import Shot, shot_of
from zhenggai.stores.blobs.media import PICTURES
from zhenggai.stores.blobs.records import refused_blob

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhenggai.kernel.verdict import Refused

PIXELS = 80_000_000  # below the number at which Pillow itself warns
_QUALITY = 82
_SIDEWAYS = {5, 6, 7, 8}
_EIGHTH = 8
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is looked at."""

    width: int
    height: int
    shot: Shot


def picture_of(content: bytes) -> Picture:
    """Return size and EXIF of a picture that can be read to its end; otherwise refuse it."""
    with _opened(content) as picture:
        width, height = picture.size
        if picture.getexif().get(ExifTags.Base.Orientation) in _SIDEWAYS:
            width, height = height, width
        shot = shot_of(picture)
        # A JPEG read at an eighth of its size still has to be complete, at 1/64 of the memory.
        picture.draft("RGB", (picture.width // _EIGHTH, picture.height // _EIGHTH))
        picture.load()
        return Picture(width, height, shot)


def thumbnail_of(content: bytes, width: int) -> bytes:
    """Return a JPEG no wider than asked, upright, without EXIF, colour profile or comment."""
    with _opened(content) as picture:
        picture.draft("RGB", (width, width))
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    height = max(1, round(upright.height * width / upright.width))
    if width < upright.width:
        upright = upright.resize((width, height), Image.Resampling.LANCZOS)
    flat = Image.new("RGB", upright.size, "white")
    flat.paste(upright, mask=upright.getchannel("A"))
    buffer = io.BytesIO()
    flat.save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    """Open a picture of an allowed format; what is too large or damaged is refused."""
    try:
        with Image.open(io.BytesIO(content), formats=tuple(PICTURES.values())) as picture:
            if picture.width * picture.height > PIXELS:
                raise _too_large()
            yield picture
    except _BOMBS as error:
        raise _too_large() from error
    except (OSError, SyntaxError, ValueError) as error:
        remedy = "核对原文件能否打开，上传原图"
        raise refused_blob("broken", "照片不完整或已损坏", remedy) from error


def _too_large() -> Refused:
    return refused_blob("too-large", f"照片超过{PIXELS // 10_000}万像素", "缩小后重新上传")
