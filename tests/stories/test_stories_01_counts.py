"""故事一 1.9: last month's number, corrected in the console, changed by SQL, found by a command."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from tests.world import on
from tests.world_faces import at, browser, own_home, page, press
from tests.world_ledger import CAMPAIGN, open_zhaoling
from tests.world_trail import attack

from zhenggai.apps.planning.models import Count
from zhenggai.apps.sources.models import Document, Paper
from zhenggai.apps.trail.sealing import seal_all
from zhenggai.faces.cli.main import main

JULY = {"campaign": CAMPAIGN, "month": "2026-07", "key": "reported"}
COUNTS = f"/console/counts/?campaign={CAMPAIGN}&month=2026-07"
REASON = "3座管网未贯通，误报"
NUMBER = "昭攻坚办〔2026〕31号"
STATEMENT = (
    "关于更正7月申报数的情况说明\n丙县青石镇等3座污水处理设施建设管网未贯通，2026年9月30日前完成。"
)


def sent(client, doing: str, **fields) -> None:
    answer = press(client, f"/console/counts/{doing}/", **fields, **JULY)
    assert answer.status_code == 302, page(answer)


def july(monkeypatch) -> None:
    """丙县 reports 19, 乙区 12; the table goes out on 08-03."""
    open_zhaoling()
    at(monkeypatch, on(7, 31, 17))
    sent(browser("bing"), "report", value="19")
    sent(browser("yi"), "report", value="12")
    at(monkeypatch, on(8, 3))
    office = browser("office-1")
    sent(office, "table")
    sent(office, "sign", paper=str(Paper.objects.get(kind="月报表").pk), number=NUMBER)


@pytest.fixture
def corrected(zhaoling, settings, tmp_path, monkeypatch):
    own_home(settings, tmp_path)
    july(monkeypatch)
    at(monkeypatch, on(8, 10))
    office = browser("office-1")
    file = SimpleUploadedFile("情况说明.txt", STATEMENT.encode())
    press(office, "/console/documents/upload/", file=file)
    said = {"value": "16", "reason": REASON, "document": str(Document.objects.get().pk)}
    sent(browser("bing"), "correct", count=f"count:{Count.objects.get(value=19).pk}", **said)
    assert "19 → 16" in page(office.get(COUNTS)), "the office sees what is asked"
    assert Count.objects.get(value=16).approved is None
    sent(office, "approve", count=f"count:{Count.objects.get(value=16).pk}")
    return office


def test_both_values_the_reason_the_approver_and_every_paper_are_named(corrected):
    row = page(corrected.get(COUNTS)).split("<tbody>")[1].split("</table>")[0]
    for words in ("19 → 16", REASON, "office-1", f"载有原数的发文：月报表{NUMBER}"):
        assert words in row
    assert set(Count.objects.filter(body__key="bing-gov").values_list("value", flat=True)) == {
        19,
        16,
    }


def test_a_letter_is_offered_and_names_what_carried_the_old_figure(corrected):
    assert "拟更正函" in page(corrected.get(COUNTS))
    sent(corrected, "letter", count=f"count:{Count.objects.get(value=16).pk}")
    seen = page(corrected.get(COUNTS))
    assert "拟更正函" not in seen, "one letter is enough"
    for words in ("原报19，现更正为16", NUMBER, REASON):
        assert words in seen


def test_the_july_table_as_of_its_cut_off_still_prints_19(corrected):
    table = page(corrected.get(COUNTS)).partition("印发的月报表")[2]
    printed, again = table.split("按当时所知重新生成")
    for column in (printed, again):
        assert "丙县人民政府 19" in column
        assert "丙县人民政府 16" not in column


def test_a_figure_changed_by_sql_is_named_by_the_command_with_act_row_and_column(
    transactional_db, settings, tmp_path, monkeypatch, request, capsys
):
    request.getfixturevalue("zhaoling")
    own_home(settings, tmp_path)
    july(monkeypatch)
    seal_all()
    assert main(["trail", "verify"]) == 0
    count = Count.objects.select_related("asked").get(value=19)
    capsys.readouterr()
    attack(("UPDATE planning_count SET value = 16 WHERE id = %s", [count.pk]))
    assert main(["trail", "verify"]) == 1
    said = capsys.readouterr().out
    for words in (
        str(count.asked.act_id),
        f"表planning.count第{count.pk}行的value列为“19”",
        "库中现为“16”",
        "核验未通过",
    ):
        assert words in said


def test_the_command_itself_ends_with_an_error_on_an_installation_that_was_changed(tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the file of an installation is changed here with SQLite's own library")
    own = os.environ | {"ZHENGGAI_HOME": str(tmp_path), "ZHENGGAI_DATABASE": ""}

    def run(*words: str, code: str = "") -> subprocess.CompletedProcess[str]:
        said = ["-c", code] if code else ["-m", "zhenggai.faces.cli", *words]
        return subprocess.run(  # noqa: S603 - this interpreter, these words
            [sys.executable, *said], env=own, capture_output=True, text=True, check=False
        )

    assert run("migrate").returncode == 0
    assert run("trail", "verify").returncode == 0
    changed = run(
        code="import sqlite3, sys, os, pathlib;"
        "base = next(pathlib.Path(os.environ['ZHENGGAI_HOME']).glob('*.sqlite3'));"
        "db = sqlite3.connect(base);"
        "names = [n for n, in db.execute(\"select name from sqlite_master where type='trigger'\")];"
        "[db.execute(f'drop trigger \"{n}\"') for n in names];"
        "db.execute(\"update trail_act set by_post = 'office-1'\"); db.commit()"
    )
    assert changed.returncode == 0, changed.stderr
    found = run("trail", "verify")
    assert found.returncode == 1
    assert "触发器" in found.stdout
    assert "核验未通过" in found.stdout
