"""链: how one entry is folded into the next, so that nothing before it changes unseen.

A link is the SHA-256 of the link before it and the digest of its entry; the first entry of an act
brings the digest of the whole act along, so the columns no body repeats are covered as well.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from zhenggai.apps.trail.canonical import fingerprint

if TYPE_CHECKING:
    from zhenggai.apps.trail.models import Act, Entry

GENESIS = "0" * 64


def link(previous: str, entry_digest: str, act_digest: str = "") -> str:
    """Fold one entry into the chain. [64 hex digits each]"""
    return hashlib.sha256(f"{previous}{entry_digest}{act_digest}".encode()).hexdigest()


def folded(previous: str, entry: Entry) -> str:
    """Return the link that an entry, read with its act, makes after another."""
    return link(previous, entry.digest, "" if entry.n else act_digest(entry.act))


def act_digest(act: Act) -> str:
    """Return the digest of every column of an act."""
    said = [act.pk, act.by_post, act.by_person, act.via, act.at]
    return fingerprint([*said, act.recorded_at, act.digest, act.outcome])


def who_and_when(act: Act) -> str:
    """Return the fingerprint that every entry of the act carries in its body."""
    said = {"id": act.pk, "post": act.by_post, "person": act.by_person}
    return fingerprint({**said, "at": act.at, "via": act.via})
