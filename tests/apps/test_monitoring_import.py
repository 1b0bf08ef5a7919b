"""导入监测数据: a file of daily values comes in once, whole or not at all, and corrections stay."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from tests.world import act, on
from tests.world_ledger import plant

from zhenggai.apps.monitoring import queries
from zhenggai.apps.monitoring.actions import import_observations
from zhenggai.apps.monitoring.checks import files_are_what_they_were
from zhenggai.apps.monitoring.models import Import, Manifest, Series
from zhenggai.apps.places.models import Place
from zhenggai.apps.trail.models import Entry
from zhenggai.apps.trail.sealing import known_seq
from zhenggai.kernel.verdict import Refused

FIRST, LAST = date(2026, 7, 1), date(2026, 7, 3)


def table(*rows, header="时间,进水BOD(mg/L),用电量(kWh/d)"):
    return "\n".join([header, *rows, ""]).encode()


GOOD = table("2026-07-01,68.4,66", "2026-07-02,41.2,66.5", "2026-07-03,,65")


@pytest.fixture
def works(zhaoling):
    """丙县's plant, registered."""
    return Place.objects.get(key=plant("bing"))


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """Every test has its own archive."""
    settings.HOME = tmp_path


def take_in(content, *, post="bing", at=None, name="七月.csv", place="bing-plant", press=None):
    return import_observations(place, name, content, act=press or act(post, at or on(8, 1)))


def bod(place, **as_of):
    found = queries.daily(place, ["bod_in"], FIRST, LAST, **as_of)["bod_in"]
    return {d.day.day: d.value for d in found}


def test_values_come_back_exact_with_their_references(works):
    ref = take_in(GOOD)
    found = queries.daily(works, ["bod_in", "power"], FIRST, LAST)
    assert [(d.day.day, d.value, d.status) for d in found["bod_in"]] == [
        (1, Fraction("68.4"), "valid"),
        (2, Fraction("41.2"), "valid"),
    ]
    assert [d.value for d in found["power"]] == [Fraction(66), Fraction("66.5"), Fraction(65)]
    assert found["bod_in"][0].ref == "observation:bing-plant/bod_in/2026-07-01"
    told = queries.import_told(ref)
    assert told.sentence == "5条中存入5条（其中更正0条，原值保留），已有相同数值0条，未读入0条"
    assert {(s.key, s.unit) for s in Series.objects.all()} == {
        ("bod_in", "mg/L"),
        ("power", "kWh/d"),
    }


def test_no_series_asked_for_gives_none(works):
    take_in(GOOD)
    assert queries.daily(works, [], FIRST, LAST) == {}


def test_the_manifest_is_the_commit_and_guards_its_files(works):
    take_in(GOOD)
    manifest = queries.latest_manifest()
    assert (manifest.no, manifest.parent_no) == (1, None)
    assert queries.archive().verify(queries.files_of(manifest)) == ()
    entry = Entry.objects.get(verb="monitoring.observations.imported")
    assert manifest.digest in entry.body


def test_the_same_file_a_second_time_stores_nothing_and_says_so(works):
    first = take_in(GOOD)
    again = take_in(GOOD, at=on(8, 2))
    assert again != first
    assert queries.import_told(again).sentence == "同一文件已于2026年8月1日导入，本次存入0条"
    assert (Import.objects.count(), Manifest.objects.count()) == (1, 1)
    assert Entry.objects.filter(verb="monitoring.observations.repeated").count() == 1


def test_a_double_press_is_one_import(works):
    press = act("bing", on(8, 1))
    assert take_in(GOOD, press=press) == take_in(GOOD, press=press)
    assert not Entry.objects.filter(verb="monitoring.observations.repeated").exists()


