"""Writing of dates and numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from zhenggai.faces.ui.words import GAP, md, plain, weekday, zh_date, zh_time


def test_a_day_is_written_without_leading_zeros():
    assert zh_date(date(2026, 9, 4)) == "2026年9月4日"
    assert md(date(2026, 9, 4)) == "9月4日"


def test_a_moment_is_written_on_the_wall_clock_of_the_campaign():
    late = datetime(2026, 9, 24, 16, 1, tzinfo=UTC)
    assert (zh_date(late), zh_time(late), weekday(late)) == ("2026年9月25日", "00:01", "周五")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (860, "860"),
        (1500, "1500"),
        (12345, f"12{GAP}345"),
        (-1234567, f"-1{GAP}234{GAP}567"),
        (Decimal("68.40"), "68.4"),
        (Decimal(100), "100"),
        (Fraction(342, 5), "68.4"),
        (Fraction(1, 200), "0.005"),
        (Fraction(1, 3), "0.33"),
        (Fraction(-1, 2), "-0.5"),
        (0.1, "0.1"),
        (1e-05, "0.00001"),
        (8.0, "8"),
    ],
)
def test_a_number_is_written_exactly_and_without_needless_zeros(value, written):
    assert plain(value) == written
