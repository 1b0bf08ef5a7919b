"""观测档案: the folder of files; what counts is listed in a manifest the folder does not know."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from zhenggai.analytics.observations import BEIJING, seconds
from zhenggai.kernel.verdict import Reason, Refused
from zhenggai.stores.archive import files as parquet
from zhenggai.stores.archive.asof import Span, rows_asof
from zhenggai.stores.disk import put_whole

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from zhenggai.analytics.observations import Observation
    from zhenggai.stores.archive.files import ArchiveFile, Layer

_KIND = re.compile(r"[a-z][a-z0-9-]{0,30}")


class Archive:
    """Files of observations below one folder; written once, never altered, never deleted here.

    Parameters
    ----------
    root
        The folder, ``<home>/archive``.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(
        self,
        observations: Iterable[Observation],
        *,
        kind: str,
        layer: Layer,
        seq: int = 0,
        revision: int = 1,
    ) -> tuple[ArchiveFile, ...]:
        """Put observations on disk, one file a month; nothing counts before a manifest names it.

        Parameters
        ----------
        kind
            What is measured, such as ``water``: lower-case letters, digits and hyphens.
        seq, revision
            For a delta: since which act of the trail it is known, and which correction it is
            among those of one seq. A base file has neither.
        """
        if not _KIND.fullmatch(kind):
            raise ValueError(f"kind {kind!r} cannot name a folder")
        correction = parquet.Correction(seq, revision) if layer == "delta" else None
        return tuple(
            self._put(rows, f"{kind}/{month}", correction)
            for month, rows in parquet.by_month(observations).items()
        )

    def _put(
        self, rows: Sequence[Observation], folder: str, correction: parquet.Correction | None
    ) -> ArchiveFile:
        content = parquet.encoded(rows, correction)
        sha256 = parquet.digest(content)
        path = f"{folder}/{sha256}.parquet"
        put_whole(self.root / path, content)
        kind, month = folder.split("/")
        layer: Layer = "base" if correction is None else "delta"
        return parquet.ArchiveFile(path, sha256, len(rows), kind, month, layer)

    def select(
        self,
        files: Iterable[ArchiveFile],
        *,
        place: int,
        series: Collection[str],
        first: date,
        last: date,
        known_seq: int | None = None,
    ) -> tuple[Observation, ...]:
        """Return values from one Beijing day to another, both included, as then known.

        One query serves all series; no series named means every one.

        The last hour of a day is labelled 00:00 of the next: for hourly means ask one day more.
        ``known_seq`` choses among the corrections of the files given; what a base file held at an
        earlier moment is said by the manifest of that moment.
        """
        since = _midnight(first)
        until = _midnight(last + timedelta(days=1)) - 1
        months = (f"{first:%Y-%m}", f"{last:%Y-%m}")
        wanted = [f for f in files if months[0] <= f.month <= months[1]]
        return self._rows(wanted, Span(place, tuple(series), since, until), known_seq)

    def _rows(
        self, files: Sequence[ArchiveFile], span: Span, known_seq: int | None = None
    ) -> tuple[Observation, ...]:
        missing = [f.path for f in files if not (self.root / f.path).is_file()]
        if missing:
            raise Refused(*(_gone(path) for path in missing))
        paths = sorted({str(self.root / f.path) for f in files})
        corrected = any(f.layer == "delta" for f in files)
        return rows_asof(paths, span, corrected=corrected, known_seq=known_seq)

    def verify(self, files: Iterable[ArchiveFile]) -> tuple[str, ...]:
        """Return one sentence for each file that is missing or not what it was."""
        return tuple(fault for file in files if (fault := self._fault(file)))

    def _fault(self, file: ArchiveFile) -> str:
        path = self.root / file.path
        if not path.is_file():
            return f"档案文件{file.path}不在，请从备份恢复"
        found = parquet.digest(path.read_bytes())
        if found != file.sha256:
            return f"档案文件{file.path}已被改动（现指纹{found[:12]}），请从备份恢复"
        return ""

    def compact(self, files: Iterable[ArchiveFile]) -> tuple[ArchiveFile, ...]:
        """Write one base file for each kind and month, with all corrections in; leave the old.

        What was known before the last correction stays with the manifest that names the old files.
        """
        groups: dict[tuple[str, str], list[ArchiveFile]] = defaultdict(list)
        for file in files:
            groups[file.kind, file.month].append(file)
        return tuple(
            self._put(self._rows(group, Span()), f"{kind}/{month}", None)
            for (kind, month), group in sorted(groups.items())
        )

    def unreferenced(self, files: Iterable[ArchiveFile]) -> tuple[str, ...]:
        """List the paths no given file names: left by a crash, or of an older manifest."""
        named = {f.path for f in files}
        there = (p for p in self.root.rglob("*") if p.is_file())
        return tuple(sorted({p.relative_to(self.root).as_posix() for p in there} - named))


def _midnight(day: date) -> int:
    return seconds(datetime.combine(day, time(), BEIJING))


def _gone(path: str) -> Reason:
    return Reason(
        "archive-file-missing",
        f"档案文件{path}不在，不能据以计算",
        "从备份恢复该文件后重试；运行 zhenggai doctor 查看缺失清单",
        (f"archive:{path}",),
    )
