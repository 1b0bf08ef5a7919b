"""Later chapters hear of earlier ones through the trail; the trail is the only bus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.module_loading import autodiscover_modules

from zhenggai.apps.trail.models import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from zhenggai.apps.trail.models import Entry

    Handler = Callable[[Entry, datetime], None]
    Task = Callable[..., None]

_handlers: dict[str, list[Handler]] = {}
_sentences: dict[str, str] = {}
_tasks: dict[str, Task] = {}
_daily: list[str] = []


def discover() -> None:
    """Read every chapter's ``verbs``, ``handlers``, ``jobs`` and ``checks``, once."""
    autodiscover_modules("verbs", "handlers", "jobs", "checks")


def say(sentences: Mapping[str, str]) -> None:
    """Put past events into Chinese sentences; each verb has one."""
    twice = sorted(sentences.keys() & _sentences.keys())
    if twice:
        raise RuntimeError(f"two sentences for {twice}")
    _sentences.update(sentences)


def sentence(verb: str) -> str:
    """Return the Chinese sentence of a verb."""
    return _sentences[verb]


def require_sentence(verb: str) -> None:
    """Refuse, as a bug, an event nobody can read."""
    if verb not in _sentences:
        raise RuntimeError(f"{verb} has no sentence: add it to the chapter's verbs.py")


def after(verb: str) -> Callable[[Handler], Handler]:
    """Run the decorated function, in the same transaction, whenever a verb is noted."""

    def keep(handler: Handler) -> Handler:
        _handlers.setdefault(verb, []).append(handler)
        return handler

    return keep


def announce(entry: Entry, *, at: datetime) -> None:
    """Tell everyone who asked; a handler may only queue work."""
    for handler in _handlers.get(entry.verb, ()):
        handler(entry, at)


def task(name: str) -> Callable[[Task], Task]:
    """Make a function a background task: it takes ``act`` and the arguments it was queued with."""

    def keep(work: Task) -> Task:
        _tasks[name] = work
        return work

    return keep


def daily(name: str) -> Callable[[Task], Task]:
    """Make a function a task that is queued once each day of the campaign; it takes ``day``."""
    _daily.append(name)
    return task(name)


def enqueue_daily(at: datetime) -> None:
    """Queue the tasks of a day; the second call on the same day queues nothing."""
    day = at.date().isoformat()
    for name in _daily:
        enqueue(name, key=f"{name}:{day}", at=at, day=day)


def task_named(name: str) -> Task:
    """Return the task of that name."""
    return _tasks[name]


def enqueue(name: str, *, key: str, at: datetime, **args: str) -> None:
    """Queue a piece of work in the open transaction; one key is queued once."""
    Job.objects.get_or_create(key=key, defaults={"task": name, "due_at": at, "args": args})
