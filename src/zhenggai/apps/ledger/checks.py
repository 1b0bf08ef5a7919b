"""What must be true of the step table and of what is only added to; what verification compares."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.core.checks import CheckMessage, Error, Tags, register

from zhenggai.apps.ledger.models import Move, Undoing
from zhenggai.apps.trail.canonical import fingerprint
from zhenggai.apps.trail.faults import Fault, the_entry
from zhenggai.apps.trail.triggers import protect
from zhenggai.apps.trail.verify import witness
from zhenggai.kernel.workflow.grants import unknown_needs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.apps import AppConfig

protect(Move)
protect(Undoing)
MOVE_COLUMNS = (
    "verb",
    "source",
    "target",
    "milestone",
    "effective_on",
    "grounds",
    "run_ref",
    "overridden",
)


@register(Tags.models)
def every_need_is_written(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - Django's signature
    **kwargs: object,  # noqa: ARG001 - same
) -> list[CheckMessage]:
    """Refuse to start while the step table names a need nobody has written."""
    return [
        Error(f"step table: unknown need {need!r}", id="zhenggai.E001") for need in unknown_needs()
    ]


@witness("ledger.moves")
def moves_are_what_their_entries_said() -> Iterator[Fault]:
    """Tell every move whose columns are not those its entry was written with."""
    for move in Move.objects.select_related("entry").order_by("pk").iterator():
        said = json.loads(move.entry.body).get("facts", {}).get("move")
        if fingerprint({name: getattr(move, name) for name in MOVE_COLUMNS}) != said:
            text = f"表ledger.move第{move.pk}行与{the_entry(move.entry)}所记不符"
            yield Fault("move-changed", text)
