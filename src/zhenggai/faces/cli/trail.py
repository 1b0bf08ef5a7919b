"""zhenggai trail verify: 核验留痕, and name whatever is not as it was recorded."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai.faces.cli.installation import wake

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    verify = parser.add_subparsers(dest="what", required=True).add_parser("verify", help="核验")
    verify.add_argument("--against", type=Path, metavar="锚点文件", help="另存的anchors.log副本")


def run(options: Namespace) -> int:
    """Print every fault and return 1, or print a summary and return 0."""
    wake()
    from zhenggai.apps.trail.verify import verify  # noqa: PLC0415 - needs the chapters awake

    report = verify(options.against, progress=_progress)
    for fault in report.faults:
        print(f"✗ {fault.text}")
    summary = f"留痕{report.entries}条，已封印{report.sealed}条，待封印{report.unsealed}条"
    if report.faults:
        print(f"核验未通过：{len(report.faults)}处不符；{summary}，锚点{report.anchors}个")
        return 1
    print(f"✓ 核验通过：{summary}，锚点{report.anchors}个")
    return 0


def _progress(read: int) -> None:
    print(f"已读{read}条", file=sys.stderr)
