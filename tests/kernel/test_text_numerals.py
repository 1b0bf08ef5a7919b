"""数字与日期: in figures and in Chinese, without guessing."""

from __future__ import annotations

import pytest

from zhenggai.kernel.text.names import may_be_name
from zhenggai.kernel.text.numerals import days, number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("三十", 30),
        ("十二", 12),
        ("二十一", 21),
        ("一百零五", 105),
        ("二〇二六", 2026),
        ("２０２６", 2026),
        ("第", None),
        ("", None),
    ],
)
def test_a_number_is_read_in_either_script(words, value):
    assert number(words) == value


@pytest.mark.parametrize(
    ("text", "isos"),
    [
        ("2021年8月6日召开", ["2021-08-06"]),
        ("二〇二六年五月二十二日", ["2026-05-22"]),
        ("8月6日上午", ["XXXX-08-06"]),
        ("发布 2021-08-06 19:37", ["2021-08-06"]),
        ("2026年9月31日", []),
        ("*月*日", []),
    ],
)
def test_a_day_keeps_an_unknown_year_unknown(text, isos):
    assert [day.iso for day in days(text)] == isos


@pytest.mark.parametrize(
    ("words", "possible"), [("欧阳明", True), ("李明", True), ("包案", False), ("推进", False)]
)
def test_only_a_family_name_begins_a_name(words, possible):
    assert may_be_name(words) is possible
