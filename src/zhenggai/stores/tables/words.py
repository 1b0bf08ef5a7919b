"""列名: what people call the columns of such tables, and how a header gives its unit."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhenggai.kernel.quantities.series import Series

TIME = "time"
PLACE = "place"
SERIES = "series"
VALUE = "value"
UNIT = "unit"
UNREAD = "unread"

_ROLES = {
    TIME: "时间 日期 日期时间 监测时间 监测日期 采样时间 采样日期 数据时间 time date",
    PLACE: "点位 点位名称 监测点 监测点位 站点 站点名称 设施 设施名称 污水处理厂 place",
    SERIES: "指标 指标名称 项目 监测项目 监测因子 因子 series",
    VALUE: "数值 值 监测值 测定值 监测结果 结果 value",
    UNIT: "单位 计量单位 unit",
    UNREAD: "序号 备注 说明 note",
}
_FACTORS = {
    "bod": "bod bod5 五日生化需氧量 生化需氧量",
    "cod": "cod codcr 化学需氧量",
    "nh3n": "nh3n 氨氮",
    "tn": "tn 总氮",
    "tp": "tp 总磷",
    "ss": "ss 悬浮物",
    "temp": "水温 温度",
    "flow": "水量 流量",
}
_ENDS = {"in": "进水 进口", "out": "出水 出口"}
_OTHERS = {
    "power": "供电量 用电量 耗电量 电量 日用电量",
    "rain": "降雨量 降水量 雨量 日降雨量",
    "flow_in": "进水量 进水流量",
    "temp_out": "出水温度",
}
_UNITS = {
    "mg/L": "毫克/升",
    "ug/L": "μg/L 微克/升",
    "g/L": "克/升",
    "m3/d": "m3/日 m3/天 立方米/日 立方米/天",
    "t/d": "t/日 吨/日 吨/天",
    "L/s": "升/秒",
    "kWh/d": "kWh/日 kWh/天 千瓦时/日 度/日 度/天",
    "mm": "毫米",
    "℃": "摄氏度",
}
_OF_A_DAY = {"m3/d": "m3 立方米", "t/d": "t 吨", "kWh/d": "kWh 千瓦时 度"}
_UNIT = re.compile(r"^(?P<name>.*?)\s*[(（\[［]\s*(?P<unit>[^()（）\[\]［］]+?)\s*[)）\]］]\s*$")


def plain(text: str) -> str:
    """Return a name without the differences typing makes: width, case, spaces, hyphens."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s_\-]", "", folded)


def split_unit(header: str) -> tuple[str, str]:
    """Return the name and the unit of a header such as ``进水BOD(mg/L)``; the unit may be empty."""
    found = _UNIT.match(header)
    return (found["name"].strip(), found["unit"]) if found else (header.strip(), "")


def spelled(unit: str, series: Series) -> str:
    """Return a unit as the kernel spells it; for a value of a day, kWh is kWh/d."""
    word = plain(unit)
    of_a_day = _UNIT_OF_A_DAY.get(word) if series.period == "day" else None
    return of_a_day or _UNIT_BY_WORD.get(word, unit)


def role_of(header: str) -> str:
    """Return what a column is for, or nothing when it may be a series."""
    return _ROLE_BY_WORD.get(plain(split_unit(header)[0]), "")


def series_by_word(series: Mapping[str, Series]) -> dict[str, str]:
    """Return the key for each plain word a known series is called by."""
    words = {plain(word): key for key, word in _spoken() if key in series}
    words |= {plain(s.name): key for key, s in series.items()}
    return words | {plain(key): key for key in series}


def _spoken() -> list[tuple[str, str]]:
    joined = [
        (f"{factor}_{end}", before + word)
        for factor, words in _FACTORS.items()
        for end, befores in _ENDS.items()
        for before in befores.split()
        for word in words.split()
    ]
    return joined + [(key, word) for key, words in _OTHERS.items() for word in words.split()]


def _by_word(spoken: Mapping[str, str]) -> dict[str, str]:
    return {plain(word): key for key, words in spoken.items() for word in (key, *words.split())}


_UNIT_BY_WORD = _by_word(_UNITS)
_UNIT_OF_A_DAY = {plain(w): unit for unit, spoken in _OF_A_DAY.items() for w in spoken.split()}
_ROLE_BY_WORD = _by_word(_ROLES)
