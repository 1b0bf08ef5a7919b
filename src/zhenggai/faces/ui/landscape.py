"""青绿山水: the flat hills behind the log-in, five ridges and one band of mist, drawn once."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from math import sin, tau
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

_WIDTH, _HEIGHT, _STEP = 1600, 1000, 40
_WAVES = ((0.7, 1.0), (1.5, 0.62), (2.6, 0.36), (4.7, 0.17), (8.3, 0.07))
_RIDGES = (
    (620, 74, (1.5, 3.4, 2.3, 3.8, 3.9)),
    (690, 66, (1.4, 6.0, 0.8, 4.5, 0.5)),
    (766, 56, (0.7, 4.4, 4.1, 1.2, 5.4)),
    (846, 44, (1.0, 2.6, 5.8, 3.1, 0.9)),
    (936, 26, (3.6, 1.3, 4.6, 2.0, 6.1)),
)
_CONTOURS = 4
_MIST = (
    "M0 828C240 806 420 850 700 834S1180 800 1600 826V842C1200 820 960 862 700 856S260 838 0 850Z"
)

Point = tuple[float, float]


@cache
def landscape() -> SafeString:
    """Give the hills as one decorative SVG; colours come from the tokens."""
    hills = format_html_join("", "{}", ((_hill(n),) for n in range(len(_RIDGES))))
    return format_html(
        '<svg class="land" viewBox="0 0 {} {}" preserveAspectRatio="xMidYMax slice"'
        ' aria-hidden="true">{}</svg>',
        _WIDTH,
        _HEIGHT,
        hills,
    )


def _hill(number: int) -> SafeString:
    ridge = _ridge(*_RIDGES[number])
    hill = format_html('<path class="m{}" d="{}"/>', number + 1, _path(ridge, closed=True))
    if number == len(_RIDGES) - 1:
        return hill
    contours = format_html_join(
        "",
        '<path class="contour" opacity="{}" d="{}"/>',
        (
            (f"{0.5 - 0.1 * k:.1f}", _path(_lowered(ridge, k), closed=False))
            for k in range(1, _CONTOURS + 1)
        ),
    )
    mist = format_html('<path class="mist" d="{}"/>', _MIST) if number == 2 else ""  # noqa: PLR2004
    return format_html("{}{}{}", hill, contours, mist)


def _ridge(base: float, height: float, phases: tuple[float, ...]) -> list[Point]:
    return [
        (
            x,
            base
            - height
            / 1.5
            * sum(
                a * sin(f * x / _WIDTH * tau + p) for (f, a), p in zip(_WAVES, phases, strict=True)
            ),
        )
        for x in range(0, _WIDTH + 1, _STEP)
    ]


def _lowered(ridge: list[Point], k: int) -> list[Point]:
    return [(x, y + k * 13 + abs(sin(x / 170 + k)) * 5) for x, y in ridge]


def _path(points: list[Point], *, closed: bool) -> str:
    x0, y0 = points[0]
    parts = [f"M{x0:.0f} {y0:.0f}"]
    for (x1, y1), (x2, y2) in pairwise(points):
        parts.append(f"Q{x1:.0f} {y1:.0f} {(x1 + x2) / 2:.0f} {(y1 + y2) / 2:.0f}")
    parts.append(f"L{points[-1][0]:.0f} {points[-1][1]:.0f}")
    if closed:
        parts.append(f"V{_HEIGHT}H0Z")
    return "".join(parts)
