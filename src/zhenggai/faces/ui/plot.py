"""图: pure SVG charts drawn on the server; claimed dashed, measured solid, derived dotted.

Text and dots stand at per-cent positions and lines live in a stretched 0–1000 box, so a chart
fits any width without scripts or inline styles. Every chart carries a title, a sentence for
screen readers and its numbers as a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from zhenggai.faces.ui.words import md, plain, zh_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.utils.safestring import SafeString

Kind = Literal["claimed", "measured", "derived"]
Shape = Literal["line", "step", "dots"]
DayState = Literal["ok", "over", "missing"]

_BOX = 1000
_MOST_TICKS = 6
_MONTHS_FROM = 75
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day; ``low`` and ``high`` only where it is derived."""

    day: date
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a chart; days that are absent stay a gap and are never bridged."""

    name: str
    kind: Kind
    points: tuple[Point, ...]
    shape: Shape = "line"
    every: int = 1


@dataclass(frozen=True, slots=True)
class Event:
    """A numbered flag on the chart, told in words below it."""

    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What a chart is about: its key on the page, title, sentence, days, scale and unit."""

    key: str
    title: str
    sentence: str
    days: tuple[date, date]
    scale: tuple[float, float]
    unit: str = ""

    def across(self, day: date) -> float:
        """Share of the width at which a day stands."""
        first, last = self.days
        return (day - first) / max(last - first, _DAY)

    def down(self, value: float) -> float:
        """Share of the height, from the top, at which a value stands."""
        low, high = self.scale
        return 1 - (value - low) / (high - low)

    def spot(self, day: date, value: float) -> tuple[str, str]:
        """Corner of a path in the stretched box."""
        return f"{self.across(day) * _BOX:.1f}", f"{self.down(value) * _BOX:.1f}"


@dataclass(frozen=True, slots=True)
class Limit:
    """A line that must not be crossed, and what it is called."""

    value: float
    label: str


def chart(
    frame: Frame,
    series: tuple[Series, ...],
    limit: Limit | None = None,
    events: tuple[Event, ...] = (),
) -> SafeString:
    """Draw series over days as one figure with legend, numbered events and a table."""
    lines = format_html_join("", "{}", ((_strokes(frame, s),) for s in series))
    dots = format_html_join("", "{}", ((_dots(frame, s),) for s in series))
    return format_html(
        '<figure class="chart"><div class="canvas">'
        '<svg class="plot" role="img" aria-labelledby="{key}-t {key}-d">'
        '<title id="{key}-t">{title}</title><desc id="{key}-d">{sentence}</desc>'
        '{grid}<svg width="100%" height="100%" viewBox="0 0 1000 1000" preserveAspectRatio="none">'
        "{lines}</svg>{limit}{events}{dots}</svg></div>{legend}{told}{table}</figure>",
        key=frame.key,
        title=frame.title,
        sentence=frame.sentence,
        grid=_grid(frame),
        lines=lines,
        limit=_limit(frame, limit) if limit else "",
        events=_flags(frame, events),
        dots=dots,
        legend=_legend(series),
        told=_told(events),
        table=_table(frame, series),
    )


def shell_bar(
    claimed: float, measured: float, due: float | None, total: float, unit: str
) -> SafeString:
    """Draw one bar: outline to the claim, fill to the measurement, a stroke where it is due."""
    words = [
        _("申报 %(value)s%(unit)s") % {"value": plain(claimed), "unit": unit},
        _("核实 %(value)s%(unit)s") % {"value": plain(measured), "unit": unit},
    ]
    stroke: SafeString | str = ""
    if due is not None:
        words.append(_("应达 %(value)s%(unit)s") % {"value": plain(due), "unit": unit})
        at = share(due / total)
        stroke = format_html('<line class="due" x1="{}" x2="{}" y1="-15%" y2="115%"/>', at, at)
    said = " · ".join(words)
    return format_html(
        '<svg class="bar" role="img" aria-label="{}" data-tip="{}">'
        '<rect class="track" width="100%" height="100%" rx="2"/>'
        '<rect class="claim" width="{}" height="100%" rx="2"/>'
        '<rect class="meas" width="{}" height="100%" rx="2"/>{}</svg>',
        said,
        said,
        share(claimed / total),
        share(measured / total),
        stroke,
    )


