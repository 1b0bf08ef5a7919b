"""表格导入: CSVs as people have them, and each way one can be wrong."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest

from zhenggai.analytics.observations import BEIJING, Flag
from zhenggai.kernel.quantities.series import Series
from zhenggai.kernel.verdict import Refused
from zhenggai.stores.tables import RowTaken, read_observations

NAMES = {
    "bod_in": "进水五日生化需氧量",
    "nh3n_out": "出水氨氮",
    "cod_out": "出水化学需氧量",
}
SERIES = {key: Series(key, name, "", "mg/L", 1000, 1, "day") for key, name in NAMES.items()}
SERIES["power"] = Series("power", "供电量", "", "kWh/d", 100, 1, "day")
SERIES["flow_in"] = Series("flow_in", "进水流量", "", "m3/d", 100, 0, "day")
SERIES["flow_hour"] = Series("flow_hour", "小时流量", "", "m3/d", 100, 0, "hour")
SERIES["rain"] = Series("rain", "降雨量", "", "mm", 10, 1, "day")
JULY_1 = datetime(2026, 7, 1, tzinfo=BEIJING)
LONG = "时间,点位,指标,数值,单位\n"


def read(text, coding="utf-8", **given):
    return read_observations("七月.csv", text.encode(coding), SERIES, **given)


def values(table):
    return [(r.row, r.series, r.at, r.ticks) for r in table.rows]


def told(table):
    return [(r.row, r.column, r.text) for r in table.refused]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gbk"])
def test_the_wide_form_is_read_in_every_coding(coding):
    table = read("时间,进水BOD(mg/L),出水COD（mg/L）,用电量(kWh)\n2026/7/1,68.4,,66\n", coding)
    assert values(table) == [(2, "bod_in", JULY_1, 68400), (2, "power", JULY_1, 6600)]
    assert [(c.header, c.series_key, c.unit) for c in table.taken] == [
        ("时间", "", ""),
        ("进水BOD(mg/L)", "bod_in", "mg/L"),
        ("出水COD（mg/L）", "cod_out", "mg/L"),
        ("用电量(kWh)", "power", "kWh/d"),
    ]
    assert table.refused == ()


def test_the_long_form_gives_the_place_as_typed():
    table = read(
        LONG + "2026年7月1日,青石镇,氨氮出水,1,mg/L\n2026年7月1日,青石镇,出水氨氮,9.6,mg/L\n"
    )
    assert table.rows == (RowTaken(3, "青石镇", "nh3n_out", JULY_1, 9600),)
    assert told(table) == [(2, "指标", "指标“氨氮出水”不认识")]


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("2026-07-01", 0),
        ("2026-7-1 8:00", 8),
        ("2026-07-01T08:00:00", 8),
        ("2026/7/1 08:00", 8),
        ("2026年7月1日8时", 8),
        ("2026年7月1日 8时30分", 8.5),
        ("2026-07-01 24:00", 24),
    ],
)
def test_a_time_is_read_as_people_write_it(typed, hours):
    (row,) = read(f"时间,bod_in\n{typed},1\n").rows
    assert row.at == JULY_1 + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("time", "value", "column", "sentence"),
    [
        ("2026-02-30", "1", "时间", "“2026-02-30”不是日历上的日期"),
        ("7月1日", "1", "时间", "“7月1日”不是可识别的时间"),
        ("", "1", "时间", "“”不是可识别的时间"),
        ("２０２６-07-01", "1", "时间", "“２０２６-07-01”含全角数字"),
        ("2026-07-01 25:00", "1", "时间", "“2026-07-01 25:00”的时刻不可识别"),
        ("2026-07-01 上午", "1", "时间", "“2026-07-01 上午”的时刻不可识别"),
        ("1926-07-01", "1", "时间", "“1926-07-01”的年份超出可存范围"),
        ("2026-07-01", "８.5", "bod_in", "“８.5”含全角数字"),
        ("2026-07-01", "合格", "bod_in", "“合格”不是数字"),
        ("2026-07-01", "NaN", "bod_in", "“NaN”不是数字"),
        ("2026-07-01", "1e3", "bod_in", "“1e3”不是数字"),
        ("2026-07-01", '"1,234"', "bod_in", "“1,234”不是数字"),
        ("2026-07-01", "9" * 12, "bod_in", "超出可存储的范围"),
    ],
)
def test_a_bad_cell_is_told_with_row_column_and_remedy(time, value, column, sentence):
    table = read(f"时间,bod_in\n2026-06-30,5\n{time},{value}\n2026-07-02,6\n")
    (bad,) = table.refused
    assert (bad.row, bad.column) == (3, column)
    assert sentence in bad.text
    assert bad.remedy
    assert [r.row for r in table.rows] == [2, 4]


def test_a_row_longer_than_the_header_is_told_and_the_others_remain():
    table = read("时间,bod_in\n2026-07-01,1,234\n2026-07-02,6\n")
    assert told(table) == [(2, "第3列", "列数多于表头")]
    assert [r.row for r in table.rows] == [3]


def test_a_bad_time_is_told_once_for_all_its_columns():
    table = read("时间,bod_in,cod_out\n2026-02-30,1,2\n2026-07-01,3,4\n")
    assert told(table) == [(2, "时间", "“2026-02-30”不是日历上的日期")]


def test_of_two_values_for_one_time_neither_is_taken():
    table = read("时间,bod_in,cod_out\n2026-07-01,1,5\n2026/7/1,2,5\n")
    assert values(table) == [(2, "cod_out", JULY_1, 5000)]
    assert told(table) == [
        (2, "bod_in", "进水五日生化需氧量在“2026-07-01”的数值1与第3行（2）不同"),
        (3, "bod_in", "进水五日生化需氧量在“2026/7/1”的数值2与第2行（1）不同"),
    ]


def test_a_row_written_twice_is_taken_once():
    table = read("时间,bod_in\n2026-07-01,1\n2026-07-01,1.0\n")
    assert (len(table.rows), table.refused) == (1, ())


def test_the_same_time_at_two_places_is_no_contradiction():
    table = read(LONG + "2026-07-01,甲,bod_in,1,mg/L\n2026-07-01,乙,bod_in,2,mg/L\n")
    assert (len(table.rows), table.refused) == (2, ())


def test_below_detection_is_kept_as_such():
    (row,) = read("时间,bod_in\n2026-07-01,<0.5\n").rows
    assert (row.ticks, row.flag) == (500, Flag.BELOW_DETECTION)


def test_a_unit_in_the_header_is_converted_and_the_assumption_is_said():
    table = read("时间,进水量(吨/日),出水COD(g/L)\n2026-07-01,860,0.03\n")
    assert [r.ticks for r in table.rows] == [86000, 30_000]
    assert table.taken[1].how == "“进水量”即进水流量；按1吨水计1立方米"


def test_a_unit_unlike_the_other_rows_is_refused_not_converted():
    rows = "".join(
        f"2026-07-0{n},,出水氨氮,1.{n},{'g/L' if n == 3 else 'mg/L'}\n" for n in (1, 2, 3)
    )
    table = read(LONG + rows)
    assert [r.row for r in table.rows] == [2, 3]
    assert told(table) == [(4, "单位", "单位“g/L”与出水氨氮其余各行的“mg/L”不同")]


def test_a_long_row_without_unit_is_refused_unless_the_key_itself_is_written():
    table = read(LONG + "2026-07-01,,出水氨氮,1,\n2026-07-02,,nh3n_out,2,\n")
    assert [r.row for r in table.rows] == [3]
    assert told(table) == [(2, "指标", "“出水氨氮”没有单位")]


def test_an_hourly_value_needs_its_hour():
    table = read("时间,flow_hour\n2026-07-01,5\n2026-07-01 01:00,5\n")
    assert told(table) == [(2, "时间", "“2026-07-01”没有时刻，而该指标不是日数据")]
    assert len(table.rows) == 1


def test_columns_for_people_are_not_read_and_tabs_are_understood():
    table = read("序号\t日期\train\t备注\t\n1\t2026-07-01\t3.5\t晴，转雨\t\n")
    assert values(table) == [(2, "rain", JULY_1, 35)]
    assert [c.how for c in table.taken if not c.series_key] == ["不读取", "时间列", "不读取"]


def test_blank_lines_keep_the_numbers_of_the_rows():
    assert [r.row for r in read("时间,rain\n\n2026-07-01,1\n,\n2026-07-02,2\n").rows] == [3, 5]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "《七月.csv》是空文件"),
        ("\n \n", "《七月.csv》是空文件"),
        ("时间,rain\n", "《七月.csv》第1行以后没有数据"),
        ("rain\n1\n", "《七月.csv》第1行没有时间列"),
        ("时间,备注\n2026-07-01,晴\n", "《七月.csv》第1行没有指标列"),
        ("时间,心情(mg/L)\n2026-07-01,1\n", "《七月.csv》第1行第2列“心情(mg/L)”不认识"),
        ("时间,数值\n2026-07-01,1\n", "《七月.csv》第1行第2列“数值”不认识"),
        ("时间,进水BOD\n2026-07-01,1\n", "《七月.csv》第1行第2列“进水BOD”没有单位"),
        ("时间,进水BOD(mm)\n2026-07-01,1\n", "的单位“mm”不能换算"),
        ("时间,进水BOD(桶)\n2026-07-01,1\n", "单位“桶”无法识别"),
        ("时间,bod_in,进水BOD5(mg/L)\n2026-07-01,1,1\n", "第2列与第3列“进水BOD5(mg/L)”是同一指标"),
        ("时间,日期,rain\n2026-07-01,,1\n", "第2列“日期”与前面一列重复"),
        ("时间,rain,\n2026-07-01,1,5\n", "第1行第3列“”不认识"),
        ("时间,指标,单位\n2026-07-01,rain,mm\n", "第1行没有数值列"),
        (LONG + "2026-07-01,,出水氨氮,1,mm\n", "指标“出水氨氮”的单位“mm”不能换算"),
        (LONG.replace("点位", "天气") + "2026-07-01,晴,rain,1,mm\n", "第1行第2列“天气”不认识"),
        ('时间,rain\n2026-07-01,"1\n', "《七月.csv》的引号或字段不完整"),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused_as_a_whole(text, sentence):
    with pytest.raises(Refused) as refusal:
        read(text)
    assert sentence in str(refusal.value)
    assert refusal.value.reasons[0].remedy


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04\x00\x00", "不是文本表格"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "不是文本表格"),
        ("时间,rain\n".encode("utf-16"), "是UTF-16编码的文本"),
        (b"\x81\xff\xff\xff", "不是文本表格"),
    ],
    ids=["zip", "jpeg", "utf-16", "no coding"],
)
def test_a_file_that_is_no_text_is_refused_with_the_way_to_save_it(content, sentence):
    with pytest.raises(Refused, match=sentence) as refusal:
        read_observations("七月.csv", content, SERIES)
    assert "另存为" in refusal.value.reasons[0].remedy


def test_a_file_over_the_limit_is_refused():
    with pytest.raises(Refused, match=r"有32字节，超过上限31字节"):
        read_observations("七月.csv", b"x" * 32, SERIES, limit=31)


def story_5_3():
    """1,440 rows: 77 has g/L, 80 has 02-30, 90 and 91 the same time; the header is row 1."""
    rows = []
    for n in range(1440):
        at = JULY_1 + timedelta(hours=n)
        unit = "g/L" if n + 2 == 77 else "mg/L"
        when = (
            "2026-02-30" if n + 2 == 80 else f"{at - timedelta(hours=n + 2 == 91):%Y-%m-%d %H:%M}"
        )
        rows.append(f"{when},青石镇,出水氨氮,{1 + n % 7}.5,{unit}\n")
    return (LONG + "".join(rows)).encode("gbk")


def test_the_file_of_story_5_3_keeps_1436_rows_and_tells_four():
    table = read_observations("七月.csv", story_5_3(), SERIES)
    assert len(table.rows) == 1436
    assert [(r.row, r.column) for r in table.refused] == [
        (77, "单位"),
        (80, "时间"),
        (90, "数值"),
        (91, "数值"),
    ]
    assert all(r.remedy for r in table.refused)
    assert Counter(r.series for r in table.rows) == {"nh3n_out": 1436}


def test_reading_the_same_file_twice_gives_the_same():
    first = read_observations("七月.csv", story_5_3(), SERIES)
    assert read_observations("七月.csv", story_5_3(), SERIES) == first
