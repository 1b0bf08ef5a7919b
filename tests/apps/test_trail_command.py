"""zhenggai trail, work, migrate, doctor: as a person types them, on a folder of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from subprocess import DEVNULL, PIPE

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from tests.world import on
from tests.world_trail import AUGUST, attack, change, clock_set, told

from zhenggai.apps.trail import triggers
from zhenggai.apps.trail.anchors import drop_anchor
from zhenggai.apps.trail.models import ClockShift, Job
from zhenggai.faces.cli import doctor, migrate
from zhenggai.faces.cli.main import COMMANDS, main


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


def test_no_command_lists_all_commands(capsys):
    assert main([]) == 0
    said = capsys.readouterr().out
    assert all(f"  {name}" in said for name in COMMANDS)


def test_an_unknown_command_is_an_error(capsys):
    assert main(["frobnicate"]) == 2


def test_a_whole_trail_verifies(transactional_db, home, capsys):
    told("doc:1", times=2)
    drop_anchor("公示", AUGUST)
    told("doc:2")
    assert main(["trail", "verify"]) == 0
    assert capsys.readouterr().out == ("✓ 核验通过：留痕3条，已封印2条，待封印1条，锚点1个\n")


def test_a_trail_with_faults_ends_with_an_error_and_names_them(transactional_db, home, capsys):
    clock_set(9)
    attack(change("trail_clockshift", "seconds", 1, "id", ClockShift.objects.get().pk))
    assert main(["trail", "verify"]) == 1
    said = capsys.readouterr().out
    assert "表trail.clockshift第1行的seconds列" in said
    assert "核验未通过：1处不符" in said


def test_a_copy_of_the_anchors_that_is_not_there_is_refused(db, home, capsys):
    assert main(["trail", "verify", "--against", str(home / "none.log")]) == 1
    assert "核对路径" in capsys.readouterr().err


def test_migrating_records_the_packs_once(db, home, capsys):
    assert main(["migrate"]) == 0
    assert "已登记规则包" in capsys.readouterr().out
    assert main(["migrate"]) == 0
    assert "已登记规则包" not in capsys.readouterr().out
    assert main(["trail", "verify"]) == 0


def test_the_doctor_finds_a_sound_installation_sound(db, home, capsys):
    migrate.run(None)
    assert doctor.run(None) == 0
    assert "✗" not in capsys.readouterr().out


def test_the_doctor_names_dead_work_with_its_error(db, home, capsys):
    migrate.run(None)
    Job.objects.create(
        key="weigh:claim:1", task="t", due_at=AUGUST, dead_at=on(8, 6, 9), error="数据不足"
    )
    assert doctor.run(None) == 1
    said = capsys.readouterr().out
    assert "✗ 办不下去的后台任务1项：weigh:claim:1：数据不足 → " in said


def test_the_doctor_names_a_missing_trigger_and_changed_packs(db, home, capsys):
    triggers._drop(triggers._wanted()[0])
    assert doctor.run(None) == 1
    said = capsys.readouterr().out
    assert "✗ 触发器缺失：trail_act_" in said
    assert "✗ 规则包与登记的不一致 → " in said


def test_the_doctor_asks_for_the_migrations_first(db, home, capsys):
    MigrationRecorder(connection).record_unapplied("assessment", "0001_initial")
    assert doctor.run(None) == 1
    said = capsys.readouterr().out
    assert "✗ 数据库尚有1项升级未做 → 运行 zhenggai migrate" in said
    assert "触发器" not in said


@pytest.mark.slow
def test_a_worker_seals_anchors_and_stops_when_told(tmp_path):
    environment = os.environ | {"ZHENGGAI_HOME": str(tmp_path), "ZHENGGAI_DATABASE": ""}

    def started(*words):
        command = [sys.executable, "-m", "zhenggai.faces.cli.main", *words]
        return subprocess.Popen(command, env=environment, stdout=PIPE, stderr=DEVNULL)  # noqa: S603

    started("migrate").communicate()
    worker = started("work")
    try:
        for _ in range(150):
            if (tmp_path / "anchors.log").exists():
                break
            with pytest.raises(subprocess.TimeoutExpired):
                worker.wait(timeout=0.2)  # it has not fallen
        worker.terminate()
        worker.communicate(timeout=20)
        assert worker.returncode == 0
    finally:
        worker.kill()
    said, _ = started("trail", "verify").communicate()
    assert said.decode() == "✓ 核验通过：留痕1条，已封印1条，待封印0条，锚点1个\n"
