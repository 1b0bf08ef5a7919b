"""责任: who answers for an item as what; the acceptor is never one of those who answer.

A module of its own because lists, hand-over and 管辖异议 all name duties.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.ledger.lines import ONE_HOLDER
from zhenggai.apps.ledger.models import Duty
from zhenggai.apps.ledger.queries import step_facts
from zhenggai.apps.parties.queries import body_named
from zhenggai.apps.trail.acts import note
from zhenggai.kernel.verdict import Refused
from zhenggai.kernel.workflow.needs import acceptor_apart

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.apps.ledger.models import Item
    from zhenggai.apps.trail.acts import Act
    from zhenggai.kernel.workflow.facts import Actor

DUTY_COLUMNS = ("item", "kind", "body", "since", "until")


def name_duty(item: Item, kind: str, body_key: str, *, act: Act) -> None:
    """Give a body a duty from today on, inside an act that has said who may."""
    on = act.on
    body = body_named(body_key)
    held = Duty.objects.filter(item=item, kind=kind, until=None)
    if held.filter(body=body).exists():
        return
    ended = list(held) if kind in ONE_HOLDER else []
    for duty in ended:
        end_duty(duty, on)
    duty, _ = Duty.objects.update_or_create(
        item=item, kind=kind, body=body, since=on, defaults={"until": None}
    )
    rows = [(row, DUTY_COLUMNS) for row in (*ended, duty)]
    note(
        act,
        "ledger.duty.assigned",
        f"item:{item.code}",
        item=item.code,
        rows=rows,
        kind=kind,
        body=body.key,
    )


def end_duty(duty: Duty, on: date) -> None:
    """End a duty on a day; the row stays in the item's history."""
    duty.until = on
    duty.save(update_fields=["until"])


def require_apart(item: Item, actor: Actor, act: Act) -> None:
    """Refuse an acceptor who answers for the item, or stands above or below one who does."""
    facts = step_facts(item, actor, act)
    if facts.acceptor is None:
        return
    reasons = acceptor_apart(facts)
    if reasons:
        raise Refused(*reasons, subject=f"item:{item.code}")
