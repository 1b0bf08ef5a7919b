"""组件: template tags for marks, lights, strokes, tags and figures; usage in docs/design.md."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from re import findall
from typing import TYPE_CHECKING

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhenggai.faces.ui import glyphs, plot, words
from zhenggai.faces.ui.acting import ACT_FIELD, new_act_id
from zhenggai.faces.ui.landscape import landscape as draw_landscape

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.forms import BoundField
    from django.utils.safestring import SafeString

register = template.Library()

SPRITE = Path(__file__).parents[1] / "static" / "ui" / "icons.svg"

MARKS = {
    "claimed": (gettext_lazy("报"), gettext_lazy("申报：责任单位报送，未经核实")),
    "measured": (gettext_lazy("测"), gettext_lazy("实测：监测或现场取得")),
    "derived": (gettext_lazy("推算"), gettext_lazy("推算：由其他数值按公式得出，只作线索")),
}
WEIGHTS = {
    "evidence": gettext_lazy("可作证据"),
    "reference": gettext_lazy("参考"),
    "derived": gettext_lazy("推算（线索）"),
}
VERDICTS = {
    "met": ("good", "circle-check", gettext_lazy("达标")),
    "cannot_tell": ("open", "help-circle", gettext_lazy("无法判定")),
    "not_met": ("bad", "x", gettext_lazy("未达标")),
}
AGREEMENTS = {
    "agree": ("good", "circle-check", gettext_lazy("一致")),
    "disagree": ("bad", "equal-not", gettext_lazy("不一致")),
    "insufficient": ("open", "help-circle", gettext_lazy("数据不足")),
    "not_yet": ("idle", "lock", gettext_lazy("未到")),
    "not_applicable": ("idle", "circle-dashed", gettext_lazy("不适用")),
}
STAGES = {
    "under_way": ("b", "edit"),
    "claimed": ("y", "send"),
    "checked": ("y", "search"),
    "noticed": ("g", "speakerphone"),
    "forwarded": ("b", "arrow-up-right"),
    "closed": ("o", "check"),
}


@cache
def icon_names() -> frozenset[str]:
    """Names the sprite holds."""
    return frozenset(findall(r'<symbol id="([a-z0-9-]+)"', SPRITE.read_text(encoding="utf-8")))


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """Draw one decorative icon of the sprite; a misspelt name fails at once."""
    if name not in icon_names():
        raise template.TemplateSyntaxError(f"no icon {name!r} in {SPRITE.name}")
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {extra}" if extra else "",
        static("ui/icons.svg"),
        name,
    )


@register.simple_tag
def mark(kind: str) -> SafeString:
    """报 hollow, 测 solid, 推算 dotted."""
    word, meaning = MARKS[kind]
    return format_html('<span class="mk {}" data-tip="{}">{}</span>', kind, meaning, word)


@register.simple_tag
def light(level: str, text: str | None = None) -> SafeString:
    """One light with its word; ``text=""`` drops the word where it stands beside it."""
    return glyphs.light(level, text)


@register.simple_tag
def zheng(strokes: str, size: str = "m") -> SafeString:
    """正 with one state code per stroke."""
    return glyphs.zheng(strokes, size)


@register.simple_tag
def one_stroke(number: int, code: str, size: str = "l") -> SafeString:
    """正 with only this stroke (1 to 5) written; decorative, beside the stroke's name."""
    strokes = "".join(code if n == number else "-" for n in range(1, len(glyphs.STROKES) + 1))
    return glyphs.zheng(strokes, size, named=False)


@register.simple_tag
def stage_tag(stage: str, label: str) -> SafeString:
    """Where an item stands; stages before the work starts are neutral."""
    tone, sign = STAGES.get(stage, ("", "circle-dashed"))
    return format_html('<span class="tag {}">{}{}</span>', tone, icon(sign), label)


@register.simple_tag
def pending(text: str = "") -> SafeString:
    """待核实: grey and dashed, whatever it is about."""
    return format_html(
        '<span class="tag pending">{}{}</span>', icon("hourglass"), text or _("待核实")
    )


