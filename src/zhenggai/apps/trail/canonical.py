"""规范文本: equal contents are equal texts, so that a digest means something."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, cast
from uuid import UUID

if TYPE_CHECKING:
    from django.db.models import Model

Plain = dict[str, "Plain"] | list["Plain"] | str | int | bool | None


def plain(value: object) -> Plain:
    """Reduce a value to what JSON says the same way everywhere; floats are refused as a bug."""
    if value is None or type(value) in _AS_THEY_ARE:
        return cast("Plain", value)
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, (str, int)):
        return value
    return _structure(value) if not isinstance(value, _SCALARS) else _scalar(value)


_AS_THEY_ARE = (str, int, bool)
_SCALARS = (datetime, date, UUID, Decimal, Fraction, bytes)


def _scalar(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return str(value)


def _structure(value: object) -> Plain:
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if isinstance(value, (set, frozenset)):
        return sorted((plain(inner) for inner in value), key=str)
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    raise TypeError(f"neither an act nor the trail takes {type(value).__name__}: {value!r}")


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: object) -> str:
    """Write a value as text: sorted keys, no spaces, no floats."""
    return _ENCODER.encode(plain(value))


def fingerprint(value: object) -> str:
    """Return the SHA-256 of a value's canonical text. [64 hex digits]"""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def row_ref(row: Model) -> str:
    """Name a row the way the trail does.

    ``ledger.item:12`` for the row of table ``ledger.item`` whose key is 12.
    """
    return f"{row._meta.label_lower}:{row.pk}"


def column_text(row: Model, name: str) -> str | None:
    """Return one column as canonical text, the same before writing and after reading back."""
    value = row.serializable_value(name)
    if value is None:
        return None
    settled = plain(value)
    return settled if isinstance(settled, str) else canonical(settled)
