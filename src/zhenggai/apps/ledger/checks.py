"""What must be true before the installation starts: the step table, and what is only added to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.checks import CheckMessage, Error, Tags, register

from zhenggai.apps.ledger.models import Move, Undoing
from zhenggai.apps.trail.triggers import protect
from zhenggai.kernel.workflow.grants import unknown_needs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.apps import AppConfig

protect(Move)
protect(Undoing)


@register(Tags.models)
def every_need_is_written(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - Django's signature
    **kwargs: object,  # noqa: ARG001 - same
) -> list[CheckMessage]:
    """Refuse to start while the step table names a need nobody has written."""
    return [
        Error(f"step table: unknown need {need!r}", id="zhenggai.E001") for need in unknown_needs()
    ]
