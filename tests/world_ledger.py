"""台账的演练: an open campaign and items in the first stages, by actions only."""

from __future__ import annotations

from datetime import date

from tests.world import act, on
from zhenggai.apps.ledger.actions import hand_over, issue_list, open_campaign
from zhenggai.apps.ledger.lines import Heading, Line
from zhenggai.apps.ledger.models import Item
from zhenggai.apps.places.actions import NewPlace, register_place
from zhenggai.apps.sources.actions import receive_paper
from zhenggai.apps.sources.models import Paper

CAMPAIGN = "zhaoling-2026"
ISSUED = date(2026, 5, 22)
DUE = date(2026, 9, 30)
RECEIVED = on(6, 1)
TOWNS = {"bing": "990522101", "yi": "990503101", "jia": "990521101"}
TOWN_NAMES = {"bing": "丙县青石镇", "yi": "乙区白鹭镇", "jia": "甲县石梁镇"}
OPERATORS = {"bing": "qingshi-operator", "yi": "bailu-operator", "jia": "shiliang-operator"}


def heading(key: str = "city", *, level: str = "市", in_force_on=ISSUED, document_id=None):
    """The city's own list of the campaign unless said otherwise."""
    return Heading(CAMPAIGN, key, f"{level}级清单（{key}）", level, in_force_on, document_id)


def duties(county: str, *, acceptor: str = "housing", enterprise: bool = True):
    """Who answers for a plant of a county: 属地, 部门, 验收 and, where there is one, 企业."""
    own = [("territorial", f"{county}-gov"), ("department", "housing"), ("acceptor", acceptor)]
    if enterprise and county in OPERATORS:
        own.append(("enterprise", OPERATORS[county]))
    return tuple(own)


def plant_line(code: str = "W-037", county: str = "bing", *, due: date | None = DUE, **changes):
    """One line of a list: a township plant with its duties and its 文件时限."""
    said = {
        "number": code,
        "code": code,
        "title": f"{TOWN_NAMES.get(county, county)}污水处理厂建设（{code}）",
        "theme": "township-sewage",
        "deadline_raw": f"{due.year}年{due.month}月{due.day}日前完成" if due else "",
        "deadline_kind": "exact" if due else "unknown",
        "deadline_iso": due.isoformat() if due else "",
        "due_on": due,
        "duties": duties(county),
    }
    return Line(**(said | changes))


def open_zhaoling():
    """Open the campaign of 昭陵市."""
    open_campaign(CAMPAIGN, act=act("office-1", on(5, 20)))


def plant(county: str = "bing", key: str = "") -> str:
    """Register the plant of a county's town and give its key."""
    key = key or f"{county}-plant"
    new = NewPlace(
        key,
        "works",
        f"{TOWN_NAMES[county]}污水处理厂",
        TOWNS[county],
        OPERATORS[county],
        {"design_flow": 1000, "grade": "IB", "conditions": {"built_year": "2024"}},
    )
    register_place(new, act=act("office-1", on(5, 20)))
    return key


def listed(*lines: Line, key: str = "city", **changes) -> None:
    """Issue one version of a list."""
    issue_list(heading(key, **changes), lines, act=act("office-1", on(5, 22)))


def item(code: str = "W-037", county: str = "bing", **changes) -> Item:
    """An item that was just found: campaign, plant and list are there."""
    open_zhaoling()
    key = plant(county, f"{code}-plant") if county in TOWNS else ""
    listed(plant_line(code, county, place_key=key, **changes))
    return Item.objects.get(code=code)


def assigned(code: str = "W-037", county: str = "bing", *, received=RECEIVED, **changes) -> Item:
    """An item handed over to its county, which signed for the letter."""
    found = item(code, county, **changes)
    hand_over(code, f"昭攻坚办函〔2026〕{found.pk}号", act=act("office-1", on(5, 25)))
    if received:
        paper = Paper.objects.get(kind="交办函", subject=f"item:{code}")
        receive_paper(paper.pk, f"{county}-gov", act=act(county, received))
    return Item.objects.get(code=code)
