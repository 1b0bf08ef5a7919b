"""一行量度: how long something took, and how long its peer took in the same run."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")
_THOUSAND = 1000
_HEAD = ("what", "ms", "peer or limit", "its ms", "ratio", "remark")


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison; a ratio above 1 says how many times the peer's time was taken."""

    what: str
    seconds: float
    peer: str
    peer_seconds: float
    remark: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The line as it is printed."""
        ratio = self.seconds / self.peer_seconds if self.peer_seconds else float("inf")
        return (
            self.what,
            _ms(self.seconds),
            self.peer,
            _ms(self.peer_seconds),
            f"{ratio:.2f}" if ratio < 100 else f"{ratio:.0f}",
            self.remark,
        )


def best(work: Callable[[], T], times: int = 5) -> tuple[float, T]:
    """Return the shortest of some runs in seconds, and what the last of them gave."""
    took = []
    for _ in range(times):
        began = perf_counter()
        gave = work()
        took.append(perf_counter() - began)
    return min(took), gave


def table(name: str, lines: Iterable[Line]) -> str:
    """Return one benchmark's lines as a table of Markdown."""
    rows = [_HEAD, *(line.cells for line in lines)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(_HEAD))]
    said = [
        "| " + " | ".join(c.ljust(w) for c, w in zip(r, widths, strict=True)) + " |" for r in rows
    ]
    said.insert(1, "|" + "|".join("-" * (w + 2) for w in widths) + "|")
    return "\n".join([f"## {name}", "", *said, ""])


def _ms(seconds: float) -> str:
    ms = seconds * _THOUSAND
    return f"{ms:,.0f}" if ms >= 100 else f"{ms:.1f}" if ms >= 1 else f"{ms:.3f}"
