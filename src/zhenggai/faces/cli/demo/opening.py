"""演练开局: the city, its people, the directive confirmed by a clerk, the list and its letters."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from zhenggai.apps.ledger.actions import hand_over, issue_list, open_campaign
from zhenggai.apps.ledger.lines import Heading, Line
from zhenggai.apps.parties.actions import enrol, register_city, seat
from zhenggai.apps.places.actions import NewPlace, register_place
from zhenggai.apps.places.queries import shelf
from zhenggai.apps.sources.actions import receive_paper
from zhenggai.apps.sources.intake import confirm_finding, take_in
from zhenggai.apps.sources.queries import document_numbered, receipt_of
from zhenggai.apps.trail.acts import derived
from zhenggai.faces.cli.demo.script import SYSTEM, Beat, moment
from zhenggai.faces.cli.demo.towns import TOWNS
from zhenggai.packs.shelf import HERE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from zhenggai.apps.trail.acts import Act
    from zhenggai.faces.cli.demo.towns import Town
    from zhenggai.kernel.themes.campaign import City

CITY = "zhaoling"
CAMPAIGN = "zhaoling-2026"
OFFICE = "office-1"
SINCE = date(2026, 1, 1)
ISSUED_ON = date(2026, 5, 22)
LOOKS_ON = ("ecology", "campaign-office")  # the second check, and the look-back
_FOUNDED = moment(1, 1, 8)
_TAKEN_IN = moment(5, 22, 14)
_LETTER = "交办函"
_TASK = "key_task"
_FIRST = "乡镇污水处理设施建设"


def opened(encoded: str) -> Iterator[Beat]:
    """Yield the acts until the list is out; everybody's word to log in is the same here."""
    city = shelf().cities[CITY]
    yield Beat(_FOUNDED, SYSTEM, "city", partial(_found, city))
    for post in city.posts:
        enter = partial(_enter, post.key, post.person, encoded)
        yield Beat(_FOUNDED, SYSTEM, f"post/{post.key}", enter)
    yield Beat(moment(5, 20), OFFICE, "campaign", lambda act: open_campaign(CAMPAIGN, act=act))
    yield _directive()
    for town in TOWNS:
        yield Beat(moment(5, 22, 15), OFFICE, f"{town.code}/place", partial(_register, town))
    yield Beat(moment(5, 22, 16), OFFICE, "list", _issue)


def handed_over(
    code: str, county: str, at: datetime, received: datetime | None, by: str = OFFICE
) -> Iterator[Beat]:
    """Yield the letter to a county and, where it signed for it, its receipt."""
    number = f"昭攻坚办函〔2026〕{int(code[2:])}号"
    yield Beat(at, OFFICE, f"{code}/assign", lambda act: hand_over(code, number, act=act))
    if received:
        took = partial(_receive, code, f"{county}-gov")
        yield Beat(received, by, f"{code}/received", took)


def _found(city: City, act: Act) -> str:
    return register_city(city, SINCE, act=act)


def _enter(post: str, person: str, encoded: str, act: Act) -> str:
    enrol(post, person, encoded, act=derived(act, "enrol"))
    return seat(post, post, SINCE, act=act)


def _directive() -> Beat:
    return Beat(_TAKEN_IN, OFFICE, "directive", _take_directive)


def _take_directive(act: Act) -> str:
    """Take the directive in and confirm what was read, as it was read: unknowns stay unknown."""
    content = (HERE / "campaigns" / CAMPAIGN / "directive.txt").read_bytes()
    taken = take_in("昭攻坚办〔2026〕8号.txt", content, act=act)
    document = int(taken.partition(":")[2])
    for finding in document_numbered(document).findings.order_by("no"):
        confirm_finding(document, finding.no, {}, act=derived(act, f"confirm-{finding.no}"))
    return taken


def _register(town: Town, act: Act) -> str:
    new = NewPlace(
        town.works,
        "works",
        f"{town.name}污水处理厂",
        town.area,
        town.operator,
        {"design_flow": 1000, "grade": "IB", "conditions": {"built_year": "2026"}},
        town.lon,
        town.lat,
    )
    return register_place(new, act=act)


def _issue(act: Act) -> str:
    document = document_numbered(int(_directive().played().partition(":")[2]))
    tasks = {f.fields["title"]: f.no for f in document.findings.filter(kind=_TASK)}
    heading = Heading(CAMPAIGN, "zhaoling-city", "市级夏季攻势清单", "市", ISSUED_ON, document.pk)
    lines = (*(_line(town, tasks[_FIRST]) for town in TOWNS), *_others(tasks))
    return issue_list(heading, lines, act=act)


def _line(town: Town, task: int) -> Line:
    duties = [("territorial", town.government), ("department", "housing")]
    duties += [("acceptor", town.acceptor)]
    duties += [("inspector", body) for body in LOOKS_ON if body != town.acceptor]
    duties += [("enterprise", town.operator)] if town.operator else []
    duties += [("lead", town.lead)] if town.lead else []
    return Line(
        number=str(int(town.code[2:])),
        code=town.code,
        title=town.title,
        theme="township-sewage",
        chain=town.chain,
        place_key=town.works,
        deadline_raw=f"2026年{town.due.month}月{town.due.day}日前完成",
        deadline_kind="exact",
        deadline_iso=town.due.isoformat(),
        due_on=town.due,
        finding_no=task,
        duties=tuple(duties),
    )


def _others(tasks: dict[str, int]) -> tuple[Line, ...]:
    """Items of themes without a pack: on the list with their words, nothing invented."""
    return (
        Line(
            number="71",
            code="W-071",
            title="己县古塘水源地环境问题整治",
            deadline_raw="8月底前完成方案",
            deadline_kind="month_end",
            deadline_iso="XXXX-08-31",
            finding_no=tasks["乡镇级千人以上饮用水水源地环境问题整治"],
            duties=(("territorial", "ji-gov"), ("department", "ecology"), ("acceptor", "water")),
        ),
        Line(
            number="82",
            code="W-082",
            title="丁县3号尾矿库污染整治",
            deadline_raw="年内取得阶段性成果",
            deadline_kind="milestone",
            finding_no=tasks["尾矿库污染整治"],
            duties=(
                ("territorial", "ding-gov"),
                ("department", "emergency"),
                ("acceptor", "ecology"),
            ),
        ),
        Line(
            number="90",
            code="W-090",
            title="壬县石岭采石场场地平整和生态修复",
            deadline_raw="2026年12月31日前完成",
            deadline_kind="exact",
            deadline_iso="2026-12-31",
            due_on=date(2026, 12, 31),
            finding_no=tasks["砂石土矿专项整治"],
            duties=(
                ("territorial", "ren-gov"),
                ("department", "resources"),
                ("acceptor", "ecology"),
            ),
        ),
    )


def _receive(code: str, body: str, act: Act) -> str:
    receipt = receipt_of(_LETTER, f"item:{code}", body)
    if receipt is None:
        raise RuntimeError(f"{code} was never handed over to {body}")
    return receive_paper(receipt.paper_id, body, act=act)
