"""繁转简: traditional script to simplified, character by character, with the map kept.

From   OpenCC's ``t2s`` table, and one rule it lacks: 存在著 is 存在着, but 著名 stays.
Takes  A ``CleanText``.
Gives  The same length in simplified script.
Never  Changes a text that has no traditional character in it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from opencc import OpenCC

from zhenggai.kernel.text.clean import Repair

if TYPE_CHECKING:
    from zhenggai.kernel.text.clean import CleanText

_AUTHOR = re.compile(r"(?<![显名原专论编译遗所合巨拙土卓昭较主])著(?![名作称述者录书有文])")


def simplify(text: CleanText) -> CleanText:
    """Convert, and say how many characters changed."""
    new = "\n".join(_line(line) for line in text.text.split("\n"))
    if new == text.text:
        return text
    new = _AUTHOR.sub("着", new)
    swaps = {i: b for i, (a, b) in enumerate(zip(text.text, new, strict=True)) if a != b}
    return text.swapped(swaps, Repair("simplified", "繁转简", len(swaps)))


def _line(line: str) -> str:
    """Convert with the words around; where that changes the length, each character alone."""
    new: str = _converter().convert(line)
    if len(new) == len(line):
        return new
    alone = (_converter().convert(char) for char in line)
    return "".join(b if len(b) == 1 else a for a, b in zip(line, alone, strict=True))


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
