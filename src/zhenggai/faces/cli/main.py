"""命令行: one table of commands; a command is one module, imported when it is asked for.

A command's module has ``add_arguments(parser)`` and ``run(options)``, which returns the exit code.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from importlib import import_module

from zhenggai.kernel.verdict import Refused
from zhenggai.packs.broken import BrokenPackError

COMMANDS = {
    # word       what `zhenggai --help` says of it; the module is faces.cli.<word>
    "demo": "演练：一座虚构城市的全部页面，带演练数据",
    "doctor": "检查本机：数据库、触发器、后台任务、磁盘、规则包",
    "migrate": "建立或升级数据库，登记规则包",
    "open": "登记一份来文，提出待确认的条目",
    "pack": "规则包：检查文件与行",
    "read": "读一份文件：要素及其在原文的位置",
    "seat": "任职：开立账号，某人自今日起任某岗位",
    "serve": "开站：网页与后台任务，直到停止",
    "trail": "留痕：核验链、锚记与各表",
    "work": "办理后台任务，封印留痕",
}


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code; a refusal is printed with its remedies."""
    given = sys.argv[1:] if argv is None else argv
    if not given or given[0] not in COMMANDS:
        print(_help())
        return 0 if given[:1] in ([], ["-h"], ["--help"]) else 2
    name, *rest = given
    command = import_module(f"zhenggai.faces.cli.{name}")
    parser = ArgumentParser(prog=f"zhenggai {name}", description=COMMANDS[name])
    command.add_arguments(parser)
    try:
        return int(command.run(parser.parse_args(rest)))
    except Refused as refused:
        for reason in refused.reasons:
            print(f"✗ {reason.text} → {reason.remedy}", file=sys.stderr)
    except BrokenPipeError:  # whoever read our output has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except BrokenPackError as broken:
        print(f"✗ 规则包损坏：{broken}", file=sys.stderr)
    return 1


def _help() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {says}" for name, says in COMMANDS.items()]
    return "\n".join(["用法：zhenggai 命令 [参数]；zhenggai 命令 --help 看其参数", "", *lines])


if __name__ == "__main__":
    sys.exit(main())
