"""重点任务: the tasks a directive orders, and the proposals an office confirms.

From   Sentences of the form 推进甲、乙、丙等重点任务, and numbered lists under a task heading.
Takes  Clean text; an ``Extract``.
Gives  Key tasks with the words that order them; one ``TaskProposal`` each.
Never  Lends a task another sentence's deadline, or adds a site, unit or number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai.kernel.calendars.deadline import Deadline, DeadlineKind
from zhenggai.kernel.documents.findings import split
from zhenggai.kernel.documents.records import Extract, Found, KeyTask
from zhenggai.kernel.text.pinyin import HAN
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhenggai.kernel.text.clean import CleanText, Span

LONGEST_CLAUSE = 400
COLON = "任务："

_WORK = (
    "建设|整治|治理|整改|修复|改造|攻坚|清理|清零|提升|防治|关闭|退出|处置|管控|保护|工程|行动|排查"
)
_NAME = re.compile(rf"[{HAN}“”（）\d]{{2,36}}?(?:{_WORK})")
_LEAD = re.compile(
    rf"^[{HAN}]{{0,8}}?(?:推进|抓好|抓实|开展|实施|完成|落实|做好|突出|聚焦|围绕|部署|打好|包括|统筹)(?:好|了)?"
)
_LISTED = re.compile(
    rf"(?P<list>.+?)等[{HAN}“”\d]{{0,20}}?任务|.*?任务(?:包括|为|是)(?P<named>.+?)等?$"
)
_CLAUSE = re.compile(rf"[^，。；：！？\n]{{1,{LONGEST_CLAUSE}}}")
_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]?")
_LEVELS = (
    re.compile(r"[一二三四五六七八九十]{1,3}、"),
    re.compile(r"（[一二三四五六七八九十]{1,3}）"),
    re.compile(r"\d{1,2}[.．、](?!\d)\s*|任务[一二三四五六七八九十\d]{1,3}[：、]"),
    re.compile(r"（\d{1,2}）|[①-⑳]"),
)
_TASK_HEADING = re.compile(
    rf"(?:[{HAN}]{{0,8}})任务(?:及分工|分工|清单|安排)?：?$|[^。；\n]*任务[^。；\n]{{0,16}}：$"
)
_NAME_ENDS = re.compile(r"[。：；，（\s]|$")
_PLAN = re.compile(r"[^，。；\n]{0,8}?(?:方案|清单|台账|计划|报告|报表)")


@dataclass(frozen=True, slots=True)
class TaskProposal:
    """任务建议: what an office confirms, corrects or refuses.

    Parameters
    ----------
    theme_hint
        The task's name in the document; packs decide which theme it is.
    text
        The words that order it.
    deadline
        The one its own words state; several are not chosen between.
    responsible_kinds
        Kinds of duty its own words name, else those the document lays on all.
    span
        Where the name stands in the original.
    plan_deadline
        By when its own words ask for a plan or list, which is not the work.
    """

    theme_hint: str
    text: str
    deadline: Deadline
    responsible_kinds: tuple[str, ...]
    span: Span
    plan_deadline: Deadline | None = None


def key_tasks(clean: CleanText) -> tuple[Found[KeyTask], ...]:
    """Tasks in the order of the text; a name counts once."""
    first: dict[str, Found[KeyTask]] = {}
    for task in (*_numbered(clean), *_listed(clean)):
        first.setdefault(task.value.name, task)
    return tuple(sorted(first.values(), key=lambda t: t.span))


def tasks(extract: Extract) -> tuple[TaskProposal, ...]:
    """One proposal a key task; what its words do not say stays unknown."""
    return tuple(_proposal(extract, task) for task in extract.key_tasks)


def require_tasks(extract: Extract) -> tuple[TaskProposal, ...]:
    """The proposals, or a refusal when the text orders nothing."""
    if not extract.key_tasks:
        name = f"《{extract.title.value}》" if extract.title else "来文"
        raise Refused(
            Reason(
                "no-task",
                f"{name}全文未见任务句式，不能生成台账草稿",
                "核对是否为交办类文件；确有任务的，在原文中划定后人工录入",
            )
        )
    return tasks(extract)


def _proposal(extract: Extract, task: Found[KeyTask]) -> TaskProposal:
    scope = task.value.scope
    own = [f.value.deadline for f in extract.deadlines if _inside(f.span, scope)]
    plans = [d for d in own if _for_plan(task.value.order, d)]
    duties = [f.value for f in extract.responsible_kinds if _inside(f.span, scope)]
    return TaskProposal(
        task.value.name,
        task.value.order,
        _only([d for d in own if d not in plans]),
        tuple(duties or (f.value for f in extract.responsible_kinds)),
        task.span,
        plans[0] if len(plans) == 1 else None,
    )


def _only(deadlines: list[Deadline]) -> Deadline:
    if len(deadlines) == 1:
        return deadlines[0]
    raw = "；".join(d.raw for d in deadlines)
    isos = tuple(d.iso for d in deadlines if d.iso)
    return Deadline(raw, DeadlineKind.UNKNOWN, alternatives=isos)


def _for_plan(order: str, deadline: Deadline) -> bool:
    at = order.find(deadline.raw)
    return at >= 0 and bool(_PLAN.match(order, at + len(deadline.raw)))


def _inside(span: Span, scope: Span) -> bool:
    return scope.start <= span.start and span.end <= scope.end


def _listed(clean: CleanText) -> Iterator[Found[KeyTask]]:
    """推进甲、乙、丙等重点任务; 重点任务包括甲、乙和丙; 重点任务：甲、乙。."""
    for sentence in _SENTENCE.finditer(clean.text):
        for clause in _CLAUSE.finditer(clean.text, *sentence.span()):
            names = _names_listed(clean.text, *clause.span())
            for part in _trimmed(clean.text, names) if len(names) > 1 else ():
                yield _task(clean, part, sentence.span())


def _names_listed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    if text.endswith(COLON, 0, start):
        return split(text, start, end)
    m = _LISTED.match(text, start, end)
    return split(text, *m.span("list" if m["list"] else "named")) if m else []


def _trimmed(text: str, parts: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Cut the verb before the first name, part the last two at 和; keep what names work."""
    first, *rest = parts
    lead = _LEAD.match(text[first[0] : first[1]])
    start = first[0] + (lead.end() if lead else 0)
    for part in ((start, first[1]), *rest):
        for a, b in _at_and(text, part):
            if _NAME.fullmatch(text, a, b):
                yield a, b


