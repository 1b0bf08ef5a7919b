"""zhenggai work: 办理后台任务 until it is told to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.faces.cli.installation import wake
from zhenggai.faces.cli.processes import told_to_stop

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Take nothing."""


def run(options: Namespace) -> int:  # noqa: ARG001 - what every command takes
    """Work until SIGINT or SIGTERM; the job at hand is finished first."""
    wake()
    from zhenggai.apps.trail import triggers, work  # noqa: PLC0415 - needs the chapters awake

    triggers.require()
    with told_to_stop() as stop:
        work.work_forever(stop)
    return 0
