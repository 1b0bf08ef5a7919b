"""落盘: put a whole file on disk so that a crash leaves all of it or nothing under its name."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

PART = ".part"
_PRIVATE_FOLDER = 0o700


def put_whole(target: Path, content: bytes) -> None:
    """Write under a temporary name, flush, rename; only the owner may read it.

    A file already there under this name is replaced: under a name that is its digest that can only
    heal it.
    """
    _private(target.parent)
    number, name = tempfile.mkstemp(dir=target.parent, suffix=PART)
    temporary = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)  # noqa: PTH105 - the one call a crash test replaces
    finally:
        temporary.unlink(missing_ok=True)
    _flush(target.parent)


def _private(folder: Path) -> None:
    """Make the missing folders one by one: ``parents=True`` would ignore the mode."""
    if not folder.is_dir():
        _private(folder.parent)
        folder.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
        _flush(folder.parent)


def _flush(folder: Path) -> None:
    """Make the folder's own entries last; without it a power cut may forget the rename."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
