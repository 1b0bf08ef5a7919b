"""页面外框: what every page's frame shows: navigation by role, campaign clock, who acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy

from zhenggai.faces.ui.words import zh_date, zh_time

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

THEMES = ("light", "dark")
OFFICE = frozenset({"office", "leader", "auditor", "discipline"})
UNITS = frozenset({"liaison"})
CHECKERS = frozenset({"acceptor", "inspector"})
ADMINS = frozenset({"sys", "sec"})
CAMPAIGN = OFFICE | UNITS | CHECKERS


class Entry(NamedTuple):
    """One place of the rail: where, with which sign and word, for whom, and on a phone too."""

    url_name: str
    icon: str
    label: _StrPromise
    roles: frozenset[str]
    phone: bool = True


class Link(NamedTuple):
    """An entry whose address is known on this site."""

    href: str
    icon: str
    label: _StrPromise
    phone: bool
    current: bool


NAV = (
    Entry("console:todo", "checklist", gettext_lazy("待办"), CAMPAIGN),
    Entry("console:documents", "mail-opened", gettext_lazy("来文"), OFFICE | UNITS),
    Entry("console:ledger", "list-details", gettext_lazy("台账"), CAMPAIGN),
    Entry("console:visits", "clipboard-check", gettext_lazy("核查"), OFFICE | CHECKERS),
    Entry("console:reconcile", "scale", gettext_lazy("对账"), OFFICE | UNITS, phone=False),
    Entry("console:places", "chart-line", gettext_lazy("监测"), CAMPAIGN, phone=False),
    Entry("console:papers", "send", gettext_lazy("签收"), OFFICE | UNITS, phone=False),
    Entry("console:counts", "table", gettext_lazy("月报"), OFFICE | UNITS, phone=False),
    Entry("console:closures", "rubber-stamp", gettext_lazy("销号"), CAMPAIGN),
    Entry("console:rules", "book-2", gettext_lazy("规则"), CAMPAIGN, phone=False),
    Entry("console:trail", "history", gettext_lazy("留痕"), OFFICE | ADMINS, phone=False),
    Entry("public:home", "world", gettext_lazy("公开"), CAMPAIGN | ADMINS, phone=False),
)


def chrome(request: HttpRequest) -> dict[str, object]:
    """Give the frame's words; everything the middleware may not have set has a default."""
    post = getattr(request, "acting", None)
    clock: datetime | None = getattr(request, "clock", None)
    return {
        "nav": links(request.path, str(getattr(post, "role", ""))),
        "acting": post,
        "person": getattr(request, "user", None),
        "clock": clock,
        "clock_text": f"{zh_date(clock)} {zh_time(clock)}" if clock else "",
        "simulated": bool(getattr(request, "simulated", False)),
        "shifted": bool(getattr(request, "shifted", False)),
        "theme": _chosen(request, "theme", THEMES),
        "large_text": request.COOKIES.get("text") == "large",
        "search_url": address("console:search") or address("console:ledger"),
        "logout_url": address("logout") or address("console:logout"),
    }


def links(path: str, role: str) -> tuple[Link, ...]:
    """Entries this role may use and this site routes; the longest matching address is current."""
    found = [(entry, address(entry.url_name)) for entry in NAV if role in entry.roles]
    routed = [(entry, href) for entry, href in found if href]
    here = max((href for _, href in routed if path.startswith(href)), key=len, default="")
    return tuple(
        Link(href, entry.icon, entry.label, entry.phone, href == here) for entry, href in routed
    )


def address(url_name: str) -> str:
    """Give the path of a named page, or nothing where this site does not route it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _chosen(request: HttpRequest, cookie: str, allowed: tuple[str, ...]) -> str:
    value = request.COOKIES.get(cookie, "")
    return value if value in allowed else allowed[0]
