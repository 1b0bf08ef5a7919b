"""书架: all packs read, turned into records and checked against each other.

A broken pack stops here, with file, line, what is wrong and what would be right. Roots are
arguments; the first is usually ``packs.shelf.HERE``, further ones bring a city's own packs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from zhenggai.kernel.calendars.load import load_calendar
from zhenggai.kernel.quantities.load import load_series
from zhenggai.kernel.reconcile.load import case
from zhenggai.kernel.standards.load import standard
from zhenggai.kernel.themes import criterion as kinds
from zhenggai.kernel.themes.chain import INDUSTRY
from zhenggai.kernel.themes.load import theme
from zhenggai.kernel.themes.load_campaign import campaign, chain, city
from zhenggai.kernel.themes.reach import series_of
from zhenggai.packs import shelf as packs
from zhenggai.packs.broken import BrokenPackError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from zhenggai.kernel.calendars.workdays import Calendar
    from zhenggai.kernel.quantities.series import Series
    from zhenggai.kernel.reconcile.load import ThemeCase
    from zhenggai.kernel.standards.model import Standard
    from zhenggai.kernel.themes.campaign import Campaign, City
    from zhenggai.kernel.themes.chain import Chain
    from zhenggai.kernel.themes.criterion import Criterion
    from zhenggai.kernel.themes.theme import Theme
    from zhenggai.packs.shelf import Row


@dataclass(frozen=True, slots=True)
class Shelf:
    """All packs of some roots (书架); ``standards`` holds the editions by code, oldest first."""

    themes: Mapping[str, Theme]
    standards: Mapping[str, tuple[Standard, ...]]
    chains: Mapping[str, Chain]
    calendars: Calendar
    series: Mapping[str, Series]
    cities: Mapping[str, City]
    campaigns: Mapping[str, Campaign]
    cases: tuple[ThemeCase, ...]
    digest: str


@lru_cache(maxsize=8)
def load_shelf(roots: tuple[Path, ...]) -> Shelf:
    """Read and check all packs of some roots, once per process.

    Raises
    ------
    BrokenPackError
        The first thing that is wrong, at its file and line.
    """
    made = _read(roots)
    problem = next(_problems(made, roots), None)
    if problem:
        raise problem
    return made


def check(root: Path) -> tuple[str, ...]:
    """List what is wrong with the packs of a folder, together with those shipped here."""
    roots = (packs.HERE,) if root.resolve() == packs.HERE.resolve() else (packs.HERE, root)
    try:
        return tuple(str(problem) for problem in _problems(_read(roots), roots))
    except BrokenPackError as problem:
        return (str(problem),)


def _read(roots: tuple[Path, ...]) -> Shelf:
    themes = {p.name: p for p in packs.families(roots, "themes")}
    return Shelf(
        themes={
            key: theme(_keyed(p / "theme.toml", key), packs.read_csv(p / "checklist.csv"))
            for key, p in themes.items()
        },
        standards=_standards(roots),
        chains={p.stem: chain(_keyed(p, p.stem)) for p in packs.families(roots, "chains")},
        calendars=load_calendar(
            {packs.name_of(p): packs.read_csv(p) for p in packs.families(roots, "calendars")}
        ),
        series=load_series(
            row for p in packs.families(roots, "series") for row in packs.read_csv(p)
        ),
        cities={p.name: _city(p) for p in packs.families(roots, "cities")},
        campaigns={
            p.name: campaign(
                _keyed(p / "campaign.toml", p.name), packs.read_text(p / "directive.txt")
            )
            for p in packs.families(roots, "campaigns")
        },
        cases=tuple(
            case(packs.read_toml(file))
            for p in themes.values()
            for file in sorted(p.glob("cases/*.toml"))
        ),
        digest=packs.digest(roots),
    )


def _keyed(path: Path, key: str) -> Row:
    """Read a file whose ``key`` must be the name of its folder or file."""
    head = packs.read_toml(path)
    if head.text("key") != key:
        raise head.broken(f"key '{head.text('key')}' is not its folder's name", f'write "{key}"')
    return head


def _city(path: Path) -> City:
    rows = (packs.read_csv(path / f"{name}.csv") for name in ("areas", "bodies", "posts"))
    return city(_keyed(path / "city.toml", path.name), *rows)


def _standards(roots: tuple[Path, ...]) -> Mapping[str, tuple[Standard, ...]]:
    found: dict[str, list[Standard]] = {}
    for path in packs.families(roots, "standards"):
        head = packs.read_toml(path / "pack.toml")
        edition = standard(head, packs.read_csv(path / "limits.csv"))
        others = found.setdefault(edition.code, [])
        twin = next((s for s in others if s.in_force == edition.in_force), None)
        if twin:
            raise head.broken(
                f"{edition.name} begins on the same day as {twin.name}",
                "an edition is joined by the next, with its own first day",
            )
        others.append(edition)
    return {code: tuple(sorted(s, key=lambda x: x.in_force)) for code, s in found.items()}


def _problems(made: Shelf, roots: tuple[Path, ...]) -> Iterator[BrokenPackError]:
    """Yield every reference from one pack to another that does not hold."""
    for path in packs.families(roots, "themes"):
        rows = packs.read_toml(path / "theme.toml").rows("criterion")
        for row, found in zip(rows, made.themes[path.name].criteria, strict=True):
            yield from _criterion_problems(made, row, found)
    for path in packs.families(roots, "chains"):
        yield from _chain_problems(made, path)
    for path in packs.families(roots, "campaigns"):
        yield from _campaign_problems(made, packs.read_toml(path / "campaign.toml"), path.name)
    for found_case in made.cases:
        if found_case.theme not in made.themes:
            yield BrokenPackError(
                found_case.file, 1, f"theme '{found_case.theme}' is unknown", "name a theme pack"
            )
            continue
        lines = found_case.differences(made.themes[found_case.theme], made.standards)
        yield from (
            BrokenPackError(found_case.file, 1, line, "mend the theme or the case")
            for line in lines
        )


def _criterion_problems(made: Shelf, row: Row, found: Criterion) -> Iterator[BrokenPackError]:
    keys = series_of(found)
    for key in keys:
        if key not in made.series:
            yield row.broken(f"series '{key}' is unknown", "add it to series.csv")
    if not isinstance(found, (kinds.RisesAfter, kinds.StaysBelow, kinds.RatioBetween)):
        return
    series = made.series.get(found.series)
    if series and series.unit != found.unit:
        yield row.broken(f"unit {found.unit} is not that of {series.key}", f"write {series.unit}")
    if isinstance(found, kinds.StaysBelow):
        yield from _limit_problems(made, row, found)


def _limit_problems(made: Shelf, row: Row, found: kinds.StaysBelow) -> Iterator[BrokenPackError]:
    editions = made.standards.get(found.standard, ())
    if not editions:
        yield row.broken(f"standard '{found.standard}' is not on the shelf", "add its pack")
    for edition in editions:
        limits = [x for x in edition.limits if x.item == found.item]
        if not limits:
            yield row.broken(f"{edition.name} has no {found.item}", "name an item of its limits")
        odd = sorted({x.unit for x in limits} - {found.unit})
        if odd:
            yield row.broken(f"{edition.name} gives {found.item} in {odd[0]}", "use its unit")


def _chain_problems(made: Shelf, path: Path) -> Iterator[BrokenPackError]:
    rows = packs.read_toml(path).rows("check")
    for row, found in zip(rows, made.chains[path.stem].checks, strict=True):
        wanted = {t.field for t in made.themes.values()} if found.who == INDUSTRY else {found.who}
        for made_city in made.cities.values():
            if not made_city.posts:
                continue  # a past campaign is looked at, nobody signs in it
            yield from (
                row.broken(f"{made_city.key} has no body for '{field}'", "add it to bodies.csv")
                for field in sorted(wanted)
                if not made_city.bodies_of(field)
            )


def _campaign_problems(made: Shelf, head: Row, key: str) -> Iterator[BrokenPackError]:
    found = made.campaigns[key]
    lost = [("theme", t) for t in found.themes if t not in made.themes]
    lost += [("chain", found.chain)] if found.chain not in made.chains else []
    lost += [("city", found.city)] if found.city not in made.cities else []
    yield from (head.broken(f"{what} '{name}' is unknown", "name a pack") for what, name in lost)
    home = made.cities.get(found.city)
    if home and found.authority not in {b.key for b in home.bodies}:
        yield head.broken(
            f"authority '{found.authority}' is no body of {home.key}", "name one of bodies.csv"
        )
