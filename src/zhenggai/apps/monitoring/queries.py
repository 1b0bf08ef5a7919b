"""Questions about observations: which manifest counts, and the daily values it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from django.conf import settings

from zhenggai.analytics.daily import Coverage
from zhenggai.analytics.daily import daily as days_of
from zhenggai.analytics.observations import BEIJING, Flag
from zhenggai.apps.monitoring.models import Import, Manifest
from zhenggai.apps.places.queries import shelf
from zhenggai.kernel.quantities.series import from_ticks
from zhenggai.kernel.reconcile.model import Daily
from zhenggai.kernel.standards.printed import on_day
from zhenggai.kernel.verdict import Reason, Refused
from zhenggai.stores.archive import Archive, ArchiveFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from zhenggai.analytics.daily import DailyValue
    from zhenggai.analytics.observations import Observation
    from zhenggai.apps.places.models import Place
    from zhenggai.kernel.quantities.series import Series
    from zhenggai.kernel.reconcile.model import Status

REPEATED = "/repeated"
_STATUS: dict[Flag, Status] = {
    Flag.OK: "valid",
    Flag.MAINTENANCE: "flagged",
    Flag.SUSPECT: "flagged",
    Flag.BELOW_DETECTION: "below_limit_of_detection",
    Flag.MISSING: "missing",
}
_COVERED: dict[Coverage, Status] = {
    Coverage.FULL: "valid",
    Coverage.PARTIAL: "flagged",
    Coverage.EMPTY: "missing",
}


@dataclass(frozen=True, slots=True)
class ImportTold:
    """What an import did: its sentence, the columns as understood, the cells refused."""

    place: str
    name: str
    sentence: str
    taken: tuple[Mapping[str, str], ...]
    refused: tuple[Mapping[str, str | int], ...]


def archive() -> Archive:
    """Return the folder of files of this installation."""
    return Archive(settings.HOME / "archive")


def known_series() -> Mapping[str, Series]:
    """Return every series of the packs, by key."""
    return shelf().series


def latest_manifest() -> Manifest | None:
    """Return the manifest that counts now, or nothing before the first import."""
    return Manifest.objects.order_by("-no").first()


def files_of(manifest: Manifest | None) -> tuple[ArchiveFile, ...]:
    """Return the files a manifest names."""
    return tuple(ArchiveFile.from_json(line) for line in (manifest.files if manifest else ()))


def import_told(reference: str) -> ImportTold:
    """Say what the import of that reference did, the second time a file comes included."""
    pk, again, _ = reference.removeprefix("import:").partition(REPEATED)
    done = Import.objects.select_related("place", "manifest").get(pk=int(pk))
    said = (
        f"同一文件已于{on_day(done.manifest.made_at.astimezone(BEIJING).date())}导入，本次存入0条"
        if again
        else _sentence(done)
    )
    return ImportTold(
        done.place.name,
        done.name,
        said,
        tuple(done.taken),
        tuple(done.refused),
    )


def imports(place_key: str) -> tuple[ImportTold, ...]:
    """List what was imported for a place, newest first."""
    found = Import.objects.filter(place__key=place_key).order_by("-pk").values_list("pk", flat=True)
    return tuple(import_told(f"import:{pk}") for pk in found)


def daily(
    place: Place,
    keys: Iterable[str],
    first: date,
    last: date,
    *,
    manifest: Manifest | None = None,
    known_seq: int | None = None,
) -> Mapping[str, tuple[Daily, ...]]:
    """Return the daily values of a place by series key, both days included.

    Parameters
    ----------
    manifest
        The one whose files count; the latest where none is named.
    known_seq
        Corrections that came to be known after that link of the chain are left out.
    """
    files = files_of(manifest or latest_manifest())
    known = known_series()
    store = archive()
    found: dict[str, tuple[Daily, ...]] = {}
    for key in keys:
        series = series_named(known, key)
        hourly = series.period == "hour"
        rows = store.select(
            files,
            place=place.pk,
            series=key,
            first=first,
            last=last + timedelta(days=1) if hourly else last,
            known_seq=known_seq,
        )
        days = _from_hours(rows, series, place) if hourly else _as_days(rows, series, place)
        found[key] = tuple(d for d in days if first <= d.day <= last)
    return found


def series_named(known: Mapping[str, Series], key: str) -> Series:
    """Return a series of the packs, or say which key nobody knows."""
    if key not in known:
        raise Refused(Reason("unknown-series", f"规则包中没有监测指标{key}", "核对指标代码"))
    return known[key]


def _as_days(rows: Iterable[Observation], series: Series, place: Place) -> list[Daily]:
    return [
        Daily(
            day := row.at.astimezone(BEIJING).date(),
            None if row.flag == Flag.MISSING else from_ticks(row.ticks, series),
            _STATUS[Flag(row.flag)],
            _ref(place, series, day),
        )
        for row in rows
    ]


def _from_hours(rows: Iterable[Observation], series: Series, place: Place) -> list[Daily]:
    return [_mean(day, series, place) for day in days_of(rows, every=timedelta(hours=1))]


def _mean(found: DailyValue, series: Series, place: Place) -> Daily:
    value = None if found.mean is None else Fraction(found.mean) / series.ticks_per_unit
    return Daily(found.day, value, _COVERED[found.status], _ref(place, series, found.day))


def _ref(place: Place, series: Series, day: date) -> str:
    return f"observation:{place.key}/{series.key}/{day.isoformat()}"


def _sentence(done: Import) -> str:
    known = done.rows - done.accepted - len(done.refused)
    return (
        f"{done.rows}条中存入{done.accepted}条（其中更正{done.corrected}条，原值保留），"
        f"已有相同数值{known}条，未读入{len(done.refused)}条"
    )
