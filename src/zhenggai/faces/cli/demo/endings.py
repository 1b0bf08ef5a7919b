"""演练收尾: checks on site, notices, closing; and the doubt that is asked about and decided."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from zhenggai.apps.accountability.actions import decide_case
from zhenggai.apps.evidence.queries import claims
from zhenggai.apps.inspection.actions import record_visit
from zhenggai.apps.ledger.queries import item_named
from zhenggai.apps.reconciliation.actions import close_item, publish_notice, sign_check, weigh
from zhenggai.apps.reconciliation.cases import inquire, reply
from zhenggai.apps.reconciliation.queries import case_of
from zhenggai.apps.sources.actions import receive_paper
from zhenggai.apps.trail.acts import derived
from zhenggai.faces.cli.demo.script import Beat, story_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from zhenggai.apps.reconciliation.models import Contradiction
    from zhenggai.apps.trail.acts import Act
    from zhenggai.faces.cli.demo.towns import Town

FIRST, SECOND = "zhujian", "huanbao"
OFFICE, OTHER = "office-1", "office-2"
_SEEN = ("connected", "running", "residents", "run-log", "handover", "effluent-sample")


def checked(town: Town, post: str, at: datetime) -> Beat:
    """Return a visit with every question answered, and the check signed on it."""
    return Beat(at, post, f"{town.code}/check-{post}", partial(_check, town.code, post, at))


def noticed(town: Town, at: datetime) -> Beat:
    """Return the publishing of the notice."""
    number = f"昭攻坚公示〔2026〕{int(town.code[2:])}号"
    text = f"{town.title}已经自查、初验和复核，各项要件达标，现予公示。"
    do = partial(_publish, town.code, number, text)
    return Beat(at, OFFICE, f"{town.code}/notice", do)


def closed(town: Town, at: datetime) -> Beat:
    """Return the closing, signed by the leader here."""
    return Beat(at, "leader", f"{town.code}/close", partial(_close, town.code))


def weighed(town: Town, at: datetime) -> Beat:
    """Return a reconciliation somebody asked for."""
    return Beat(at, OFFICE, f"{town.code}/weigh-{at:%m%d}", partial(_weigh, town.code))


def inquired(town: Town, at: datetime) -> Beat:
    """Return the sending of the inquiry letter."""
    number = f"昭攻坚办函〔2026〕{100 + int(town.code[2:])}号"
    return Beat(at, OFFICE, f"{town.code}/inquire", partial(_inquire, town.code, number))


def answered(town: Town, received: datetime, said: datetime, text: str) -> Iterator[Beat]:
    """Yield the receipt of the letter and the reply."""
    took = partial(_receive, town.code, town.government)
    yield Beat(received, town.county, f"{town.code}/inquiry-received", took)
    yield Beat(said, town.county, f"{town.code}/reply", partial(_reply, town.code, text))


def upheld(town: Town, first: datetime, second: datetime, reason: str) -> Iterator[Beat]:
    """Yield the same finding by two persons."""
    for post, at in ((OFFICE, first), (OTHER, second)):
        do = partial(_decide, town.code, reason)
        yield Beat(at, post, f"{town.code}/decide-{post}", do)


def _check(code: str, post: str, at: datetime, act: Act) -> str:
    visit = story_id(f"{code}/visit-{post}")
    seen = dict.fromkeys(_SEEN, "是")
    day = at.date()
    record_visit(visit, code, "acceptance", day, (post,), seen, act=derived(act, "visit"))
    return sign_check(code, "pass", "现场看、问、查、测均符合。", day, visit, act=act)


def _publish(code: str, number: str, text: str, act: Act) -> str:
    return publish_notice(code, number, text, act=act)


def _close(code: str, act: Act) -> str:
    return close_item(code, act=act)


def _weigh(code: str, act: Act) -> str:
    return weigh(code, act=act)


def _inquire(code: str, number: str, act: Act) -> str:
    return inquire(_case(code).pk, number, act=act)


def _receive(code: str, body: str, act: Act) -> str:
    letter = _case(code).inquiry_id
    if letter is None:
        raise RuntimeError(f"nobody asked about {code}")
    return receive_paper(letter, body, act=act)


def _reply(code: str, text: str, act: Act) -> str:
    return reply(_case(code).pk, text, act=act)


def _decide(code: str, reason: str, act: Act) -> str:
    return decide_case(_case(code).pk, "upheld", reason, act=act)


def _case(code: str) -> Contradiction:
    found = case_of(claims(item_named(code))[0])
    if found is None:
        raise RuntimeError(f"{code} has no case")
    return found
