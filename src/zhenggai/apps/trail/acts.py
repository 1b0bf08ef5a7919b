"""行为: who does what as which post, once, and the trace it leaves.

Every action of every chapter takes one ``act`` and is decorated with ``once``: its first call opens
one transaction, everything it calls joins that transaction, and the same act id a second time gives
back the recorded outcome and changes nothing.
"""

from __future__ import annotations

import hashlib
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from zhenggai.apps.trail import bus, clock, models
from zhenggai.apps.trail.canonical import canonical, column_text, fingerprint, row_ref
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from django.db.models import Model

P = ParamSpec("P")


class Via(StrEnum):
    """How an act reached us."""

    WEB = "web"
    API = "api"
    CLI = "cli"
    JOB = "job"
    IMPORT = "import"
    SIMULATOR = "simulator"


@dataclass(frozen=True, slots=True)
class Act:
    """One act: made by a face or a job, handed down unchanged through every action it calls.

    Parameters
    ----------
    id
        From the form, the device or the job: the same id is the same act.
    post, person
        Keys: ``office-1`` and the login of whoever holds it. A job acts as ``system``.
    at
        The campaign's time, aware.
    """

    id: UUID
    post: str
    person: str
    at: datetime
    via: Via

    @property
    def on(self) -> date:
        """The campaign's day, in Beijing."""
        return self.at.astimezone(clock.BEIJING).date()


@dataclass(slots=True)
class Sheet:
    """The act whose transaction is open, and how many entries it has."""

    act: Act
    entries: int = 0


_open: ContextVar[Sheet | None] = ContextVar("open_act", default=None)


def once(action: Callable[P, str]) -> Callable[P, str]:
    """Run an action in one transaction, and not again for the same act id.

    The action takes ``act`` by keyword and returns the reference of what it made or moved
    (``item:W-037``); a repeat returns that reference. The same id with other contents, or by
    another person or post, is refused. A refusal that names a subject is itself kept, in a
    transaction of its own.
    """

    @wraps(action)
    def perform(*args: P.args, **kwargs: P.kwargs) -> str:
        act = kwargs["act"]
        if not isinstance(act, Act):
            raise TypeError(f"{action.__qualname__} takes act=Act(...)")
        sheet = _open.get()
        if sheet is not None:
            _same_act(sheet, act)
            return action(*args, **kwargs)
        name = f"{action.__module__}.{action.__qualname__}"
        said = {key: value for key, value in kwargs.items() if key != "act"}
        digest = fingerprint([name, args, said])
        try:
            return _first_time(act, digest, lambda: action(*args, **kwargs))
        except IntegrityError:
            if (outcome := recorded_outcome(act, digest)) is None:
                raise
            return outcome  # the same act, sent twice at once, won the race
        except Refused as refused:
            if refused.subject:
                _keep_refusal(name, refused, act)
            raise

    return perform


def is_open() -> bool:
    """Say whether an act's transaction is open: what it writes may still be undone."""
    return _open.get() is not None


def recorded_outcome(act: Act, digest: str) -> str | None:
    """Return what this act gave the first time, or nothing if there was no first time."""
    found = models.Act.objects.filter(pk=act.id).first()
    if found is None:
        return None
    if found.digest != digest or (found.by_post, found.by_person) != (act.post, act.person):
        text = "同一操作编号此前已用于另一项内容，或由他人办理"
        raise Refused(Reason("act-reused", text, "刷新页面后重新办理"))
    return found.outcome


def derived(act: Act, word: str) -> Act:
    """Return an act of the same person for a follow-up that must run once, too."""
    return Act(uuid5(act.id, word), act.post, act.person, act.at, act.via)


def note(
    act: Act,
    verb: str,
    subject: str,
    *,
    item: str = "",
    rows: Iterable[tuple[Model, tuple[str, ...]]] = (),
    **facts: object,
) -> models.Entry:
    """Add one entry to the open act and tell the handlers; no personal data in ``facts``.

    Parameters
    ----------
    verb
        A dotted past event that some chapter's ``verbs`` puts into a sentence.
    subject
        What it happened to, such as ``claim:12``.
    item
        The code of the item whose history shows it.
    rows
        Rows and the columns of them this event fixed: ``(listing, ("due_on",))``. Verification
        holds the database against the last value the trail saw, and replay rebuilds from them.
    """
    sheet = _open.get()
    if sheet is None:
        raise RuntimeError("nothing is noted outside an action decorated with @once")
    _same_act(sheet, act)
    bus.require_sentence(verb)
    body = canonical(
        {
            "act": fingerprint(act),
            "facts": facts,
            "item": item,
            "n": sheet.entries,
            "rows": {row_ref(row): {n: column_text(row, n) for n in names} for row, names in rows},
            "subject": subject,
            "verb": verb,
        }
    )
    entry = models.Entry.objects.create(
        act_id=act.id,
        n=sheet.entries,
        verb=verb,
        subject=subject,
        item_ref=item,
        body=body,
        digest=hashlib.sha256(body.encode()).hexdigest(),
    )
    sheet.entries += 1
    bus.announce(entry, at=act.at)
    return entry


def _same_act(sheet: Sheet, act: Act) -> None:
    if sheet.act.id != act.id:
        raise RuntimeError("everything inside an act carries that act")


def _first_time(act: Act, digest: str, work: Callable[[], str]) -> str:
    with transaction.atomic():
        outcome = recorded_outcome(act, digest)
        if outcome is not None:
            return outcome
        token = _open.set(Sheet(act))
        try:
            outcome = work()
        finally:
            _open.reset(token)
        models.Act.objects.create(
            id=act.id,
            by_post=act.post,
            by_person=act.person,
            via=act.via,
            at=act.at,
            recorded_at=clock.machine_now(),
            digest=digest,
            outcome=outcome,
        )
    return outcome


@once
def _kept(action: str, subject: str, codes: tuple[str, ...], *, act: Act) -> str:
    item = subject.partition(":")[2] if subject.startswith("item:") else ""
    note(act, "trail.step.refused", subject, item=item, action=action, codes=codes)
    return subject


def _keep_refusal(action: str, refused: Refused, act: Act) -> None:
    codes = tuple(sorted({r.code for r in refused.reasons}))
    again = derived(act, f"refused:{action}:{','.join(codes)}")
    _kept(action, refused.subject, codes, act=again)
