"""事实的去处: a reference such as ``visit:12`` becomes a link to the page that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.utils.functional import _StrPromise

NAMES = {
    "observation": _("监测数据"),
    "evidence": _("佐证"),
    "claim": _("申报"),
    "visit": _("现场核查"),
    "check": _("验收意见"),
    "report": _("群众反映"),
    "supply": _("补充供电"),
    "measure": _("措施"),
    "case": _("待核实事项"),
    "run": _("对账记录"),
}
PARTS = {
    "evidence": "evidence",
    "claim": "claim",
    "visit": "check",
    "check": "check",
    "report": "notice",
    "supply": "weighing",
    "measure": "plan",
    "run": "weighing",
    "case": "weighing",
}
MOST = 6


class FactLink(NamedTuple):
    """Where a fact can be seen, and what to call it."""

    name: str | _StrPromise
    href: str
    times: int


def linked(references: Iterable[str]) -> tuple[FactLink, ...]:
    """Return one link per kind and place of the facts; one that shows nowhere is only named."""
    found: dict[tuple[str, str], int] = {}
    for reference in references:
        kind, _sep, rest = reference.partition(":")
        key = (kind, address(kind, rest))
        found[key] = found.get(key, 0) + 1
    pairs = list(found.items())[:MOST]
    return tuple(FactLink(NAMES.get(kind, kind), href, n) for (kind, href), n in pairs)


def beside(references: Iterable[str], item_page: str, names: Mapping[str, str]) -> list[FactLink]:
    """Return the documents a refusal names, each to be opened beside the other.

    Parameters
    ----------
    names
        What to call a file of the item, by its reference.
    """
    found = []
    for reference in dict.fromkeys(references):
        kind, _sep, rest = reference.partition(":")
        if kind == "evidence" and rest.isdigit():
            href = reverse("console:evidence", args=[rest])
            found.append(FactLink(names.get(reference, NAMES[kind]), href, 1))
        elif kind == "visit":
            found.append(FactLink(NAMES[kind], f"{item_page}#visit-{rest}", 1))
        elif kind == "check":
            found.append(FactLink(NAMES[kind], f"{item_page}#check", 1))
    return found


def address(kind: str, rest: str) -> str:
    """Return where a fact is shown; an empty address where no page of this site does."""
    if kind == "observation":
        place = rest.partition("/")[0]
        try:
            return reverse("console:place", args=[place])
        except NoReverseMatch:
            return ""
    if kind == "evidence" and rest.isdigit():
        return f"#evidence-{rest}"
    return f"#{PARTS[kind]}" if kind in PARTS else ""
