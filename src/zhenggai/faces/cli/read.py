"""读件: ``zhenggai read FILE|-`` says what a document says, each value with its place.

Without database and without Django: a file in, lines or JSON out.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai.kernel.documents.as_json import as_json
from zhenggai.kernel.documents.extract import extract
from zhenggai.kernel.verdict import Reason, Refused
from zhenggai.stores.readers.read import LIMIT, read

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from zhenggai.kernel.documents.records import Extract, Found
    from zhenggai.stores.readers.read import ReadDocument

UNREADABLE = 2
_PIPED = "标准输入"
_KINDS = ((b"%PDF-", ".pdf"), (b"PK\x03\x04", ".docx"), (b"<", ".html"))
_UNKNOWN = "原文未载明"
_HEAD = (
    ("标题", "title"),
    ("发生日期", "date"),
    ("印发日期", "published"),
    ("地点", "place"),
    ("发文单位", "issuer"),
    ("会议", "meeting"),
)
_LISTS = (
    ("问题来源", "findings_sources"),
    ("责任类型", "responsible_kinds"),
    ("所述问题", "problems"),
    ("引用文件", "cited_documents"),
)


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("file", metavar="FILE", help="文件路径；- 为标准输入")
    parser.add_argument("--json", action="store_true", help="输出JSON：每个值带原文位置和依据")


def run(options: Namespace) -> int:
    """Read one document and print what it says; what cannot be read is one sentence."""
    try:
        document = read(*content_of(options.file))
    except Refused as refused:
        print(sentence(refused), file=sys.stderr)
        return UNREADABLE
    found = extract(document.clean)
    if options.json:
        print(json.dumps(as_json(found), ensure_ascii=False, indent=2))
    else:
        print("\n".join(summary(document, found)))
    return 0


def sentence(refused: Refused) -> str:
    """Put every reason and its remedy into one sentence."""
    return "；".join(f"{reason.text}，{reason.remedy}" for reason in refused.reasons)


def content_of(file: str) -> tuple[str, bytes]:
    """Return name and bytes of a file, or of what is piped in.

    Raises
    ------
    Refused
        When there is no such file, or nobody lets us read it.
    """
    if file == "-":
        content = sys.stdin.buffer.read(LIMIT + 1)
        kind = next((k for magic, k in _KINDS if content.lstrip().startswith(magic)), ".txt")
        return f"{_PIPED}{kind}", content
    path = Path(file)
    try:
        if path.stat().st_size > LIMIT:  # refused before it is taken into memory
            with path.open("rb") as opened:
                return path.name, opened.read(LIMIT + 1)
        return path.name, path.read_bytes()
    except FileNotFoundError:
        raise Refused(Reason("no-file", f"没有文件“{file}”", "核对路径")) from None
    except IsADirectoryError:
        raise Refused(Reason("is-folder", f"“{file}”是文件夹", "逐个读取其中的文件")) from None
    except OSError as error:
        text = f"文件“{file}”打不开（{error.strerror}）"
        raise Refused(Reason("no-file", text, "核对路径和读取权限")) from None


def summary(document: ReadDocument, found: Extract) -> Iterator[str]:
    """Yield what a clerk wants to see first, in the words of the text."""
    yield f"《{document.name}》 {document.media}，正文{len(document.text)}字"
    for repair in document.repairs:
        yield f"  已整理：{repair.label}{repair.count}处"
    yield ""
    for label, name in _HEAD:
        yield f"{label}：{_one(getattr(found, name))}"
    for person in found.people:
        yield f"人员：{person.name.value}（{person.role.value}）"
    yield from _tasks(found)
    for label, name in _LISTS:
        values = tuple(one.value for one in getattr(found, name))
        if values:
            yield f"{label}：{'；'.join(values)}"
    for one in found.figures:
        yield f"数字：{one.value.what} {one.value.value}{one.value.unit}"


def _tasks(found: Extract) -> Iterator[str]:
    for task in found.key_tasks:
        yield f"重点任务：{task.value.name}"
    for stated in found.deadlines:
        deadline = stated.value.deadline
        either = "或".join(deadline.alternatives)
        meant = f"未定，可能为{either}" if either else deadline.iso or "没有具体日期"
        yield f"时限：“{deadline.raw}” → {meant}"


def _one(found: Found[str] | None) -> str:
    return _UNKNOWN if found is None else f"{found.value}（{found.confidence.label}）"
