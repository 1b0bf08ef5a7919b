"""先看后办: a form drawn before somebody else moved the item is refused, a repeat is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.trail.models import Act as ActRow
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from zhenggai.apps.ledger.models import Item
    from zhenggai.apps.trail.acts import Act


def require_fresh(item: Item, version: str, act: Act) -> None:
    """Refuse an act on an item that has moved since its form was drawn.

    The action's own guard decides in its transaction; this tells the person first. An act that is
    already recorded passes, so that a second press gives back the first outcome.

    Parameters
    ----------
    version
        The item's version as the form carried it.
    """
    if version == str(item.version) or ActRow.objects.filter(pk=act.id).exists():
        return
    text = f"{item.code}刚被他人办理，页面所见已不是现状"
    raise Refused(Reason("stale-item", text, "刷新后按现状办理"), subject=f"item:{item.code}")
