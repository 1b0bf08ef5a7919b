"""格式: plain text, HTML, Word and PDF, each to the text as it stands in the file.

From   The formats offices send. Anything else is named and refused.
Takes  A file's name and bytes.
Gives  Its text and what it was read as.
Never  Fetches anything, follows a link, or lets a library's error pass for a crash.
"""

from __future__ import annotations

import io
import zipfile
import zlib

import docx
import pypdfium2
import pypdfium2.raw as pdfium
from docx.opc.exceptions import OpcError
from lxml import etree

from zhenggai.kernel.verdict import Reason, Refused
from zhenggai.stores.readers.encoding import decode

SWELL = 50  # a Word file unpacking to more than this many times its size is no document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt"),
        *("figcaption", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
        *(
            "li",
            "main",
            "nav",
            "ol",
            "option",
            "p",
            "pre",
            "section",
            "select",
            "table",
            "tr",
            "ul",
        ),
    )
)
_CELLS = frozenset(("td", "th"))
_SILENT = ("script", "style", "noscript", "template", "head", "svg")
# What zipfile, python-docx and lxml raise on bytes that only pretend to be a Word file.
_BROKEN_DOCX = (
    OpcError, etree.LxmlError, zipfile.BadZipFile, zlib.error, AttributeError, EOFError, IndexError,
    KeyError, NotImplementedError, OSError, RuntimeError, TypeError, ValueError,
)  # fmt: skip


def read_text(content: bytes, name: str) -> tuple[str, str]:
    """纯文本."""
    text, encoding = decode(content, name)
    return text, f"text/plain; charset={encoding}"


def read_html(content: bytes, name: str) -> tuple[str, str]:
    """网页: what is seen, one block a line; cells of a table row keep a bar between them."""
    page, encoding = decode(content, name)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(page.encode(), parser)
    except (etree.LxmlError, ValueError) as error:
        raise _broken(name, "网页") from error
    if root is None:
        raise _broken(name, "网页")
    etree.strip_elements(root, *_SILENT, with_tail=False)
    return "".join(_seen(root)), f"text/html; charset={encoding}"


def read_docx(content: bytes, name: str) -> tuple[str, str]:
    """Word 文档: paragraphs and table rows in their order, insertions in, deletions out."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(member.file_size for member in packed.infolist())
        if unpacked > SWELL * len(content):
            raise _broken(name, "Word 文档")
        body = docx.Document(io.BytesIO(content)).element.body
        lines = _docx_lines(body)
    except _BROKEN_DOCX as error:
        raise _broken(name, "Word 文档") from error
    return "\n".join(
        lines
    ), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_pdf(content: bytes, name: str) -> tuple[str, str]:
    """PDF: pages with a text layer; a page that is only a picture is named and refused."""
    try:
        with pypdfium2.PdfDocument(content) as paper:
            pages = [_page(paper, number) for number in range(len(paper))]
    except (pypdfium2.PdfiumError, ValueError, OSError, UnicodeError) as error:
        raise _broken(name, "PDF") from error
    pictures = [
        str(n) for n, (text, scanned) in enumerate(pages, 1) if scanned and not text.strip()
    ]
    if pictures:
        raise Refused(
            Reason(
                "scanned",
                f"《{name}》第{'、'.join(pictures)}页是扫描图像，没有文字层",
                "上传带文字层的 PDF 或 Word 文档，或对照原件人工录入",
            )
        )
    return "\n".join(text for text, _ in pages), "application/pdf"


def _seen(root: etree._Element) -> list[str]:
    pieces: list[str] = []
    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            pieces += ["\n" if tag in _BLOCKS else "", _flat(node.text)]
        else:
            pieces += ["\n" if tag in _BLOCKS else " | " if tag in _CELLS else ""]
            pieces += [_flat(node.tail)]
    return pieces


def _flat(words: str | None) -> str:
    """HTML's line breaks are spaces; between Chinese characters they are nothing."""
    lines = (words or "").replace("\r", "\n").split("\n")
    trimmed = [lines[0], *(line.lstrip() for line in lines[1:])]
    joined = trimmed[0]
    for line in trimmed[1:]:
        latin = joined[-1:].isascii() and line[:1].isascii()
        joined = joined + (" " if latin and joined and line else "") + line
    return joined


def _docx_lines(body: etree._Element) -> list[str]:
    """Paragraphs and tables that stand in no other, so nothing is read twice."""
    lines: list[str] = []
    for block in body.iter(f"{_W}p", f"{_W}tbl"):
        if next(block.iterancestors(f"{_W}p", f"{_W}tbl"), None) is not None:
            continue
        if block.tag == f"{_W}p":
            lines.append(_docx_words(block))
            continue
        rows = block.findall(f"{_W}tr")
        lines += [" | ".join(_docx_words(c) for c in row.findall(f"{_W}tc")) for row in rows]
    return lines


def _docx_words(block: etree._Element) -> str:
    marks = {f"{_W}tab": "\t", f"{_W}br": "\n"}
    return "".join(
        (node.text or "") if node.tag == f"{_W}t" else marks.get(str(node.tag), "")
        for node in block.iter()
    )


def _page(paper: pypdfium2.PdfDocument, number: int) -> tuple[str, bool]:
    page = paper[number]
    words = page.get_textpage().get_text_range()
    scanned = any(page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,)))
    return words.replace("\r\n", "\n"), scanned


def _broken(name: str, kind: str) -> Refused:
    return Refused(
        Reason(
            "broken-file", f"《{name}》不是完整的{kind}，或加了密", "用原程序打开后另存，重新上传"
        )
    )
