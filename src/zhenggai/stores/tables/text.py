"""文本: the rows of a CSV from its bytes, in the codings people's programs write."""

from __future__ import annotations

import codecs
import csv
import io
import re

from zhenggai.stores.tables.records import refused_file

_SAVE_AS = "在表格软件中另存为“CSV UTF-8（逗号分隔）”后重新导入"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def records_of(name: str, content: bytes, limit: int) -> list[list[str]]:
    """Return header and rows, blank lines kept so that row numbers agree with a spreadsheet."""
    if len(content) > limit:
        have = f"有{len(content)}字节，超过上限{limit}字节"
        raise refused_file(name, "", have, "按月拆成几个文件分别导入")
    text = _decoded(name, content)
    if not text.strip():
        raise refused_file(name, "", "是空文件", "核对是否选错文件")
    header = text.split("\n", 1)[0]
    delimiter = "\t" if header.count("\t") > header.count(",") else ","
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise refused_file(name, "", f"的引号或字段不完整（{error}）", _SAVE_AS) from error
    if not any(map(any, records[1:])):
        raise refused_file(name, "第1行以后", "没有数据", "核对是否只导出了表头")
    return records


def _decoded(name: str, content: bytes) -> str:
    if content.startswith(_UTF16):
        raise refused_file(name, "", "是UTF-16编码的文本", _SAVE_AS)
    for coding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(coding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise refused_file(name, "", "不是文本表格（或编码不是UTF-8、GBK）", _SAVE_AS)
