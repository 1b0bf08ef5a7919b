"""版式: what a page puts around a text: blank lines, menus, share widgets, headlines set twice.

From   Public pages (domain facts, 3.6, trap 11) and the founding document.
Takes  A ``CleanText``.
Gives  The text alone, one paragraph a line.
Never  Deletes a line that says anything besides the words of a page's furniture.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from zhenggai.kernel.text.clean import Repair
from zhenggai.kernel.text.pinyin import HAN

if TYPE_CHECKING:
    from zhenggai.kernel.text.clean import CleanText

HEAD_LINES = 8
SHORTEST_HEADLINE = 6
LONGEST_WIDGET = 80
FULL_LINE = 0.85
SHORTEST_FULL_LINE = 20

_INVISIBLE = re.compile("[\r\u00ad\u200b-\u200f\u2060\ufeff\ufffe]")
_SPACE = re.compile("[\t\v\f\u00a0\u2002-\u200a\u3000]")
_BLANK = re.compile(r"(?:(?<=\n)|\A) *\n|(?<! ) +(?=\n|\Z)|(?:(?<=\n)|\A) +|(?<!\n)\n+\Z")

_WORD = (
    r"扫[一描]?[码扫]|扫描|长按|识别|关注(?:我们)?|(?:微信)?二维码|官方|新浪|腾讯|微博|微信|公众号|订阅号|视频号|"
    r"抖音号?|快手号?|头条号?|客户端|手机版|无障碍|weixin|wechat|weibo|QQ空间|QQ好友|QQ|朋友圈|分享到?|收藏|"
    r"打印(?:本页)?|关闭(?:窗口|本页)?|返回(?:顶部|首页)|加入收藏|设为首页|纠错|点赞|"
    r"字[号体](?:[:：]?\s*(?:特大|[大中小]))*|(?:阅读|浏览|点击|访问)(?:次数|量|数)?[:：]?\s*\d*\s*次?"
)
_WIDGET = re.compile(
    rf"^(?=.*[^\W\d_])(?:{_WORD}|[\s\[\]()（）【】|｜/、，,·:：>+-])+$", re.IGNORECASE
)
_TRAIL = re.compile(
    r"^(?:(?:您?(?:现在|当前)的?|当前)?(?:所在)?位置[:：]?)?\s*(?:网站|返回)?首\s*页"
    r"(?:\s*[>＞»›→]+\s*[^>＞»›→。，]{0,20})+$"
)
_NUMBERED = re.compile(
    r"[ 　]*(?:第?[一二三四五六七八九十百\d]+[、.．章条]|[（(][一二三四五六七八九十\d]+[)）])"
)
_ENDED = re.compile(r"[。：:；;！!？?]$")


def tidy(text: CleanText) -> CleanText:
    """Delete invisible characters and empty lines; make every kind of space a plain one."""
    cuts = [m.span() for m in _INVISIBLE.finditer(text.text)]
    text = text.without(cuts, Repair("invisible", "去不可见字符", len(cuts)))
    swaps = {m.start(): " " for m in _SPACE.finditer(text.text)}
    text = text.swapped(swaps, Repair("spaces", "统一空格", len(swaps)))
    cuts = [m.span() for m in _BLANK.finditer(text.text) if m.group()]
    return text.without(cuts, Repair("blank", "去空行", len(cuts)))


def strip_widgets(text: CleanText) -> CleanText:
    """Delete lines that hold nothing but menu, share, counter and QR-code words."""
    cuts = [
        (start, end)
        for start, end, line in _lines(text.text)
        if len(line) <= LONGEST_WIDGET and (_WIDGET.match(line) or _TRAIL.match(line))
    ]
    return text.without(cuts, Repair("widgets", "去页面部件", len(cuts)))


def single_headline(text: CleanText) -> CleanText:
    """Delete a headline that was already set, among the first lines."""
    seen: set[str] = set()
    cuts: list[tuple[int, int]] = []
    kept = 0
    for start, end, line in _lines(text.text):
        kept += line not in seen
        if kept > HEAD_LINES:
            break
        if len(re.findall(f"[{HAN}]", line)) < SHORTEST_HEADLINE or _ENDED.search(line):
            continue
        if line in seen:
            cuts.append((start, end))
        seen.add(line)
    return text.without(cuts, Repair("headline", "去重复标题", len(cuts)))


def unwrap(text: CleanText) -> CleanText:
    """Join lines a page broke at its right edge; for PDF, once, before the other passes."""
    lines = _lines(text.text)
    full = max(FULL_LINE * max((len(line) for *_, line in lines), default=0), SHORTEST_FULL_LINE)
    cuts = [
        (end - 1, end)
        for (_, end, line), (_, _, after) in pairwise(lines)
        if len(line) >= full and not _ENDED.search(line) and not _NUMBERED.match(after) and after
    ]
    return text.without(cuts, Repair("wrapped", "接断行", len(cuts)))


def _lines(text: str) -> list[tuple[int, int, str]]:
    """Start, end with its line break, and trimmed words of each line."""
    found: list[tuple[int, int, str]] = []
    at = 0
    for line in text.split("\n"):
        end = min(at + len(line) + 1, len(text))
        found.append((at, end, line.strip()))
        at = end
    return found
