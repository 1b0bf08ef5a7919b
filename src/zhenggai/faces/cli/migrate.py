"""zhenggai migrate: 建立或升级数据库, and record the packs the installation judges by."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.management import call_command

from zhenggai.faces.cli.installation import wake

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Take nothing."""


def run(options: Namespace) -> int:  # noqa: ARG001 - what every command takes
    """Bring the tables up to date, put the triggers back, record packs that changed."""
    wake()
    from zhenggai.apps.trail import actions, clock, queries  # noqa: PLC0415 - chapters awake
    from zhenggai.apps.trail.acts import Act, Via  # noqa: PLC0415 - same

    call_command("migrate", interactive=False, verbosity=0)
    packs = queries.packs_now()
    if packs != queries.packs_recorded():
        act = Act(uuid4(), "system", "system", clock.now(), Via.CLI)
        actions.record_packs(packs, act=act)
        print(f"✓ 已登记规则包，指纹{packs[:12]}")
    print("✓ 数据库已是最新")
    return 0