def _at_and(text: str, part: tuple[int, int]) -> list[tuple[int, int]]:
    start, end = part
    for m in re.finditer(rf"(?:{_WORK})(?P<and>[和及])", text[start:end]):
        a, b = start + m.start("and"), start + m.end("and")
        return [(start, a), (b, end)]
    return [part]


def _numbered(clean: CleanText) -> Iterator[Found[KeyTask]]:
    """Numbered items under a numbered heading or a lead-in with a colon that says 任务."""
    lines = _lines(clean.text)
    under: int | None = None  # level of the task heading; -1 for a lead-in without a number
    item: int | None = None
    for i, (start, end) in enumerate(lines):
        level, skip = _level(clean.text[start:end])
        if _heads_tasks(clean.text, start, end):
            under, item = (-1 if level is None else level), None
            continue
        if under is None or level is None:
            continue
        if level <= under or (item is not None and level < item):
            under = None
            continue
        item = level if item is None else item
        name = _NAME.match(clean.text, start + skip, end) if level == item else None
        if name and _NAME_ENDS.match(clean.text, name.end()):
            yield _task(clean, name.span(), (start, _block_end(clean.text, lines, i, level)))


def _heads_tasks(text: str, start: int, end: int) -> bool:
    level, skip = _level(text[start:end])
    heading = _TASK_HEADING.fullmatch(text, start + skip, end) is not None
    return heading and (level is not None or text[end - 1] == "：")


def _block_end(text: str, lines: list[tuple[int, int]], i: int, level: int) -> int:
    """An item reaches to the next number of its own or a higher level, or to the signature."""
    last = lines[i][1]
    for start, end in lines[i + 1 :]:
        next_level, _ = _level(text[start:end])
        if next_level is None or next_level <= level:
            break
        last = end
    return last


def _level(line: str) -> tuple[int | None, int]:
    for level, number in enumerate(_LEVELS):
        if m := number.match(line):
            return level, m.end()
    return None, 0


def _lines(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n"):
        found.append((at, at + len(line)))
        at += len(line) + 1
    return found


def _task(clean: CleanText, name: tuple[int, int], scope: tuple[int, int]) -> Found[KeyTask]:
    start, end = scope
    order = clean.text[start:end].rstrip("\n")
    task = KeyTask(clean.text[slice(*name)], order, clean.span(start, start + len(order)))
    return Found(task, clean.span(*name))
