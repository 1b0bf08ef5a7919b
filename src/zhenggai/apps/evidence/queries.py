"""Questions about evidence and claims: what is there, what is missing, who signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from zhenggai.apps.evidence.models import Blob, Evidence
from zhenggai.apps.ledger import queries as ledger
from zhenggai.apps.ledger.access import visible_to
from zhenggai.apps.trail.clock import BEIJING
from zhenggai.kernel.reconcile.model import PaperFact
from zhenggai.kernel.standards.printed import on_day
from zhenggai.kernel.themes.criterion import RatioBetween
from zhenggai.kernel.verdict import Reason, Refused
from zhenggai.stores.blobs import Blobs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from decimal import Decimal

    from zhenggai.apps.evidence.models import Claim, SelfCheck
    from zhenggai.apps.ledger.models import Item
    from zhenggai.apps.parties.models import Post
    from zhenggai.kernel.themes.theme import EvidenceKind

SELF_CHECK = "self-check"
PHOTOS = "photo"
PAIR = 2


@dataclass(frozen=True, slots=True)
class File:
    """A file as a page shows it."""

    ref: str
    kind: str
    kind_name: str
    name: str
    about_on: date | None
    media: str
    bytes: int
    width: int | None
    height: int | None
    round_no: int
    by_body: str
    taken_at: datetime | None
    lon: Decimal | None
    lat: Decimal | None


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file somebody may see."""

    name: str
    media: str
    content: bytes


def blobs() -> Blobs:
    """Return the folder of files of this installation."""
    return Blobs(settings.HOME / "blobs")


def kinds(item: Item) -> Mapping[str, EvidenceKind]:
    """Return the kinds of evidence an item's theme asks for."""
    theme = ledger.shelf().themes.get(item.theme)
    return {kind.kind: kind for kind in (theme.evidence if theme else ())}


def claimable(item: Item) -> Mapping[str, str]:
    """Return what a claim may say in numbers: key to its name and unit."""
    theme = ledger.shelf().themes.get(item.theme)
    criteria = theme.criteria if theme else ()
    return {
        c.says: f"{c.says_name}（{c.says_unit}）" for c in criteria if isinstance(c, RatioBetween)
    }


def files(item: Item) -> tuple[File, ...]:
    """Return the evidence of an item, in the order it was put forward."""
    known = kinds(item)
    rows = sorted(item.evidence.all(), key=lambda row: row.pk)
    return tuple(
        File(
            f"evidence:{row.pk}",
            row.kind,
            known[row.kind].name if row.kind in known else row.kind,
            row.name,
            row.about_on,
            row.blob.media,
            row.blob.bytes,
            row.blob.width,
            row.blob.height,
            row.round_no,
            row.by_body.name,
            row.blob.taken_at,
            row.blob.lon,
            row.blob.lat,
        )
        for row in rows
    )


def missing_evidence(item: Item) -> tuple[str, ...]:
    """Name each kind of evidence this round still lacks; nothing when all is there."""
    files_now = [row for row in item.evidence.all() if row.round_no == item.round_no]
    signed = sum(check.round_no == item.round_no for check in item.self_checks.all())
    return tuple(
        kind.name for kind in kinds(item).values() if not _is_there(kind, files_now, signed)
    )


def papers(item: Item) -> tuple[PaperFact, ...]:
    """Return the papers of this round the way the kernel weighs them, each by its own day."""
    rows = item.evidence.filter(round_no=item.round_no).exclude(kind__startswith=PHOTOS)
    return tuple(
        PaperFact(row.kind, row.about_on, f"evidence:{row.pk}")
        for row in rows.order_by("pk")
        if row.about_on is not None
    )


def open_claim(item: Item) -> Claim | None:
    """Return the claim that is in hand, if there is one."""
    return next((claim for claim in item.claims.all() if claim.state == "open"), None)


def claim_in_force(item: Item) -> Claim | None:
    """Return the open claim, else the newest that was upheld."""
    found = claims(item)
    of_state = (c for state in ("open", "upheld") for c in found if c.state == state)
    return next(of_state, None)


def claims(item: Item) -> tuple[Claim, ...]:
    """Return every claim of an item, the newest first."""
    return tuple(sorted(item.claims.all(), key=lambda claim: -claim.no))


def self_checks(item: Item) -> tuple[SelfCheck, ...]:
    """Return the self-checks signed for an item, in order."""
    return tuple(sorted(item.self_checks.all(), key=lambda check: check.pk))


def signers(claim: Claim) -> Mapping[str, str]:
    """Say for each person when and as what they signed for a claim."""
    said: dict[str, list[str]] = {}
    signed = (s for s in claim.item.self_checks.all() if s.signed_on <= claim.claimed_on)
    for check in sorted(signed, key=lambda s: (s.signed_on, s.pk)):
        words = f"{on_day(check.signed_on)}以{check.as_title}身份签署自查"
        said.setdefault(check.person, []).append(words)
    title = f"{claim.by_post.body.name}{claim.by_post.title}"
    claimed = f"{on_day(claim.claimed_on)}以{title}身份申请销号"
    said.setdefault(claim.by_person, []).append(claimed)
    return {person: "；".join(words) for person, words in said.items()}


def evidence_of(item: Item, reference: str) -> Evidence:
    """Return one piece of an item's evidence, or say that it is not this item's."""
    pk = reference.removeprefix("evidence:")
    found = item.evidence.filter(pk=int(pk)).first() if pk.isdigit() else None
    if found is None:
        text = f"{item.code}没有佐证{reference}"
        raise Refused(Reason("unknown-evidence", text, "先上传该件"), subject=f"item:{item.code}")
    return found


def content_for(post: Post, on: date, reference: str) -> Content | None:
    """Return a file's bytes to a post that may see its item; to others it does not exist."""
    row = _seen(post, on, reference)
    if row is None:
        return None
    with blobs().open(row.blob_id) as file:
        return Content(row.name, row.blob.media, file.read())


def thumbnail_for(post: Post, on: date, reference: str, width: int) -> bytes | None:
    """Return a small copy of a photo to a post that may see its item."""
    row = _seen(post, on, reference)
    return None if row is None else blobs().thumbnail(row.blob_id, width)


def kept(sha256: str) -> Blob | None:
    """Return what is known of a kept file."""
    return Blob.objects.filter(pk=sha256).first()


def _seen(post: Post, on: date, reference: str) -> Evidence | None:
    pk = reference.removeprefix("evidence:")
    rows = Evidence.objects.filter(item__in=visible_to(post, on)).select_related("blob")
    return rows.filter(pk=int(pk)).first() if pk.isdigit() else None


def _is_there(kind: EvidenceKind, files_now: list[Evidence], signed: int) -> bool:
    if kind.kind == SELF_CHECK:
        return signed >= kind.count
    rows = [row for row in files_now if row.kind == kind.kind]
    if kind.kind.startswith(PHOTOS):
        days = {_day_of(row) for row in rows} - {None}
        return len(days) >= PAIR and len(rows) >= PAIR * kind.count
    return len(rows) >= kind.count


def _day_of(row: Evidence) -> date | None:
    """Return the day a photo shows: as said, else as its own clock says."""
    if row.about_on is not None:
        return row.about_on
    taken = row.blob.taken_at
    return taken.astimezone(BEIJING).date() if taken else None
