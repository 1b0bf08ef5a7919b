"""登记来文: ``zhenggai open FILE --campaign NAME`` takes a document in and proposes what it found.

Nothing is confirmed by itself. A clerk who has looked may say so with ``--confirm-as POST``: the
proposals are then confirmed as they were read, and the key tasks become the first items of a list,
with no place, unit or number that is not in the text.
"""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from zhenggai.faces.cli.installation import wake
from zhenggai.faces.cli.read import UNREADABLE, content_of, sentence
from zhenggai.kernel.documents.extract import extract
from zhenggai.kernel.verdict import Reason, Refused
from zhenggai.stores.readers.read import read

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from zhenggai.apps.ledger.lines import Line
    from zhenggai.apps.sources.models import Document, Finding
    from zhenggai.apps.trail.acts import Act
    from zhenggai.kernel.themes.campaign import Campaign

_OPENINGS = UUID(
    "c1f0b7de-6f57-5f6a-9d0a-1b7b3f6f7c11"
)  # the namespace of the acts of this command
_KINDS = {"finding_source": "问题来源", "key_task": "重点任务"}
_STATUS = {"read": "待确认", "confirmed": "已确认", "refused": "不采用"}
_CITY_LEVEL = "市"


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("file", metavar="FILE", help="来文文件；- 为标准输入")
    parser.add_argument("--campaign", required=True, metavar="NAME", help="专项规则包的名称")
    parser.add_argument(
        "--confirm-as", metavar="POST", default="", help="已核对原文，以该岗位确认全部条目并立项"
    )


def run(options: Namespace) -> int:
    """Open the campaign, take the document in, say what waits for a person."""
    try:
        name, content = content_of(options.file)
        wake()
        _require_tasks(name, content)
        document = _taken_in(name, content, options.campaign, options.confirm_as)
    except Refused as refused:
        print(sentence(refused), file=sys.stderr)
        return UNREADABLE
    print("\n".join(_told(document)))
    return 0


def _require_tasks(name: str, content: bytes) -> None:
    """Refuse a text with no task in it before anything is opened or kept."""
    found = read(name, content)
    if extract(found.clean).key_tasks:
        return
    text = f"《{found.name}》中没有读出任务"
    remedy = "核对是否为布置任务的文件；只需留存的，由台账岗在控制台“来文”中上传"
    raise Refused(Reason("no-task", text, remedy))


def _taken_in(name: str, content: bytes, key: str, post: str) -> Document:
    """Open the campaign and take the document in; all of it or nothing."""
    from django.db import transaction  # noqa: PLC0415 - chapters awake

    from zhenggai.apps.ledger.actions import open_campaign  # noqa: PLC0415 - chapters awake
    from zhenggai.apps.places.queries import shelf  # noqa: PLC0415 - same
    from zhenggai.apps.sources.intake import take_in  # noqa: PLC0415 - same
    from zhenggai.apps.sources.queries import document_numbered  # noqa: PLC0415 - same

    campaign = shelf().campaigns.get(key)
    if campaign is None:
        known = "、".join(sorted(shelf().campaigns))
        text = f"没有名为“{key}”的专项规则包"
        raise Refused(Reason("unknown-campaign", text, f"现有：{known}"))
    with transaction.atomic():
        _register(campaign)
        open_campaign(key, act=_act(f"campaign/{key}"))
        said = take_in(name, content, act=_act(f"document/{key}/{content.hex()}"))
        document = document_numbered(int(said.partition(":")[2]))
        if post:
            _confirm(document, campaign, post)
    return document


def _register(campaign: Campaign) -> None:
    """Register the campaign's city from its pack, unless it is there."""
    from zhenggai.apps.parties.actions import register_city  # noqa: PLC0415 - chapters awake
    from zhenggai.apps.places.queries import area_on, shelf  # noqa: PLC0415 - same

    city = shelf().cities[campaign.city]
    act = _act(f"city/{city.key}")
    try:
        area_on(city.code, act.on)
    except Refused:
        register_city(city, date(campaign.clock_zero.year, 1, 1), act=act)


