"""所需监测: which series the criteria of a theme look at, and how far back.

From   The theme's criteria.
Takes  Criteria.
Gives  Keys of series, and a number of days.
Never  Reads a value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.kernel.themes import criterion as kinds

if TYPE_CHECKING:
    from zhenggai.kernel.themes.criterion import Criterion
    from zhenggai.kernel.themes.theme import Theme


def series_of(criterion: Criterion) -> tuple[str, ...]:
    """Return the keys of the series one criterion looks at."""
    if isinstance(criterion, kinds.Delivered):
        return criterion.series_keys
    if isinstance(criterion, kinds.StaysBelow):
        return (criterion.series, *criterion.conditions.values())
    if isinstance(criterion, (kinds.RisesAfter, kinds.RatioBetween)):
        return (criterion.series,)
    return ()


def series_of_theme(theme: Theme) -> tuple[str, ...]:
    """Return the keys of all series a theme looks at, each once."""
    return tuple(dict.fromkeys(key for c in theme.criteria for key in series_of(c)))


def days_back(theme: Theme) -> int:
    """Return how many days before the claimed finish a criterion may look at. [days]"""
    return max((_back(c) for c in theme.criteria), default=0)


def _back(criterion: Criterion) -> int:
    if isinstance(criterion, kinds.RisesAfter):
        return criterion.reach
    if isinstance(criterion, (kinds.StaysBelow, kinds.Delivered, kinds.RatioBetween)):
        return criterion.days
    return 0
