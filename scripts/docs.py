"""Pages made from packs and code; ``--write`` makes them, otherwise a stale page fails."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("ZHENGGAI_HOME", tempfile.mkdtemp(prefix="zhenggai-docs-"))

from zhenggai.kernel.standards.model import Limit
from zhenggai.kernel.standards.printed import plain
from zhenggai.kernel.workflow.item import STEPS
from zhenggai.packs.shelf import HERE
from zhenggai.stores.shelf import load_shelf

DOCS = Path(__file__).parents[1] / "docs"
HEAD = "<!-- Made by `make docs ARGS=--write`; do not edit. -->\n"


def steps() -> str:
    """Return the life of an item: the diagram and the table the code runs on."""
    arrows = [
        f"    {source.value} --> {step.target.value}: {step.label}"
        for step in STEPS.values()
        for source in step.sources
    ]
    rows = [
        f"| `{s.verb}` {s.label} | {'、'.join(x.label for x in s.sources)} | {s.target.label} "
        f"| {'、'.join(s.roles)} | {'、'.join(f'`{n}`' for n in s.needs)} |"
        for s in STEPS.values()
    ]
    return "\n".join(
        [HEAD, "# The life of an item 事项的一生", "", "```mermaid", "stateDiagram-v2", *arrows,
         "```", "", "| step | from | to | who may | what must hold |", "|---|---|---|---|---|", *rows,
         ""]
    )  # fmt: skip


def standards() -> str:
    """Return every edition on the shelf with its limits, clause by clause."""
    lines = [HEAD, "# Standards on the shelf 标准", ""]
    for code, editions in sorted(load_shelf((HERE,)).standards.items()):
        for edition in editions:
            checked = "已核对" if edition.in_force_verified else "未核对"
            lines += [f"## {edition.title} ({code}, {edition.edition})", "",
                      f"自 {edition.in_force} 起施行（施行日期{checked}）· {edition.source}", "",
                      "| item | grade | at most | unit | where | clause | checked |",
                      "|---|---|---|---|---|---|---|"]  # fmt: skip
            lines += [row_of(limit) for limit in edition.limits]
            lines.append("")
    return "\n".join(lines)


def row_of(limit: Limit) -> str:
    """Return one limit as a line of the table."""
    bounds = (f"> {plain(limit.above)}" if limit.above is not None else "",
              f"≤ {plain(limit.upto)}" if limit.upto is not None else "")  # fmt: skip
    where = f"{limit.condition} {' '.join(b for b in bounds if b)}" if limit.condition else ""
    checked = "已核对" if limit.verified else "未核对"
    return (f"| {limit.item} | {limit.grade} | {plain(limit.value)} | {limit.unit} | {where} "
            f"| {limit.clause} | {checked} |")  # fmt: skip


PAGES = {"item-life.md": steps, "standards.md": standards}


def main() -> int:
    """Write the pages, or name those that are stale."""
    stale = 0
    for name, make in PAGES.items():
        path, text = DOCS / name, make()
        if "--write" in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            print(f"docs/{name} is stale: run make docs ARGS=--write and commit it")
            stale += 1
    return stale


if __name__ == "__main__":
    sys.exit(main())
