"""演练剧情: what happened in 昭陵市 until the morning of 2026-08-06, item by item."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from zhenggai.apps.planning.counts import issue_count_table, report_count
from zhenggai.apps.sources.actions import send_paper, sign_paper
from zhenggai.apps.trail.acts import derived
from zhenggai.faces.cli.demo import endings, towns, works
from zhenggai.faces.cli.demo.opening import CAMPAIGN, OFFICE, handed_over, opened
from zhenggai.faces.cli.demo.script import Beat, moment
from zhenggai.faces.cli.demo.works import Claimed, month_end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhenggai.apps.trail.acts import Act
    from zhenggai.faces.cli.demo.towns import Town

BEGINS = moment(8, 6, 8)
_LETTERS = moment(5, 25)
_SIGNED = moment(5, 25, 15)
_SUBMITTED = moment(5, 28)
_APPROVED = moment(6, 1)
_JULY = ("2026-07", "reported")
_REPORTED = {"jia": 5, "yi": 31, "bing": 19, "ding": 12}


def story(encoded: str) -> Iterator[Beat]:
    """Yield the whole script; ``encoded`` is everybody's word to log in, hashed."""
    yield from opened(encoded)
    yield from _late()
    yield from _diligent()
    yield from _qingshi()
    yield from _huangping()
    yield from _ding()
    yield from _just_begun()
    yield from _july()


def _begun(town: Town, days: dict[str, int] | None = None) -> Iterator[Beat]:
    """Yield the letter, its receipt, the plan and its approval."""
    yield from handed_over(town.code, town.county, _LETTERS, _SIGNED, town.county)
    yield works.planned(town, _SUBMITTED, days)
    yield works.approved(town, _APPROVED)


def _late() -> Iterator[Beat]:
    """甲县: one behind its own node, one past the date of the document."""
    late = towns.SHILIANG_TOWN
    yield from _begun(late, {"acceptance": 24, "closing": 3})
    yield from works.built(late, date(2026, 7, 20), moment(6, 2), "prelim", "start")
    yield works.under_way(late, "pipes", date(2026, 4, 26), moment(6, 2))
    yield from works.measured(late, date(2026, 6, 30), date(2026, 8, 5))
    yield from works.reported(
        late,
        month_end(6, 29, 45, "主管网完成约六成，受雨季影响进度放缓。"),
        month_end(7, 30, 60, "主管网完成约八成，设备已到货，尚未安装。"),
    )
    over = towns.LIUXI
    yield from _begun(over)
    yield from works.built(over, date(2026, 8, 10), moment(6, 2), "prelim", "start")
    yield from works.reported(
        over,
        month_end(6, 29, 40, "主体工程基础完成，管网施工中。"),
        month_end(7, 30, 65, "主体工程封顶，管网余两段未接。"),
    )


def _diligent() -> Iterator[Beat]:
    """乙区: one in its checks, one closed, one being noticed."""
    for town, finished, ends, claim, checks in (
        (
            towns.BAILU_TOWN,
            date(2026, 6, 15),
            tuple(date(2026, *day) for day in ((7, 19), (8, 3), (8, 5))),
            Claimed(moment(7, 20, 15), date(2026, 6, 15), "790"),
            (moment(8, 4, 10),),
        ),
        (
            towns.YUNHE,
            date(2026, 6, 1),
            tuple(date(2026, *day) for day in ((6, 17), (7, 5), (7, 7), (7, 12), (7, 20))),
            Claimed(moment(6, 18, 15), date(2026, 6, 1), "610"),
            (moment(7, 6, 10), moment(7, 8, 10)),
        ),
        (
            towns.ZHUYUAN,
            date(2026, 6, 8),
            tuple(date(2026, *day) for day in ((7, 12), (7, 23), (7, 28), (8, 2), (8, 5))),
            Claimed(moment(7, 13, 15), date(2026, 6, 8), "480"),
            (moment(7, 24, 10), moment(7, 29, 10)),
        ),
    ):
        yield from _claimed(town, finished, ends, claim)
        for post, at in zip((endings.FIRST, endings.SECOND), checks, strict=False):
            yield endings.checked(town, post, at)
    yield endings.noticed(towns.YUNHE, moment(7, 13, 10))
    yield endings.closed(towns.YUNHE, moment(7, 21, 10))
    yield endings.noticed(towns.ZHUYUAN, moment(8, 3, 10))


def _claimed(town: Town, finished: date, ends: tuple[date, ...], claim: Claimed) -> Iterator[Beat]:
    yield from _begun(town)
    yield from works.built(town, finished, _APPROVED.replace(hour=11))
    yield from works.reported(
        town,
        month_end(5, 31, 80, "管网收尾，设备调试。"),
        (claim.at - timedelta(hours=3), 100, "各项工程已完工，通水试运行。"),
    )
    yield from works.measured(town, *ends)
    yield from works.claimed(town, claim)


