from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest

from zhenggai.faces.cli.main import main
from zhenggai.packs.shelf import HERE

DIRECTIVE = HERE / "campaigns" / "zhaoling-2026" / "directive.txt"
KEYS = [
    *("title", "date", "published", "place", "issuer", "meeting", "source", "author", "people"),
    *("findings_sources", "key_tasks", "deadlines", "responsible_kinds", "problems", "figures"),
    "cited_documents",
]


def test_the_json_has_every_key_and_spans_into_the_original(capsys):
    assert main(["read", str(DIRECTIVE), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert list(said) == KEYS
    start, end = said["title"]["span"]
    assert DIRECTIVE.read_text(encoding="utf-8")[start:end] == said["title"]["value"]
    assert [d["iso"] for d in said["deadlines"]][:2] == ["2026-09-30", "XXXX-08-31"]
    assert said["meeting"] is None


def test_the_summary_says_what_the_text_does_not(capsys):
    assert main(["read", str(DIRECTIVE)]) == 0
    said = capsys.readouterr().out
    assert "会议：原文未载明" in said
    assert "“8月底前” → XXXX-08-31" in said
    assert "“年内取得阶段性成果” → 没有具体日期" in said


def test_what_is_piped_in_is_read_too(monkeypatch, capsys):
    piped = io.TextIOWrapper(io.BytesIO(DIRECTIVE.read_bytes()))
    monkeypatch.setattr(sys, "stdin", piped)
    assert main(["read", "-", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["place"]["value"] == "昭陵市"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("空.txt", b"", "是空文件"),
        ("空白.txt", b" \n\t", "是空文件"),
        ("乱.txt", bytes(range(256)), "含控制字节"),
        ("坏.pdf", b"%PDF-1.4 nothing", "不是完整的PDF"),
        ("坏.docx", b"PK\x03\x04 nothing", "Word"),
        ("表.xlsx", b"PK\x03\x04", "格式不能读取"),
    ],
)
def test_a_file_nobody_can_read_is_one_sentence(tmp_path, capsys, name, content, says):
    file = tmp_path / name
    file.write_bytes(content)
    assert main(["read", str(file)]) == 2
    said = capsys.readouterr()
    assert says in said.err
    assert said.err.count("\n") == 1
    assert not said.out


def test_a_file_that_is_not_there_is_one_sentence(tmp_path, capsys):
    assert main(["read", str(tmp_path / "无.txt")]) == 2
    assert main(["read", str(tmp_path)]) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert "没有文件" in first
    assert "是文件夹" in second


def test_reading_never_wakes_django():
    said = "import sys; from zhenggai.faces.cli.main import main; main(['read', sys.argv[1]]); "
    asked = [sys.executable, "-c", said + "sys.exit('django' in sys.modules)", str(DIRECTIVE)]
    assert subprocess.run(asked, check=False, capture_output=True).returncode == 0  # noqa: S603


def test_the_shipped_packs_hold(capsys):
    assert main(["pack", "check"]) == 0
    assert "规则包检查通过" in capsys.readouterr().out


def test_a_broken_pack_is_named_with_file_and_line(tmp_path, capsys):
    broken = tmp_path / "themes" / "x"
    broken.mkdir(parents=True)
    (broken / "theme.toml").write_text('key = "y"\n', encoding="utf-8")
    assert main(["pack", "check", str(tmp_path)]) == 1
    assert "themes/x/theme.toml:1: key 'y'" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_refused(tmp_path, capsys):
    assert main(["pack", "check", str(tmp_path / "无")]) == 1
    assert "没有文件夹" in capsys.readouterr().err
