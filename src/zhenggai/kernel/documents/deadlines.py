"""时限句式: every way a document says by when, read from running text.

From   Expressions seen in public documents (domain facts, 3.3).
Takes  Clean text, or one expression from a table cell.
Gives  Deadlines with their place in the text; the raw words are always kept.
Never  Turns a milestone into a closing day, or a standing duty into a date.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from zhenggai.kernel.calendars.deadline import Deadline, DeadlineKind
from zhenggai.kernel.documents.dated import (
    Place,
    dated,
    from_run,
    lost_signs,
    month_end,
    periods,
    year_ends,
)
from zhenggai.kernel.documents.records import Stage, StatedDeadline
from zhenggai.kernel.text.numerals import number

WHOLE = 100
DECEMBER = 12
SHORTEST_RUN = 6  # a year and two digits

_N = r"[\d一二三四五六七八九十百]"
_NUM = rf"{_N}{{1,4}}"
_MILESTONE = re.compile(
    r"(?:(?:(?P<year>\d{4})年|[今本]?年)(?P<by>内|底前?))[^，。；\n]{0,8}?"
    r"阶段性(?:工作)?(?:成果|成效|进展|目标|任务|效果)"
)
_WITHIN_YEAR = re.compile(
    r"(?<![\d每])[今本]?年内(?=(?:全部|全面|基本)?(?:完成|建成|整改|销号|退出|关闭))"
)
_WORDS = (
    (
        DeadlineKind.RECURRING,
        re.compile(
            rf"每(?:个季度|季度|半年)末?|[按逐]季度?|每年{_NUM}月(?:底|{_NUM}日)前?|"
            rf"(?:每个?月|每周|[按逐]月)(?:底|末|{_NUM}日)?前?"
            rf"(?=(?:至少)?(?:{_N}次)?[^，。；\n]{{0,12}}?(?:调度|报送|上报|报告|通报|排查|检查|巡查|监测|更新|开展))"
        ),
    ),
    (
        DeadlineKind.RELATIVE,
        re.compile(
            r"(?:自[^，。；\n]{1,12}?之日起|(?:反馈|约谈|公示|移交|交办|印发|验收|立案|收到|接到|会议?|通报)"
            r"[^，。；\n]{0,8}?(?:之?后|之日起|起)|信访件)?"
            rf"{_NUM}个?(?:工作日|自然日|日|天|月|周|小时)(?:之内|以内|内(?!容))"
        ),
    ),
    (
        DeadlineKind.IMMEDIATE,
        re.compile(
            r"(?:立行立改|即知即改|立查立改|立整立改|边督边改|立即(?:完成)?整改)(?![^，。；\n]{0,2}阶段)"
        ),
    ),
    (
        DeadlineKind.STANDING,
        re.compile(r"长期坚持(?![^，。；\n]{0,6}阶段)|持续推进(?=[，。；、\n）]|$)"),
    ),
)
_SHARE = re.compile(
    r"[，；]?[^，。；\n\d]{0,12}?(?:(?P<share>\d{1,3}(?:\.\d+)?)\s*[%％]|(?P<whole>全部|全面))"
)


def find(text: str) -> tuple[Place, ...]:
    """Every deadline in a text, in order; where two readings overlap the longer stands."""
    readers = (dated, year_ends, lost_signs, periods, _milestones, _within_year, _worded)
    found = [place for read in readers for place in read(text)]
    kept: list[Place] = []
    for place in sorted(found, key=lambda p: (p.start - p.end, p.start)):
        at = bisect_left(kept, place.start, key=lambda p: p.start)
        clear_before = at == 0 or kept[at - 1].end <= place.start
        if clear_before and (at == len(kept) or place.end <= kept[at].start):
            kept.insert(at, place)
    return _staged(text, kept)


def parse(words: str) -> Deadline:
    """Read one expression, as it stands in a cell; what cannot be read stays unknown.

    Examples
    --------
    >>> parse("8月底前").iso, parse("2020112").alternatives
    ('XXXX-08-31', ('2020-01-12', '2020-11-02'))
    """
    words = words.strip()
    if words.isdecimal() and len(words) >= SHORTEST_RUN:
        return from_run(words, words)
    found = find(words)
    if not found:
        # Alone in its cell a bare day or month is a time limit; in running text it is not.
        labelled = f"时限：{words}"
        found = tuple(p for p in find(labelled) if p.end == len(labelled))
    if len(found) != 1:
        return Deadline(words, DeadlineKind.UNKNOWN)
    return replace(found[0].stated.deadline, raw=words)


def _milestones(text: str) -> list[Place]:
    found: list[Place] = []
    for m in _MILESTONE.finditer(text):
        by_end = m["by"] != "内"
        iso, due = month_end(number(m["year"] or ""), DECEMBER) if by_end else ("", None)
        deadline = Deadline(m.group(), DeadlineKind.MILESTONE, iso, due)
        found.append(Place(m.start(), m.end(), StatedDeadline(deadline)))
    return found


def _within_year(text: str) -> list[Place]:
    iso, _ = month_end(None, DECEMBER)
    return [
        Place(m.start(), m.end(), StatedDeadline(Deadline(m.group(), DeadlineKind.MONTH_END, iso)))
        for m in _WITHIN_YEAR.finditer(text)
    ]


def _worded(text: str) -> list[Place]:
    return [
        Place(m.start(), m.end(), StatedDeadline(Deadline(m.group(), kind)))
        for kind, words in _WORDS
        for m in words.finditer(text)
    ]


def _staged(text: str, places: list[Place]) -> tuple[Place, ...]:
    """Join days of one sentence that each carry a share: 80 % by A, all by B."""
    out: list[Place] = []
    run: list[tuple[Place, Stage, int]] = []
    for place in places:
        share = _share(text, place)
        if run and (share is None or not _joined(text, run[-1][2], place.start)):
            out.append(_close(text, run))
            run = []
        if share is None:
            out.append(place)
        else:
            run.append((place, *share))
    return (*out, _close(text, run)) if run else tuple(out)


def _share(text: str, place: Place) -> tuple[Stage, int] | None:
    deadline = place.stated.deadline
    if deadline.kind not in (DeadlineKind.EXACT, DeadlineKind.MONTH_END) or not deadline.iso:
        return None
    m = _SHARE.match(text, place.end)
    if m is None:
        return None
    share = Fraction(1) if m["whole"] else Fraction(m["share"]) / WHOLE
    return Stage(share, deadline.iso), m.end()


def _joined(text: str, end: int, start: int) -> bool:
    return not set("。\n") & set(text[end:start])


def _close(text: str, run: list[tuple[Place, Stage, int]]) -> Place:
    """A run of shares becomes one staged deadline if the shares rise; else it is its first day."""
    first, last = run[0][0], run[-1][0]
    rising = all(a.share < b.share for (_, a, _), (_, b, _) in pairwise(run))
    if len(run) == 1 or not rising:
        return first
    end = run[-1][2]
    raw = text[first.start : end]
    final = last.stated.deadline
    deadline = Deadline(raw, DeadlineKind.STAGED, final.iso, final.due_on)
    stages = tuple(stage for _, stage, _ in run)
    return Place(first.start, end, StatedDeadline(deadline, stages[0].iso, stages))
