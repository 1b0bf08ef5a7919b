"""佐证文件: what is kept, what is refused, and what a photo tells."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from random import Random

import pytest
from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from zhenggai.kernel.verdict import Refused
from zhenggai.stores.blobs import Blobs
from zhenggai.stores.blobs.media import DOCX, XLSX
from zhenggai.stores.blobs.pictures import PIXELS

BEIJING = timezone(timedelta(hours=8))
JPEG = "image/jpeg"


@pytest.fixture
def blobs(tmp_path):
    return Blobs(tmp_path / "blobs")


def exif(*, clock="2026:07:14 09:30:00", offset="", gps=True, turned=1):
    tags = Image.Exif()
    tags[ExifTags.Base.Orientation] = turned
    tags[ExifTags.Base.Make] = "HUAWEI\x00"
    tags[ExifTags.Base.Model] = "NOH-AN00"
    inner = tags.get_ifd(ExifTags.IFD.Exif)
    inner[ExifTags.Base.DateTimeOriginal] = clock
    if offset:
        inner[ExifTags.Base.OffsetTimeOriginal] = offset
    if gps:
        place = tags.get_ifd(ExifTags.IFD.GPSInfo)
        place[ExifTags.GPS.GPSLatitudeRef] = "N"
        place[ExifTags.GPS.GPSLatitude] = (IFDRational(27), IFDRational(14), IFDRational(2250, 100))
        place[ExifTags.GPS.GPSLongitudeRef] = "E"
        place[ExifTags.GPS.GPSLongitude] = (IFDRational(111), IFDRational(28), IFDRational(0))
    return tags


def picture(form="JPEG", size=(80, 40), **given):
    buffer = io.BytesIO()
    image = Image.frombytes("RGB", size, Random(1).randbytes(3 * size[0] * size[1]))
    image.save(buffer, form, **given)
    return buffer.getvalue()


def package(*parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for part in ("[Content_Types].xml", *parts):
            file.writestr(part, "<x/>")
    return buffer.getvalue()


def test_what_was_put_in_comes_out_bit_for_bit(blobs):
    content = picture(exif=exif())
    info = blobs.put(content, JPEG)
    assert info.sha256 == hashlib.sha256(content).hexdigest()
    assert info.bytes == len(content)
    with blobs.open(info.sha256) as file:
        assert file.read() == content


def test_the_same_bytes_are_kept_once(blobs):
    first = blobs.put(b"%PDF-1.7 x")
    assert blobs.put(b"%PDF-1.7 x") == first
    assert len([p for p in blobs.root.rglob("*") if p.is_file()]) == 1


def test_files_lie_two_folders_deep_and_only_the_owner_reads_them(blobs):
    name = blobs.put(b"%PDF-1.7 x").sha256
    path = blobs.root / name[:2] / name[2:4] / name
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    folders = (blobs.root, path.parent.parent, path.parent)
    assert {stat.S_IMODE(p.stat().st_mode) for p in folders} == {0o700}


@pytest.mark.parametrize(
    ("content", "hint", "media"),
    [
        (picture("JPEG"), "", "image/jpeg"),
        (picture("PNG"), "image/jpeg", "image/png"),
        (picture("WEBP"), "image/webp", "image/webp"),
        (b"%PDF-1.7 x", "text/plain", "application/pdf"),
        (package("word/document.xml"), "", DOCX),
        (package("xl/workbook.xml"), "", XLSX),
        ("时间,rain\n".encode("gbk"), "text/csv", "text/csv"),
        ("运行记录".encode(), "", "text/plain"),
    ],
    ids=["jpeg", "png", "webp", "pdf", "docx", "xlsx", "csv", "txt"],
)
def test_what_a_file_is_is_found_in_its_content(blobs, content, hint, media):
    assert blobs.put(content, hint).media == media


@pytest.mark.parametrize(
    ("content", "hint", "sentence"),
    [
        (b"", "", "文件是空的"),
        (b"%PDF-1.7 x", JPEG, "作为照片上传的文件不是照片"),
        ("运行记录".encode(), JPEG, "作为照片上传的文件不是照片"),
        (b"\xff\xd8\xff\xe0 no picture", JPEG, "照片不完整或已损坏"),
        (picture()[:-200], JPEG, "照片不完整或已损坏"),
        (picture("PNG")[:-200], "image/png", "照片不完整或已损坏"),
        (b"MZ\x90\x00", "", "文件类型不在可收范围内"),
        (b"GIF89a\x00", "image/gif", "文件类型不在可收范围内"),
        (b"<!DOCTYPE html><p>x", "text/plain", "文件类型不在可收范围内"),
        (b'<svg xmlns="x"/>', "", "文件类型不在可收范围内"),
        (package("evil.exe"), "", "压缩包不在可收范围内"),
        (package("word/document.xml", "word/vbaProject.bin"), "", "文件含宏"),
        (b"PK\x03\x04 cut", "", "文件不完整，打不开"),
    ],
    ids=[
        "empty",
        "pdf as photo",
        "text as photo",
        "photo in name only",
        "cut jpeg",
        "cut png",
        "program",
        "gif",
        "html",
        "svg",
        "other zip",
        "macros",
        "cut zip",
    ],
)
def test_what_is_not_taken_is_refused_with_a_remedy_and_nothing_is_stored(
    blobs, content, hint, sentence
):
    with pytest.raises(Refused, match=sentence) as refusal:
        blobs.put(content, hint)
    assert refusal.value.reasons[0].remedy
    assert not blobs.root.exists()


def test_a_file_over_the_limit_is_refused(blobs):
    with pytest.raises(Refused, match="有11字节，超过上限10字节"):
        blobs.put(b"%PDF-1.7 xy", limit=10)


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_unpacked(blobs):
    side = 9000
    assert side * side > PIXELS
    buffer = io.BytesIO()
    Image.new("1", (side, side)).save(buffer, "PNG")
    with pytest.raises(Refused, match="照片超过8000万像素"):
        blobs.put(buffer.getvalue(), "image/png")


def test_a_photo_tells_time_place_and_camera(blobs):
    info = blobs.put(picture(exif=exif()), JPEG)
    assert info.taken_at == datetime(2026, 7, 14, 9, 30, tzinfo=BEIJING)
    assert (info.lon, info.lat) == (Decimal("111.466667"), Decimal("27.239583"))
    assert info.taken_with == "HUAWEI NOH-AN00"


def test_a_photo_that_knows_its_zone_is_believed(blobs):
    info = blobs.put(picture(exif=exif(offset="+00:00")), JPEG)
    assert info.taken_at == datetime(2026, 7, 14, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_without_exif_is_no_fault(blobs, form):
    info = blobs.put(picture(form), f"image/{form.lower()}")
    told = (info.taken_at, info.lon, info.lat, info.taken_with)
    assert told == (None, None, None, "")


def test_a_clock_that_was_never_set_and_a_missing_place_read_as_none(blobs):
    info = blobs.put(picture(exif=exif(clock="0000:00:00 00:00:00", gps=False)), JPEG)
    assert (info.taken_at, info.lon, info.lat) == (None, None, None)


def test_a_place_that_is_nowhere_reads_as_none(blobs):
    tags = exif()
    tags.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (
        IFDRational(0, 0),
        IFDRational(0),
        IFDRational(0),
    )
    info = blobs.put(picture(exif=tags), JPEG)
    assert (info.lon, info.lat) == (None, None)


def test_a_photo_held_sideways_is_measured_as_it_is_looked_at(blobs):
    info = blobs.put(picture(size=(80, 40), exif=exif(turned=6)), JPEG)
    assert (info.width, info.height) == (40, 80)
    with Image.open(io.BytesIO(blobs.thumbnail(info.sha256, 20))) as small:
        assert small.size == (20, 40)


def test_a_thumbnail_is_a_jpeg_that_tells_nothing(blobs):
    content = picture(exif=exif(), comment=b"by firm-b")
    small = blobs.thumbnail(blobs.put(content, JPEG).sha256, 30)
    with Image.open(io.BytesIO(small)) as image:
        assert (image.format, image.size) == ("JPEG", (30, 15))
        assert not dict(image.getexif())
        assert "comment" not in image.info
    assert b"HUAWEI" in content
    assert b"HUAWEI" not in small


def test_a_thumbnail_is_never_larger_than_the_picture_and_paper_is_white(blobs):
    buffer = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(buffer, "PNG")
    small = blobs.thumbnail(blobs.put(buffer.getvalue(), "image/png").sha256, 100)
    with Image.open(io.BytesIO(small)) as image:
        assert image.size == (8, 8)
        assert image.getpixel((4, 4)) == (255, 255, 255)


def test_a_paper_has_no_thumbnail(blobs):
    name = blobs.put(b"%PDF-1.7 x").sha256
    with pytest.raises(Refused, match="不是照片，没有缩略图"):
        blobs.thumbnail(name, 100)


def test_a_changed_or_missing_file_is_named_and_putting_it_again_heals_it(blobs):
    kept, changed = blobs.put(b"%PDF-1.7 x").sha256, blobs.put(b"%PDF-1.7 y").sha256
    absent = "0" * 64
    (blobs.root / changed[:2] / changed[2:4] / changed).write_bytes(b"%PDF-1.7 z")
    sentences = blobs.verify([kept, changed, absent])
    assert [s.split("，")[0].split("（")[0] for s in sentences] == [
        f"文件{changed}已被改动",
        f"文件{absent}不在",
    ]
    blobs.put(b"%PDF-1.7 y")
    assert blobs.verify([kept, changed]) == ()


def test_a_file_that_is_not_there_is_refused_and_a_path_is_a_fault(blobs):
    with pytest.raises(Refused, match="不在"):
        blobs.open("0" * 64)
    with pytest.raises(ValueError, match="no SHA-256"):
        blobs.open("../../etc/passwd")


def test_a_crash_before_the_rename_leaves_nothing(blobs, monkeypatch):
    def crash(source, target):
        raise OSError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", crash)
        with pytest.raises(OSError, match="power cut"):
            blobs.put(b"%PDF-1.7 x")
    assert [p for p in blobs.root.rglob("*") if p.is_file()] == []
