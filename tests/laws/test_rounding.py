"""数值修约: GB/T 8170 for every number, and the published pairs."""

from __future__ import annotations

import json
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai.kernel.quantities.rounding import round_half_even
from zhenggai.kernel.quantities.series import Series, from_ticks, to_ticks

PUBLISHED = Path(__file__).parents[2].parent / "shared/vectors/rounding_gbt8170.json"
WIDE = Context(prec=60, rounding=ROUND_HALF_EVEN)
TP = Series("tp_out", "出水总磷", "w21011", "mg/L", 1000, 2, "day")

decimals = st.decimals(-(10**9), 10**9, places=9, allow_nan=False, allow_infinity=False)
fractions = st.fractions(-(10**6), 10**6, max_denominator=10**6)
places = st.integers(0, 8)


@settings(max_examples=100, deadline=None)
@given(decimals, places)
def test_it_equals_what_decimal_does(value, kept):
    expected = value.quantize(Decimal(1).scaleb(-kept), context=WIDE)
    assert round_half_even(Fraction(value), kept) == expected


@settings(max_examples=100, deadline=None)
@given(fractions, places)
def test_rounding_twice_changes_nothing(value, kept):
    once = round_half_even(value, kept)
    assert round_half_even(Fraction(once), kept) == once
    assert once.as_tuple().exponent == -kept


@settings(max_examples=100, deadline=None)
@given(fractions, places)
def test_it_moves_no_further_than_half_a_place(value, kept):
    distance = abs(Fraction(round_half_even(value, kept)) - value)
    assert distance <= Fraction(1, 2 * 10**kept)


@settings(max_examples=100, deadline=None)
@given(st.integers(-(10**6), 10**6), places)
def test_an_exact_half_goes_to_the_even_digit(n, kept):
    half = Fraction(2 * n + 1, 2 * 10**kept)
    assert Fraction(round_half_even(half, kept)) * 10**kept % 2 == 0


@settings(max_examples=100, deadline=None)
@given(fractions, fractions, places)
def test_order_is_kept(a, b, kept):
    low, high = sorted((a, b))
    assert round_half_even(low, kept) <= round_half_even(high, kept)


@settings(max_examples=100, deadline=None)
@given(st.integers(-(2**31) + 1, 2**31 - 1))
def test_ticks_survive_being_written_and_read(ticks):
    written = round_half_even(from_ticks(ticks, TP), 3)
    assert to_ticks(f"{written:f}", "mg/L", TP) == ticks


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published pairs are not beside this tree")
def test_published_water_values_are_rounded_as_the_standard_says():
    table = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    pairs = [row for row in table["rows"] if row[3] != "keep1sig"]
    assert len(pairs) > 100
    wrong = [
        row for row in pairs
        if round_half_even(Fraction(row[1]), table["decimals"][row[0]]) != Decimal(row[2])
    ]  # fmt: skip
    assert wrong == []