def test_a_correction_keeps_both_values(works):
    take_in(GOOD)
    before, then = queries.latest_manifest(), known_seq()
    ref = take_in(table("2026-07-01,60.4,66", "2026-07-02,41.2,66.5"), at=on(8, 5))
    assert queries.import_told(ref).sentence.startswith("4条中存入1条（其中更正1条")
    assert bod(works) == {1: Fraction("60.4"), 2: Fraction("41.2")}
    assert bod(works, known_seq=then) == {1: Fraction("68.4"), 2: Fraction("41.2")}
    assert bod(works, manifest=before) == {1: Fraction("68.4"), 2: Fraction("41.2")}
    take_in(table("2026-07-01,68.4,66"), at=on(8, 6))
    assert bod(works)[1] == Fraction("68.4")


def test_known_values_in_another_file_make_no_manifest(works):
    take_in(GOOD)
    take_in(table("2026-07-01,68.4,66"), at=on(8, 2))
    assert Manifest.objects.count() == 1
    assert Import.objects.count() == 2


def test_below_detection_and_missing_are_no_numbers(works):
    take_in(table("2026-07-01,<0.5,66", "2026-07-02,,66"))
    found = queries.daily(works, ["bod_in"], FIRST, LAST)["bod_in"]
    assert [(d.value, d.status) for d in found] == [(Fraction("0.5"), "below_limit_of_detection")]


def test_a_bad_cell_is_told_and_the_others_remain(works):
    ref = take_in(table("2026-07-01,68.4,66", "2026-13-02,41.2,66", "2026-07-03,约40,65"))
    told = queries.import_told(ref)
    assert [(r["row"], r["column"]) for r in told.refused] == [
        (3, "时间"),
        (4, "进水BOD(mg/L)"),
    ]
    assert bod(works) == {1: Fraction("68.4")}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (table("2026-07-01,68.4", header="时间,进水BOD"), "没有单位"),
        (table("2026-07-01,68.4", header="时间,进水BOD(kg)"), "不能换算"),
        (table("2026-07-01,68.4", header="时间,颜色(mg/L)"), "不认识"),
        (table("68.4", header="进水BOD(mg/L)"), "没有时间列"),
        (table("2026-13-01,68.4,66"), "没有一条可以存入"),
        (b"", "空文件"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "不是文本表格"),
    ],
)
def test_a_file_that_cannot_be_understood_leaves_nothing(works, content, said):
    with pytest.raises(Refused, match=said) as refused:
        take_in(content)
    assert all(r.remedy for r in refused.value.reasons)
    assert not Import.objects.exists()
    assert not Manifest.objects.exists()
    assert not Series.objects.exists()
    assert not queries.archive().root.exists()


def test_values_of_tomorrow_and_of_another_place_are_refused(works):
    days = [date(2026, 8, 1) + timedelta(days=n) for n in range(2)]
    ref = take_in(table(*(f"{day},60,66" for day in days)), at=on(8, 1, 23))
    assert [r["text"] for r in queries.import_told(ref).refused] == [
        "时间2026-08-02 00:00晚于导入时间"
    ]
    with pytest.raises(Refused, match="点位“乙区白鹭镇污水处理厂”不是"):
        take_in(table("2026-07-01,乙区白鹭镇污水处理厂,60", header="时间,点位,进水BOD(mg/L)"))


def test_only_the_places_own_people_and_the_office_bring_values(works):
    for post in ("yi", "zhujian", "firm-b", "audit"):
        with pytest.raises(Refused, match="没有可由本岗位导入数据的点位"):
            take_in(GOOD, post=post)
    with pytest.raises(Refused, match="没有可由本岗位导入数据的点位"):
        take_in(GOOD, place="nowhere")
    take_in(GOOD, post="office-1")


def test_verification_names_a_file_that_was_changed_and_one_that_is_gone(works):
    take_in(GOOD)
    assert list(files_are_what_they_were()) == []
    file = queries.files_of(queries.latest_manifest())[0]
    path = queries.archive().root / file.path
    path.write_bytes(path.read_bytes() + b"x")
    assert "已被改动" in next(iter(files_are_what_they_were())).text
    path.unlink()
    assert "不在" in next(iter(files_are_what_they_were())).text


def test_verification_names_a_manifest_that_was_changed(works):
    take_in(GOOD)
    Manifest.objects.update(files=[])
    assert [f.code for f in files_are_what_they_were()] == ["manifest-changed"]
