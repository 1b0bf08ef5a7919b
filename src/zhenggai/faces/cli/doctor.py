"""zhenggai doctor: 检查本机, one line each, with what to do where something is wrong."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from zhenggai.faces.cli.installation import wake
from zhenggai.packs.broken import BrokenPackError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

_LEAST_FREE = 2 * 2**30
_MOST_UNSEALED = 1000
_MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's: what was looked at, whether it is well, what to do if not."""

    well: bool
    text: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"✓ {self.text}" if self.well else f"✗ {self.text} → {self.remedy}"


def add_arguments(parser: ArgumentParser) -> None:
    """Take nothing."""


def run(options: Namespace) -> int:  # noqa: ARG001 - what every command takes
    """Print every finding; return 1 if anything is wrong."""
    wake()
    findings = [_packs(), _disk(), _database()]
    if findings[-1].well:
        findings.append(_migrations())
    if findings[-1].well:
        findings += [look() for look in _OF_THE_TRAIL]
    for finding in findings:
        print(finding)
    return 0 if all(finding.well for finding in findings) else 1


def _packs() -> Finding:
    from zhenggai.apps.trail import queries  # noqa: PLC0415 - needs the chapters awake

    try:
        return Finding(well=True, text=f"规则包可读，指纹{queries.packs_now()[:12]}")
    except BrokenPackError as broken:
        return Finding(well=False, text=f"规则包损坏：{broken}", remedy="按所指文件与行改正")


def _disk() -> Finding:
    from django.conf import settings  # noqa: PLC0415 - needs the chapters awake

    free = shutil.disk_usage(settings.HOME).free
    text = f"数据目录{settings.HOME}所在磁盘余{free / 2**30:.1f} GiB"
    return Finding(free >= _LEAST_FREE, text, "清理或扩充磁盘，至少留2 GiB")


def _database() -> Finding:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        remedy = "启动数据库，核对ZHENGGAI_DATABASE"
        return Finding(well=False, text=f"数据库连不上：{error}".strip(), remedy=remedy)
    return Finding(well=True, text=f"数据库可用（{connection.display_name}）")


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    text = f"数据库尚有{len(waiting)}项升级未做" if waiting else "数据库结构与程序一致"
    return Finding(not waiting, text, "运行 zhenggai migrate")


def _triggers() -> Finding:
    from zhenggai.apps.trail import triggers  # noqa: PLC0415 - needs the chapters awake

    gone = triggers.missing()
    text = f"触发器缺失：{'、'.join(gone)}" if gone else "只增不改的触发器齐全"
    remedy = "查明原因，先运行 zhenggai trail verify，再运行 zhenggai migrate 装回"
    return Finding(not gone, text, remedy)


def _recorded_packs() -> Finding:
    from zhenggai.apps.trail import queries  # noqa: PLC0415 - needs the chapters awake

    same = queries.packs_now() == queries.packs_recorded()
    text = "规则包与登记一致" if same else "规则包与登记的不一致"
    return Finding(same, text, "核对规则包的改动，确认后运行 zhenggai migrate 登记")


def _unsealed() -> Finding:
    from zhenggai.apps.trail import sealing  # noqa: PLC0415 - needs the chapters awake

    waiting = sealing.unsealed()
    text = f"待封印的留痕{waiting}条"
    return Finding(waiting <= _MOST_UNSEALED, text, "运行 zhenggai work，使留痕随时封印")


def _dead_jobs() -> Finding:
    from zhenggai.apps.trail import queries  # noqa: PLC0415 - needs the chapters awake

    dead = queries.dead_jobs()
    if not dead:
        return Finding(well=True, text="没有办不下去的后台任务")
    shown = "；".join(f"{job.key}：{job.error}" for job in dead[:_MOST_SHOWN])
    remedy = "按各条所述处理后重新发起"
    return Finding(well=False, text=f"办不下去的后台任务{len(dead)}项：{shown}", remedy=remedy)


_OF_THE_TRAIL: tuple[Callable[[], Finding], ...] = (
    _triggers,
    _recorded_packs,
    _unsealed,
    _dead_jobs,
)
