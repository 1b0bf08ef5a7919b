"""Pages made from packs and code; ``--write`` makes them, otherwise a stale page fails."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai.kernel.standards.printed import plain
from zhenggai.kernel.workflow.item import STEPS
from zhenggai.packs.shelf import HERE
from zhenggai.stores.shelf import load_shelf

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhenggai.kernel.standards.model import Limit, Standard

DOCS = Path(__file__).parents[1] / "docs"
HEAD = "<!-- Made by `make docs ARGS=--write`; do not edit. -->\n"


def steps() -> str:
    """Return the life of an item: the diagram and the table the code runs on."""
    arrows = (
        f"    {source.value} --> {step.target.value}: {step.label}"
        for step in STEPS.values()
        for source in step.sources
    )
    rows = (
        (
            f"`{s.verb}` {s.label}",
            "、".join(stage.label for stage in s.sources),
            s.target.label,
            "、".join(s.roles),
            "、".join(f"`{need}`" for need in s.needs),
        )
        for s in STEPS.values()
    )
    diagram = "\n".join(["```mermaid", "stateDiagram-v2", *arrows, "```"])
    heads = ("step", "from", "to", "who may", "what must hold")
    return f"{HEAD}\n# The life of an item 事项的一生\n\n{diagram}\n\n{table(heads, rows)}"


def standards() -> str:
    """Return every edition on the shelf with its limits, clause by clause."""
    shelf = load_shelf((HERE,)).standards
    editions = (edition for code in sorted(shelf) for edition in shelf[code])
    return f"{HEAD}\n# Standards on the shelf 标准\n\n" + "\n".join(map(edition_of, editions))


def edition_of(standard: Standard) -> str:
    """Return one edition: when it came into force, how well that is known, and its limits."""
    head = f"## {standard.title} ({standard.code}, {standard.edition})"
    since = f"自 {standard.in_force} 起施行（施行日期{known(verified=standard.in_force_verified)}）"
    heads = ("item", "grade", "at most", "unit", "where", "clause", "checked")
    limits = table(heads, (limit_of(limit) for limit in standard.limits))
    return f"{head}\n\n{since} · {standard.source}\n\n{limits}"


def limit_of(limit: Limit) -> tuple[str, ...]:
    """Return one limit as the cells of its row."""
    above = f" > {plain(limit.above)}" if limit.above is not None else ""
    upto = f" ≤ {plain(limit.upto)}" if limit.upto is not None else ""
    where = f"{limit.condition}{above}{upto}" if limit.condition else ""
    value, checked = plain(limit.value), known(verified=limit.verified)
    return limit.item, limit.grade, value, limit.unit, where, limit.clause, checked


def known(*, verified: bool) -> str:
    """Say whether two readers have held a fact against the original."""
    return "已核对" if verified else "未核对"


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a table in Markdown."""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


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
