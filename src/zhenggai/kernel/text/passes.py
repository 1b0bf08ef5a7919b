"""净化次序: the repairs every text goes through, in the order in which they help each other.

From   ``pinyin``, ``layout`` and ``punctuation``.
Takes  Text as it was read, or text a reader has already converted.
Gives  A ``CleanText`` that a second cleaning would not change.
Never  Converts script: that needs a dictionary and lives with the readers.
"""

from __future__ import annotations

from zhenggai.kernel.text.clean import CleanText, clean
from zhenggai.kernel.text.layout import single_headline, strip_widgets, tidy
from zhenggai.kernel.text.pinyin import strip_pinyin
from zhenggai.kernel.text.punctuation import single, widen

PASSES = (tidy, strip_pinyin, strip_widgets, widen, single, single_headline)


def cleaned(raw: str) -> CleanText:
    """Clean a text that is already in simplified script.

    Examples
    --------
    >>> cleaned("攻坚战(gōngjiānzhàn),会议召开").text
    '攻坚战，会议召开'
    """
    return clean(CleanText.of(raw), PASSES)
