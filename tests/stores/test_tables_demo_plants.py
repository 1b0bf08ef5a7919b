"""演练污水处理厂: the plants keep the figures of the stories and import as CSVs do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from zhenggai.analytics.daily import daily
from zhenggai.analytics.observations import Observation
from zhenggai.faces.cli.demo.plants import (
    BAILU,
    PLANTS,
    QINGSHI,
    as_csv,
    file_name,
    simulate,
)
from zhenggai.kernel.quantities.load import load_series
from zhenggai.packs import shelf as packs
from zhenggai.stores.tables import read_observations

FIRST, LAST = date(2026, 5, 1), date(2026, 8, 5)
DAY = timedelta(days=1)


def column(rows, key):
    return {row.day: row.values[key] for row in rows if key in row.values}


def mean(values):
    return sum(values, Decimal(0)) / len(values)


@pytest.mark.parametrize("seed", [0, 7, 2026])
def test_qingshi_has_the_figures_of_story_1_3(seed):
    rows = simulate(QINGSHI, FIRST, LAST, seed)
    bod = column(rows, "bod_in")
    before = [v for day, v in bod.items() if day < QINGSHI.pipes_on][-30:]
    after = [v for day, v in bod.items() if day > QINGSHI.pipes_on][:30]
    assert (mean(before), mean(after)) == (Decimal("68.4"), Decimal("41.2"))
    assert all(v == v.quantize(Decimal("0.1")) for v in bod.values())
    assert len(set(bod.values())) > 30
    assert min(bod.values()) > 0
    assert QINGSHI.pipes_on not in bod
    assert column(rows, "flow_in") == {}


def test_any_thirty_days_of_qingshi_take_66_kwh_a_day():
    power = list(column(simulate(QINGSHI, FIRST, LAST, 7), "power").values())
    assert {mean(power[n : n + 30]) for n in range(len(power) - 29)} == {Decimal(66)}
    assert len(set(power)) > 10


@pytest.mark.parametrize("plant", PLANTS, ids=lambda p: p.key)
def test_what_leaves_a_plant_is_far_within_its_grade(plant):
    rows = simulate(plant, FIRST, LAST, 7)
    limits = {"cod_out": 50, "nh3n_out": 5, "tn_out": 15, "tp_out": Decimal("0.5"), "bod_out": 10}
    for key, limit in limits.items():
        assert max(column(rows, key).values()) < limit


def test_an_honest_plant_gets_stronger_water_and_power_follows_it():
    rows = simulate(BAILU, FIRST, LAST, 7)
    bod = column(rows, "bod_in")
    before = [v for day, v in bod.items() if day < BAILU.pipes_on][-30:]
    after = [v for day, v in bod.items() if day > BAILU.pipes_on][:30]
    assert mean(after) > mean(before) * Decimal("1.4")
    for row in rows:
        norm = row.values["power"] / row.values["flow_in"]
        assert Decimal("0.28") < norm < Decimal("0.32")


def test_rain_dilutes_what_comes_in():
    rows = simulate(replace(BAILU, pipes_on=date.max), date(2025, 1, 1), date(2026, 12, 31), 7)
    dry = [r for r in rows if not r.values["rain"]]
    wet = [r for r in rows if r.values["rain"] > 20]
    assert mean([r.values["bod_in"] for r in wet]) < mean([r.values["bod_in"] for r in dry])
    assert mean([r.values["flow_in"] for r in wet]) > mean([r.values["flow_in"] for r in dry])


@pytest.mark.parametrize("plant", PLANTS, ids=lambda p: p.key)
def test_a_shorter_run_is_part_of_a_longer_one(plant):
    whole = simulate(plant, FIRST, LAST, 7)
    assert simulate(plant, date(2026, 6, 10), date(2026, 7, 9), 7) == whole[40:70]
    assert simulate(plant, FIRST, LAST, 8) != whole


def test_every_file_says_what_it_is():
    names = {file_name(p, simulate(p, FIRST, LAST, 7)) for p in PLANTS}
    assert "演练数据-青石镇污水处理厂-20260501-20260805.csv" in names
    assert all("演练数据" in name for name in names)


def test_the_csv_comes_back_with_the_same_means():
    rows = simulate(QINGSHI, FIRST, LAST, 7)
    series = load_series(packs.read_csv(packs.HERE / "series" / "series.csv"))
    table = read_observations(file_name(QINGSHI, rows), as_csv(rows).encode("gbk"), series)
    assert table.refused == ()
    assert len(table.rows) == sum(len(row.values) for row in rows)
    observations = [Observation(1, r.series, r.at, r.ticks, r.flag) for r in table.rows]
    days = {(d.series, d.day): d.mean for d in daily(observations, every=DAY)}
    window = [days["bod_in", date(2026, 7, 1) + n * DAY] for n in range(30)]
    assert sum(window, Fraction(0)) / 30 / series["bod_in"].ticks_per_unit == Fraction("41.2")
