"""台账: one page of the ledger against a bare SELECT of all items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.measure import Line, best
from benchmarks.rows import CUTOFF, listed
from benchmarks.scratch import installation
from zhenggai.apps.ledger import table
from zhenggai.apps.ledger.models import Item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZES = (312, 3_000)
PAGE = 50


def run() -> Iterator[Line]:
    """Read the rows of the first page, and the numbers on the tabs above it."""
    for size in SIZES:
        with installation():
            listed(size)
            bare, rows = best(_bare, 5)
            assert len(rows) == size
            for what, work in (("first page", _page), ("tabs' numbers", _tabs)):
                yield _line(f"{what} of {size:,} items", work, bare)


def _line(what: str, work: Callable[[], object], bare: float) -> Line:
    work()
    with CaptureQueriesContext(connection) as asked:
        work()
    ours, _ = best(work, 5)
    return Line(what, ours, "SELECT * of the items", bare, f"queries: {len(asked)}")


def _page() -> None:

    found = table.chosen(table.lines(Item.objects.all(), CUTOFF), table.Asked(), CUTOFF)
    page = Paginator(found, PAGE).get_page(1)
    assert len(table.rows(page.object_list, CUTOFF, frozenset())) == PAGE


def _tabs() -> None:

    table.view_counts(table.lines(Item.objects.all(), CUTOFF), CUTOFF)


def _bare() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM ledger_item")
        return cursor.fetchall()
