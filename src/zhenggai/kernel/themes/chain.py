"""验收链: which checks an item passes, in which order, and how it ends here.

From   Acceptance rules by source of the item (``packs/chains``).
Takes  A chain and the theme of an item.
Gives  The field of the body that signs each check.
Never  Names a body: the city pack says which bureau holds a field.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhenggai.kernel.themes.theme import Theme

INDUSTRY = "industry"


class ChainEnd(StrEnum):
    """How a chain ends here: closed by us, or forwarded for the province to close."""

    CLOSE = "close"
    FORWARD = "forward"

    @property
    def label(self) -> str:
        """What the last button reads."""
        return "核准销号" if self is ChainEnd.CLOSE else "同意上报销号"


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """One check (核查): level 县 or 市; ``who`` is a field or ``industry``."""

    no: int
    key: str
    name: str
    level: str
    who: str
    form: str
    source: str
    verified: bool

    def field(self, theme: Theme) -> str:
        """Return the field of the body that signs, the theme's own for ``industry``."""
        return theme.field if self.who == INDUSTRY else self.who


@dataclass(frozen=True, slots=True)
class Chain:
    """One acceptance chain (验收链)."""

    key: str
    name: str
    files: str
    ends: ChainEnd
    checks: tuple[ChainCheck, ...]
    source: str
    verified: bool
