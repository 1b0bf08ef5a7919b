"""演练装载: fill an empty home with the story, once; a load that was interrupted goes on."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.core.management import call_command

from zhenggai.apps.ledger.actions import open_campaign
from zhenggai.apps.parties.actions import register_city
from zhenggai.apps.places.queries import shelf
from zhenggai.apps.sources.intake import take_in
from zhenggai.apps.trail import anchors, clock, queries
from zhenggai.apps.trail.actions import record_packs, set_clock
from zhenggai.apps.trail.acts import derived
from zhenggai.faces.cli.demo import PASSWORD
from zhenggai.faces.cli.demo.script import SYSTEM, Beat, play
from zhenggai.faces.cli.demo.story import BEGINS, story
from zhenggai.packs.shelf import HERE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from threading import Event

    from zhenggai.apps.trail.acts import Act

_SALT = "an-invented-city"  # the same each time, so that an interrupted load goes on
_PAST = "shaoyang-2021"


def load(stop: Event) -> bool:
    """Bring the tables up to date and play the story where it is not there yet."""
    call_command("migrate", interactive=False, verbosity=0)
    if clock.shifted():
        return True
    if not play((*story(make_password(PASSWORD, _SALT)), *_past()), stop):
        return False
    anchors.drop_anchor("演练数据装载", BEGINS)
    # Last, because a clock that was set says that all the rest is there.
    return play((Beat(BEGINS, SYSTEM, "clock", _set_clock),), stop)


def _past() -> Iterator[Beat]:
    """Yield the opening of a past campaign: its document is read, nobody has confirmed it."""
    yield Beat(BEGINS, SYSTEM, "packs", _record_packs)
    yield Beat(BEGINS, SYSTEM, "past/city", _register_past)
    yield Beat(BEGINS, "office-1", "past/campaign", lambda act: open_campaign(_PAST, act=act))
    content = (HERE / "campaigns" / _PAST / "directive.txt").read_bytes()
    name = f"{shelf().campaigns[_PAST].name}.txt"
    yield Beat(BEGINS, "office-1", "past/document", partial(_take_in, name, content))


def _record_packs(act: Act) -> str:
    return record_packs(queries.packs_now(), act=act)


def _register_past(act: Act) -> str:
    city = shelf().cities[shelf().campaigns[_PAST].city]
    began = shelf().campaigns[_PAST].clock_zero
    return register_city(city, date(began.year, 1, 1), act=derived(act, city.key))


def _take_in(name: str, content: bytes, act: Act) -> str:
    return take_in(name, content, act=act)


def _set_clock(act: Act) -> str:
    return set_clock(BEGINS, act=act)
