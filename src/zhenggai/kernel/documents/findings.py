"""问题与责任: sources of findings, problems named, kinds of duty, numbers, cited documents.

From   Directives, feedback notices and reports.
Takes  Clean text.
Gives  Each value in the words of the text, with its place.
Never  Joins words that do not stand together, or counts what the text does not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhenggai.kernel.documents.records import Figure, Found
from zhenggai.kernel.text.pinyin import HAN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhenggai.kernel.text.clean import CleanText

SHORTEST_PROBLEM = 4
LONGEST_WHAT = 20
LONGEST_BEHIND = 4
LONGEST_LINK = 6

_LEVEL = (
    r"(?:第[一二三四五六]轮)?(?:中央|国家|全国|省委|省级|市级|省|长江经济带|黄河流域|"
    rf"(?:(?![年月日对关于和与及的在])[{HAN}]){{2,3}}[省市])(?:第[一二三四五六]轮)?"
)
_SOURCE = re.compile(
    rf"{_LEVEL}[{HAN}]{{0,10}}?(?:督察|警示片|审计|执法检查|巡视|巡查|暗访)(?:“回头看”)?[{HAN}]{{0,4}}?"
    rf"(?:反馈|披露|交办|移交|发现|指出|曝光|通报)(?:的)?(?:(?:突出|生态|环境|具体){{0,3}}(?:问题|意见|线索|清单|件)|(?=“))"
)
_EXISTING = re.compile(
    r"存在(?:着|了|的)?(?:主要|突出)?(?P<list>[^，。；：\n]{4,80}?)等?(?:方面的?)?问题"
)
_QUOTED = re.compile(
    r"(?:关于|反馈)“(?P<quoted>[^”\n]{4,80})”(?:的)?(?:问题)?(?=[^，。；\n]{0,6}(?:整改|落实|反馈))|"
    r"(?:整改问题|存在问题|问题描述|问题内容)：?\n(?P<line>[^\n]{4,120}?)。?(?=\n)"
)
_VAGUE = re.compile(r"^(?:一些|不少|较多|诸多|许多|很多|多处|明显|一定|哪些|什么)")
_DUTY = re.compile(
    rf"属地(?:管理|监管)?(?:主体)?责任|(?:部门|行业)(?:管理|监管|主管|指导)?责任|"
    rf"企业(?:(?!落实|压实|承担|履行|扛起)[{HAN}]){{0,6}}?主体责任|属地(?:管理|监管)(?=、)|(?:部门|行业)(?:管理|监管|主管)(?=[、和])"
)
_UNIT = (
    "大类|类|个|座|处|家|项|件|名|人|户|台|套|吨/日|吨/天|立方米/日|万吨|吨|万元|亿元|平方公里|平方米|公顷|亩|公里|米|"
    "毫克/升|mg/L|mg/m3|%|％"
)
_NUMBER = re.compile(
    rf"(?<![\d.\-/*])(?P<value>\d{{1,15}}(?:,\d{{3}}){{0,4}}(?:\.\d{{1,9}})?)(?P<unit>{_UNIT})"
    rf"(?P<after>[{HAN}]{{0,{LONGEST_BEHIND + 1}}})"
)
_HAN_RUN = re.compile(rf"[{HAN}]*$")
_LINKING = re.compile(r"(?:任务)?(?:共计?|总计|合计|为|有|达到?|是|约|计|已|仅|设置|在)+$")
# A verb or a mere 其中 beside a number does not say what is counted.
_NO_SUBJECT = re.compile(
    r"其中|已|正在|未|剩余|但|截[止至]|处于|我[市县区]|整理出|制定|共|并|约|现|另|在建|待"
)
_DURATION = re.compile(r"(?:工作日|自然日|月|小时|阶段|方面|百分|季度)")
_CITED = re.compile(
    r"《(?P<value>[^《》\n]{3,60}(?:法|条例|办法|规定|通知|意见|方案|标准|规范|细则|函|公告|计划|纲要|指南|清单|决定|制度|报告|目录|通报)"
    r"(?:（[^）]{1,12}）)?)》"
)


def findings_sources(clean: CleanText) -> tuple[Found[str], ...]:
    """Where problems come from: 督察反馈, 警示片披露."""
    return _once(_found(clean, *m.span()) for m in _SOURCE.finditer(clean.text))


def problems(clean: CleanText) -> tuple[Found[str], ...]:
    """Problems a text names, in its own words; the system quotes them and says none itself."""
    found: list[Found[str]] = []
    for m in _EXISTING.finditer(clean.text):
        found += [
            _found(clean, start, end)
            for start, end in split(clean.text, *m.span("list"))
            if end - start >= SHORTEST_PROBLEM and not _VAGUE.match(clean.text[start:end])
        ]
    for m in _QUOTED.finditer(clean.text):
        found.append(_found(clean, *m.span("quoted" if m["quoted"] else "line")))
    return _once(sorted(found, key=lambda f: f.span))


def responsible_kinds(clean: CleanText) -> tuple[Found[str], ...]:
    """Kinds of duty: 属地, 部门, 企业."""
    return _once(_found(clean, *m.span()) for m in _DUTY.finditer(clean.text))


def figures(clean: CleanText) -> tuple[Found[Figure], ...]:
    """Numbers with a unit, where the words directly beside say what they count."""
    found: list[Found[Figure]] = []
    for m in _NUMBER.finditer(clean.text):
        what = _what(clean.text, m)
        if what is not None:
            start, end = what
            figure = Figure(clean.text[start:end], m["value"], m["unit"])
            span = clean.span(min(start, m.start("value")), max(end, m.end("unit")))
            found.append(Found(figure, span))
    return tuple(found)


def cited_documents(clean: CleanText, *, title: Found[str] | None) -> tuple[Found[str], ...]:
    """Laws, measures and notices a text refers to; its own title is not one of them."""
    found = (_found(clean, *m.span("value")) for m in _CITED.finditer(clean.text))
    own = title.span if title else None
    return _once(f for f in found if own is None or not (own.start <= f.span.start < own.end))


def split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a list joined by 、."""
    parts: list[tuple[int, int]] = []
    for part in text[start:end].split("、"):
        parts.append((start, start + len(part)))
        start += len(part) + 1
    return parts


def _what(text: str, m: re.Match[str]) -> tuple[int, int] | None:
    if _DURATION.match(m["after"]):
        return None
    run = _HAN_RUN.search(text, max(m.start() - LONGEST_WHAT - LONGEST_LINK, 0), m.start())
    start, end = run.span() if run else (m.start(), m.start())
    attached = start > 0 and (text[start - 1].isdigit() or text[start - 1] in "*%％.")
    end = start + len(_LINKING.sub("", text[start:end]))
    if not attached and _counted(text, start, end, LONGEST_WHAT):
        return start, end
    start, end = m.span("after")
    closed = text[end : end + 1] in ("", "，", "。", "；", "、", "\n", "）")
    return (start, end) if closed and _counted(text, start, end, LONGEST_BEHIND) else None


def _counted(text: str, start: int, end: int, longest: int) -> bool:
    if not 1 < end - start <= longest or text[end - 1] == "第":
        return False
    return not _NO_SUBJECT.match(text, start, end)


def _found(clean: CleanText, start: int, end: int) -> Found[str]:
    return Found(clean.text[start:end], clean.span(start, end))


def _once(found: Iterable[Found[str]]) -> tuple[Found[str], ...]:
    first: dict[str, Found[str]] = {}
    for one in found:
        first.setdefault(one.value, one)
    return tuple(first.values())
