"""规则包: ``zhenggai pack check [DIR]`` names every file and line that does not hold."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai.kernel.verdict import Reason, Refused
from zhenggai.packs.shelf import HERE
from zhenggai.stores.shelf import check

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    checked = actions.add_parser("check", help="检查规则包，逐条列出文件和行号")
    checked.add_argument("folder", nargs="?", metavar="DIR", help="一地的规则包；不写则检查自带的")


def run(options: Namespace) -> int:
    """Check the packs of a folder beside those shipped; without one, those shipped."""
    folder = Path(options.folder) if options.folder else HERE
    if not folder.is_dir():
        raise Refused(Reason("no-folder", f"没有文件夹“{folder}”", "核对路径"))
    problems = check(folder)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        return 1
    print(f"规则包检查通过：{folder}")
    return 0
