"""读件: each format and encoding, and each way a file is refused."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from zhenggai.kernel.documents.extract import extract
from zhenggai.kernel.verdict import Refused
from zhenggai.stores.readers.read import LIMIT, read, understood

DIRECTIVE = (
    "关于开展专项整治的通知\n各有关单位：\n现将重点任务通知如下：\n"
    "1.乡镇污水处理设施建设。2026年9月30日前完成。\n"
)
TRADITIONAL = (
    "關於開展環境問題整治工作的通知\n存在著工作推進滯後等問題,著名景區須於八月底前完成整改。\n"
)


def refused(name, content, **kw):
    with pytest.raises(Refused) as refusal:
        read(name, content, **kw)
    (reason,) = refusal.value.reasons
    assert reason.text
    assert reason.remedy
    return reason.code


def reasons_against(name, content):
    try:
        read(name, content)
    except Refused as refusal:
        return refusal.reasons
    return ()


def pdf(words):
    """A one-page PDF whose glyphs are named by a ToUnicode table, as office programs write it."""
    codes = "".join(f"{i:04x}" for i in range(1, len(words) + 1))
    table = "\n".join(f"<{i:04x}> <{ord(c):04x}>" for i, c in enumerate(words, 1))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(words)} beginbfchar\n{table}\nendbfchar endcmap end end"
    )
    page = f"BT /F 12 Tf 20 700 Td <{codes}> Tj ET"
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 800]/Contents 4 0 R/Resources 8 0 R>>",
        f"<</Length {len(page)}>>stream\n{page}\nendstream",
        "<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/A/DW 1000/CIDSystemInfo 9 0 R>>",
        f"<</Length {len(cmap)}>>stream\n{cmap}\nendstream",
        "<</Font<</F 5 0 R>>>>",
        "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj{part}endobj\n".encode()
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 10\n0000000000 65535 f \n{rows}trailer<</Size 10/Root 1 0 R>>"
    return out + f"{end}\nstartxref\n{len(out)}\n%%EOF".encode()


def word(fill):
    paper, out = docx.Document(), io.BytesIO()
    fill(paper)
    paper.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gbk", "GB18030"), ("gb18030", "GB18030")],
)
def test_a_chinese_text_is_read_in_the_encodings_offices_use(encoding, told):
    document = read("通知.txt", DIRECTIVE.encode(encoding))
    assert document.original == DIRECTIVE
    assert document.media == f"text/plain; charset={told}"
    assert extract(document.clean).key_tasks[0].value.name == "乡镇污水处理设施建设"


def test_a_big5_text_is_read_and_simplified():
    document = read("通知.txt", TRADITIONAL.encode("big5"))
    assert document.media == "text/plain; charset=Big5"
    assert document.original == TRADITIONAL
    assert document.text == (
        "关于开展环境问题整治工作的通知\n存在着工作推进滞后等问题，著名景区须于八月底前完成整改。"
    )


def test_traditional_script_is_mapped_character_by_character():
    raw = "顯著成效,存在著問題"
    text = understood(raw)
    assert text.text == "显著成效，存在着问题"
    assert [raw[i] for i in text.origin] == list(raw)
    assert ("simplified", 4) in [(r.name, r.count) for r in text.repairs]


def test_a_page_gives_what_is_seen_and_keeps_cells_apart():
    page = (
        "<html><head><title>站名</title><script>var x='弹窗';</script></head><body>"
        "<div>首页 &gt; 新闻</div><h1>昭陵市召开推进会议</h1><p>会议强调，抓好\n   整改。</p>"
        "<table><tr><td>序号</td><td>问题</td></tr></table></body></html>"
    )
    assert read("a.html", page.encode()).text.split("\n") == [
        "昭陵市召开推进会议",
        "会议强调，抓好整改。",
        "序号 | 问题 |",
    ]


def test_a_word_file_gives_paragraphs_and_rows_in_their_order():
    def fill(paper):
        paper.add_paragraph("关于整治的通知")
        row = paper.add_table(1, 2).rows[0]
        row.cells[0].text, row.cells[1].text = "序号", "问题"
        paper.add_paragraph("请认真落实。")

    assert read("通知.docx", word(fill)).original.split("\n") == [
        "关于整治的通知",
        "序号 | 问题",
        "请认真落实。",
    ]


def test_a_pdf_with_a_text_layer_is_read():
    assert read("通知.pdf", pdf("尾矿库污染整治年内取得阶段性成果。")).text == (
        "尾矿库污染整治年内取得阶段性成果。"
    )


def test_a_scanned_pdf_is_refused_with_its_page():
    out = io.BytesIO()
    Image.new("L", (40, 40), 200).save(out, "PDF")
    with pytest.raises(Refused, match="第1页是扫描图像"):
        read("扫描.pdf", out.getvalue())
    assert refused("扫描.pdf", out.getvalue()) == "scanned"


@pytest.mark.parametrize("name", ["表.xlsx", "函.doc", "函.ofd", "照片.jpg", "无后缀"])
def test_another_kind_of_file_is_refused_and_told_what_can_be_read(name):
    with pytest.raises(Refused) as refusal:
        read(name, b"x")
    assert refusal.value.reasons[0].code == "unreadable-kind"
    assert ".docx" in refusal.value.reasons[0].remedy


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.txt", b"", "empty-file"),
        ("a.txt", b" \n\n ", "empty-file"),
        ("a.html", b"<html><body> </body></html>", "empty-file"),
        ("a.docx", word(lambda paper: None), "empty-file"),
        ("a.txt", b"MZ\x00\x01\x02", "binary-file"),
        ("a.txt", "整改".encode("utf-16"), "encoding-unknown"),
        ("a.txt", bytes(range(0x80, 0x100)), "encoding-unknown"),
        ("a.txt", "café déjà vu à côté".encode("latin-1"), "encoding-unknown"),
        # Everyday characters whichever way they are read: 地程计 in GBK, 華最數 in Big5.
        ("a.txt", "地程计".encode("gbk"), "encoding-unknown"),
        ("a.docx", b"PK\x03\x04 no document", "broken-file"),
        ("a.docx", "只是文本".encode(), "broken-file"),
        ("a.pdf", "只是文本".encode(), "broken-file"),
    ],
)
def test_a_file_nobody_can_read_is_refused_by_what_is_wrong_with_it(name, content, code):
    assert refused(name, content) == code


def test_a_file_over_the_limit_is_refused_with_both_sizes():
    with pytest.raises(Refused, match=r"为 2\.0 MB，超过上限 1\.0 MB"):
        read("a.txt", b"a" * (2 << 20), limit=1 << 20)
    assert LIMIT == 20 << 20


def test_a_word_file_that_swells_is_refused_before_it_is_unpacked():
    packed = io.BytesIO(word(lambda paper: paper.add_paragraph("整改")))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/filler.bin", b"0" * (30 << 20))
    assert refused("a.docx", packed.getvalue()) == "broken-file"


def test_a_name_loses_its_folders():
    assert read("C:\\桌面\\通知.txt", "请整改。".encode()).name == "通知.txt"


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    suffix=st.sampled_from(["txt", "html", "docx", "pdf"]),
    head=st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", "整改".encode("gbk")]),
    content=st.binary(max_size=400),
)
def test_random_bytes_are_read_or_refused_and_nothing_else(suffix, head, content):
    assert all(r.code and r.remedy for r in reasons_against(f"a.{suffix}", head + content))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(at=st.integers(0, 3000), byte=st.integers(0, 255), whole=st.booleans())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(at, byte, whole):
    for name, content in (("a.docx", _SOUND_DOCX), ("a.pdf", _SOUND_PDF)):
        place = at % len(content)
        damaged = content[:place] + bytes([byte]) + content[place + 1 :]
        reasons = reasons_against(name, damaged if whole else damaged[:place])
        assert all(r.code and r.remedy for r in reasons)


_SOUND_DOCX = word(lambda paper: paper.add_paragraph("请于8月底前完成方案。"))
_SOUND_PDF = pdf("请于8月底前完成方案。")
