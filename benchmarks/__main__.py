"""Run all benchmarks, or those named: ``python -m benchmarks rates trail``."""

from __future__ import annotations

import sys
from importlib import import_module
from time import perf_counter

from benchmarks import scratch
from benchmarks.measure import table

ALL = ("rates", "trail", "archive", "ledger", "reading", "schedule")


def main(names: list[str]) -> int:
    """Print a table for each benchmark, and how long all of it took."""
    unknown = sorted(set(names) - set(ALL))
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are {', '.join(ALL)}", file=sys.stderr)
        return 2
    began = perf_counter()
    scratch.wake()
    for name in names or ALL:
        lines = import_module(f"benchmarks.{name}").run()
        print(table(name, lines), flush=True)
    print(f"{perf_counter() - began:.0f} s in all")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
