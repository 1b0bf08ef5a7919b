"""演练施工: a town's plan, its works as they happen, its meters, its papers and its claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Literal

from zhenggai.apps.evidence.actions import lodge_claim, put_forward, sign_self_check
from zhenggai.apps.monitoring.actions import import_observations
from zhenggai.apps.planning.actions import (
    approve_plan,
    record_measure,
    report_progress,
    submit_plan,
)
from zhenggai.apps.trail.acts import derived
from zhenggai.apps.trail.clock import BEIJING
from zhenggai.faces.cli.demo.papers import pdf
from zhenggai.faces.cli.demo.plants import as_csv, file_name, simulate
from zhenggai.faces.cli.demo.script import Beat, moment
from zhenggai.stores.pictures import Scene, paint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from zhenggai.apps.trail.acts import Act
    from zhenggai.faces.cli.demo.towns import Town

SEED = 2026
METERS_SINCE = date(2026, 4, 1)
ACCEPTOR = {"housing": "zhujian", "ecology": "huanbao"}
_DAY = timedelta(days=1)
# Days before (or after) the end of the works on which each measure began and ended.
_WORKS = {
    "prelim": (-120, -95),
    "start": (-94, -90),
    "pipes": (-85, 0),
    "works": (-85, -25),
    "equipment": (-24, -8),
    "commissioning": (-7, 0),
    "stable-run": (1, 14),
}


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a unit says when it claims (申报).

    Parameters
    ----------
    daily
        Water treated a day, as the unit says [t/d].
    """

    at: datetime
    finished: date
    daily: str
    text: str = "管网和主体工程已完工并通水试运行，申请销号。"


def planned(town: Town, submitted: datetime, days: Mapping[str, int] | None = None) -> Beat:
    """Return the act by which a county submits its plan; the days it names are its own."""
    said = dict(days or {})
    do = partial(_submit, town.code, said)
    return Beat(submitted, town.county, f"{town.code}/plan", do)


def approved(town: Town, at: datetime) -> Beat:
    """Return the act by which the acceptor approves the plan."""
    do = partial(_approve, town.code)
    return Beat(at, ACCEPTOR[town.acceptor], f"{town.code}/start", do)


def built(town: Town, finished: date, known_from: datetime, *keys: str) -> Iterator[Beat]:
    """Yield each measure as it ended, or as soon as there was a plan to record it in."""
    for key in keys or _WORKS:
        start, end = (finished + n * _DAY for n in _WORKS[key])
        evening = datetime.combine(end, time(17), BEIJING)
        do = partial(_record, town.code, key, start, end)
        yield Beat(max(evening, known_from), town.county, f"{town.code}/did-{key}", do)


def under_way(town: Town, key: str, start: date, at: datetime) -> Beat:
    """Return the act by which a county says that a measure has begun."""
    do = partial(_record, town.code, key, start, None)
    return Beat(at, town.county, f"{town.code}/began-{key}", do)


def reported(town: Town, *months: tuple[datetime, int, str]) -> Iterator[Beat]:
    """Yield the monthly reports: when, how many percent, in which words."""
    for at, percent, text in months:
        do = partial(_report, town.code, f"{at:%Y-%m}", text, percent)
        yield Beat(at, town.county, f"{town.code}/progress-{at:%m}", do)


def measured(town: Town, *ends: date) -> Iterator[Beat]:
    """Yield imports of what the meters said, each up to a day, the morning after it."""
    first = METERS_SINCE
    for last in ends:
        at = datetime.combine(last + _DAY, time(8), BEIJING)
        do = partial(_import, town, first, last)
        yield Beat(at, town.county, f"{town.code}/meters-{last:%m%d}", do)
        first = last + _DAY


def claimed(town: Town, claim: Claimed) -> Iterator[Beat]:
    """Yield the papers of a claim, the signed self-check and the claim itself."""
    before = claim.at - timedelta(hours=2)
    yield Beat(before, town.county, f"{town.code}/evidence", partial(_evidence, town, claim))
    yield Beat(claim.at, town.county, f"{town.code}/claim", partial(_claim, town.code, claim))


def photo(town: Town, kind: Literal["before", "after"], day: date) -> bytes:
    """Return a painted picture of a town's plant."""
    at = datetime.combine(day, time(9, 40), BEIJING)
    return paint(Scene(kind, town.code, at, town.lon, town.lat))


def _submit(code: str, days: Mapping[str, int], act: Act) -> str:
    return submit_plan(code, days, act=act)


def _approve(code: str, act: Act) -> str:
    return approve_plan(code, act=act)


def _record(code: str, key: str, start: date, end: date | None, act: Act) -> str:
    return record_measure(code, key, start, end, act=act)


def _report(code: str, month: str, text: str, percent: int, act: Act) -> str:
    return report_progress(code, month, text, percent, act=act)


def _import(town: Town, first: date, last: date, act: Act) -> str:
    if town.plant is None:
        raise RuntimeError(f"{town.code} has no meters")
    rows = simulate(town.plant, first, last, SEED)
    content = as_csv(rows).encode()
    return import_observations(town.works, file_name(town.plant, rows), content, act=act)


def _evidence(town: Town, claim: Claimed, act: Act) -> str:
    """Put every kind of evidence forward, each by an act of its own, and sign the self-check."""
    signed = claim.at.date()
    for kind, name, content, day in _files(town, claim):
        put_forward(town.code, kind, name, content, day, act=derived(act, name))
    sheet = pdf("自查表（演练）", town.title, f"自查日期：{signed}", "自查结论：已完工，申请销号")
    put = put_forward(
        town.code, "self-check", "自查表.pdf", sheet, signed, act=derived(act, "self-check")
    )
    title = f"{town.name[:2]}人民政府整改联络岗"
    return sign_self_check(town.code, signed, title, put, act=act)


def _files(town: Town, claim: Claimed) -> Iterable[tuple[str, str, bytes, date]]:
    accepted, logged = claim.at.date() - _DAY, claim.at.date() - 2 * _DAY
    before, after = claim.finished - 110 * _DAY, claim.finished + 6 * _DAY
    completion = pdf("竣工验收意见（演练）", town.title, f"日期：{accepted}", "同意移交运营")
    log = pdf("运行记录（演练）", town.title, f"截至：{logged}", f"日处理：{claim.daily} t/d")
    return (
        ("photo-pair", "整改前.jpg", photo(town, "before", before), before),
        ("photo-pair", "整改后.jpg", photo(town, "after", after), after),
        ("completion-acceptance", "竣工验收意见.pdf", completion, accepted),
        ("run-log", "运行记录.pdf", log, logged),
    )


def _claim(code: str, claim: Claimed, act: Act) -> str:
    says = {"daily_volume": claim.daily}
    return lodge_claim(code, says, claim.text, claim.finished, act=act)


def month_end(month: int, day: int, percent: int, text: str) -> tuple[datetime, int, str]:
    """Return one monthly report's moment, percent and words."""
    return moment(month, day, 16), percent, text
