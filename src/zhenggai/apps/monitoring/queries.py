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
from zhenggai.kernel.standards.model import CannotTell, Limit, in_force, limit
from zhenggai.kernel.standards.printed import on_day
from zhenggai.kernel.themes.criterion import StaysBelow
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

    ref: str
    place: str
    name: str
    sentence: str
    taken: tuple[Mapping[str, str], ...]
    refused: tuple[Mapping[str, str | int], ...]


@dataclass(frozen=True, slots=True)
class DaySeen:
    """One day of a series as a screen shows it; ``over`` only where its limit says so."""

    day: date
    value: Fraction | None
    status: Status
    over: bool


@dataclass(frozen=True, slots=True)
class SeriesSeen:
    """A series at a place: every day of a span, and the limit of its last judged day."""

    key: str
    name: str
    unit: str
    places: int
    days: tuple[DaySeen, ...]
    limit: Limit | None
    standard: str

    @property
    def valid(self) -> int:
        """How many days have a value that counts."""
        return sum(day.status == "valid" for day in self.days)

    @property
    def exceeded(self) -> tuple[date, ...]:
        """The days above the limit."""
        return tuple(day.day for day in self.days if day.over)


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
        str(done.pk),
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
    asked = {key: series_named(known_series(), key) for key in keys}
    if not asked:
        return {}  # to the archive, no series named means every one
    rows: dict[str, list[Observation]] = {key: [] for key in asked}
    for row in archive().select(
        files_of(manifest or latest_manifest()),
        place=place.pk,
        series=asked,
        first=first,
        last=last + timedelta(days=1),
        known_seq=known_seq,
    ):
        rows[row.series].append(row)
    return {
        key: tuple(d for d in _days(rows[key], series, place) if first <= d.day <= last)
        for key, series in asked.items()
    }


def seen(
    place: Place, first: date, last: date, *, manifest: Manifest | None = None
) -> tuple[SeriesSeen, ...]:
    """Return every series on record at a place, day by day, each value beside its limit."""
    known = known_series()
    keys = list(place.series.order_by("pk").values_list("key", flat=True))
    found = daily(place, keys, first, last, manifest=manifest)
    return tuple(_seen(place, series_named(known, key), found, (first, last)) for key in keys)


def series_named(known: Mapping[str, Series], key: str) -> Series:
    """Return a series of the packs, or say which key nobody knows."""
    if key not in known:
        raise Refused(Reason("unknown-series", f"规则包中没有监测指标{key}", "核对指标代码"))
    return known[key]


def _days(rows: Iterable[Observation], series: Series, place: Place) -> list[Daily]:
    """Return one value a day; the last hour of a day is labelled 00:00 of the next."""
    hourly = series.period == "hour"
    return _from_hours(rows, series, place) if hourly else _as_days(rows, series, place)


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


def _seen(
    place: Place, series: Series, found: Mapping[str, tuple[Daily, ...]], span: tuple[date, date]
) -> SeriesSeen:
    first, last = span
    criterion = _limiting(place, series.key)
    by_day = {d.day: d for d in found[series.key]}
    limits = _limits(place, criterion, tuple(by_day)) if criterion else {}
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return SeriesSeen(
        series.key,
        series.name,
        series.unit,
        series.places,
        tuple(_day_seen(day, by_day.get(day), limits.get(day)) for day in days),
        limits[max(limits)] if limits else None,
        criterion.standard if criterion else "",
    )


def _day_seen(day: date, found: Daily | None, limit: Limit | None) -> DaySeen:
    if found is None or found.value is None:
        return DaySeen(day, None, "missing", over=False)
    over = found.status == "valid" and limit is not None and found.value > limit.value
    return DaySeen(day, found.value, found.status, over)


def _limiting(place: Place, key: str) -> StaysBelow | None:
    """Return the criterion that limits a series at places of this kind."""
    themes = (theme for theme in shelf().themes.values() if theme.place == place.kind)
    criteria = (c for theme in themes for c in theme.criteria)
    return next((c for c in criteria if isinstance(c, StaysBelow) and c.series == key), None)


def _limits(place: Place, criterion: StaysBelow, days: tuple[date, ...]) -> Mapping[date, Limit]:
    """Return the limit of each day for which exactly one can be named."""
    if not days or not place.theme_record.get("grade"):
        return {}
    measured = daily(place, criterion.conditions.values(), min(days), max(days))
    on = {
        (key, d.day): d.value
        for key, series in criterion.conditions.items()
        for d in measured[series]
        if d.value is not None
    }
    named = {}
    for day in days:
        conditions = _standing(place) | {key: on[key, day] for key, at in on if at == day}
        edition = in_force(shelf().standards.get(criterion.standard, ()), day)
        if not isinstance(edition, CannotTell):
            named[day] = limit(edition, criterion.item, place.theme_record["grade"], conditions)
    return {day: found for day, found in named.items() if isinstance(found, Limit)}


def _standing(place: Place) -> dict[str, Fraction]:
    return {k: Fraction(v) for k, v in place.theme_record.get("conditions", {}).items()}
