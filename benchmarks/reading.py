"""读件: a pasted document made clean and understood, against the change of script alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from opencc import OpenCC

from benchmarks.measure import Line, best
from zhenggai.kernel.documents.extract import extract
from zhenggai.stores.readers.read import read

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = Path(__file__).parents[2] / "shared" / "documents" / "seed.txt"


def run() -> Iterator[Line]:
    """Read the founding document; where it is not beside this checkout there is nothing to say."""
    if not SEED.is_file():
        return

    content = SEED.read_bytes()
    text = content.decode()
    alone = OpenCC("t2s")
    changing, _ = best(lambda: alone.convert(text), 20)
    reading, document = best(lambda: read(SEED.name, content), 20)
    understanding, _ = best(lambda: extract(document.clean), 20)
    remark = f"{len(text):,} characters"
    yield Line("make readable, keep every place", reading, "opencc alone", changing, remark)
    yield Line("understand what was read", understanding, "opencc alone", changing, remark)
