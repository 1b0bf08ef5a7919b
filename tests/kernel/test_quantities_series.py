"""量与单位: what the door lets in, what it refuses, and the series pack itself."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from zhenggai.kernel.quantities.load import load_series
from zhenggai.kernel.quantities.rounding import round_half_even
from zhenggai.kernel.quantities.series import Series, from_ticks, to_ticks
from zhenggai.kernel.quantities.units import assumption, convert, known_unit
from zhenggai.kernel.verdict import Refused
from zhenggai.packs.broken import BrokenPackError
from zhenggai.packs.shelf import HERE, Row, families, read_csv

CODES = Path(__file__).parents[2].parent / "shared/tables/hj212_2017_factor_codes.csv"
PACK = [row for path in families([HERE], "series") for row in read_csv(path)]
BOD = Series("bod_in", "进水五日生化需氧量", "w01017", "mg/L", 1000, 1, "day")
FLOW = Series("flow_in", "进水流量", "w00000", "m3/d", 100, 0, "day")
CELLS = {
    "key": "tp_out",
    "name": "出水总磷",
    "hj212": "w21011",
    "unit": "mg/L",
    "ticks_per_unit": "1000",
    "places": "2",
    "period": "day",
    "source": "HJ 212-2017 附录B",
    "verified": "true",
}


def refusal_of(text: str, unit: str = "mg/L", series: Series = BOD):
    with pytest.raises(Refused) as refusal:
        to_ticks(text, unit, series)
    (reason,) = refusal.value.reasons
    assert reason.remedy
    return reason


@pytest.mark.parametrize(
    ("text", "unit", "ticks"),
    [
        ("68.4", "mg/L", 68400),
        ("0", "mg/L", 0),
        ("-0.4", "mg/L", -400),
        ("68400", "ug/L", 68400),
        ("68400", "μg/L", 68400),
        ("0.0684", "g/L", 68400),
        ("41.2005", "mg/L", 41200),  # an exact half tick goes to the even one
        ("41.2015", "mg/L", 41202),
        ("41.20051", "mg/L", 41201),
    ],
)
def test_a_plain_number_enters_in_the_unit_of_its_series(text, unit, ticks):
    assert to_ticks(text, unit, BOD) == ticks


@pytest.mark.parametrize(
    "text",
    ["", "  ", "NaN", "inf", "-Infinity", "８５．３", "٣", "<0.01", "1e3", "1,200", "68.4mg", "."],
)
def test_what_is_not_plainly_a_number_is_refused_and_quoted(text):
    reason = refusal_of(text)
    assert reason.code == "value-unreadable"
    assert f"“{text}”" in reason.text
    assert "进水五日生化需氧量" in reason.text


def test_a_value_that_does_not_fit_the_archive_is_refused():
    assert to_ticks("2147483.647", "mg/L", BOD) == 2**31 - 1
    assert refusal_of("2147483.648").code == "value-out-of-range"


def test_a_unit_nobody_knows_is_refused_with_the_units_there_are():
    reason = refusal_of("68.4", "毫克每升")
    assert reason.code == "unit-unknown"
    assert "毫克每升" in reason.text
    assert "mg/L" in reason.remedy


def test_a_concentration_is_not_turned_into_a_volume():
    assert refusal_of("68.4", "mg/L", FLOW).code == "unit-mismatch"


def test_tonnes_of_sewage_count_as_cubic_metres_and_it_is_said():
    assert convert(Fraction(860), "t/d", "m3/d") == 860
    assert assumption("t/d", "m³/d") == "按1吨水计1立方米"
    assert assumption("t/d", "t/d") == assumption("L/s", "m3/d") == ""


def test_a_flow_of_the_data_logger_becomes_a_daily_volume():
    assert to_ticks("10", "L/s", FLOW) == 86400
    assert from_ticks(86400, FLOW) == 864


def test_a_mean_is_rounded_once_and_not_in_steps():
    assert str(round_half_even(Fraction("41.2454"), 2)) == "41.25"
    assert str(round_half_even(Fraction("41.245"), 2)) == "41.24"
    assert str(round_half_even(Fraction("41.2449"), 1)) == "41.2"


def test_the_series_of_the_sewage_theme_are_all_there():
    series = load_series(PACK)
    assert series.keys() >= {
        "bod_in", "cod_in", "nh3n_in", "flow_in", "bod_out", "cod_out", "nh3n_out",
        "tn_out", "tp_out", "ss_out", "temp_out", "power", "rain",
    }  # fmt: skip
    assert series["bod_in"] == BOD
    assert len({s.name for s in series.values()}) == len(series)


@pytest.mark.skipif(not CODES.exists(), reason="the factor codes are not beside this tree")
def test_code_unit_and_decimals_agree_with_the_standard_where_it_is_the_source():
    units = {"毫克/升": "mg/L", "摄氏度": "℃"}
    table = {line["code"]: line for line in csv.DictReader(CODES.read_text("utf-8").splitlines())}
    read = [row for row in PACK if row.flag("verified")]
    assert len(read) >= 10
    for row in read:
        code = table[row.text("hj212")]
        assert units[code["unit_conc"]] == row.text("unit")
        assert int(code["datatype"].partition(".")[2] or 0) == row.whole("places")
        assert row.text("name").endswith(code["name_zh"])


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        ({"unit": "斤"}, "unit '斤' is unknown"),
        ({"ticks_per_unit": "10"}, "10 ticks a unit cannot carry 2 decimals"),
        ({"ticks_per_unit": "0"}, "0 ticks"),
        ({"places": "-1"}, "1000 ticks a unit cannot carry -1 decimals"),
        ({"period": "week"}, "period 'week' is unknown"),
        ({"source": ""}, "source is missing"),
        ({"verified": ""}, "verified is neither true nor false"),
        ({"limit": "5"}, "limit is not read"),
    ],
)
def test_a_broken_series_names_its_line(cells, wrong):
    with pytest.raises(BrokenPackError, match=rf"series/series\.csv:4: {wrong}"):
        load_series([Row("series/series.csv", 4, CELLS | cells)])


def test_a_key_that_occurs_twice_is_refused():
    rows = [Row("series/series.csv", line, CELLS) for line in (2, 3)]
    with pytest.raises(BrokenPackError, match="key 'tp_out' occurs twice"):
        load_series(rows)


def test_the_door_knows_the_other_spellings_of_a_unit():
    assert all(map(known_unit, ("µg/L", "m³/d", "°C")))
    assert not known_unit("mg")
