"""工程的演练: one item of 乡镇污水 brought to any stage, by actions only.

Each builder begins where the one above it ends, and takes ``code`` and ``county`` like
``world_ledger.assigned``; what else it is given it hands down.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from PIL import Image

from tests.world import act, on
from tests.world_ledger import assigned
from zhenggai.apps.evidence.actions import lodge_claim, put_forward, sign_self_check
from zhenggai.apps.inspection.actions import enter_check, record_visit
from zhenggai.apps.ledger.models import Item
from zhenggai.apps.parties.models import Post
from zhenggai.apps.planning.actions import (
    approve_plan,
    propose_plan,
    record_measure,
    submit_plan,
)
from zhenggai.apps.planning.queries import gantt
from zhenggai.apps.trail.clock import BEIJING

SUBMITTED = on(6, 5)
APPROVED = on(6, 10)
BEGAN = date(2026, 6, 11)
FINISHED = date(2026, 8, 25)
CLAIMED = on(9, 1)
ACCEPTED = on(9, 10)
REVIEWED = on(9, 11)
SAYS = {"daily_volume": "860"}
GOOD = {
    "connected": "是",
    "running": "是",
    "residents": "是",
    "run-log": "是",
    "handover": "是",
    "effluent-sample": "是",
}


def photo(shade: int = 100) -> bytes:
    """A small picture; another shade is another file."""
    out = io.BytesIO()
    Image.new("RGB", (32, 24), (shade % 256, shade // 256, 80)).save(out, "JPEG")
    return out.getvalue()


def paper(text: str) -> bytes:
    """A document that is a PDF by its first bytes."""
    return f"%PDF-1.4\n% {text}\n%%EOF\n".encode()


def planned(code="W-037", county="bing", *, adjustments=None, submitted=SUBMITTED, **changes):
    """An item whose plan the county has submitted."""
    assigned(code, county, **changes)
    propose_plan(code, act=act(county, submitted))
    submit_plan(code, adjustments or {}, act=act(county, submitted))
    return Item.objects.get(code=code)


def under_way(code="W-037", county="bing", *, approver="zhujian", approved=APPROVED, **changes):
    """An item whose plan the acceptor has approved."""
    planned(code, county, **changes)
    approve_plan(code, act=act(approver, approved))
    return Item.objects.get(code=code)


def built(code="W-037", county="bing", *, finished=FINISHED, recorded=None, **changes):
    """An item all of whose works were finished on a day."""
    item = under_way(code, county, **changes)
    at = recorded or datetime.combine(finished, time(17), BEIJING)
    for line in gantt(item):
        if line.physical:
            record_measure(code, line.key, min(BEGAN, finished), finished, act=act(county, at))
    return item


def evidenced(code, county="bing", *, at=CLAIMED, signer=None, as_title=None):
    """Put forward every kind of evidence the theme asks for, and sign the self-check."""
    day = at.date()
    signer = signer or county
    post = Post.objects.select_related("body").get(key=county)
    as_title = as_title or f"{post.body.name}{post.title}"
    seed = sum(code.encode())
    yesterday = day - timedelta(days=1)
    for kind, name, content, about_on in (
        ("photo-pair", "整改前.jpg", photo(seed), date(2026, 5, 28)),
        ("photo-pair", "整改后.jpg", photo(seed + 5000), yesterday),
        ("completion-acceptance", "竣工验收意见.pdf", paper(f"{code} 竣工"), yesterday),
        ("run-log", "运行记录.pdf", paper(f"{code} 运行"), yesterday),
    ):
        put_forward(code, kind, name, content, about_on, act=act(county, at))
    sheet = put_forward(
        code, "self-check", "自查表.pdf", paper(f"{code} 自查 {day}"), day, act=act(county, at)
    )
    sign_self_check(code, day, as_title, sheet, act=act(county, at, person=signer))


def claimed(code="W-037", county="bing", *, at=CLAIMED, says=None, finished=FINISHED, **changes):
    """An item whose county claims that it is done."""
    built(code, county, finished=finished, **changes)
    evidenced(code, county, at=at)
    lodge_claim(code, says or SAYS, "管网和主体工程均已完工。", finished, act=act(county, at))
    return Item.objects.get(code=code)


def visited(code, post="zhujian", *, at=ACCEPTED, kind="acceptance", answers=None):
    """Record a visit of one post and give its uuid."""
    uuid = uuid4()
    given = GOOD if answers is None else answers
    record_visit(uuid, code, kind, at.date(), (post,), given, act=act(post, at))
    return uuid


def accepted(code="W-037", county="bing", *, accepted_at=ACCEPTED, **changes):
    """An item that passed the first check of its chain, by the industry bureau."""
    claimed(code, county, **changes)
    seen = visited(code, at=accepted_at)
    enter_check(code, "pass", "符合", accepted_at.date(), seen, (), act=act("zhujian", accepted_at))
    return Item.objects.get(code=code)


def checked(code="W-037", county="bing", *, reviewed_at=REVIEWED, **changes):
    """An item that passed both checks of the city's chain."""
    accepted(code, county, **changes)
    enter_check(code, "pass", "同意", reviewed_at.date(), None, (), act=act("huanbao", reviewed_at))
    return Item.objects.get(code=code)
