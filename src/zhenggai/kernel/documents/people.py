"""人员: people named together with a post.

From   Reports of meetings: 市委书记某某强调, 副市长某某通报, 市领导某某、某某等出席.
Takes  Clean text.
Gives  Each person once, with the words and places of name and post.
Never  Names anyone without a post, or splits a name the sentence does not end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhenggai.kernel.documents.records import Found, Person
from zhenggai.kernel.text.names import NAME, may_be_name
from zhenggai.kernel.text.pinyin import HAN

if TYPE_CHECKING:
    from zhenggai.kernel.text.clean import CleanText

_POST = (
    "书记|市长|县长|区长|州长|省长|局长|厅长|部长|主任|主席|组长|处长|科长|镇长|乡长|秘书长|常委|检察长|院长|"
    "总经理|董事长|总工程师"
)
_GROUP = "领导同志|领导|负责同志|负责人"
_ROLE = re.compile(
    rf"(?:(?<=[，。；：、\s（“日午])|^)(?:(?:会议)?[由经请])?"
    rf"(?P<role>(?:[{HAN}]{{1,14}}(?:{_POST})、)*[{HAN}]{{0,14}}?(?:(?P<post>{_POST})|(?:{_GROUP})))"
    rf"(?=[{HAN}])",
    re.MULTILINE,
)
_DOES = re.compile(
    r"同志|强调|指出|要求|主持|出席|参加|参会|通报|讲话|表示|介绍|说|作|带队|率队|带领|陪同|部署|传达|汇报|宣读|宣布|致辞|"
    r"调研|督导|督查|检查|听取|安排|总结|就|到|赴|在|分别|先后|深入|任组长|代表"
)
_ENDS = re.compile(r"等|[，。；）、\s]|$")
_NAME = re.compile(NAME)


def people(clean: CleanText) -> tuple[Person, ...]:
    """Everyone named with a post, in order."""
    found: dict[str, Person] = {}
    for m in _ROLE.finditer(clean.text):
        names = _names(clean.text, m.end())
        if not _believable(clean.text, names, has_post=bool(m["post"])):
            continue
        role = Found(m["role"], clean.span(*m.span("role")))
        for start, end in names:
            name = Found(clean.text[start:end], clean.span(start, end))
            found.setdefault(name.value, Person(name, role))
    return tuple(found.values())


def _names(text: str, at: int) -> list[tuple[int, int]]:
    """Names that follow a post, joined by 、."""
    found: list[tuple[int, int]] = []
    while (end := _name_end(text, at)) is not None:
        found.append((at, end))
        if text[end : end + 1] != "、":
            break
        at = end + 1
    return found


def _name_end(text: str, at: int) -> int | None:
    """Where a name ends; None when no length or more than one fits the sentence."""
    ends = [
        end
        for end in range(at + 2, min(at + 4, len(text)) + 1)
        if _NAME.fullmatch(text, at, end)
        and may_be_name(text[at:end])
        and (_DOES.match(text, end) or _ENDS.match(text, end))
    ]
    return ends[0] if len(ends) == 1 else None


def _believable(text: str, names: list[tuple[int, int]], *, has_post: bool) -> bool:
    """One name behind a mere 领导 counts only if the person then does something."""
    if not names:
        return False
    return has_post or len(names) > 1 or bool(_DOES.match(text, names[-1][1]))