def _confirm(document: Document, campaign: Campaign, post: str) -> None:
    """Confirm what was read as it was read, and enter the key tasks as the list's first items."""
    from zhenggai.apps.ledger.actions import issue_list  # noqa: PLC0415 - chapters awake
    from zhenggai.apps.ledger.lines import Heading  # noqa: PLC0415 - same
    from zhenggai.apps.ledger.table import campaign_asked, versions  # noqa: PLC0415 - same
    from zhenggai.apps.sources.intake import confirm_finding  # noqa: PLC0415 - same

    for finding in document.findings.filter(status="read").order_by("no"):
        act = _act(f"confirm/{document.sha256}/{finding.no}", post)
        confirm_finding(document.pk, finding.no, {}, act=act)
    act = _act(f"list/{document.sha256}", post)
    lines = tuple(_line(task, n, campaign) for n, task in enumerate(_tasks(document), start=1))
    if versions(act.on, campaign_asked(campaign.key)) or not lines:
        return
    heading = Heading(
        campaign.key,
        campaign.key,
        f"{campaign.name}重点任务清单",
        _CITY_LEVEL,
        document.event_on or document.published_on or act.on,
        document.pk,
    )
    issue_list(heading, lines, act=act)


def _tasks(document: Document) -> tuple[Finding, ...]:
    return tuple(document.findings.filter(kind="key_task", status="confirmed").order_by("no"))


def _line(task: Finding, n: int, campaign: Campaign) -> Line:
    """Make one line of a confirmed task: what it says, and nothing it does not."""
    from zhenggai.apps.ledger.lines import Line as ListLine  # noqa: PLC0415 - chapters awake

    due_on = task.fields.get("due_on")
    return ListLine(
        number=str(n),
        code=f"{campaign.key}-{n:02d}".upper(),
        title=task.fields["title"],
        theme=task.fields.get("theme", ""),
        deadline_raw=task.fields["deadline_raw"],
        deadline_kind=task.fields["deadline_kind"],
        deadline_iso=task.fields["deadline_iso"],
        due_on=date.fromisoformat(due_on) if due_on else None,
        finding_no=task.no,
    )


def _told(document: Document) -> list[str]:
    """Say what was found, what waits, and where a person looks at it."""
    from zhenggai.apps.sources.queries import deadline_text  # noqa: PLC0415 - chapters awake

    rows = tuple(document.findings.order_by("no"))
    waiting = sum(row.status == "read" for row in rows)
    lines = [f"来文《{document.title or document.name}》已登记，读出{len(rows)}条："]
    for row in rows:
        said = row.fields
        day = date.fromisoformat(said["due_on"]) if said.get("due_on") else None
        when = (
            f"　时限：{deadline_text(said['deadline_kind'], said['deadline_iso'], day)}"
            if "deadline_kind" in said
            else ""
        )
        lines.append(f"  {row.no} {_STATUS[row.status]}　{_KINDS[row.kind]}：{said['title']}{when}")
    if waiting:
        lines += [
            f"{waiting}条待人工确认：运行 zhenggai serve，以台账岗登录，在此页对照原文逐条办理",
            f"  {_page(document)}",
        ]
    return lines


def _page(document: Document) -> str:
    from django.urls import NoReverseMatch, reverse  # noqa: PLC0415 - chapters awake

    try:
        return reverse("console:document", args=[document.pk])
    except NoReverseMatch:
        return reverse("console:home")


def _act(word: str, post: str = "") -> Act:
    """Return the act that stands for one word, so that opening twice does nothing twice."""
    from zhenggai.apps.parties.queries import post_named  # noqa: PLC0415 - chapters awake
    from zhenggai.apps.trail import clock  # noqa: PLC0415 - same
    from zhenggai.apps.trail.acts import Act as OneAct  # noqa: PLC0415 - same
    from zhenggai.apps.trail.acts import Via  # noqa: PLC0415 - same

    now = clock.now()
    if not post:
        return OneAct(uuid5(_OPENINGS, word), "system", "system", now, Via.CLI)
    held = post_named(post).tenures.filter(until=None).select_related("person").first()
    if held is None:
        text = f"岗位{post}现无人任职，不能以其确认"
        raise Refused(Reason("vacant-post", text, "先办理任职，或由在任岗位在页面上确认"))
    return OneAct(uuid5(_OPENINGS, word), post, held.person.login, now, Via.CLI)
