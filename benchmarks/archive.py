"""观测档案: thirty days of one place, by the archive's query and by one bare query of DuckDB."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from unittest.mock import patch

import duckdb

from benchmarks.measure import Line, best
from benchmarks.scratch import installation
from zhenggai.analytics.observations import BEIJING, Flag, Observation, seconds
from zhenggai.stores.archive import Archive

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhenggai.stores.archive import ArchiveFile


PLACES, DAYS, SERIES = 50, 730, 13
FIRST = date(2024, 8, 1)
SINCE, UNTIL = date(2026, 6, 17), date(2026, 7, 16)
ASKED = 17
KEYS = tuple(f"series_{n:02}" for n in range(SERIES))
_BARE = """
SELECT place, series, t, ticks, flag FROM read_parquet($files, union_by_name = true)
WHERE place = $place AND t BETWEEN $since AND $until ORDER BY ALL
"""


def run() -> Iterator[Line]:
    """Read from files as imports leave them (one a place and month), and from compacted ones."""
    with installation() as home, patch.object(os, "fsync"):  # filling only; reading asks for none
        store = Archive(home / "archive")
        base = [
            f
            for place in range(1, PLACES + 1)
            for f in store.write(_years(place), kind="works", layer="base")
        ]
        deltas = [
            f
            for seq in (10, 20)
            for place in range(1, PLACES + 1)
            for f in store.write(_corrected(place, seq), kind="works", layer="delta", seq=seq)
        ]
        compacted = store.compact(base)
        yield _line("30 days of a place, as imported", store, base)
        yield _line("the same, compacted", store, compacted)
        yield _line("as of a seal, with corrections", store, [*base, *deltas], known_seq=10)
        yield _line("the same, base compacted", store, [*compacted, *deltas], known_seq=10)


def _line(
    what: str, store: Archive, files: Sequence[ArchiveFile], known_seq: int | None = None
) -> Line:
    ours, rows = best(
        lambda: store.select(
            files, place=ASKED, series=KEYS, first=SINCE, last=UNTIL, known_seq=known_seq
        ),
        3,
    )
    assert len(rows) == 30 * SERIES, len(rows)
    months = (f"{SINCE:%Y-%m}", f"{UNTIL:%Y-%m}")
    paths = [str(store.root / f.path) for f in files if months[0] <= f.month <= months[1]]
    theirs, bare = best(lambda: _bare(paths), 3)
    assert len(bare) >= len(rows)
    return Line(
        what, ours, "one bare query, same files", theirs, f"{len(paths)} files, {len(rows)} rows"
    )


def _bare(paths: list[str]) -> list[tuple[int, ...]]:

    first = datetime(SINCE.year, SINCE.month, SINCE.day, tzinfo=BEIJING)
    last = datetime(UNTIL.year, UNTIL.month, UNTIL.day, tzinfo=BEIJING) + timedelta(days=1)
    given = {"files": paths, "place": ASKED, "since": seconds(first), "until": seconds(last) - 1}
    with duckdb.connect(config={"threads": 2}) as engine:
        return engine.execute(_BARE, given).fetchall()


def _years(place: int) -> list[Observation]:
    days = [FIRST + timedelta(days=n) for n in range(DAYS)]
    return _values(place, days, 0)


def _corrected(place: int, seq: int) -> list[Observation]:
    """Every tenth day of the two months, corrected twice."""
    days = [date(2026, 6, 1) + timedelta(days=n) for n in range(0, 60, 10)]
    return _values(place, days, seq)


def _values(place: int, days: list[date], more: int) -> list[Observation]:
    return [
        Observation(
            place, key, datetime(d.year, d.month, d.day, tzinfo=BEIJING),
            1000 + (place * 31 + k * 17 + d.toordinal() * 7) % 900 + more, Flag.OK,
        )
        for d in days
        for k, key in enumerate(KEYS)
    ]  # fmt: skip
