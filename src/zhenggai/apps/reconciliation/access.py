"""Who is told of a case, and what each may do in it; what one may not see does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.ledger.access import visible_to as visible_items
from zhenggai.apps.parties.access import UNITS, oversees
from zhenggai.apps.parties.queries import lineage
from zhenggai.apps.reconciliation.queries import OPEN_CASE, cases, receipt_of

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from zhenggai.apps.parties.models import Post
    from zhenggai.apps.reconciliation.models import Contradiction


def visible_to(post: Post, on: date) -> QuerySet[Contradiction]:
    """Return the cases a post is told of; a unit is told of its own once it was asked."""
    if oversees(post):
        return cases()
    if post.role in UNITS:
        asked = cases().exclude(inquiry=None).filter(claim__by_body__key__in=lineage(post.body))
        return asked.filter(item__in=visible_items(post, on).values("pk"))
    return cases().none()


def told_of(post: Post, on: date) -> frozenset[str]:
    """Return the codes of the items whose open case a post is told of."""
    told = visible_to(post, on).filter(state__in=OPEN_CASE)
    return frozenset(told.order_by().values_list("item__code", flat=True))


def offered(case: Contradiction, post: Post) -> frozenset[str]:
    """Return what a page offers a post in a case; the action itself decides again."""
    receipt = receipt_of(case)
    received = receipt is not None and receipt.received_at is not None
    addressed = case.claim.by_body.key in lineage(post.body)
    asked = case.state in ("inquired", "replied")
    office = post.role == "office"
    conditions = {
        "inquire": office and case.state == "clue",
        "receive": (office or addressed) and receipt is not None and not received,
        "reply": addressed and received and asked,
        "supply": (office or addressed) and received and asked,
        "verify": office and asked,
        "decide": office and case.state in OPEN_CASE,
    }
    return frozenset(word for word, holds in conditions.items() if holds)
