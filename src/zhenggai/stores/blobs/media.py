"""文件类型: what a file is by its content; its name and what a browser says of it prove nothing."""

from __future__ import annotations

import io
import re
import zipfile

from zhenggai.stores.blobs.records import refused_blob

JPEG = "image/jpeg"
PNG = "image/png"
WEBP = "image/webp"
PICTURES = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
TXT = "text/plain"

_MAGIC = ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"%PDF-", PDF))
_MAIN_PART = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_MACROS = ("word/vbaProject.bin", "xl/vbaProject.bin")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MARKUP = re.compile(r"\s*<\s*(!|\?|html|svg|script|head|body|iframe)", re.IGNORECASE)
_REMEDY = "只收JPEG、PNG、WebP照片，PDF、DOCX、XLSX、CSV、TXT文件；请转换后重新上传"


def media_of(content: bytes, hint: str) -> str:
    """Return what the content is.

    Parameters
    ----------
    hint
        What the sender says it is. It decides only between CSV and plain text, which look alike;
        a file sent as a photo that is none is refused.
    """
    media = _by_content(content, hint)
    if hint.startswith("image/") and media not in PICTURES:
        raise refused_blob("no-photo", "作为照片上传的文件不是照片", "上传相机或手机拍摄的原图")
    return media


def _by_content(content: bytes, hint: str) -> str:
    for magic, media in _MAGIC:
        if content.startswith(magic):
            return media
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    if _is_text(content):
        return CSV if hint == CSV else TXT
    raise refused_blob("media", "文件类型不在可收范围内", _REMEDY)


def _office(content: bytes) -> str:
    """Read the list of parts only; nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = set(package.namelist())
    except zipfile.BadZipFile as error:
        raise refused_blob("broken", "文件不完整，打不开", "核对原文件后重新上传") from error
    if parts & set(_MACROS):
        raise refused_blob("macros", "文件含宏", "另存为不含宏的DOCX或XLSX后重新上传")
    for part, media in _MAIN_PART.items():
        if part in parts:
            return media
    raise refused_blob("media", "压缩包不在可收范围内", _REMEDY)


def _is_text(content: bytes) -> bool:
    for coding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(coding)
        except UnicodeDecodeError:
            continue
        return not _CONTROL.search(text) and not _MARKUP.match(text)
    return False
