"""字形: the 正 character and the traffic lights as SVG; shape and word before colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

STROKES = (
    gettext_lazy("任务节点"),
    gettext_lazy("现场证据"),
    gettext_lazy("监测数据"),
    gettext_lazy("群众反馈"),
    gettext_lazy("公示核销"),
)
STATES = {
    "a": gettext_lazy("一致"),
    "c": gettext_lazy("已报待核"),
    "x": gettext_lazy("不一致"),
    "d": gettext_lazy("数据不足"),
    "-": gettext_lazy("未到"),
    "0": gettext_lazy("不适用"),
}
_LINES = (
    (4.5, 5.0, 19.5, 5.0),
    (12.0, 3.6, 12.0, 19.0),
    (12.0, 11.4, 18.6, 11.4),
    (6.4, 10.4, 6.4, 19.0),
    (2.8, 19.4, 21.2, 19.4),
)
_SIZES = {"s": "zh s", "m": "zh", "l": "zh l", "xl": "zh xl"}
_PLAIN = {"a": "agree", "d": "thin", "-": "ahead", "0": "moot"}
_BREAK = 0.95
_BREAK_BELOW = 2.2

Line = tuple[float, float, float, float]

LIGHTS = {
    "red": gettext_lazy("红灯"),
    "yellow": gettext_lazy("黄灯"),
    "green": gettext_lazy("绿灯"),
    "closed": gettext_lazy("已销号"),
    "none": gettext_lazy("未评"),
}
_SHAPES = {
    "red": """<path class="red-s" d="M5.2.8h5.6l4.4 4.4v5.6l-4.4 4.4H5.2L.8 10.8V5.2z"/>
<path class="on" stroke-width="2" d="M8 4v5"/><circle class="on-dot" cx="8" cy="11.6" r="1.15"/>""",
    "yellow": """<path class="yellow-s" d="M8 .9 15.6 14.6H.4z"/>
<path class="on-y" stroke-width="1.9" d="M8 5.2v4.6"/>
<circle class="on-y-dot" cx="8" cy="12.1" r="1.05"/>""",
    "green": """<circle class="green-s" cx="8" cy="8" r="7.4"/>
<path class="on" stroke-width="1.9" d="m4.6 8.2 2.4 2.4 4.4-4.8"/>""",
    "closed": """<rect class="edge" x="1.2" y="1.2" width="13.6" height="13.6" rx="2"/>
<path class="edge" d="m4.6 8.2 2.4 2.4 4.4-4.8"/>""",
    "none": """<circle class="edge" cx="8" cy="8" r="6.6" stroke-dasharray="2.4 2"/>""",
}


def zheng(strokes: str, size: str = "m", *, named: bool = True) -> SafeString:
    """Draw 正 with one state code per stroke.

    Parameters
    ----------
    strokes
        Five codes in stroke order: ``a`` 一致, ``c`` 已报待核, ``x`` 不一致, ``d`` 数据不足,
        ``-`` 未到, ``0`` 不适用.
    size
        ``s``, ``m``, ``l`` or ``xl``.
    named
        False only where the same words stand next to the glyph.
    """
    if len(strokes) != len(_LINES) or set(strokes) - STATES.keys():
        raise ValueError(f"正 takes five of {''.join(STATES)}, not {strokes!r}")
    body = format_html_join("", "{}", ((_stroke(n, code),) for n, code in enumerate(strokes)))
    if not named:
        return format_html(
            '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', _SIZES[size], body
        )
    label = _("销号五笔：") + "，".join(
        f"{name}{STATES[code]}" for name, code in zip(STROKES, strokes, strict=True)
    )
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" role="img" aria-label="{}" data-tip="{}">{}</svg>',
        _SIZES[size],
        label,
        label.replace("：", "：\n", 1).replace("，", "\n"),
        body,
    )


def light(level: str, text: str | None = None) -> SafeString:
    """Draw one light: octagon, triangle, circle, square or dashed circle, and its word.

    An empty ``text`` drops the word where the level is named beside it; the label stays.
    """
    drawing = mark_safe(_SHAPES[level])  # noqa: S308 - a literal of this module
    if text == "":
        named = format_html('role="img" aria-label="{}"', LIGHTS[level])
    else:
        named = format_html('aria-hidden="{}"', "true")
    return format_html(
        '<span class="lt {}"><svg viewBox="0 0 16 16" {}>{}</svg>{}</span>',
        level,
        named,
        drawing,
        LIGHTS[level] if text is None else text,
    )


def _stroke(number: int, code: str) -> SafeString:
    line = _LINES[number]
    if code == "c":
        return format_html(
            "{}{}", _line("claim-out", line), _line("claim-in", _shortened(line, by=1.0))
        )
    if code == "x":
        first, second = _broken(line, below=_BREAK_BELOW if number == 1 else 0.0)
        return format_html("{}{}", _line("broken", first), _line("broken", second))
    return _line(_PLAIN[code], line)


def _line(name: str, line: Line) -> SafeString:
    x1, y1, x2, y2 = (f"{value:.2f}".rstrip("0").rstrip(".") for value in line)
    return format_html('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>', name, x1, y1, x2, y2)


def _shortened(line: Line, by: float) -> Line:
    x1, y1, x2, y2 = line
    if x2 > x1:
        return (x1 + by, y1, x2 - by, y2)
    return (x1, y1 + by, x2, y2 - by)


def _broken(line: Line, below: float) -> tuple[Line, Line]:
    x1, y1, x2, y2 = line
    if x2 > x1:
        middle = (x1 + x2) / 2
        return (x1, y1, middle - _BREAK, y1), (middle + _BREAK, y2, x2, y2)
    middle = (y1 + y2) / 2 + below
    return (x1, y1, x1, middle - _BREAK), (x2, middle + _BREAK, x2, y2)
