"""要件的写法: how one criterion of a reconciliation is put on a page, wherever it stands."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zhenggai.apps.reconciliation.models import Criterion

ROUNDED = ("value", "low", "high")


def derived_shown(line: Criterion) -> Mapping[str, object] | None:
    """Return a derived value with its range in whole units; it is kept exact."""
    kept = line.derived
    return kept and {**kept, **{key: round(Fraction(kept[key])) for key in ROUNDED}}


def claimed_shown(lines: Iterable[Criterion]) -> tuple[str, ...]:
    """Return what was claimed of each line; words said once above are not said again."""
    said: list[str] = []
    last = ""
    for line in lines:
        said.append(_("同上") if line.claimed and line.claimed == last else line.claimed)
        last = line.claimed
    return tuple(said)
