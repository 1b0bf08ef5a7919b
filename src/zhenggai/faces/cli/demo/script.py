"""演练脚本: what who does when, played in the order of time through the actions a person uses.

Every beat's act has an id of its own made from its key, so that playing the whole script again
changes nothing; what an act sets off in the background is done before the next beat.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from zhenggai.apps.trail import clock, work
from zhenggai.apps.trail.acts import Act, Via

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from threading import Event

YEAR = 2026
SYSTEM = "system"
_PLAYER = "demo"
_STORY = UUID("0d9e6f52-7f3c-5c7d-8a53-5b7c9f1f2a60")  # the namespace of the acts of the demo


@dataclass(frozen=True, slots=True)
class Beat:
    """One act of the script (演练一步).

    Parameters
    ----------
    key
        One in the whole script, such as ``W-037/claim``.
    """

    at: datetime
    post: str
    key: str
    do: Callable[[Act], str]

    def played(self) -> str:
        """Do it, or give what it gave the first time."""
        return self.do(Act(story_id(self.key), self.post, self.post, self.at, Via.SIMULATOR))


def moment(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """Return a moment of the campaign's year in Beijing."""
    return datetime(YEAR, month, day, hour, minute, tzinfo=clock.BEIJING)


def story_id(key: str) -> UUID:
    """Return the id that stands for a key of the script."""
    return uuid5(_STORY, key)


def play(beats: Iterable[Beat], stop: Event) -> bool:
    """Play beats in the order of time; return whether the end was reached."""
    for beat in sorted(beats, key=lambda beat: beat.at):
        if stop.is_set():
            return False
        beat.played()
        while work.run_one(beat.at, clock.machine_now(), _PLAYER):
            pass
    return True
