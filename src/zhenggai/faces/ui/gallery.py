"""组件样张: every component in every state on one page; routed only while developing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from zhenggai.faces.ui.context import NAV, Link
from zhenggai.faces.ui.gantt import Bar, BarKind, Lane, Schedule, gantt
from zhenggai.faces.ui.plot import DayState, Event, Frame, Limit, Point, Series, chart, strip
from zhenggai.faces.ui.templatetags.ui import AGREEMENTS, MARKS, VERDICTS, WEIGHTS, icon_names
from zhenggai.kernel.verdict import Reason

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

FIRST = date(2026, 6, 1)
LEVELS = ("red", "yellow", "green", "closed", "none")
STROKES = ("-----", "c----", "acd--", "axdc-", "aaxd-", "aaaac", "aaaaa", "aa0aa")
STAGES = (
    ("found", "待交办"),
    ("planned", "方案待批"),
    ("under_way", "整改中"),
    ("claimed", "已申报"),
    ("checked", "核查中"),
    ("noticed", "公示中"),
    ("forwarded", "待省级验收"),
    ("closed", "已销号"),
)
REASONS = (
    Reason(
        "notice-running",
        "公示期至2026年9月24日24时（5个工作日：20、21、22、23、24日，其中20日为调休上班）",
        "9月25日起再申请销号",
    ),
    Reason("too-few", "进水浓度 30 天里只有 26 天有效，缺 6月3日至6日", "补齐缺测日的手工监测报告"),
)


class SampleForm(forms.Form):
    """One field of each kind."""

    day = forms.DateField(
        label=gettext_lazy("验收日期"),
        help_text=gettext_lazy("以签字表上的日期为准，例如 2026-09-17"),
    )
    finding = forms.ChoiceField(
        label=gettext_lazy("认定结果"),
        choices=(("a", "认定不符"), ("b", "认定相符"), ("c", "无法判定，补充监测")),
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("说明"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    paper = forms.FileField(label=gettext_lazy("签批单扫描件"), required=False)
    promise = forms.BooleanField(label=gettext_lazy("以上为实际情况，现场与材料一致"))


def gallery(request: HttpRequest) -> HttpResponse:
    """Show the components; nothing here is stored or sent."""
    context = {
        "marks": MARKS,
        "weights": WEIGHTS,
        "verdicts": VERDICTS,
        "agreements": AGREEMENTS,
        "levels": LEVELS,
        "stroke_samples": STROKES,
        "stages": STAGES,
        "icons": sorted(icon_names()),
        "reasons": REASONS,
        "form": SampleForm({"day": "9月"}),
        "page": Paginator(range(312), 50).page(2),
        "chart": sample_chart(),
        "gantt": sample_gantt(),
        "strip": sample_strip(),
        "day": date(2026, 9, 20),
        "acting": SimpleNamespace(title="值班员", body=SimpleNamespace(name="昭陵市攻坚办")),
        "clock": datetime(2026, 9, 24, 17, 0, tzinfo=ZoneInfo("Asia/Shanghai")),
        "clock_text": "2026年9月24日 17:00",
        "simulated": True,
        "nav": [Link("#", e.icon, e.label, e.phone, n == 0) for n, e in enumerate(NAV)],
        "fresh_text": "监测数据截至 9月24日 16:00",
        "search_url": request.path,
    }
    return render(request, "ui/gallery.html", context)


def sample_chart() -> SafeString:
    """Inflow before and after the sewer was reported built, with an outage and a clue."""
    measured = tuple(
        Point(_day(n), 68.4 - (27 if n > 30 else 0) + (n * 7 % 11) - 5)  # noqa: PLR2004
        for n in range(58)
        if n not in range(12, 16)
    )
    claimed = tuple(Point(_day(n), 92.0) for n in (30, 44))
    derived = tuple(Point(_day(n), 38 + n % 3, 31 + n % 3, 47 + n % 3) for n in range(40, 58))
    frame = Frame(
        "inflow",
        "青石镇污水处理厂进水五日生化需氧量",
        "6月30日前 30 个有效日均值 68.4，之后 30 个有效日均值 41.2；6月13日至16日缺测。",
        (FIRST, _day(58)),
        (0, 100),
        "mg/L",
    )
    series = (
        Series("在线监测", "measured", measured),
        Series("月报申报", "claimed", claimed, "dots"),
        Series("按电量推算", "derived", derived),
    )
    events = (
        Event(date(2026, 6, 30), "丙县报告管网完工"),
        Event(date(2026, 7, 14), "丙县报告日处理 860 吨"),
    )
    return chart(frame, series, Limit(60.0, "设计进水"), events)


def sample_gantt() -> SafeString:
    """Show two steps done, three to come, one beyond the deadline."""
    lanes = (
        Lane("1 管网施工 4.2 km", (_bar("plan", 9, 41), _bar("done", 11, 41))),
        Lane("2 厂区土建", (_bar("plan", 9, 34), _bar("done", 9, 37))),
        Lane("3 通水调试", (_bar("plan", 49, 59), _bar("todo", 70, 75)), _day(70)),
        Lane("4 稳定运行 15 日", (_bar("plan", 59, 74), _bar("todo", 75, 90)), _day(75)),
        Lane("5 验收与资料", (_bar("todo", 90, 91), _bar("over", 91, 96)), _day(90)),
    )
    said = "五个节点，两个已核实；通水调试最迟 8月10日开工。"
    return gantt(Schedule("plan", "倒排工期", said, (FIRST, _day(101)), _day(66), _day(91), lanes))


def sample_strip() -> SafeString:
    """Thirty days: one exceedance, two without data."""
    odd: dict[int, DayState] = {5: "over", 11: "missing", 12: "missing"}
    days = tuple((_day(n), odd.get(n, "ok")) for n in range(30))
    return strip("30 天中 27 天达标，1 天超标，2 天缺测", days)


def _day(number: int) -> date:
    return FIRST + timedelta(days=number)


def _bar(kind: BarKind, start: int, finish: int) -> Bar:
    return Bar(kind, _day(start), _day(finish))
