"""观测档案: what is on disk after a crash, a change, a correction."""

from __future__ import annotations

import json
import os
import stat
from datetime import date, datetime, timedelta

import pytest

from zhenggai.analytics.observations import BEIJING
from zhenggai.kernel.verdict import Refused
from zhenggai.stores.archive import Archive, ArchiveFile, Flag, Observation

JULY_20 = datetime(2026, 7, 20, tzinfo=BEIJING)
MEASURED = Observation(7, "nh3n_out", JULY_20, 96)
CORRECTED = Observation(7, "nh3n_out", JULY_20, 19)
NH3N = {"place": 7, "series": ("nh3n_out",), "first": date(2026, 7, 1), "last": date(2026, 7, 31)}


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path / "archive")


def base(archive, *rows):
    return archive.write(rows, kind="water", layer="base")


def delta(archive, *rows, seq, revision=1):
    return archive.write(rows, kind="water", layer="delta", seq=seq, revision=revision)


def test_a_correction_is_seen_from_the_act_that_made_it_known(archive):
    files = base(archive, MEASURED) + delta(archive, CORRECTED, seq=812)
    assert archive.select(files, **NH3N, known_seq=811) == (MEASURED,)
    assert archive.select(files, **NH3N, known_seq=812) == (CORRECTED,)
    assert archive.select(files, **NH3N) == (CORRECTED,)


def test_of_two_corrections_in_one_act_the_later_revision_wins(archive):
    again = Observation(7, "nh3n_out", JULY_20, 21, Flag.SUSPECT)
    files = delta(archive, again, seq=812, revision=2) + delta(archive, CORRECTED, seq=812)
    assert archive.select(base(archive, MEASURED) + files, **NH3N) == (again,)


def test_a_correction_before_anything_was_measured_stands_alone(archive):
    files = delta(archive, CORRECTED, seq=5)
    assert archive.select(files, **NH3N) == (CORRECTED,)
    assert archive.select(files, **NH3N, known_seq=4) == ()


def test_the_same_observations_give_the_same_file(archive):
    later = Observation(7, "cod_out", JULY_20, 300)
    first = base(archive, MEASURED, later)
    assert base(archive, later, MEASURED, MEASURED) == first
    assert archive.unreferenced(first) == ()


def test_each_beijing_month_has_its_own_file(archive):
    midnight = datetime(2026, 8, 1, tzinfo=BEIJING)
    rows = (
        Observation(7, "nh3n_out", midnight - timedelta(seconds=1), 1),
        Observation(7, "nh3n_out", midnight, 2),
    )
    files = base(archive, *rows)
    assert [(f.month, f.rows) for f in files] == [("2026-07", 1), ("2026-08", 1)]
    assert archive.select(files, **NH3N) == rows[:1]


def test_only_the_place_and_series_asked_for_are_given(archive):
    others = (
        Observation(8, "nh3n_out", JULY_20, 5),
        Observation(7, "cod_out", JULY_20, 6),
        Observation(7, "nh3n_out", JULY_20 - timedelta(days=40), 7),
    )
    assert archive.select(base(archive, MEASURED, *others), **NH3N) == (MEASURED,)


def test_a_series_named_like_sql_is_only_a_name(archive):
    files = base(archive, MEASURED)
    assert archive.select(files, **{**NH3N, "series": ("' OR 1=1 --",)}) == ()


def test_two_values_of_one_time_are_refused_and_nothing_is_written(archive):
    with pytest.raises(Refused, match="点位7的nh3n_out在2026-07-20 00:00有两个不同的数值"):
        base(archive, MEASURED, CORRECTED)
    assert archive.unreferenced(()) == ()


def test_files_that_contradict_each_other_are_told_until_a_correction_settles_it(archive):
    files = base(archive, MEASURED) + base(archive, CORRECTED)
    with pytest.raises(Refused, match="两个同等效力的数值"):
        archive.select(files, **NH3N)
    settled = files + delta(archive, MEASURED, seq=9)
    assert archive.select(settled, **NH3N) == (MEASURED,)


