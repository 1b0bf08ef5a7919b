"""日历包: a broken row stops the start-up and names its place; our files are the data given."""

from __future__ import annotations

import csv
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from zhenggai.kernel.calendars.load import load_calendar, load_year
from zhenggai.packs.broken import BrokenPackError

GIVEN = (
    Path(__file__).parents[2].parent / "shared/data/cn_workdays/china_holidays_makeup_2004_2026.csv"
)
GOOD = {"date": "2026-09-20", "kind": "work", "name": "国庆节", "source": "通知"}


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (GOOD | {"date": "2026-9-20"}, r"2026\.csv:3: date '2026-9-20' is not a day"),
        ({"kind": "off"}, "date '' is not a day"),
        (GOOD | {"date": "2026-10-10", "kind": "rest"}, "kind 'rest' is unknown → off or work"),
        (GOOD | {"date": "2026-09-21"}, "2026-09-21 is a weekday and needs no exchange"),
        (GOOD | {"date": "2025-09-28"}, "2025-09-28 is of another year"),
        (GOOD, "2026-09-20 is listed twice"),
    ],
)
def test_a_broken_row_names_file_row_and_remedy(row, wrong):
    with pytest.raises(BrokenPackError, match=wrong):
        load_year([GOOD, row], "calendars/2026.csv")


def test_an_empty_file_is_not_a_year_without_holidays():
    with pytest.raises(BrokenPackError, match="no rows"):
        load_year([], "calendars/2027.csv")


def test_two_files_of_one_year_are_refused():
    with pytest.raises(BrokenPackError, match="2026 is loaded twice"):
        load_calendar({"a.csv": [GOOD], "b.csv": [GOOD]})


def test_each_file_holds_the_year_it_is_named_after():
    shelf = files("zhenggai.packs") / "calendars"
    for path in (p for p in shelf.iterdir() if p.name.endswith(".csv")):
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        assert load_year(rows, path.name).years == {int(path.name.removesuffix(".csv"))}
        assert all(row["name"] and row["source"] for row in rows)


@pytest.mark.skipif(not GIVEN.exists(), reason="the given transcription is not beside this tree")
def test_the_pack_holds_every_day_that_was_given_and_no_other():
    shelf = files("zhenggai.packs") / "calendars"
    packed = Counter(
        (row["date"], row["kind"])
        for path in shelf.iterdir()
        if path.name.endswith(".csv")
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    )
    kinds = {"holiday": "off", "in_lieu_day": "off", "makeup_workday": "work"}
    given = csv.DictReader(GIVEN.read_text(encoding="utf-8").splitlines())
    assert packed == Counter({(row["date"], kinds[row["kind"]]) for row in given})
