"""档案文件: how one month of one kind becomes a Parquet file, and its record in a manifest.

Columns: place u4, series u2, t u4 (seconds since 1970 UTC), ticks i4, flag u1; a delta file also
has revision u2 and seq i8. Rows are sorted by place, series, time. The number in ``series`` is an
index into the list of keys in the file's own metadata, so a file can be read without a pack.
"""

from __future__ import annotations

import io
import json
from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Literal, TypedDict

from zhenggai.analytics.observations import BEIJING, Flag, Observation, seconds
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Layer = Literal["base", "delta"]
KEYS = "series"


class FileLine(TypedDict):
    """A file as one line of the manifest's JSON."""

    path: str
    sha256: str
    rows: int
    kind: str
    month: str
    layer: Layer


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """What a manifest knows of one file; ``path`` is relative to the archive's folder.

    Parameters
    ----------
    month
        The Beijing month of the rows, as ``2026-07``.
    """

    path: str
    sha256: str
    rows: int
    kind: str
    month: str
    layer: Layer

    def to_json(self) -> FileLine:
        """Return the line to store in a manifest."""
        return {
            "path": self.path,
            "sha256": self.sha256,
            "rows": self.rows,
            "kind": self.kind,
            "month": self.month,
            "layer": self.layer,
        }

    @classmethod
    def from_json(cls, line: FileLine) -> ArchiveFile:
        """Return the file a manifest's line speaks of."""
        return cls(**line)


@dataclass(frozen=True, slots=True)
class Correction:
    """When a delta file came to be known: its place in the trail, and which revision it is."""

    seq: int
    revision: int


def by_month(observations: Iterable[Observation]) -> Mapping[str, Sequence[Observation]]:
    """Sort into Beijing months; a repeated row is dropped, a contradicting one refused."""
    single: dict[tuple[int, str, int], Observation] = {}
    for row in observations:
        key = (row.place, row.series, seconds(row.at))
        other = single.setdefault(key, row)
        if (other.ticks, other.flag) != (row.ticks, row.flag):
            raise Refused(_two_values(row))
    months: dict[str, list[Observation]] = defaultdict(list)
    for key in sorted(single):
        row = single[key]
        months[f"{row.at.astimezone(BEIJING):%Y-%m}"].append(row)
    return months


def _two_values(row: Observation) -> Reason:
    when = f"{row.at.astimezone(BEIJING):%Y-%m-%d %H:%M}"
    return Reason(
        "archive-two-values",
        f"点位{row.place}的{row.series}在{when}有两个不同的数值，不能入档",
        "核对原始记录，保留一个数值后重新提交",
        (f"observation:{row.place}/{row.series}/{when}",),
    )


def encoded(rows: Sequence[Observation], correction: Correction | None) -> bytes:
    """Return sorted rows as the bytes of a Parquet file: the same rows give the same bytes."""
    import pyarrow as pa  # noqa: PLC0415 - 0.4 s and 40 MB that a web process must not pay
    from pyarrow import parquet  # noqa: PLC0415

    keys = sorted({r.series for r in rows})
    code = {key: number for number, key in enumerate(keys)}
    columns = {
        "place": pa.array([r.place for r in rows], pa.uint32()),
        "series": pa.array([code[r.series] for r in rows], pa.uint16()),
        "t": pa.array([seconds(r.at) for r in rows], pa.uint32()),
        "ticks": pa.array([r.ticks for r in rows], pa.int32()),
        "flag": pa.array([int(Flag(r.flag)) for r in rows], pa.uint8()),
    }
    if correction is not None:
        columns["revision"] = pa.array([correction.revision] * len(rows), pa.uint16())
        columns["seq"] = pa.array([correction.seq] * len(rows), pa.int64())
    table = pa.table(columns).replace_schema_metadata({KEYS: json.dumps(keys)})
    buffer = io.BytesIO()
    parquet.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    return sha256(content).hexdigest()
