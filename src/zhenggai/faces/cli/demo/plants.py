"""演练污水处理厂: seeded daily figures of invented township sewage plants, as a CSV people have.

Each value depends on seed, plant and day alone, so a longer run repeats the shorter one. Rain
dilutes what comes in, finished pipes bring more of it in days, and power follows the water.
Nothing here is a rule or a limit; the numbers make a likely plant, no more.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_DAY = timedelta(days=1)
_POWER_NORM = 0.30
_CYCLE = 30
_WET_DAYS = 0.3
_SHOWER_MM = 14.0

_HEADERS = {
    "flow_in": "进水量(t/d)",
    "bod_in": "进水BOD(mg/L)",
    "cod_in": "进水COD(mg/L)",
    "nh3n_in": "进水氨氮(mg/L)",
    "cod_out": "出水COD(mg/L)",
    "nh3n_out": "出水氨氮(mg/L)",
    "tn_out": "出水总氮(mg/L)",
    "tp_out": "出水总磷(mg/L)",
    "bod_out": "出水BOD(mg/L)",
    "ss_out": "出水悬浮物(mg/L)",
    "temp_out": "出水水温(℃)",
    "power": "用电量(kWh)",
    "rain": "降雨量(mm)",
}
_OUTFLOW = {  # mean and spread of a plant that runs well, and decimals
    "cod_out": (24.0, 0.25, 1),
    "nh3n_out": (1.4, 0.45, 2),
    "tn_out": (9.8, 0.20, 2),
    "tp_out": (0.29, 0.25, 2),
    "bod_out": (5.6, 0.25, 1),
    "ss_out": (6.5, 0.25, 1),
    "temp_out": (24.5, 0.06, 1),
}


@dataclass(frozen=True, slots=True)
class Pin:
    """A mean that must come out exactly over some days, in the decimals of the series."""

    first: date
    last: date
    mean: Decimal


@dataclass(frozen=True, slots=True)
class Plant:
    """An invented plant.

    Parameters
    ----------
    design
        Its design capacity [t/d].
    flow
        The mean inflow in dry weather [t/d]; power follows it.
    pipes_on
        The day its pipes were reported finished; no inflow sample was taken on it.
    bod_before, bod_after
        Mean inflow BOD before that day and when it has settled after it [mg/L].
    settling
        Days it takes to settle.
    unmeasured
        Series it has no meter for.
    power_mean
        A mean its supplied power keeps over any thirty days [kWh]; None lets power follow flow.
    """

    key: str
    name: str
    county: str
    design: int
    flow: int
    pipes_on: date
    bod_before: Decimal
    bod_after: Decimal
    settling: int = 0
    pins: tuple[Pin, ...] = ()
    unmeasured: frozenset[str] = frozenset()
    power_mean: int | None = None


@dataclass(frozen=True, slots=True)
class PlantDay:
    """One day of a plant; a series without a value is not in ``values``."""

    day: date
    values: Mapping[str, Decimal]


BAILU = Plant(
    key="bailu",
    name="白鹭镇污水处理厂",
    county="乙区",
    design=1000,
    flow=790,
    pipes_on=date(2026, 6, 15),
    bod_before=Decimal("58.0"),
    bod_after=Decimal("112.0"),
    settling=12,
)
QINGSHI = Plant(
    key="qingshi",
    name="青石镇污水处理厂",
    county="丙县",
    design=1000,
    flow=220,
    pipes_on=date(2026, 6, 30),
    bod_before=Decimal("68.4"),
    bod_after=Decimal("41.2"),
    pins=(
        Pin(date(2026, 5, 31), date(2026, 6, 29), Decimal("68.4")),
        Pin(date(2026, 7, 1), date(2026, 7, 30), Decimal("41.2")),
    ),
    unmeasured=frozenset({"flow_in"}),
    power_mean=66,
)
SHILIANG = replace(
    BAILU, key="shiliang", name="石梁镇污水处理厂", county="甲县", flow=410, pipes_on=date.max
)
PLANTS = (BAILU, QINGSHI, SHILIANG)


def simulate(plant: Plant, first: date, last: date, seed: int) -> tuple[PlantDay, ...]:
    """Return the days of a plant, both ends included."""
    bod = _pinned(
        plant, {day: _bod(plant, day, seed) for day in _days(*_reach(plant, first, last))}
    )
    power = _power_cycle(plant, seed)
    return tuple(_plant_day(plant, day, bod[day], power, seed) for day in _days(first, last))


def as_csv(rows: Sequence[PlantDay]) -> str:
    """Return the days in the wide form; a missing value is an empty cell."""
    measured = {key for row in rows for key in row.values}
    keys = [key for key in _HEADERS if key in measured]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(["日期", *(_HEADERS[key] for key in keys)])
    for row in rows:
        writer.writerow([row.day.isoformat(), *(row.values.get(key, "") for key in keys)])
    return buffer.getvalue()


def file_name(plant: Plant, rows: Sequence[PlantDay]) -> str:
    """Return the name of the file, which says what it is: 演练数据."""
    return f"演练数据-{plant.name}-{rows[0].day:%Y%m%d}-{rows[-1].day:%Y%m%d}.csv"


def _days(first: date, last: date) -> Iterator[date]:
    return (first + n * _DAY for n in range((last - first).days + 1))


def _reach(plant: Plant, first: date, last: date) -> tuple[date, date]:
    """Widen a span to whole pins, so that a mean does not depend on what is asked for."""
    firsts = (pin.first for pin in plant.pins)
    lasts = (pin.last for pin in plant.pins)
    return min(first, *firsts, first), max(last, *lasts, last)


def _chance(plant: Plant, seed: int, what: str, day: date) -> Random:
    return Random(f"{seed}/{plant.key}/{what}/{day}")  # noqa: S311 - a play, not a secret


def _about(chance: Random, mean: float, spread: float) -> float:
    return mean * chance.uniform(1 - spread, 1 + spread)


def _rounded(value: float, places: int) -> Decimal:
    return Decimal(f"{value:.{places}f}")


def _rain(plant: Plant, day: date, seed: int) -> float:
    """Rain falls on a whole county alike."""
    chance = _chance(replace(plant, key=plant.county), seed, "rain", day)
    return chance.expovariate(1 / _SHOWER_MM) if chance.random() < _WET_DAYS else 0.0


def _dilution(plant: Plant, day: date, seed: int) -> float:
    """How many times its dry volume the water is, after rain today and yesterday."""
    today, yesterday = _rain(plant, day, seed), _rain(plant, day - _DAY, seed)
    return 1 + today * 0.004 + yesterday * 0.002


def _bod(plant: Plant, day: date, seed: int) -> Decimal:
    before, after = float(plant.bod_before), float(plant.bod_after)
    since = (day - plant.pipes_on).days
    share = 0.0 if since <= 0 else min(1.0, since / plant.settling) if plant.settling else 1.0
    level = before + (after - before) * share
    value = _about(_chance(plant, seed, "bod", day), level, 0.12) / _dilution(plant, day, seed)
    return _rounded(value, 1)


def _pinned(plant: Plant, bod: Mapping[date, Decimal]) -> Mapping[date, Decimal]:
    """Shift the days of each pin alike, the rest by one step more, until its mean is exact."""
    step = Decimal("0.1")
    exact = dict(bod)
    for pin in plant.pins:
        days = list(_days(pin.first, pin.last))
        short = int((pin.mean * len(days) - sum(exact[d] for d in days)) / step)
        each, more = divmod(short, len(days))
        for n, day in enumerate(days):
            exact[day] += step * (each + (n < more))
    return exact


def _power_cycle(plant: Plant, seed: int) -> Sequence[Decimal]:
    """Return thirty values whose mean is exact; a mean kept over any thirty days must repeat."""
    if plant.power_mean is None:
        return ()
    chance = _chance(plant, seed, "power", plant.pipes_on)
    tenths = [chance.randint(-45, 45) for _ in range(_CYCLE)]
    each, more = divmod(-sum(tenths), _CYCLE)
    shifted = (t + each + (n < more) for n, t in enumerate(tenths))
    return [Decimal(plant.power_mean * 10 + t).scaleb(-1) for t in shifted]


def _plant_day(
    plant: Plant, day: date, bod: Decimal, power: Sequence[Decimal], seed: int
) -> PlantDay:
    inflow = _chance(plant, seed, "inflow", day)
    wet = _dilution(plant, day, seed)
    flow = _about(inflow, plant.flow, 0.05) * wet
    values = {
        "flow_in": _rounded(flow, 0),
        "bod_in": bod,
        "cod_in": _rounded(float(bod) * inflow.uniform(2.0, 2.4), 1),
        "nh3n_in": _rounded(float(bod) * inflow.uniform(0.30, 0.36), 2),
        "rain": _rounded(_rain(plant, day, seed), 1),
        "power": power[day.toordinal() % _CYCLE]
        if power
        else _rounded(_about(inflow, flow * _POWER_NORM, 0.04), 1),
    }
    outflow = _chance(plant, seed, "outflow", day)
    for key, (mean, spread, places) in _OUTFLOW.items():
        values[key] = _rounded(_about(outflow, mean, spread), places)
    absent = plant.unmeasured | (_INFLOW if day == plant.pipes_on else frozenset())
    return PlantDay(day, {key: value for key, value in values.items() if key not in absent})


_INFLOW = frozenset({"bod_in", "cod_in", "nh3n_in"})