@register.simple_tag
def verdict(answer: str, label: str = "") -> SafeString:
    """达标, 无法判定 or 未达标, with its sign."""
    return _sign(*VERDICTS[answer], label)


@register.simple_tag
def agreement(answer: str, label: str = "") -> SafeString:
    """Whether claim and measurement agree, with its sign."""
    return _sign(*AGREEMENTS[answer], label)


@register.simple_tag
def unknown(text: str = "") -> SafeString:
    """Nobody said it: never a blank, a zero or a default."""
    return format_html('<span class="unk">{}</span>', text or _("未知"))


@register.simple_tag
def weight(kind: str) -> SafeString:
    """What a value may be used for."""
    return format_html('<span class="weight {}"><i></i>{}</span>', kind, WEIGHTS[kind])


@register.simple_tag(name="figure")
def figure_tag(
    kind: str, value: words.Number | str | None, unit: str = "", **more: str
) -> SafeString:
    """Print a value with its mark, unit and, when derived, range and formula.

    ``more`` takes ``low``, ``high``, ``formula`` and ``size="big"``.
    """
    if value is None:
        return format_html('<span class="fig {}">{} {}</span>', kind, mark(kind), unknown())
    low, high = more.get("low"), more.get("high")
    bounds = "" if low is None or high is None else f"（{_written(low)}–{_written(high)}）"
    return format_html(
        '<span class="fig {} {}">{}<span class="v">{}</span><span class="u">{}</span>{}{}</span>',
        kind,
        more.get("size", ""),
        mark(kind),
        _written(value),
        unit,
        format_html('<span class="range">{}</span>', bounds) if bounds else "",
        _formula(more.get("formula", "")),
    )


@register.simple_tag
def shell_bar(
    claimed: float, measured: float, due: float | None = None, total: float = 100, unit: str = "%"
) -> SafeString:
    """Outline to the claim, fill to the measurement, a stroke where it should stand."""
    return plot.shell_bar(claimed, measured, due, total, unit)


@register.simple_tag
def landscape() -> SafeString:
    """Flat hills of the log-in page."""
    return draw_landscape()


@register.inclusion_tag("ui/_field.html")
def field(bound_field: BoundField) -> dict[str, object]:
    """One form field: label, required mark, help, widget, errors."""
    kind = bound_field.widget_type
    return {"field": bound_field, "check": kind == "checkbox", "grouped": bound_field.use_fieldset}


@register.simple_tag
def act_field() -> SafeString:
    """Give a form its act id, so that a second press is the same act."""
    return format_html('<input type="hidden" name="{}" value="{}">', ACT_FIELD, new_act_id())


@register.filter
def zh_date(day: date | None) -> SafeString | str:
    """2026年9月24日; 未知 chip where there is no day."""
    return unknown() if day is None else words.zh_date(day)


@register.filter
def md(day: date | None) -> SafeString | str:
    """9月24日; 未知 chip where there is no day."""
    return unknown() if day is None else words.md(day)


@register.filter
def zh_time(moment: datetime | None) -> SafeString | str:
    """17:00; 未知 chip where there is no moment."""
    return unknown() if moment is None else words.zh_time(moment)


@register.filter
def wd(day: date | None) -> str:
    """周四; nothing where there is no day, for the day's own chip already says so."""
    return "" if day is None else words.weekday(day)


@register.filter
def plain(value: words.Number | None) -> SafeString | str:
    """68.4; 1 234 567 with thin spaces; 未知 chip where there is no number."""
    return unknown() if value is None else words.plain(value)


def _sign(tone: str, sign: str, word: object, label: str) -> SafeString:
    return format_html('<span class="vd {}">{}{}</span>', tone, icon(sign), label or word)


def _written(value: words.Number | str) -> str:
    return value if isinstance(value, str) else words.plain(value)


def _formula(text: str) -> SafeString | str:
    return format_html('<span class="formula">{}</span>', text) if text else ""
