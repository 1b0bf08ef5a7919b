"""拼音噪声: readings in brackets that a converter left behind a Chinese character.

From   Pages converted to traditional script (domain facts, 3.6, traps 1 and 2).
Takes  A ``CleanText``.
Gives  The same without 戰(zhàn), 攻坚战(gōngjiānzhàn), 攻坚战（gōng jiān zhàn） and 們(men).
Never  Touches a bracket with anything but pinyin in it: (记者 …), (COD), (2020), (as) stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhenggai.kernel.text.clean import Repair

if TYPE_CHECKING:
    from zhenggai.kernel.text.clean import CleanText

HAN = r"㐀-䶿一-鿿豈-﫿"

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜḿńňǹ"
_LETTERS = f"a-zü{_TONED}"
_NOISE = re.compile(
    rf"(?<=[{HAN}])(?:[(（]\s*(?=[^()（）]*[{_TONED}])"
    rf"[{_LETTERS}]+(?:[\s'’·-]+[{_LETTERS}]+)*\s*[)）])+"
)
_TONELESS = re.compile(rf"(?<=[{HAN}])[(（](?:de|le|me|zhe|men|zi)[)）]")


def strip_pinyin(text: CleanText) -> CleanText:
    """Delete bracketed pinyin directly behind a Chinese character.

    A tone mark proves pinyin; the few toneless readings count only where such proof was found.
    """
    cuts = [m.span() for m in _NOISE.finditer(text.text)]
    if cuts:
        cuts = sorted([*cuts, *(m.span() for m in _TONELESS.finditer(text.text))])
    return text.without(cuts, Repair("pinyin", "去拼音", len(cuts)))
