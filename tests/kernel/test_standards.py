import shutil
from datetime import date
from fractions import Fraction

import pytest

from zhenggai.kernel.standards.compliance import Reading, exceedance, exceeded, judge
from zhenggai.kernel.standards.model import CannotTell, Limit, Standard, in_force, limit
from zhenggai.kernel.verdict import Answer
from zhenggai.packs.shelf import HERE
from zhenggai.stores.shelf import load_shelf

EDITIONS = load_shelf((HERE,)).standards["GB 18918"]
GB = EDITIONS[0]
AMMONIA = Reading("nh3n", "氨氮", Fraction("12.4"), ref="observation:1")


def test_table_1_is_printed_as_the_standard_prints_it():
    rows = {(x.item, x.grade): x.value for x in GB.limits if not x.condition}
    assert [rows["cod", g] for g in ("IA", "IB", "II")] == [50, 60, 100]
    assert [rows["tn", g] for g in ("IA", "IB")] == [15, 20]
    assert all(x.clause and x.verified for x in GB.limits)
    assert not GB.in_force_verified


@pytest.mark.parametrize(("year", "allowed"), [(2005, Fraction("1.5")), (2006, 1), (2026, 1)])
def test_phosphorus_depends_on_the_year_the_plant_was_built(year, allowed):
    found = limit(GB, "tp", "IB", {"built_year": Fraction(year)})
    assert isinstance(found, Limit)
    assert found.value == allowed


def test_ammonia_without_a_water_temperature_cannot_be_told():
    verdict = judge(AMMONIA, GB, "IB", {})
    assert verdict.answer is Answer.CANNOT_TELL
    assert verdict.reasons[0].text == "缺水温，无法确定适用8还是15 mg/L"
    assert verdict.reasons[0].facts == ("observation:1",)


def test_ammonia_in_warm_water_exceeds_by_its_multiple():
    verdict = judge(AMMONIA, GB, "IB", {"water_temp": Fraction("14.2")})
    assert verdict.answer is Answer.NOT_MET
    assert "超标0.55倍" in verdict.reasons[0].text
    assert "GB 18918-2002 表1" in verdict.reasons[0].text


@pytest.mark.parametrize("temperature", ["11.0", "12"])
def test_ammonia_in_cold_water_is_met(temperature):
    assert judge(AMMONIA, GB, "IB", {"water_temp": Fraction(temperature)}).answer is Answer.MET


@pytest.mark.parametrize(("value", "answer"), [("7.9", Answer.MET), ("15.1", Answer.NOT_MET)])
def test_a_missing_condition_matters_only_where_the_limits_would_disagree(value, answer):
    assert judge(Reading("nh3n", "氨氮", Fraction(value)), GB, "IB", {}).answer is answer


def test_an_item_or_grade_without_a_limit_cannot_be_told():
    found = limit(GB, "tn", "II", {})
    assert isinstance(found, CannotTell)
    assert "GB 18918-2002未载II级tn的限值" in found.reason.text


@pytest.mark.parametrize(
    ("value", "allowed", "multiple"),
    [
        ("0.483", "0.1", "3.83"),
        ("567", "20", "27.35"),
        ("16.3", "1", "15.3"),
        ("17.3", "0.5", "33.6"),
        ("9.92", "0.5", "18.84"),
        ("0.912", "0.1", "8.12"),
    ],
)
def test_the_multiple_of_six_published_exceedances(value, allowed, multiple):
    assert exceedance(Fraction(value), Fraction(allowed)) == Fraction(multiple)
    assert exceeded(Fraction(value), Fraction(allowed)) == f"超标{multiple}倍"


def test_a_hair_above_the_limit_is_not_printed_as_zero_times():
    assert exceeded(Fraction("8.01"), Fraction(8)) == "超标不足0.01倍"


CADMIUM = Standard(
    code="T 1",
    edition="2020",
    title="演练标准",
    in_force=date(2020, 1, 1),
    in_force_verified=True,
    source="演练",
    conditions=(),
    limits=(Limit("cd", "I", Fraction("0.005"), "mg/L", "表1", verified=True),),
)


def test_below_a_detection_limit_above_the_limit_cannot_be_told():
    verdict = judge(Reading("cd", "镉", Fraction("0.01"), below_detection=True), CADMIUM, "I", {})
    assert verdict.answer is Answer.CANNOT_TELL
    assert "检出限高于限值" in verdict.reasons[0].text
    assert verdict.reasons[0].remedy == "请用检出限不高于0.005的方法复测"


def test_below_a_detection_limit_within_the_limit_is_met():
    reading = Reading("cd", "镉", Fraction("0.005"), below_detection=True)
    assert judge(reading, CADMIUM, "I", {}).answer is Answer.MET


def test_the_day_of_the_measurement_picks_the_edition(tmp_path):
    root = tmp_path / "packs"
    later = root / "standards/gb18918-2025"
    shutil.copytree(HERE / "standards/gb18918-2002", later)
    head = later / "pack.toml"
    text = head.read_text("utf-8").replace('"2002"', '"2025"').replace("2003-07-01", "2025-01-01")
    head.write_text(text, encoding="utf-8")
    editions = load_shelf((HERE, root)).standards["GB 18918"]
    names = [in_force(editions, on).name for on in (date(2024, 12, 31), date(2025, 1, 1))]
    assert names == ["GB 18918-2002", "GB 18918-2025"]


def test_before_the_first_edition_no_limit_can_be_named():
    found = in_force(EDITIONS, date(2003, 6, 30))
    assert isinstance(found, CannotTell)
    assert "2003年6月30日尚无有效的标准版本" in found.reason.text
