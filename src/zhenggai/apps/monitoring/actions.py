"""监测: take in a file of observations; a value that changes keeps the one it corrects."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from zhenggai.analytics.observations import BEIJING, Flag, Observation
from zhenggai.apps.monitoring import queries
from zhenggai.apps.monitoring.access import may_import
from zhenggai.apps.monitoring.models import Import, Manifest, Series
from zhenggai.apps.parties.queries import actor_of
from zhenggai.apps.places.models import Place
from zhenggai.apps.trail.acts import note, once
from zhenggai.apps.trail.canonical import fingerprint
from zhenggai.apps.trail.sealing import known_seq
from zhenggai.kernel.verdict import Reason, Refused
from zhenggai.stores.tables import RowRefused, read_observations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhenggai.apps.trail.acts import Act
    from zhenggai.kernel.quantities import series as kernel
    from zhenggai.stores.archive import ArchiveFile
    from zhenggai.stores.tables import RowTaken, TableRead

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Sorted:
    """The values of a file against those on record: new, of another value, the same, refused."""

    new: tuple[Observation, ...]
    other: tuple[Observation, ...]
    same: int
    refused: tuple[RowRefused, ...]


@once
def import_observations(place_key: str, name: str, content: bytes, *, act: Act) -> str:
    """Take in a file of observations of one place; the same file a second time stores nothing.

    Files are written first; the manifest that names them is their commit, in this transaction.
    """
    place = _place(place_key, act)
    sha256 = hashlib.sha256(content).hexdigest()
    before = Import.objects.filter(sha256=sha256, place=place).first()
    if before is not None:
        told = f"import:{before.pk}"
        note(act, "monitoring.observations.repeated", told, sha256=sha256, stored=0)
        return f"{told}{queries.REPEATED}"
    read = read_observations(name, content, queries.known_series())
    parent = Manifest.objects.select_for_update().order_by("-no").first()
    found = _sorted(place, read, parent, act)
    _require_something(name, found)

    series = [_series(place, key, act) for key in sorted({r.series for r in read.rows})]
    manifest = _committed(parent, _written(place, found), act) or parent
    if manifest is None:
        raise RuntimeError("a value that is on record has a manifest")
    done = Import.objects.create(
        sha256=sha256,
        place=place,
        name=name,
        rows=len(found.new) + len(found.other) + found.same + len(found.refused),
        accepted=len(found.new) + len(found.other),
        corrected=len(found.other),
        refused=[asdict(r) for r in found.refused],
        taken=[asdict(c) for c in read.taken],
        manifest=manifest,
    )
    done.entry = note(
        act,
        "monitoring.observations.imported",
        f"import:{done.pk}",
        rows=[
            (done, ("sha256", "place", "rows", "accepted", "corrected", "manifest")),
            (manifest, ("no", "parent_no", "digest")),
            *((row, ("key", "place", "unit", "ticks_per_unit")) for row in series),
        ],
        refused=len(found.refused),
    )
    done.save(update_fields=["entry"])
    return f"import:{done.pk}"


def _place(key: str, act: Act) -> Place:
    actor = actor_of(act)
    place = Place.objects.select_related("area", "operator").filter(key=key).first()
    if place is None or not may_import(actor, place):
        text = f"没有可由本岗位导入数据的点位{key}"
        raise Refused(Reason("unknown-place", text, "核对点位，或由其属地、运营单位导入"))
    return place


def _sorted(place: Place, read: TableRead, parent: Manifest | None, act: Act) -> Sorted:
    refused = [*read.refused]
    rows: list[Observation] = []
    for row in read.rows:
        fault = _fault(place, row, act)
        if fault:
            refused.append(fault)
        else:
            rows.append(Observation(place.pk, row.series, row.at, row.ticks, row.flag))
    on_record = _on_record(place, rows, parent)
    new, other = [], []
    for value in rows:
        old = on_record.get((value.series, value.at.astimezone(BEIJING)))
        if old is None:
            new.append(value)
        elif (old.ticks, Flag(old.flag)) != (value.ticks, Flag(value.flag)):
            other.append(value)
    told = sorted({*refused}, key=lambda r: (r.row, r.column))
    return Sorted(tuple(new), tuple(other), len(rows) - len(new) - len(other), tuple(told))


def _fault(place: Place, row: RowTaken, act: Act) -> RowRefused | None:
    if row.place and row.place not in {place.key, place.name}:
        text = f"点位“{row.place}”不是{place.name}"
        return RowRefused(row.row, "点位", text, "各点位分别导入，或改为该点位名称")
    if row.at > act.at:
        text = f"时间{row.at:%Y-%m-%d %H:%M}晚于导入时间"
        return RowRefused(row.row, "时间", text, "核对原始记录，改为实际时间")
    return None


def _on_record(
    place: Place, rows: Iterable[Observation], parent: Manifest | None
) -> dict[tuple[str, object], Observation]:
    given = tuple(rows)
    if not given:
        return {}
    found = queries.archive().select(
        queries.files_of(parent),
        place=place.pk,
        series={row.series for row in given},
        first=min(row.at for row in given).astimezone(BEIJING).date(),
        last=max(row.at for row in given).astimezone(BEIJING).date(),
    )
    return {(old.series, old.at.astimezone(BEIJING)): old for old in found}


def _require_something(name: str, found: Sorted) -> None:
    if found.new or found.other or found.same:
        return
    shown = (
        Reason("cell-refused", f"《{name}》第{r.row}行“{r.column}”：{r.text}", r.remedy)
        for r in found.refused[:_SHOWN]
    )
    whole = Reason("table-refused", f"《{name}》没有一条可以存入", "逐条更正后重新导入")
    raise Refused(whole, *shown)


def _series(place: Place, key: str, act: Act) -> Series:
    known: kernel.Series = queries.series_named(queries.known_series(), key)
    row, _ = Series.objects.get_or_create(
        place=place,
        key=key,
        defaults={
            "unit": known.unit,
            "ticks_per_unit": known.ticks_per_unit,
            "since": act.on,
        },
    )
    if (row.unit, row.ticks_per_unit) != (known.unit, known.ticks_per_unit):
        text = f"指标“{known.name}”在{place.name}按{row.unit}存档，规则包现为{known.unit}"
        raise Refused(Reason("series-changed", text, "恢复规则包中的单位，或另立指标代码"))
    return row


def _written(place: Place, found: Sorted) -> tuple[ArchiveFile, ...]:
    store = queries.archive()
    base = store.write(found.new, kind=place.kind, layer="base")
    delta = store.write(found.other, kind=place.kind, layer="delta", seq=known_seq() + 1)
    return base + delta


def _committed(
    parent: Manifest | None, written: tuple[ArchiveFile, ...], act: Act
) -> Manifest | None:
    if not written:
        return None
    files = {f.path: f for f in (*queries.files_of(parent), *written)}
    lines = [files[path].to_json() for path in sorted(files)]
    return Manifest.objects.create(
        no=parent.no + 1 if parent else 1,
        parent_no=parent.no if parent else None,
        files=lines,
        digest=fingerprint(lines),
        made_at=act.at,
    )
