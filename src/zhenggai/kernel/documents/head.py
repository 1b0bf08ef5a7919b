"""文头: title, days, place, issuer, meeting, source and author of a document.

From   The lay-out of news reports, notices and papers after GB/T 9704-2012.
Takes  Clean text.
Gives  One value each with its place, or None.
Never  Reads a body sentence as a title, or a year out of a month and a day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai.kernel.documents.records import Confidence, Found
from zhenggai.kernel.text.numerals import StatedDay, days
from zhenggai.kernel.text.pinyin import HAN

if TYPE_CHECKING:
    from zhenggai.kernel.text.clean import CleanText

TAIL_LINES = 4
META_LENGTH = 90
PLACE_WITHIN = 200
SIGNED_LENGTH = 40
SHORTEST_TITLE, LONGEST_TITLE = 6, 80
UNKNOWN_YEAR = "XXXX"

_META = re.compile(
    r"(?:^|\s)(?:(?:文章|信息|稿件)?来源|作者|发布(?:时间|日期|机构)|发文(?:日期|机关|字号)|"
    r"成文日期|日期|时间|索引号|文号|责任编辑)："
)
_LETTERHEAD = re.compile(
    rf"^[{HAN}（）]+文件$|^[{HAN}]*[〔\[（(]?\d{{0,4}}[〕\]）)]?\s*第?\d+号(?:（[^）]*）)?$"
)
_BODY = re.compile(r"[。；！？…]|：$")
_SOURCE = re.compile(r"(?:^|\s)(?:文章|信息|稿件)?来源：\s*(?P<value>[^\s：，。]+)")
_AUTHOR = re.compile(r"(?:^|\s)(?:作者|记者|通讯员)：\s*(?P<value>[^\s：，。]+)")
_DATELINE = re.compile(
    rf"^(?P<source>[{HAN}]{{2,12}}?)(?P<day>(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日)(?:讯|电)"
    rf"(?:（(?:本[报网]|首席|见习|实习)?(?:记者|通讯员)\s*(?P<author>[{HAN}]+(?:[、\s]+[{HAN}]+)*)）)?"
)
_PUBLISHED_LABEL = re.compile(r"(?:发布|发文|成文|印发)(?:时间|日期)：\s*$")
_PRINTED = re.compile(r"印发\s*$")
_OPENING = re.compile(r"^(?:上午|下午|晚上?|当天|凌晨)?[，,]")
_MEETING_IN_TITLE = re.compile(rf"(?P<value>[{HAN}“”（）]{{3,40}}?会(?:议)?)(?:召开|举行)")
_MEETING_IN_BODY = re.compile(
    rf"(?:[，。]|午|^)(?P<value>[{HAN}“”]{{4,40}}?会(?:议)?)(?:召开|举行)(?=[，。])|"
    rf"(?:召开|举行)(?:了)?(?P<called>[{HAN}“”]{{2,40}}?(?:会议|[进动调部点座现专推]\w会|大会))"
    r"(?=[，。、；])"
)
_BODY_OF_STATE = re.compile(
    rf"^[{HAN}（）]{{3,40}}(?:办公室|指挥部|领导小组|委员会|人民政府|政府|局|厅|委|部|院|中心|站)"
    r"(?:（[^）]+）)?$"
)
_OFFICE = "(?:人民)?政府|市?委|生态环境|污染防治|自然资源|住|水利|应急|[农林]业|环境?保|[相有]关|20"
_PLACE = re.compile(
    rf"(?:^|关于(?:印发|做好|转发|下达|交办)?《?|[，。])(?:\d{{4}}年)?"
    rf"(?P<value>(?:[{HAN}]{{2,3}}省)?[{HAN}]{{1,4}}?(?:自治州|[市县区]|州(?![市县区])))(?P<after>.{{0,4}})"
)
_NO_PLACE = re.compile(
    r".*(?:[园社小城景库矿辖片山牧林厂院校地护县市]区|城市|超市|上市|[县州]市|市县)$|"
    r".*[做好推的将各我本该等及是有以按照把被从向对在为全省和与此了所其这那]"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the clean text and where it begins."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Head:
    """A document cut into what stands before its first sentence and the rest."""

    clean: CleanText
    above: tuple[Line, ...]
    body: tuple[Line, ...]

    def found(
        self, line: Line, start: int, end: int, confidence: Confidence = Confidence.STATED
    ) -> Found[str]:
        """A value in the words of a line."""
        at = line.start
        return Found(line.text[start:end], self.clean.span(at + start, at + end), confidence)


def cut(clean: CleanText) -> Head:
    """Find the first body line: it has a full stop in it, or addresses somebody."""
    lines: list[Line] = []
    at = 0
    for text in clean.text.split("\n"):
        lines.append(Line(at, text))
        at += len(text) + 1
    first = next((i for i, line in enumerate(lines) if _is_body(line.text)), len(lines))
    return Head(clean, tuple(lines[:first]), tuple(lines[first:]))


def title(head: Head) -> Found[str] | None:
    """The first line above the body that is neither letterhead nor source line."""
    for line in head.above:
        if _LETTERHEAD.match(line.text) or _is_meta(line.text) or _BODY_OF_STATE.match(line.text):
            continue
        if SHORTEST_TITLE <= len(line.text) <= LONGEST_TITLE:
            return head.found(line, 0, len(line.text))
        return None
    return None


def source(head: Head) -> Found[str] | None:
    """Who published the text: a source line, else the dateline of a report."""
    return _labelled(head, _SOURCE, "value") or _from_dateline(head, "source")


def author(head: Head) -> Found[str] | None:
    """Who wrote the text."""
    return _labelled(head, _AUTHOR, "value") or _from_dateline(head, "author")


def published(head: Head) -> Found[str] | None:
    """A labelled or full day above the body, else the signing day, else the dateline."""
    for line in head.above:
        for day in days(line.text) if _is_meta(line.text) else ():
            if day.year is not None or _PUBLISHED_LABEL.search(line.text, 0, day.start):
                return _day(head, line, day)
    if (signed := _signed(head)) is not None:
        line, day = signed
        return _day(head, line, day, Confidence.BY_POSITION)
    for line in head.body:
        if m := _DATELINE.match(line.text):
            return _day(head, line, days(m["source"] + m["day"])[0])
    return None


def happened(head: Head, published_on: Found[str] | None) -> Found[str] | None:
    """The day the report opens with; else the day under a signature.

    A missing year is taken only from a published day that is fully stated and not earlier.
    """
    for line in head.body:
        opening = _opening_day(line.text)
        if opening is not None:
            return _with_year(_day(head, line, opening), published_on)
    if (signed := _signed(head)) is not None:
        line, day = signed
        return _day(head, line, day, Confidence.BY_POSITION)
    return None


def issuer(head: Head) -> Found[str] | None:
    """The body named on the line above the signing day."""
    signed = _signed(head)
    if signed is None:
        return None
    lines = [*head.above, *head.body]
    above = lines[max(lines.index(signed[0]) - 1, 0)]
    if _BODY_OF_STATE.match(above.text):
        return head.found(above, 0, len(above.text), Confidence.BY_POSITION)
    return None


def meeting(head: Head) -> Found[str] | None:
    """The name of the meeting that was held."""
    for line in head.above:
        if m := _MEETING_IN_TITLE.match(line.text):
            return head.found(line, *m.span("value"))
    for line in head.body:
        if m := _MEETING_IN_BODY.search(line.text):
            return head.found(line, *m.span("value" if m["value"] else "called"))
    return None


def place(head: Head, named: Found[str] | None) -> Found[str] | None:
    """The county or city a document is about: in its title, its issuer, or its first sentence."""
    lines = [line for line in head.above if named and line.text == named.value]
    lines += [line for line in [*head.above, *head.body] if _BODY_OF_STATE.match(line.text)]
    lines += head.body[:1]
    for line in lines:
        for m in _PLACE.finditer(line.text, 0, PLACE_WITHIN):
            value = m["value"]
            known = head.clean.text.count(value) > 1 or re.match(_OFFICE, m["after"])
            if known and not _NO_PLACE.match(value):
                return head.found(line, *m.span("value"))
    return None


def _is_body(line: str) -> bool:
    return bool(_BODY.search(line)) and not _is_meta(line)


def _is_meta(line: str) -> bool:
    if len(line) > META_LENGTH or "。" in line:
        return False
    return bool(_META.search(line)) or any(d.end - d.start >= len(line) / 2 for d in days(line))


def _labelled(head: Head, words: re.Pattern[str], group: str) -> Found[str] | None:
    for line in head.above:
        if m := words.search(line.text):
            return head.found(line, *m.span(group))
    return None


def _from_dateline(head: Head, group: str) -> Found[str] | None:
    for line in head.body:
        m = _DATELINE.match(line.text)
        if m and m[group]:
            return head.found(line, *m.span(group))
    return None


def _signed(head: Head) -> tuple[Line, StatedDay] | None:
    """The signing day: a line of its own among the last ones."""
    for line in reversed([*head.above, *head.body][-TAIL_LINES:]):
        if len(line.text) > SIGNED_LENGTH:
            continue
        for day in days(line.text):
            rest = line.text[: day.start] + line.text[day.end :]
            if not rest.strip() or _PRINTED.fullmatch(rest):
                return line, day
    return None


def _opening_day(line: str) -> StatedDay | None:
    """A day at the start of a line or right behind the dateline, followed by a comma."""
    dateline = _DATELINE.match(line)
    at = dateline.end() if dateline else 0
    for day in days(line):
        if day.start == at and _OPENING.match(line[day.end :]):
            return day
    return None


def _with_year(day: Found[str], published_on: Found[str] | None) -> Found[str]:
    if not day.value.startswith(UNKNOWN_YEAR) or published_on is None:
        return day
    year, rest = published_on.value[: len(UNKNOWN_YEAR)], day.value[len(UNKNOWN_YEAR) :]
    if year == UNKNOWN_YEAR or rest > published_on.value[len(UNKNOWN_YEAR) :]:
        return day
    return Found(year + rest, day.span, Confidence.YEAR_FROM_PUBLISHED)


def _day(
    head: Head, line: Line, day: StatedDay, confidence: Confidence = Confidence.STATED
) -> Found[str]:
    at = line.start
    return Found(day.iso, head.clean.span(at + day.start, at + day.end), confidence)
