"""按时点取数: one query over base and delta files, as of what was known.

A delta row hides the base row of the same place, series and time; among the delta rows known by
then the greatest (seq, revision) wins.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai.analytics.observations import U4, Observation, moment
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

THREADS = 2
EVER = 2**63 - 1

_FROM_FILES = """
WITH codes AS (
  SELECT file_name, unnest(range(len(keys))) AS code, unnest(keys) AS name
  FROM (SELECT file_name, from_json(decode(value), '["VARCHAR"]') AS keys
        FROM parquet_kv_metadata($files) WHERE decode(key) = 'series')
)
SELECT DISTINCT p.place, c.name, p.t, p.ticks, p.flag
FROM read_parquet($files, filename = true, union_by_name = true) p
JOIN codes c ON c.file_name = p.filename AND c.code = p.series
WHERE ($place IS NULL OR p.place = $place)
  AND (len($series) = 0 OR list_contains($series, c.name))
  AND p.t BETWEEN $since AND $until
"""
# A base row has neither seq nor revision: it stands until a known correction hides it. Rows that
# rank equal are all kept, so that a contradiction comes out instead of being settled by chance.
_KNOWN_BY_THEN = """
  AND (p.seq IS NULL OR p.seq <= $known)
QUALIFY rank() OVER (PARTITION BY p.place, c.name, p.t
                     ORDER BY p.seq DESC NULLS LAST, p.revision DESC NULLS LAST) = 1
"""
_SORTED = "ORDER BY ALL"


@dataclass(frozen=True, slots=True)
class Span:
    """What is asked for; nothing named means any. Times are in seconds, both ends included."""

    place: int | None = None
    series: tuple[str, ...] = ()
    since: int = 0
    until: int = U4


def rows_asof(
    paths: Sequence[str], span: Span, *, corrected: bool, known_seq: int | None
) -> tuple[Observation, ...]:
    """Return the rows of a span, sorted by place, series and time.

    Parameters
    ----------
    corrected
        Whether a delta file is among the paths.
    known_seq
        The last act known; None means all.
    """
    if not paths:
        return ()
    given: dict[str, object] = {
        "files": list(paths),
        "place": span.place,
        "series": list(span.series),
        "since": span.since,
        "until": span.until,
    }
    query = _FROM_FILES + _SORTED
    if corrected:
        query = _FROM_FILES + _KNOWN_BY_THEN + _SORTED
        given["known"] = EVER if known_seq is None else known_seq
    return _single(Observation(p, s, moment(t), k, f) for p, s, t, k, f in _asked(query, given))


def _asked(query: str, given: dict[str, object]) -> list[tuple[int, str, int, int, int]]:
    import duckdb  # noqa: PLC0415 - loaded when the first page needs it

    with duckdb.connect(config={"threads": THREADS}) as engine:
        return engine.execute(query, given).fetchall()


def _single(rows: Iterable[Observation]) -> tuple[Observation, ...]:
    """Let no time have two values: files that contradict each other are told, not settled."""
    found: dict[tuple[int, str, object], Observation] = {}
    for row in rows:
        if found.setdefault((row.place, row.series, row.at), row) != row:
            raise Refused(_contradiction(row))
    return tuple(found.values())


def _contradiction(row: Observation) -> Reason:
    when = f"{row.at:%Y-%m-%d %H:%M}"
    return Reason(
        "archive-contradiction",
        f"档案中点位{row.place}的{row.series}在{when}有两个同等效力的数值",
        "以更正录入确认其中一个数值，更正后即可读取",
        (f"observation:{row.place}/{row.series}/{when}",),
    )
