"""演练工程: the plants of the story, where they are, and what their meters will say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from zhenggai.faces.cli.demo.plants import BAILU, QINGSHI, SHILIANG

if TYPE_CHECKING:
    from zhenggai.faces.cli.demo.plants import Plant

NEVER = date.max


@dataclass(frozen=True, slots=True)
class Town:
    """One township plant of the list (清单一项).

    Parameters
    ----------
    county
        Key of the county's liaison and, with ``-gov``, of its government.
    plant
        What its meters will say; None where there is nothing to measure yet.
    """

    code: str
    county: str
    name: str
    area: str
    due: date
    lon: Decimal
    lat: Decimal
    plant: Plant | None = None
    operator: str = ""
    chain: str = ""
    acceptor: str = "housing"
    lead: str = ""

    @property
    def government(self) -> str:
        """Key of the body that answers for the place."""
        return f"{self.county}-gov"

    @property
    def works(self) -> str:
        """Key of the plant as a place."""
        return f"{self.code.lower()}-works"

    @property
    def title(self) -> str:
        """What the list calls the item."""
        return f"{self.name}污水处理厂及配套管网建设"


def _town(code: str, county: str, name: str, area: str, due: tuple[int, int]) -> Town:
    """Place a town somewhere in the invented city, by its code alone."""
    at = int(code[2:])
    lon = Decimal("111.2") + Decimal(at * 37 % 90) / 100
    lat = Decimal("27.0") + Decimal(at * 53 % 70) / 100
    return Town(code, county, name, area, date(2026, *due), lon, lat)


def _like_bailu(name: str, county: str, flow: int, pipes_on: date) -> Plant:
    return replace(BAILU, key=name, name=name, county=county, flow=flow, pipes_on=pipes_on)


SHILIANG_TOWN = replace(
    _town("W-012", "jia", "甲县石梁镇", "990521101", (8, 31)),
    plant=SHILIANG,
    operator="shiliang-operator",
)
LIUXI = _town("W-014", "jia", "甲县柳溪镇", "990521", (7, 31))
BAILU_TOWN = replace(
    _town("W-022", "yi", "乙区白鹭镇", "990503101", (9, 30)), plant=BAILU, operator="bailu-operator"
)
YUNHE = replace(
    _town("W-023", "yi", "乙区云河镇", "990503", (8, 31)),
    plant=_like_bailu("云河镇污水处理厂", "乙区", 610, date(2026, 6, 1)),
)
ZHUYUAN = replace(
    _town("W-025", "yi", "乙区竹园镇", "990503", (9, 30)),
    plant=_like_bailu("竹园镇污水处理厂", "乙区", 480, date(2026, 6, 8)),
)
QINGSHI_TOWN = replace(
    _town("W-037", "bing", "丙县青石镇", "990522101", (9, 30)),
    plant=QINGSHI,
    operator="qingshi-operator",
)
HUANGPING = replace(
    _town("W-038", "bing", "丙县黄坪镇", "990522102", (9, 30)),
    plant=replace(
        _like_bailu("黄坪镇污水处理厂", "丙县", 590, date(2026, 5, 20)),
        bod_before=Decimal("66.0"),
        bod_after=Decimal("47.0"),
        settling=0,
    ),
)
SHAWAN = replace(
    _town("W-041", "ding", "丁县沙湾镇", "990523", (12, 31)),
    plant=_like_bailu("沙湾镇污水处理厂", "丁县", 720, date(2026, 5, 28)),
    chain="central-inspection",
)
HEKOU = replace(
    _town("W-043", "ding", "丁县河口镇", "990523", (9, 30)),
    plant=_like_bailu("河口镇污水处理厂", "丁县", 350, NEVER),
)
QIAOTOU = _town("W-044", "ding", "丁县桥头镇", "990523", (12, 31))
SONGGANG = _town("W-046", "wu", "戊县松岗镇", "990524", (9, 30))
DONGSHAN = replace(
    _town("W-052", "ji", "己县东山镇", "990525", (9, 30)), acceptor="ecology", lead="housing"
)
QINGXI = _town("W-057", "geng", "庚县清溪镇", "990526", (12, 31))
CHANGPING = _town("W-063", "xin", "辛县长坪镇", "990527", (12, 31))
TOWNS = (
    SHILIANG_TOWN,
    LIUXI,
    BAILU_TOWN,
    YUNHE,
    ZHUYUAN,
    QINGSHI_TOWN,
    HUANGPING,
    SHAWAN,
    HEKOU,
    QIAOTOU,
    SONGGANG,
    DONGSHAN,
    QINGXI,
    CHANGPING,
)
