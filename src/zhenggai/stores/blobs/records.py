"""文件信息: what is known of a file from its own bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class BlobInfo:
    """A kept file.

    Parameters
    ----------
    media
        What its content is, such as ``image/jpeg``.
    width, height
        Of a picture as it is looked at, its orientation respected; otherwise None.
    taken_at, lon, lat, taken_with
        What a photo says of itself (WGS 84); None and nothing are no fault.
    """

    sha256: str
    bytes: int
    media: str
    width: int | None = None
    height: int | None = None
    taken_at: datetime | None = None
    lon: Decimal | None = None
    lat: Decimal | None = None
    taken_with: str = ""


def refused_blob(code: str, text: str, remedy: str) -> Refused:
    """Refuse a file before anything of it is stored."""
    return Refused(Reason(f"blob-{code}", text, remedy))
