"""行: rows put into a scratch installation in bulk, not by acts: a benchmark of reading may.

Their entries are made as ``note`` makes them, so that the trail verifies.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from zhenggai.apps.ledger.models import (
    Campaign,
    Duty,
    Item,
    List,
    Listing,
    ListVersion,
    Standing,
)
from zhenggai.apps.parties.models import Area, Body
from zhenggai.apps.trail import acts, clock, models
from zhenggai.apps.trail.canonical import canonical, fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ISSUED = date(2026, 1, 1)
CUTOFF = date(2026, 8, 31)
BATCH = 2000


def entries(
    count: int, per_act: int = 1, rows: Sequence[Mapping[str, object]] = ({},), first: int = 0
) -> list[models.Entry]:
    """Put so many entries on the trail, in acts of some entries each, as ``note`` writes them.

    Parameters
    ----------
    rows
        What the entries witness, in turn.
    first
        The number of the first act, so that acts of several calls differ.
    """
    at = datetime(2026, 2, 1, 9, tzinfo=clock.BEIJING)
    made_acts, made = [], []
    for k in range((count + per_act - 1) // per_act):
        act = acts.Act(UUID(int=first + k + 1), "office-1", "office-1", at, acts.Via.WEB)
        said, digest = fingerprint(act), fingerprint(k)
        row = models.Act(
            id=act.id, by_post=act.post, by_person=act.person, via=act.via, at=at,
            recorded_at=at, digest=digest, outcome=f"item:B-{k}",
        )  # fmt: skip
        made_acts.append(row)
        for n in range(min(per_act, count - k * per_act)):
            number = k * per_act + n
            body = canonical(
                {
                    "act": said,
                    "facts": {"number": number, "held": ["duties_named", "actor_answers"]},
                    "item": f"B-{number % 3000:05}",
                    "n": n,
                    "rows": rows[number % len(rows)],
                    "subject": f"item:{number}",
                    "verb": "ledger.item.closed",
                }
            )
            made.append(
                models.Entry(
                    act=row, n=n, verb="ledger.item.closed", subject=f"item:{number}",
                    item_ref=f"B-{number % 3000:05}", body=body,
                    digest=hashlib.sha256(body.encode()).hexdigest(),
                )
            )  # fmt: skip
    models.Act.objects.bulk_create(made_acts, BATCH)
    return models.Entry.objects.bulk_create(made, BATCH)


def listed(count: int) -> tuple[ListVersion, list[Item]]:
    """Put a list of so many items in the ledger, each with its duties and its standing."""
    bodies = counties()
    campaign = Campaign.objects.create(
        key="zhaoling-2026", name="昭陵", pack="zhaoling-2026", authority=bodies[0], simulated=True
    )
    heading = List.objects.create(campaign=campaign, key="city", name="市级清单", level="市")
    version = ListVersion.objects.create(
        list=heading, no=1, in_force_on=ISSUED, entry=entries(1)[0]
    )
    items = Item.objects.bulk_create(
        [
            Item(
                code=f"B-{n:05}", campaign=campaign, theme="township-sewage", chain="city-two",
                title=f"第{n}项污水处理厂建设", stage="under_way",
            )
            for n in range(count)
        ],
        BATCH,
    )  # fmt: skip
    Listing.objects.bulk_create(
        [
            Listing(
                version=version, number=str(n), item=item, deadline_kind="exact",
                due_on=ISSUED + timedelta(days=n * 7 % 365),
            )
            for n, item in enumerate(items)
        ],
        BATCH,
    )  # fmt: skip
    Duty.objects.bulk_create(
        [
            Duty(item=item, kind=kind, body=bodies[(n + k) % len(bodies)], since=ISSUED)
            for n, item in enumerate(items)
            for k, kind in enumerate(("territorial", "acceptor"))
        ],
        BATCH,
    )
    Standing.objects.bulk_create(
        [Standing(item=item, node_on=CUTOFF, slack_wd=n % 20) for n, item in enumerate(items)],
        BATCH,
    )
    return version, items


def counties() -> list[Body]:
    """Put twelve invented counties and their governments there."""
    areas = Area.objects.bulk_create(
        Area(code=f"9905{n:02}", name=f"第{n}县", level="county", since=ISSUED) for n in range(12)
    )
    return Body.objects.bulk_create(
        Body(key=f"b{a.code}", name=f"{a.name}政府", kind="government", area=a, since=ISSUED)
        for a in areas
    )
