"""读件: one file in, its original and its clean text out, or a refusal that says what to do."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

from zhenggai.kernel.text.clean import CleanText, Repair, clean
from zhenggai.kernel.text.layout import unwrap
from zhenggai.kernel.text.passes import PASSES
from zhenggai.kernel.text.pinyin import strip_pinyin
from zhenggai.kernel.verdict import Reason, Refused
from zhenggai.stores.readers.formats import read_docx, read_html, read_pdf, read_text
from zhenggai.stores.readers.simplify import simplify

MIB = 1 << 20
LIMIT = 20 * MIB
READABLE = "文本（.txt）、网页（.html）、Word 文档（.docx）、带文字层的 PDF（.pdf）"

_FORMATS = {
    ".txt": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".docx": read_docx,
    ".pdf": read_pdf,
}


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """来文正文: what was read, kept beside what it was read from.

    Parameters
    ----------
    sha256
        Of the bytes.
    name
        As uploaded, without folders.
    media
        Media type, with the encoding where there was one to decide.
    original
        The text as it stands in the file; spans count its characters.
    text
        Clean text in simplified script.
    origin
        For each character of ``text`` its place in ``original``.
    repairs
        What was repaired, for the chips on the screen.
    """

    sha256: str
    name: str
    media: str
    original: str
    text: str
    origin: tuple[int, ...]
    repairs: tuple[Repair, ...]

    @property
    def clean(self) -> CleanText:
        """What ``kernel.documents`` reads."""
        return CleanText(self.text, self.origin, self.repairs)


def read(name: str, content: bytes, *, limit: int = LIMIT) -> ReadDocument:
    """Read one file; every way it can fail is a ``Refused`` with code and remedy."""
    name = PurePath(name.replace("\\", "/")).name
    suffix = PurePath(name).suffix.lower()
    if suffix not in _FORMATS:
        raise Refused(
            Reason(
                "unreadable-kind", f"《{name}》的格式不能读取", f"可读取：{READABLE}，请另存后上传"
            )
        )
    _weigh(name, content, limit)
    original, media = _FORMATS[suffix](content, name)
    text = understood(original, wrapped=suffix == ".pdf")
    if not text.text:
        raise Refused(Reason("empty-file", f"《{name}》中没有文字", "核对后重新上传"))
    digest = hashlib.sha256(content).hexdigest()
    return ReadDocument(digest, name, media, original, text.text, text.origin, text.repairs)


def understood(original: str, *, wrapped: bool = False) -> CleanText:
    """Clean and simplify a text; ``wrapped`` when lines were broken at a page's edge."""
    text = CleanText.of(original)
    return clean(unwrap(text) if wrapped else text, (strip_pinyin, simplify, *PASSES))


def _weigh(name: str, content: bytes, limit: int) -> None:
    if not content:
        raise Refused(Reason("empty-file", f"《{name}》是空文件", "核对后重新上传"))
    if len(content) > limit:
        raise Refused(
            Reason(
                "too-large",
                f"《{name}》为 {len(content) / MIB:.1f} MB，超过上限 {limit / MIB:.1f} MB",
                "压缩图片或拆分后上传",
            )
        )
