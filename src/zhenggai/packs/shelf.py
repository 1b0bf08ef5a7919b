"""规则包的书架: find pack folders, read TOML and CSV into rows that know their file and line.

The only code in packs. It knows no rule: what a row means is said by the kernel's loaders, which
take a ``Row`` and ask it for words, numbers and days. Roots are handed in; nothing is read from
the environment. Folders and files whose names begin with ``_`` or ``.`` are not packs.
"""

from __future__ import annotations

import csv
import hashlib
import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai.packs.broken import BrokenPackError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

HERE = Path(__file__).parent
_HEADER = re.compile(r"^\s*\[\[?\s*([A-Za-z0-9_.-]+)\s*\]\]?")
_TOML_PLACE = re.compile(r"\(at line (\d+)")
_TRUE_FALSE = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Row:
    """One row or table of a pack (规则包的一行), with its place for whoever must mend it.

    Each getter refuses a missing or misshapen cell with file, line and remedy.
    """

    file: str
    number: int
    cells: Mapping[str, object]
    heads: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def broken(self, wrong: str, remedy: str) -> BrokenPackError:
        """Build the refusal of this row; the caller raises it."""
        return BrokenPackError(self.file, self.number, wrong, remedy)

    def has(self, name: str) -> bool:
        """Tell whether the cell is there and not empty."""
        return self.cells.get(name, "") != ""

    def text(self, name: str, default: str | None = None) -> str:
        """Return a cell of words."""
        if default is not None and not self.has(name):
            return default
        value = self.cells.get(name, "")
        if not isinstance(value, str) or not value.strip():
            raise self.broken(f"{name} is missing or no text", f"write {name} as text")
        return value.strip()

    def one_of(self, name: str, allowed: Iterable[str]) -> str:
        """Return a cell whose words form a closed set."""
        value, known = self.text(name), sorted(allowed)
        if value not in known:
            raise self.broken(f"{name} '{value}' is unknown", f"write one of {', '.join(known)}")
        return value

    def fraction(self, name: str) -> Fraction:
        """Return an exact number; ``0.30`` is 3/10, not a nearby float."""
        value = self.cells.get(name, "")
        if isinstance(value, bool) or not isinstance(value, (int, Decimal, str)):
            raise self.broken(f"{name} is no number", f"write {name} as a plain number")
        try:
            return Fraction(value)
        except ValueError:
            raise self.broken(
                f"{name} '{value}' is no number", f"write {name} as a plain number"
            ) from None

    def whole(self, name: str, default: int | None = None) -> int:
        """Return a whole number."""
        if default is not None and not self.has(name):
            return default
        value = self.fraction(name)
        if value.denominator != 1:
            raise self.broken(f"{name} {value} is not whole", f"write {name} as a whole number")
        return int(value)

    def flag(self, name: str, *, default: bool | None = None) -> bool:
        """Return true or false."""
        if default is not None and not self.has(name):
            return default
        value = self.cells.get(name, "")
        value = _TRUE_FALSE.get(value) if isinstance(value, str) else value
        if not isinstance(value, bool):
            raise self.broken(f"{name} is neither true nor false", f"write {name} = true or false")
        return value

    def day(self, name: str) -> date:
        """Return a date."""
        value = self.cells.get(name, "")
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            raise self.broken(f"{name} is no date", f"write {name} as 2026-09-30") from None

    def moment(self, name: str) -> datetime:
        """Return a time of day with its zone."""
        value = self.cells.get(name)
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise self.broken(
                f"{name} is no time with a zone", f"write {name} as 2026-08-06T08:00:00+08:00"
            )
        return value

    def words(self, name: str) -> tuple[str, ...]:
        """Return a list of words; a missing one is empty."""
        value = self.cells.get(name, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.broken(f"{name} is no list of words", f'write {name} = ["a", "b"]')
        return tuple(value)

    def table(self, name: str) -> Row:
        """Return a ``[name]`` table; a missing one is empty."""
        value = self.cells.get(name, {})
        if not isinstance(value, dict):
            raise self.broken(f"{name} is no table", f"write it as [{name}]")
        return Row(self.file, self.heads.get(name, (self.number,))[0], value)

    def rows(self, name: str) -> tuple[Row, ...]:
        """Return the ``[[name]]`` tables, each with its own line."""
        value = self.cells.get(name, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            raise self.broken(f"{name} is no list of tables", f"write each as [[{name}]]")
        lines = self.heads.get(name, ())
        if len(lines) != len(value):
            lines = (self.number,) * len(value)
        return tuple(Row(self.file, n, v) for n, v in zip(lines, value, strict=True))

    def refuse_others(self, known: Iterable[str]) -> None:
        """Refuse cells nobody reads: a misspelt name must not pass silently."""
        odd = sorted(set(self.cells) - set(known))
        if odd:
            raise self.broken(
                f"{', '.join(odd)} is not read", f"use only {', '.join(sorted(known))}"
            )


def families(roots: Iterable[Path], kind: str) -> tuple[Path, ...]:
    """List the packs of one kind, such as ``themes``, in all roots; each key may occur once."""
    found: dict[str, Path] = {}
    for root in roots:
        folder = root / kind
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.name[0] in "._" or (path.is_file() and path.suffix not in {".toml", ".csv"}):
                continue
            key = path.stem if path.is_file() else path.name
            if key in found:
                raise BrokenPackError(
                    name_of(path), 0, f"two roots hold the key '{key}'", "rename one of them"
                )
            found[key] = path
    return tuple(found[key] for key in sorted(found))


def name_of(path: Path) -> str:
    """Name a pack file as refusals print it: kind, key and file, without the root."""
    parts = path.parts
    kinds = [n for n, part in enumerate(parts) if part in KINDS]
    return "/".join(parts[kinds[-1] :]) if kinds else path.name


def read_toml(path: Path) -> Row:
    """Read a TOML file into one row whose tables know their lines."""
    text = _text(path)
    try:
        cells = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        line = _TOML_PLACE.search(str(error))
        raise BrokenPackError(
            name_of(path), int(line[1]) if line else 0, f"not TOML: {error}", "mend this line"
        ) from None
    heads: dict[str, tuple[int, ...]] = {}
    for number, line_text in enumerate(text.splitlines(), start=1):
        if match := _HEADER.match(line_text):
            heads[match[1]] = (*heads.get(match[1], ()), number)
    return Row(name_of(path), 1, cells, heads)


def read_csv(path: Path) -> tuple[Row, ...]:
    """Read a CSV file with a header line; each row knows its line."""
    lines = csv.reader(_text(path).splitlines())
    header = next(lines, [])
    rows = []
    for cells in lines:
        if len(cells) != len(header):
            raise BrokenPackError(
                name_of(path),
                lines.line_num,
                f"{len(cells)} cells under {len(header)} headings",
                "give each heading one cell",
            )
        rows.append(Row(name_of(path), lines.line_num, dict(zip(header, cells, strict=True))))
    return tuple(rows)


def read_text(path: Path) -> str:
    """Read a plain text of a pack; a missing one is empty."""
    return _text(path) if path.is_file() else ""


def digest(roots: Iterable[Path]) -> str:
    """Digest all packs: SHA-256 over the sorted digests of their files, whatever the order."""
    found = sorted(
        hashlib.sha256(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
        .hexdigest()
        .encode()
        for root in roots
        for path in _files(root)
    )
    return hashlib.sha256(b"\n".join(found)).hexdigest()


def _files(root: Path) -> Iterator[Path]:
    for path in root.rglob("*"):
        if path.is_file() and path.suffix not in {".py", ".pyc"}:
            yield path


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BrokenPackError(name_of(path), 0, "the file is missing", "add it") from None
    except UnicodeDecodeError:
        raise BrokenPackError(name_of(path), 0, "the file is not UTF-8", "save it so") from None


KINDS = ("calendars", "campaigns", "chains", "cities", "series", "standards", "themes")