def test_a_crash_before_the_rename_leaves_nothing_under_a_name(archive, monkeypatch):
    def crash(source, target):
        raise OSError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", crash)
        with pytest.raises(OSError, match="power cut"):
            base(archive, MEASURED)
    assert archive.unreferenced(()) == ()
    assert archive.select(base(archive, MEASURED), **NH3N) == (MEASURED,)


def test_a_crash_before_the_commit_leaves_a_file_that_is_listed_and_harmless(archive):
    kept = base(archive, MEASURED)
    orphan = base(archive, Observation(7, "nh3n_out", JULY_20 + timedelta(days=1), 50))
    assert archive.unreferenced(kept) == (orphan[0].path,)
    assert archive.select(kept, **NH3N) == (MEASURED,)


def test_a_killed_writer_leaves_a_part_that_is_listed(archive):
    kept = base(archive, MEASURED)
    part = archive.root / "water/2026-07/tmpabc.part"
    part.write_bytes(b"half")
    assert archive.unreferenced(kept) == ("water/2026-07/tmpabc.part",)


def test_a_changed_byte_is_found_and_writing_again_heals_it(archive):
    (file,) = base(archive, MEASURED)
    path = archive.root / file.path
    content = bytearray(path.read_bytes())
    content[20] ^= 1
    path.write_bytes(content)
    (sentence,) = archive.verify([file])
    assert sentence.startswith(f"档案文件{file.path}已被改动")
    base(archive, MEASURED)
    assert archive.verify([file]) == ()


def test_a_missing_file_is_named_and_nothing_is_computed_without_it(archive):
    files = base(archive, MEASURED) + delta(archive, CORRECTED, seq=9)
    (archive.root / files[1].path).unlink()
    assert archive.verify(files) == (f"档案文件{files[1].path}不在，请从备份恢复",)
    with pytest.raises(Refused, match=r"不在，不能据以计算") as refusal:
        archive.select(files, **NH3N)
    assert "从备份恢复" in refusal.value.reasons[0].remedy


def test_compacting_leaves_the_old_files_and_the_old_answers(archive):
    old = base(archive, MEASURED) + delta(archive, CORRECTED, seq=812)
    new = archive.compact(old)
    assert [(f.layer, f.rows) for f in new] == [("base", 1)]
    assert archive.select(new, **NH3N) == (CORRECTED,)
    assert archive.select(old, **NH3N, known_seq=811) == (MEASURED,)
    assert archive.verify(old) == ()
    assert archive.compact(new) == new


def test_a_file_speaks_of_itself_in_json(archive):
    (file,) = base(archive, MEASURED)
    assert ArchiveFile.from_json(json.loads(json.dumps(file.to_json()))) == file


def test_only_the_owner_can_read_the_files(archive):
    (file,) = base(archive, MEASURED)
    path = archive.root / file.path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(p.stat().st_mode) for p in (archive.root, path.parent)} == {0o700}


def test_a_kind_that_is_a_path_is_a_fault(archive):
    with pytest.raises(ValueError, match="cannot name a folder"):
        archive.write([MEASURED], kind="../water", layer="base")


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": -1},
        {"ticks": 2**31},
        {"at": JULY_20.replace(microsecond=1)},
        {"at": datetime(1969, 1, 1, tzinfo=BEIJING)},
        {"flag": 9},
    ],
)
def test_what_a_column_cannot_hold_is_a_fault(wrong):
    given = {"place": 1, "series": "cod_out", "at": JULY_20, "ticks": 1, "flag": 0} | wrong
    with pytest.raises(ValueError, match=r"fit|whole second|not a valid Flag"):
        Observation(**given)


def test_an_empty_manifest_has_no_values(archive):
    assert archive.select((), **NH3N) == ()
    assert archive.compact(()) == ()
    assert archive.unreferenced(()) == ()


def test_every_flag_has_a_chinese_word():
    assert [f.label for f in Flag] == ["正常", "维护", "存疑", "低于检出限", "缺测"]
