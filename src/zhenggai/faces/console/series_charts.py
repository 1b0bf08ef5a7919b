"""监测图: a place's series as charts and capture strips, with limits and claimed days marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from zhenggai.faces.ui.plot import Event, Frame, Limit, Point, Series, chart, share
from zhenggai.faces.ui.words import md, plain

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from zhenggai.apps.monitoring.queries import SeriesSeen
    from zhenggai.faces.ui.plot import Shape

HEADROOM = 1.15
SCALES = (1, 2, 4, 5, 8, 10)


def series_chart(
    found: SeriesSeen,
    key: str,
    events: tuple[Event, ...] = (),
    more: tuple[Series, ...] = (),
    shape: Shape = "line",
) -> SafeString:
    """Draw the daily values of one series; days without a value stay a gap."""
    points = tuple(Point(day.day, float(day.value)) for day in found.days if day.value is not None)
    most = max([p.value for p in points] + [p.value for s in more for p in s.points], default=0)
    limit = Limit(float(found.limit.value), _("限值")) if found.limit else None
    top = nice(max(most, limit.value if limit else 0) * HEADROOM)
    frame = Frame(
        key,
        found.name,
        sentence(found),
        (found.days[0].day, found.days[-1].day),
        (0, top),
        found.unit,
    )
    return chart(frame, (Series(found.name, "measured", points, shape), *more), limit, events)


def sentence(found: SeriesSeen) -> str:
    """Say in words how many days came, how many are above the limit, and which limit it is."""
    said = _("%(days)s天中%(valid)s天有效") % {"days": len(found.days), "valid": found.valid}
    if found.limit is None:
        return said
    limit = _("限值%(value)s %(unit)s（%(standard)s %(clause)s），超过限值%(over)s天") % {
        "value": plain(float(found.limit.value)),
        "unit": found.limit.unit,
        "standard": found.standard,
        "clause": found.limit.clause,
        "over": len(found.exceeded),
    }
    return f"{said}；{limit}"


def capture(found: SeriesSeen) -> SafeString:
    """Draw one square per day: solid received, hatched marked, dashed where nothing came."""
    names = {
        "valid": (_("收到"), "ok"),
        "flagged": (_("有标记，不计入"), "flagged"),
        "below_limit_of_detection": (_("低于检出限"), "flagged"),
        "missing": (_("没有收到"), "missing"),
    }
    width = 1 / len(found.days)
    squares = format_html_join(
        "",
        '<rect class="{}" x="{}" width="{}" height="100%" rx="1.5" data-tip="{} {}"/>',
        (
            (
                names[d.status][1],
                share(n * width),
                share(width * 0.84),
                md(d.day),
                names[d.status][0],
            )
            for n, d in enumerate(found.days)
        ),
    )
    return format_html(
        '<svg class="strip capture" role="img" aria-label="{}">{}</svg>', sentence(found), squares
    )


def nice(value: float) -> float:
    """Round a scale's end up to a number whose quarters are easy to read.

    Examples
    --------
    >>> nice(0.71), nice(68.4), nice(860)
    (0.8, 80, 1000)
    """
    if value <= 0:
        return 1
    step = 1.0
    while step < value:
        step *= 10
    while step / 10 >= value:
        step /= 10
    fitting = min(s for s in SCALES if s * step / 10 >= value)
    return round(fitting * step / 10, 6)
