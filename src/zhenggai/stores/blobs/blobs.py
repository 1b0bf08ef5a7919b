"""佐证文件库: a folder of files under their SHA-256; what was put in comes out bit for bit."""

from __future__ import annotations

import re
from hashlib import file_digest, sha256
from typing import TYPE_CHECKING, BinaryIO

from zhenggai.stores.blobs.media import PICTURES, media_of
from zhenggai.stores.blobs.records import BlobInfo, refused_blob
from zhenggai.stores.disk import put_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LIMIT = 50 * 1024 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Blobs:
    """Files below one folder, readable by their owner only; nothing is altered or removed.

    Parameters
    ----------
    root
        The folder, ``<home>/blobs``.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: bytes, media_hint: str = "", *, limit: int = LIMIT) -> BlobInfo:
        """Keep a file and say what it is; the same bytes are kept once.

        Parameters
        ----------
        media_hint
            What the sender says it is, such as ``image/jpeg``.
        limit
            The most bytes it may have.
        """
        if not content:
            raise refused_blob("empty", "文件是空的", "核对是否选错文件")
        if len(content) > limit:
            text = f"文件有{len(content)}字节，超过上限{limit}字节"
            raise refused_blob("too-long", text, "压缩或拆分后重新上传")
        info = _info(content, media_of(content, media_hint))
        put_whole(self._path(info.sha256), content)
        return info

    def open(self, sha256: str) -> BinaryIO:
        """Open a kept file for reading."""
        path = self._path(sha256)
        if not path.is_file():
            raise refused_blob("missing", f"文件{sha256[:12]}不在", "从备份恢复该文件后重试")
        return path.open("rb")

    def verify(self, sha256s: Iterable[str]) -> tuple[str, ...]:
        """Return one sentence for each file that is missing or not what it was."""
        return tuple(fault for one in sha256s if (fault := self._fault(one)))

    def _fault(self, sha256: str) -> str:
        path = self._path(sha256)
        if not path.is_file():
            return f"文件{sha256}不在，请从备份恢复"
        with path.open("rb") as file:
            found = file_digest(file, "sha256").hexdigest()
        if found != sha256:
            return f"文件{sha256}已被改动（现指纹{found[:12]}），请从备份恢复"
        return ""

    def thumbnail(self, sha256: str, width: int) -> bytes:
        """Return a JPEG no wider than asked of a kept picture, without anything it tells."""
        from zhenggai.stores.blobs.pictures import thumbnail_of  # noqa: PLC0415 - Pillow is slow

        with self.open(sha256) as file:
            content = file.read()
        if media_of(content, "") not in PICTURES:
            raise refused_blob("no-photo", f"文件{sha256[:12]}不是照片，没有缩略图", "下载原件查看")
        return thumbnail_of(content, width)

    def _path(self, sha256: str) -> Path:
        if not _DIGEST.fullmatch(sha256):
            raise ValueError(f"{sha256!r} is no SHA-256 in lower-case hexadecimal")
        return self.root / sha256[:2] / sha256[2:4] / sha256


def _info(content: bytes, media: str) -> BlobInfo:
    from zhenggai.stores.blobs.pictures import picture_of  # noqa: PLC0415 - Pillow is slow

    name = sha256(content).hexdigest()
    if media not in PICTURES:
        return BlobInfo(name, len(content), media)
    picture = picture_of(content)
    shot = picture.shot
    return BlobInfo(
        name,
        len(content),
        media,
        picture.width,
        picture.height,
        shot.taken_at,
        shot.lon,
        shot.lat,
        shot.taken_with,
    )
