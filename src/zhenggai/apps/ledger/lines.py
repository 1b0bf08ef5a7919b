"""清单来件: what a list says when it is issued, as plain values an act can carry."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenggai.kernel.calendars.deadline import DeadlineKind
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from datetime import date

    from zhenggai.kernel.themes.campaign import Campaign
    from zhenggai.stores.shelf import Shelf

DUTY_LABELS = {
    "territorial": "属地",
    "department": "部门",
    "enterprise": "企业",
    "lead": "牵头",
    "co": "配合",
    "acceptor": "验收",
    "inspector": "核查",
}
ONE_HOLDER = ("territorial", "acceptor")
LEVELS = ("国", "省", "市", "县")
LONGEST_TITLE = 200
LONGEST_CODE = 24


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a list version (清单): whose, of which level, from which day.

    Parameters
    ----------
    campaign
        The campaign's key.
    key
        The list's key, one in the whole installation; the same key again is its next version.
    level
        国, 省, 市 or 县: who set the dates.
    in_force_on
        The version counts from this day on.
    document_id
        The document that printed it, where there is one.
    """

    campaign: str
    key: str
    name: str
    level: str
    in_force_on: date
    document_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a list: an item, opened now or listed again.

    Parameters
    ----------
    number
        The line's number in this list.
    code
        The item's code in the ledger; an existing item keeps its title, theme and duties.
    theme
        A theme pack's key; empty while no pack fits.
    chain
        An acceptance chain's key; empty takes the campaign's.
    deadline_kind, deadline_iso, due_on
        What the words mean: ``DeadlineKind``; unknown parts stay unknown (``XXXX-08-31``).
    duties
        Pairs of kind and body key, such as ``("territorial", "bing-gov")``.
    """

    number: str
    code: str
    title: str
    theme: str = ""
    chain: str = ""
    place_key: str = ""
    deadline_raw: str = ""
    deadline_kind: str = DeadlineKind.UNKNOWN.value
    deadline_iso: str = ""
    due_on: date | None = None
    goal: str = ""
    finding_no: int | None = None
    duties: tuple[tuple[str, str], ...] = ()


def check_lines(lines: tuple[Line, ...], packs: Shelf, campaign: Campaign) -> None:
    """Refuse a list whole, naming every line that is wrong."""
    reasons: list[Reason] = []
    if not lines:
        reasons.append(Reason("list-empty", "清单没有任何事项", "至少列入一项"))
    for name in ("number", "code"):
        said = [str(getattr(line, name)) for line in lines]
        twice = [one for one, times in Counter(said).items() if times > 1]
        if twice:
            text = f"清单中编号重复：{'、'.join(twice)}"
            reasons.append(Reason("line-twice", text, "一项一行，编号不重复"))
    for line in lines:
        reasons += _wrong(line, packs, campaign)
    if reasons:
        raise Refused(*reasons)


def _wrong(line: Line, packs: Shelf, campaign: Campaign) -> list[Reason]:
    at = f"清单第{line.number}号（{line.code}）"
    return [
        Reason(code, f"{at}{text}", remedy)
        for holds, code, text, remedy in (
            (
                0 < len(line.code.strip()) <= LONGEST_CODE and line.title.strip(),
                "line-unnamed",
                f"缺少编号或名称，或编号超过{LONGEST_CODE}字",
                "补齐编号与名称",
            ),
            (
                len(line.title) <= LONGEST_TITLE,
                "title-long",
                f"名称超过{LONGEST_TITLE}字",
                "缩短名称，原文留在来文中",
            ),
            (
                line.theme in ("", *packs.themes),
                "unknown-theme",
                f"的专题“{line.theme}”没有规则包",
                "选用已有专题，或暂留空",
            ),
            (
                (line.chain or campaign.chain) in packs.chains,
                "unknown-chain",
                f"的验收链“{line.chain}”没有规则包",
                "按问题来源选用已有验收链",
            ),
            (
                line.deadline_kind in list(DeadlineKind),
                "unknown-deadline-kind",
                f"的时限类型“{line.deadline_kind}”不能识别",
                "按来文选择时限类型，未载明选“unknown”",
            ),
            (
                _dates_agree(line),
                "deadline-disagrees",
                f"的时限{line.due_on}与所载“{line.deadline_iso}”不一致",
                "年月日齐全时才填具体日期，并与原文一致",
            ),
            (
                all(kind in DUTY_LABELS for kind, _ in line.duties),
                "unknown-duty",
                "的责任类型不能识别",
                f"责任类型为：{'、'.join(DUTY_LABELS.values())}",
            ),
            (
                _one_holder_each(line),
                "duty-twice",
                "的属地、验收单位各限一个，同一单位同一责任只填一次",
                "保留一个",
            ),
        )
        if not holds
    ]


def _dates_agree(line: Line) -> bool:
    if line.due_on is None:
        return True
    if line.deadline_kind in (DeadlineKind.MILESTONE, DeadlineKind.STANDING, DeadlineKind.UNKNOWN):
        return False
    return line.deadline_iso in ("", line.due_on.isoformat())


def _one_holder_each(line: Line) -> bool:
    kinds = [kind for kind, _ in line.duties if kind in ONE_HOLDER]
    return len(set(kinds)) == len(kinds) and len(set(line.duties)) == len(line.duties)