def strip(label: str, days: Iterable[tuple[date, DayState]]) -> SafeString:
    """Draw one small square per day: solid ok, red over, dashed where no datum came."""
    cells = tuple(days)
    names = {"ok": _("达标"), "over": _("超标"), "missing": _("缺测")}
    width = 1 / max(len(cells), 1)
    squares = format_html_join(
        "",
        '<rect class="{}" x="{}" width="{}" height="100%" rx="1.5" data-tip="{} {}"/>',
        (
            (state, share(n * width), share(width * 0.84), md(day), names[state])
            for n, (day, state) in enumerate(cells)
        ),
    )
    return format_html('<svg class="strip" role="img" aria-label="{}">{}</svg>', label, squares)


def ticks(first: date, last: date) -> tuple[date, ...]:
    """Choose at most six days to name: first of months over a season, else evenly spaced."""
    span = (last - first).days
    if span >= _MONTHS_FROM:
        days = (first + timedelta(days=n) for n in range(span + 1))
        months = [day for day in days if day.day == 1]
        return tuple(months[:: -(-len(months) // _MOST_TICKS)])
    step = max(1, -(-(span + 1) // _MOST_TICKS))
    return tuple(first + timedelta(days=n) for n in range(0, span + 1, step))


def share(part: float) -> str:
    """Write a share as an SVG per cent."""
    return f"{part * 100:.2f}%"


def _runs(series: Series) -> list[list[Point]]:
    runs: list[list[Point]] = []
    for point in sorted(series.points, key=lambda p: p.day):
        if not runs or (point.day - runs[-1][-1].day).days > series.every:
            runs.append([])
        runs[-1].append(point)
    return runs


def _strokes(frame: Frame, series: Series) -> SafeString:
    runs = _runs(series)
    bands = format_html_join(
        "",
        '<path class="derived-band" d="{}"/>',
        ((_band(frame, run),) for run in runs if series.kind == "derived" and len(run) > 1),
    )
    if series.shape == "dots":
        return bands
    paths = format_html_join(
        "",
        '<path class="{}-line" d="{}"/>',
        ((series.kind, _path(frame, run, series.shape)) for run in runs if len(run) > 1),
    )
    return format_html("{}{}", bands, paths)


def _path(frame: Frame, run: list[Point], shape: Shape) -> str:
    corners = [frame.spot(p.day, p.value) for p in run]
    start = "M{} {}".format(*corners[0])
    join = "H{}V{}" if shape == "step" else "L{} {}"
    return start + "".join(join.format(*corner) for corner in corners[1:])


def _band(frame: Frame, run: list[Point]) -> str:
    over = [frame.spot(p.day, p.value if p.high is None else p.high) for p in run]
    under = [frame.spot(p.day, p.value if p.low is None else p.low) for p in reversed(run)]
    return "M" + "L".join(f"{x} {y}" for x, y in over + under) + "Z"


def _dots(frame: Frame, series: Series) -> SafeString:
    alone = {run[0] for run in _runs(series) if len(run) == 1}
    shown = series.points if series.shape == "dots" else sorted(alone, key=lambda p: p.day)
    return format_html_join(
        "",
        '<circle class="{}-dot" cx="{}" cy="{}" r="4" data-tip="{} {} {} {}"/>',
        (
            (
                series.kind,
                share(frame.across(p.day)),
                share(frame.down(p.value)),
                md(p.day),
                series.name,
                plain(p.value),
                frame.unit,
            )
            for p in shown
        ),
    )


def _grid(frame: Frame) -> SafeString:
    low, high = frame.scale
    marks = [low + (high - low) * n / 4 for n in range(5)]
    rows = format_html_join(
        "",
        '<line class="{}" x1="0" x2="100%" y1="{}" y2="{}"/>'
        '<text x="0" y="{}" dx="-8" dy=".32em" text-anchor="end">{}</text>',
        (
            ("axis" if n == 0 else "grid-line", *(share(frame.down(v)),) * 3, plain(round(v, 2)))
            for n, v in enumerate(marks)
        ),
    )
    days = format_html_join(
        "",
        '<text class="{}" x="{}" y="100%" dy="1.5em" text-anchor="middle">{}</text>',
        (
            ("spare" if n % 2 else "", share(frame.across(day)), md(day))
            for n, day in enumerate(ticks(*frame.days))
        ),
    )
    unit = format_html(
        '<text x="0" y="0" dx="-8" dy="-.8em" text-anchor="end">{}</text>', frame.unit
    )
    return format_html("{}{}{}", rows, days, unit)


def _limit(frame: Frame, limit: Limit) -> SafeString:
    at = share(frame.down(limit.value))
    return format_html(
        '<line class="limit-line" x1="0" x2="100%" y1="{}" y2="{}"/>'
        '<text class="limit" x="100%" y="{}" dy="-.4em" text-anchor="end">{} {}</text>',
        at,
        at,
        at,
        limit.label,
        plain(limit.value),
    )


def _flags(frame: Frame, events: tuple[Event, ...]) -> SafeString:
    return format_html_join(
        "",
        '<line class="event" x1="{}" x2="{}" y1="0" y2="100%"/>'
        '<circle class="flag-dot" cx="{}" cy="0" r="8"/>'
        '<text class="flag" x="{}" y="0" dy=".35em" text-anchor="middle">{}</text>',
        (
            (*(share(frame.across(event.day)),) * 4, number)
            for number, event in enumerate(events, start=1)
        ),
    )


def _told(events: tuple[Event, ...]) -> SafeString | str:
    if not events:
        return ""
    said = format_html_join(
        "",
        '<li><span><b><time datetime="{}">{}</time></b> {}</span></li>',
        ((e.day.isoformat(), md(e.day), e.text) for e in events),
    )
    return format_html('<ol class="events">{}</ol>', said)


def _legend(series: tuple[Series, ...]) -> SafeString:
    entries = format_html_join("", "<li>{}{}</li>", ((_sample(s), s.name) for s in series))
    return format_html('<ul class="legend">{}</ul>', entries)


def _sample(series: Series) -> SafeString:
    if series.shape == "dots":
        return format_html(
            '<svg aria-hidden="true"><circle class="{}-dot" cx="50%" cy="50%" r="4"/></svg>',
            series.kind,
        )
    return format_html(
        '<svg aria-hidden="true"><line class="{}-line" x2="100%" y1="50%" y2="50%"/></svg>',
        series.kind,
    )


def _table(frame: Frame, series: tuple[Series, ...]) -> SafeString:
    known = {(n, p.day): p for n, s in enumerate(series) for p in s.points}
    days = sorted({day for _n, day in known})
    head = format_html_join("", '<th scope="col" class="n">{}</th>', ((s.name,) for s in series))
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th>{}</tr>',
        (
            (
                zh_date(day),
                format_html_join(
                    "",
                    '<td class="n">{}</td>',
                    ((_cell(known.get((n, day))),) for n in range(len(series))),
                ),
            )
            for day in days
        ),
    )
    return see_table(
        format_html(
            '<tr><th scope="col">{}</th>{}</tr>',
            _("日期") + (f"（{frame.unit}）" if frame.unit else ""),
            head,
        ),
        rows,
    )


def see_table(head: SafeString, rows: SafeString) -> SafeString:
    """Fold a drawing's numbers under it as a table."""
    return format_html(
        '<details class="see-table"><summary>{}</summary><div class="scroll" tabindex="0">'
        '<table class="tb"><thead>{}</thead><tbody>{}</tbody></table></div></details>',
        _("看表格"),
        head,
        rows,
    )


def _cell(point: Point | None) -> str:
    if point is None:
        return "—"
    if point.low is None or point.high is None:
        return plain(point.value)
    return f"{plain(point.value)}（{plain(point.low)}–{plain(point.high)}）"
