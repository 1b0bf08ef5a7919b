"""净文: text made readable, with a map from each of its characters back to the original.

From   The look of public pages and pasted notices (domain facts, 3.6).
Takes  Text as it was read, and passes that delete or replace single characters.
Gives  A frozen ``CleanText``; each pass says what it repaired and how often.
Never  Inserts a character, moves one, or forgets where one came from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """原文区间: half-open, in characters of the original text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Repair:
    """One kind of repair and how many characters or pieces it touched."""

    name: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class CleanText:
    """Text and, for each of its characters, the place in the original.

    Parameters
    ----------
    text
        What is read from now on.
    origin
        ``origin[i]`` is the place in the original of ``text[i]``; strictly rising.
    repairs
        What was done so far, one line a kind.
    """

    text: str
    origin: tuple[int, ...]
    repairs: tuple[Repair, ...] = ()

    @classmethod
    def of(cls, raw: str) -> CleanText:
        """Text nobody has repaired yet."""
        return cls(raw, tuple(range(len(raw))))

    def span(self, start: int, end: int) -> Span:
        """Where ``text[start:end]`` stands in the original.

        Examples
        --------
        >>> CleanText("战争", (0, 7)).span(0, 2)
        Span(start=0, end=8)
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no text between {start} and {end}")
        return Span(self.origin[start], self.origin[end - 1] + 1)

    def without(self, cuts: Sequence[tuple[int, int]], repair: Repair) -> CleanText:
        """Delete stretches that do not overlap, given in order."""
        if not cuts:
            return self
        kept: list[tuple[int, int]] = []
        at = 0
        for start, end in cuts:
            kept.append((at, start))
            at = end
        kept.append((at, len(self.text)))
        return CleanText(
            "".join(self.text[a:b] for a, b in kept),
            tuple(place for a, b in kept for place in self.origin[a:b]),
            noted(self.repairs, repair),
        )

    def swapped(self, swaps: Mapping[int, str], repair: Repair) -> CleanText:
        """Replace single characters, each by one other."""
        if not swaps:
            return self
        text = "".join(swaps.get(i, char) for i, char in enumerate(self.text))
        return CleanText(text, self.origin, noted(self.repairs, repair))


Pass = Callable[[CleanText], CleanText]


def noted(repairs: tuple[Repair, ...], new: Repair) -> tuple[Repair, ...]:
    """Add a repair to those of its kind; kinds keep the order in which they first came.

    Examples
    --------
    >>> noted((Repair("a", "甲", 1),), Repair("a", "甲", 2))
    (Repair(name='a', label='甲', count=3),)
    """
    if all(r.name != new.name for r in repairs):
        return (*repairs, new)
    return tuple(
        replace(r, count=r.count + new.count) if r.name == new.name else r for r in repairs
    )


def clean(text: CleanText, passes: Iterable[Pass]) -> CleanText:
    """Run the passes until none finds anything; so cleaning what is clean changes nothing.

    It ends because a pass can only delete characters or carry them one way
    (half-width to full-width, traditional to simplified).
    """
    steps = tuple(passes)
    while True:
        before = text.text
        for step in steps:
            text = step(text)
        if text.text == before:
            return text