def _qingshi() -> Iterator[Beat]:
    """丙县青石镇: what is claimed and what is measured do not agree; the letter is on its way."""
    town = towns.QINGSHI_TOWN
    ends = tuple(date(2026, *day) for day in ((7, 13), (7, 30), (8, 4), (8, 5)))
    text = "管网已于6月30日完工，日处理860吨。"
    claim = Claimed(moment(7, 14, 16), date(2026, 6, 30), "860", text)
    yield from _claimed(town, date(2026, 6, 30), ends, claim)
    yield endings.weighed(town, moment(7, 31, 10))
    yield endings.weighed(town, moment(8, 5, 9))
    yield endings.inquired(town, moment(8, 5, 10))


def _huangping() -> Iterator[Beat]:
    """丙县黄坪镇: asked, answered, found by two persons in July, and under way again."""
    town = towns.HUANGPING
    claim = Claimed(moment(6, 22, 15), date(2026, 5, 20), "590")
    yield from _claimed(town, date(2026, 5, 20), (date(2026, 6, 21), date(2026, 8, 5)), claim)
    yield endings.inquired(town, moment(6, 24, 10))
    said = "镇区老街雨污合流，雨季进水被稀释；已委托管网排查，请在排查后一并核定。"
    yield from endings.answered(town, moment(6, 25), moment(6, 29, 17), said)
    reason = "管网完工后30个有效日进水浓度低于完工前，说明与监测一致，须先完成雨污分流。"
    yield from endings.upheld(town, moment(7, 2, 10), moment(7, 3, 15), reason)
    yield from works.reported(town, month_end(7, 30, 85, "老街雨污分流施工，已改造三条支管。"))


def _ding() -> Iterator[Beat]:
    """丁县: one of the central inspection, one under way, one whose plan is read."""
    town = towns.SHAWAN
    ends = tuple(date(2026, *day) for day in ((6, 29), (7, 14), (7, 16), (7, 21), (8, 5)))
    claim = Claimed(moment(6, 30, 15), date(2026, 5, 28), "720")
    yield from _claimed(town, date(2026, 5, 28), ends, claim)
    yield endings.checked(town, endings.FIRST, moment(7, 15, 10))
    yield endings.checked(town, endings.SECOND, moment(7, 17, 10))
    yield endings.noticed(town, moment(7, 22, 10))
    going = towns.HEKOU
    yield from _begun(going)
    done = ("prelim", "start")
    yield from works.built(going, date(2026, 8, 20), moment(6, 2), *done)
    yield works.under_way(going, "pipes", date(2026, 5, 27), moment(6, 2))
    yield works.under_way(going, "works", date(2026, 5, 27), moment(6, 2))
    yield from works.measured(going, date(2026, 8, 5))
    yield from works.reported(
        going,
        month_end(6, 29, 35, "主体工程和管网同步施工。"),
        month_end(7, 30, 62, "主体工程完成九成，管网完成六成。"),
    )
    read = towns.QIAOTOU
    yield from handed_over(read.code, read.county, _LETTERS, moment(7, 20), read.county)
    yield works.planned(read, moment(8, 4))


def _just_begun() -> Iterator[Beat]:
    """The other counties: letters received, one still on its way, one not yet written."""
    received = moment(5, 27)
    for town in (towns.DONGSHAN, towns.QINGXI):
        yield from handed_over(town.code, town.county, _LETTERS, received)
    for code, county in (("W-071", "ji"), ("W-082", "ding"), ("W-090", "ren")):
        yield from handed_over(code, county, _LETTERS, received)
    yield from handed_over(towns.SONGGANG.code, "wu", moment(8, 5, 16), None)


def _july() -> Iterator[Beat]:
    """The counts of July and the table that went out with them."""
    for county, value in _REPORTED.items():
        do = partial(_count, f"{county}-gov", value)
        yield Beat(moment(7, 31, 17), county, f"july/{county}", do)
    yield Beat(moment(8, 3, 9), OFFICE, "july/table", _table)


def _count(body: str, value: int, act: Act) -> str:
    return report_count(CAMPAIGN, body, *_JULY, value, act=act)


def _table(act: Act) -> str:
    paper = int(issue_count_table(CAMPAIGN, *_JULY, act=act).partition(":")[2])
    sign_paper(paper, "昭攻坚办〔2026〕15号", act=derived(act, "signed"))
    bodies = tuple(f"{county}-gov" for county in _REPORTED)
    return send_paper(paper, bodies, act=derived(act, "sent"))
