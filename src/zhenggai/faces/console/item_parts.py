"""事项页的各部分: what one item's page shows, read from each chapter in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zhenggai.apps.evidence import queries as evidence
from zhenggai.apps.inspection import queries as inspection
from zhenggai.apps.ledger import queries as ledger
from zhenggai.apps.ledger import table
from zhenggai.apps.ledger.lines import DUTY_LABELS
from zhenggai.apps.parties.access import oversees
from zhenggai.apps.planning import queries as planning
from zhenggai.apps.reconciliation import queries, rebounds, story
from zhenggai.apps.reconciliation.access import visible_to
from zhenggai.apps.reconciliation.runs import reasons_of
from zhenggai.faces.console.criteria import claimed_shown, derived_shown
from zhenggai.faces.console.drawings import notice_weeks, place_charts, plan_gantt
from zhenggai.faces.console.facts import linked
from zhenggai.kernel.themes.reach import series_of_theme

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from zhenggai.apps.evidence.models import Claim
    from zhenggai.apps.evidence.queries import File
    from zhenggai.apps.ledger.models import Duty, Item
    from zhenggai.apps.parties.models import Post
    from zhenggai.apps.reconciliation.models import Contradiction, Criterion, Run
    from zhenggai.faces.console.facts import FactLink
    from zhenggai.kernel.verdict import Reason

APART = ("acceptor", "inspector")
AGREEMENT_STROKES = {
    "agree": "a",
    "disagree": "x",
    "insufficient": "d",
    "not_yet": "-",
    "not_applicable": "0",
}
ANSWER_STROKES = {"met": "a", "cannot_tell": "d", "not_met": "d"}


class Weighed(NamedTuple):
    """One line of the reconciliation with its reasons and the places of its facts."""

    line: Criterion
    claimed: str
    stroke: str
    derived: Mapping[str, object] | None
    reasons: tuple[Reason, ...]
    facts: tuple[FactLink, ...]


class Shown(NamedTuple):
    """One file: its address number, and whether it is a photo to be shown small."""

    pk: str
    photo: bool
    file: File


class Answering(NamedTuple):
    """One body that answers for the item, and as what."""

    label: str
    duty: Duty


def as_of(item: Item, clock: datetime) -> datetime:
    """Return the moment an item is looked at: now, or the own day of a past campaign."""
    day = item.campaign.looked_at
    return clock if day is None else clock.replace(year=day.year, month=day.month, day=day.day)


def parts(item: Item, post: Post, clock: datetime, run: Run | None) -> dict[str, object]:
    """Return everything an item's page shows beside its forms.

    Parameters
    ----------
    run
        The item's newest reconciliation.
    """
    on = clock.date()
    claim = evidence.claim_in_force(item)
    cases = tuple(visible_to(post, on).filter(item=item))
    told = frozenset(item.code for case in cases if case.state in queries.OPEN_CASE)
    lined = table.lines(type(item).objects.filter(pk=item.pk), on)
    return {
        "row": table.rows(lined, on, told)[0],
        "claims": evidence.claims(item),
        "claim": claim,
        **_responsible(item, on),
        **_plan(item, on),
        **_evidence(item),
        **_weighing(run, cases, told=oversees(post) or bool(cases)),
        **_checking(item, claim),
        **_noticing(item, post),
        **_closing(item),
        "progress": planning.progress(item),
        "charts": _charts(item, claim, on),
        "trail": story.trail(item),
    }


def _responsible(item: Item, on: date) -> dict[str, object]:
    duties = ledger.duties_of(item, on)
    named = [Answering(DUTY_LABELS[duty.kind], duty) for duty in duties]
    return {
        "answering": [one for one in named if one.duty.kind not in APART],
        "apart": [one for one in named if one.duty.kind in APART],
        "deadlines": ledger.deadlines(item, on),
        "receipts": story.receipts(item),
        "extensions": story.extensions(item),
        "disputes": story.disputes(item),
    }


def _plan(item: Item, on: date) -> dict[str, object]:
    plan = planning.plan_in_force(item)
    if plan is None:
        return {"plan": None}
    outlook = planning.outlook(item, on)
    return {
        "plan": plan,
        "gantt": plan_gantt(planning.lines_of(plan), plan.due_on, on),
        "outlook": outlook,
        "late_wd": max(0, -outlook.slack_wd) if outlook else 0,
    }


def _evidence(item: Item) -> dict[str, object]:
    return {
        "files": [_shown(file) for file in evidence.files(item)],
        "missing": evidence.missing_evidence(item),
        "self_checks": evidence.self_checks(item),
    }


def _shown(file: File) -> Shown:
    return Shown(file.ref.partition(":")[2], file.media.startswith("image/"), file)


def _weighing(
    run: Run | None, cases: tuple[Contradiction, ...], *, told: bool
) -> dict[str, object]:
    lines = tuple(run.criteria.all()) if run else ()
    return {
        "run": run,
        "weighed": tuple(
            _weighed(line, claimed, told=told)
            for line, claimed in zip(lines, claimed_shown(lines), strict=True)
        ),
        "told": told,
        "cases": cases,
    }


def _weighed(line: Criterion, claimed: str, *, told: bool) -> Weighed:
    return Weighed(
        line,
        claimed,
        AGREEMENT_STROKES[line.agreement] if told else ANSWER_STROKES[line.answer],
        derived_shown(line),
        reasons_of(line),
        linked(line.facts),
    )


def _checking(item: Item, claim: Claim | None) -> dict[str, object]:
    return {
        "checks": inspection.checks(claim) if claim else (),
        "chain": ledger.shelf().chains[item.chain],
        "visits": inspection.visits(item),
    }


def _noticing(item: Item, post: Post) -> dict[str, object]:
    notice = story.latest_notice(item)
    voices = ledger.voices(item, post)
    if notice is None:
        return {"notice": None, "voices": voices}
    period = queries.period_of(notice, ledger.shelf().calendars)
    return {
        "notice": notice,
        "period": period,
        "weeks": notice_weeks(period),
        "objections": queries.objections(item),
        "voices": voices,
    }


def _closing(item: Item) -> dict[str, object]:
    signing = story.latest_signing(item)
    return {
        "signing": signing,
        "titles": ledger.titles() if signing else {},
        "closed": story.closed(item),
        "watches": queries.watches(item),
        "rebounds": queries.rebounds(item),
        "closed_then": rebounds.closed_then(item) if queries.rebounds(item) else None,
        "upward": rebounds.to_report_upward().filter(item=item).exists(),
    }


def _charts(item: Item, claim: Claim | None, on: date) -> tuple[object, ...]:
    place = ledger.main_place(item)
    theme = ledger.shelf().themes.get(item.theme)
    if place is None or theme is None:
        return ()
    keys = frozenset(series_of_theme(theme))
    return place_charts(place, keys, claim, on)
