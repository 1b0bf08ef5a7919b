"""日历包: a broken row stops the start-up and names its place; our files are the data given."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from zhenggai.kernel.calendars.load import load_calendar, load_year
from zhenggai.packs.broken import BrokenPackError
from zhenggai.packs.shelf import HERE, Row, families, read_csv

GIVEN = (
    Path(__file__).parents[2].parent / "shared/data/cn_workdays/china_holidays_makeup_2004_2026.csv"
)
FILES = families([HERE], "calendars")
GOOD = {"date": "2026-09-20", "kind": "work", "name": "国庆节", "source": "通知"}


def row(cells: dict[str, object], line: int = 2) -> Row:
    return Row("calendars/2026.csv", line, cells)


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        (GOOD | {"date": "2026-9-20"}, r"2026\.csv:3: date is no date"),
        ({"kind": "off"}, "date is no date"),
        (GOOD | {"date": "2026-10-10", "kind": "rest"}, "kind 'rest' is unknown"),
        (GOOD | {"date": "2026-10-10", "source": ""}, "source is missing"),
        (GOOD | {"date": "2026-10-10", "half": "1"}, "half is not read"),
        (GOOD | {"date": "2026-09-21"}, "2026-09-21 is no weekend day"),
        (GOOD | {"date": "2025-09-28"}, "2025-09-28 is of another year"),
        (GOOD, "2026-09-20 is listed twice"),
    ],
)
def test_a_broken_row_names_file_row_and_remedy(cells, wrong):
    with pytest.raises(BrokenPackError, match=wrong):
        load_year([row(GOOD), row(cells, 3)], "calendars/2026.csv")


def test_an_empty_file_is_not_a_year_without_holidays():
    with pytest.raises(BrokenPackError, match=r"calendars/2027\.csv:0: no rows"):
        load_year([], "calendars/2027.csv")


def test_two_files_of_one_year_are_refused():
    with pytest.raises(BrokenPackError, match="2026 is loaded twice"):
        load_calendar({"a.csv": [row(GOOD)], "b.csv": [row(GOOD)]})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_file_holds_the_year_it_is_named_after(path):
    assert load_year(read_csv(path), path.name).years == {int(path.stem)}


@pytest.mark.skipif(not GIVEN.exists(), reason="the given transcription is not beside this tree")
def test_the_pack_holds_every_day_that_was_given_and_no_other():
    packed = Counter(
        (found.text("date"), found.text("kind")) for path in FILES for found in read_csv(path)
    )
    kinds = {"holiday": "off", "in_lieu_day": "off", "makeup_workday": "work"}
    given = csv.DictReader(GIVEN.read_text(encoding="utf-8").splitlines())
    assert packed == Counter({(line["date"], kinds[line["kind"]]) for line in given})
