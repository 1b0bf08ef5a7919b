"""事项的经过: what was sent, asked, disputed, signed and sealed about one item, ready to print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from zhenggai.apps.evidence.models import Claim, Evidence, SelfCheck
from zhenggai.apps.ledger import queries as ledger
from zhenggai.apps.ledger.models import Dispute, Extension, ItemPlace, Move
from zhenggai.apps.parties.models import Post
from zhenggai.apps.reconciliation.models import Filing, Notice, Objection, Signing
from zhenggai.apps.sources.models import Receipt
from zhenggai.apps.trail.clock import BEIJING
from zhenggai.kernel.workflow.item import Milestone

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

    from zhenggai.apps.ledger.models import Item
    from zhenggai.apps.ledger.queries import Told

ON_PAPER = "reconciliation.signing."


@dataclass(frozen=True, slots=True)
class Sent:
    """A paper about an item at one body: when it went, and when it was received."""

    paper_id: int
    title: str
    number: str
    kind: str
    body_key: str
    body: str
    sent_at: datetime
    received_at: datetime | None


@dataclass(frozen=True, slots=True)
class Trace:
    """One line of the trail: what happened, by which post, when, under which seal."""

    sentence: str
    post: str
    at: datetime
    seal: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The four facts a closed item carries apart: signer, acceptor, notice, closing."""

    signer: str
    signed_on: date | None
    acceptor: str
    accepted_on: date | None
    notice: Notice | None
    closed_on: date
    filing: Filing | None


def gathered(items: QuerySet[Item]) -> QuerySet[Item]:
    """Return items with all a page tells of one, fetched at once; for reading, not for acts."""
    return items.select_related("campaign", "standing").prefetch_related(
        "plans__measures",
        Prefetch("claims", Claim.objects.select_related("by_body", "by_post__body")),
        "claims__checks",
        Prefetch("evidence", Evidence.objects.select_related("blob", "by_body")),
        Prefetch("self_checks", SelfCheck.objects.select_related("body")),
        Prefetch("visits__posts", Post.objects.select_related("body")),
        "visits__answers",
        Prefetch("notices", Notice.objects.select_related("paper")),
        Prefetch("notices__objections", Objection.objects.select_related("report")),
        Prefetch("signings", Signing.objects.select_related("claim")),
        Prefetch("disputes", Dispute.objects.select_related("by", "names")),
        Prefetch("places", ItemPlace.objects.select_related("place__area", "place__operator")),
        "watches",
        "rebounds",
    )


def receipts(item: Item) -> tuple[Sent, ...]:
    """Return the papers sent about an item, each at each body, the newest first."""
    rows = Receipt.objects.filter(paper__subject=f"item:{item.code}")
    return tuple(
        Sent(
            row.paper_id,
            str(row.paper.fields.get("title", "")) or row.paper.kind,
            row.paper.number,
            row.paper.kind,
            row.body.key,
            row.body.name,
            row.sent_at.astimezone(BEIJING),
            row.received_at.astimezone(BEIJING) if row.received_at else None,
        )
        for row in rows.select_related("paper", "body").order_by("-sent_at", "pk")
    )


def extensions(item: Item) -> QuerySet[Extension]:
    """Return what was asked about an item's 文件时限, the newest first."""
    return Extension.objects.filter(listing__item=item).order_by("-pk")


def disputes(item: Item) -> tuple[Dispute, ...]:
    """Return the 管辖异议 about an item, the newest first."""
    return tuple(sorted(item.disputes.all(), key=lambda dispute: -dispute.pk))


def latest_notice(item: Item) -> Notice | None:
    """Return the newest notice of an item, running or past."""
    return max(item.notices.all(), key=lambda notice: notice.pk, default=None)


def latest_signing(item: Item) -> Signing | None:
    """Return the newest signing of an item, checked or not."""
    return max(item.signings.all(), key=lambda signing: signing.pk, default=None)


def closed(item: Item) -> Closed | None:
    """Return the four facts of an item that is closed; nothing while it is not."""
    done = Move.objects.filter(item=item, milestone=Milestone.CLOSED, undoing=None)
    move = done.select_related("entry__act").order_by("-pk").first()
    if move is None:
        return None
    signing = latest_signing(item)
    signer = signing.signed_by if signing else move.entry.act.by_post
    passed = item.checks.filter(opinion="pass", claim__state="upheld").select_related("body")
    checks = tuple(passed.order_by("pk"))
    return Closed(
        ledger.titles().get(signer, signer),
        signing.signed_on if signing else move.entry.act.at.astimezone(BEIJING).date(),
        "、".join(dict.fromkeys(check.body.name for check in checks)),
        checks[-1].accepted_on if checks else None,
        latest_notice(item),
        move.effective_on,
        item.filings.order_by("-pk").first(),
    )


def trail(item: Item) -> tuple[Trace, ...]:
    """Return the history of an item with the seal of each line, the newest first."""
    return tuple(
        Trace(line.sentence, line.post, line.at, line.seal, _words(line))
        for line in reversed(ledger.history(item.code))
    )


def _words(line: Told) -> str:
    return str(line.facts.get("text", "")) if line.verb.startswith(ON_PAPER) else ""
