"""标点: half-width and doubled punctuation in Chinese sentences.

From   Pasted notices (domain facts, 3.6, trap 7) and the founding document.
Takes  A ``CleanText``.
Gives  Full-width marks between Chinese characters, one where two stood.
Never  Touches what belongs to a number, a time, a unit or a word in Latin letters.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from zhenggai.kernel.text.clean import Repair
from zhenggai.kernel.text.pinyin import HAN

if TYPE_CHECKING:
    from zhenggai.kernel.text.clean import CleanText

_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_BESIDE = rf"[{HAN}）】》”’〕％]"
_MARK = re.compile(rf"(?<={_BESIDE})[,;:?!]|[,;:?!](?=[{HAN}《“（])")
_STOP = re.compile(rf"(?<=[{HAN}”）])\.(?![.\w])")
_BRACKET = re.compile(r"[()\n]")
_HAN = re.compile(f"[{HAN}]")
_DOUBLED = re.compile(r"(?<![，、；：])([，、；：])\1+|(?<!。)。。(?!。)")


def widen(text: CleanText) -> CleanText:
    """Make half-width punctuation full-width where the sentence is Chinese."""
    swaps = {m.start(): _FULL[m.group()] for m in _MARK.finditer(text.text)}
    swaps |= {m.start(): "。" for m in _STOP.finditer(text.text)}
    han = [m.start() for m in _HAN.finditer(text.text)]
    for start, end in _pairs(text.text):
        if bisect_left(han, end) > bisect_left(han, start - 1):
            swaps |= {start: "（", end: "）"}
    return text.swapped(swaps, Repair("punctuation", "全角标点", len(swaps)))


def single(text: CleanText) -> CleanText:
    """Keep the first of a doubled mark; three full stops are somebody's ellipsis and stay."""
    cuts = [(m.start() + 1, m.end()) for m in _DOUBLED.finditer(text.text)]
    return text.without(cuts, Repair("doubled", "去重复标点", len(cuts)))


def _pairs(text: str) -> list[tuple[int, int]]:
    """Half-width brackets that belong together, line by line."""
    pairs: list[tuple[int, int]] = []
    open_at: list[int] = []
    for mark in _BRACKET.finditer(text):
        if mark.group() == "(":
            open_at.append(mark.start())
        elif mark.group() == "\n":
            open_at.clear()
        elif open_at:
            pairs.append((open_at.pop(), mark.start()))
    return pairs
