"""要素提取: the founding document, both directives, and small texts in other manners."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from zhenggai.kernel.calendars.deadline import DeadlineKind
from zhenggai.kernel.documents.as_json import as_json
from zhenggai.kernel.documents.extract import extract
from zhenggai.kernel.documents.records import Confidence
from zhenggai.kernel.documents.tasks import require_tasks, tasks
from zhenggai.kernel.text.passes import cleaned
from zhenggai.kernel.verdict import Refused
from zhenggai.stores.readers.read import understood

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
CAMPAIGNS = ROOT / "src" / "zhenggai" / "packs" / "campaigns"
FOUR_TASKS = [
    "乡镇污水处理设施建设",
    "乡镇级千人以上饮用水水源地环境问题整治",
    "尾矿库污染整治",
    "砂石土矿专项整治",
]
THREE_DUTIES = ["属地管理责任", "部门管理责任", "企业环保主体责任"]


def values(found):
    return [f.value for f in found]


def names(extracted):
    return [t.value.name for t in extracted.key_tasks]


def spans(node):
    """Every (printed value, span) of an extract's JSON form."""
    if isinstance(node, list):
        return [pair for one in node for pair in spans(one)]
    if not isinstance(node, dict):
        return []
    own = []
    if "span" in node:
        printed = [node[k] for k in ("value", "name", "raw", "what", "unit") if k in node]
        own = [(value, node["span"]) for value in printed]
        if "role_span" in node:
            own.append((node["role"], node["role_span"]))
    return own + [pair for one in node.values() for pair in spans(one)]


def assert_nothing_is_invented(raw):
    found = as_json(extract(understood(raw)))
    for value, (start, end) in spans(found):
        words = understood(raw[start:end]).text
        day = re.fullmatch(r"(?:\d{4}|XXXX)-(\d\d)-(\d\d)", value)
        parts = [str(int(n)) for n in day.groups()] if day else [value]
        # A few characters alone lack the sentence that decides their punctuation.
        assert all(flat(p) in flat(words) for p in parts), (value, words)


def flat(words):
    return words.translate(str.maketrans("，：；（）", ",:;()")).rstrip(".。")


@pytest.fixture
def seed():
    path = SHARED / "documents" / "seed.txt"
    if not path.exists():
        pytest.skip("the founding document lies beside the project, not in it")
    return path.read_text(encoding="utf-8")


@pytest.fixture
def directive():
    return extract(cleaned((CAMPAIGNS / "zhaoling-2026" / "directive.txt").read_text("utf-8")))


def test_the_founding_document_gives_its_head(seed):
    found = extract(understood(seed))
    assert found.title.value == "邵阳市污染防治攻坚战工作推进会召开"
    assert found.meeting.value == "邵阳市污染防治攻坚战工作推进会"
    assert found.place.value == "邵阳市"
    assert found.source.value == "邵阳新闻网"
    assert (found.published.value, found.published.confidence) == ("2021-08-06", Confidence.STATED)
    assert found.date.value == "2021-08-06"
    assert found.date.confidence is Confidence.YEAR_FROM_PUBLISHED
    assert seed[found.date.span.start : found.date.span.end] == "8月6日"
    assert found.issuer is None


def test_the_founding_document_gives_everyone_named_with_a_post(seed):
    """Names of real people are not kept in the project: their digest is."""
    found = extract(understood(seed))
    roles = [p.role.value for p in found.people]
    assert roles == ["市委书记", "市委副书记、代市长", *["市领导"] * 8, "副市长"]
    joined = "、".join([found.author.value, *(p.name.value for p in found.people)])
    digest = hashlib.sha256(joined.encode()).hexdigest()[:16]
    assert digest == "3bf032b4bff055b1"


def test_the_founding_document_gives_its_tasks_sources_duties_and_problems(seed):
    found = extract(understood(seed))
    assert names(found) == FOUR_TASKS
    assert values(found.findings_sources) == [
        "中央生态环保督察反馈问题",
        "长江经济带生态环境警示片披露问题",
    ]
    assert values(found.responsible_kinds) == THREE_DUTIES
    first = found.problems[0]
    assert (len(found.problems), first.value) == (3, "工作推进滞后")
    assert understood(seed[first.span.start : first.span.end]).text == first.value
    assert (found.deadlines, found.figures) == ((), ())


def test_the_founding_document_sets_no_deadline_so_every_task_has_none(seed):
    assert {t.deadline.kind for t in tasks(extract(understood(seed)))} == {DeadlineKind.UNKNOWN}


def test_nothing_in_the_founding_document_is_invented(seed):
    assert_nothing_is_invented(seed)


def test_no_public_notice_crashes_a_reader_or_yields_an_invented_value():
    path = SHARED / "documents" / "notices.jsonl"
    if not path.exists():
        pytest.skip("the public notices lie beside the project, not in it")
    for line in path.read_text(encoding="utf-8").splitlines():
        assert_nothing_is_invented(json.loads(line)["text"])


@pytest.mark.parametrize("key", ["shaoyang-2021", "zhaoling-2026"])
def test_nothing_in_a_directive_is_invented(key):
    assert_nothing_is_invented((CAMPAIGNS / key / "directive.txt").read_text("utf-8"))


def test_the_invented_directive_gives_its_head(directive):
    assert directive.title.value == (
        "昭陵市污染防治攻坚战指挥部办公室关于交办2026年夏季攻势重点任务的通知（演练）"
    )
    assert (directive.date.value, directive.place.value) == ("2026-05-22", "昭陵市")
    assert directive.issuer.value == "昭陵市污染防治攻坚战指挥部办公室"
    assert (directive.people, directive.meeting, directive.figures) == ((), None, ())
    assert values(directive.responsible_kinds) == THREE_DUTIES
    assert values(directive.cited_documents) == ["昭陵市2026年夏季攻势实施方案（演练）"]


def test_each_task_of_the_directive_has_the_deadline_of_its_own_words(directive):
    sewage, source, tailings, mines = require_tasks(directive)
    assert [t.theme_hint for t in (sewage, source, tailings, mines)] == FOUR_TASKS
    assert (sewage.deadline.raw, sewage.deadline.iso) == ("2026年9月30日前", "2026-09-30")
    assert (tailings.deadline.kind, tailings.deadline.iso) == (DeadlineKind.MILESTONE, "")
    assert (source.deadline.kind, source.deadline.iso) == (DeadlineKind.UNKNOWN, "")
    assert (source.plan_deadline.iso, source.plan_deadline.due_on) == ("XXXX-08-31", None)
    assert mines.deadline.iso == "2026-12-31"


def test_the_summary_of_2021_names_posts_and_no_person():
    found = extract(cleaned((CAMPAIGNS / "shaoyang-2021" / "directive.txt").read_text("utf-8")))
    assert (found.date.value, found.place.value) == ("2021-08-06", "邵阳市")
    assert names(found) == FOUR_TASKS
    assert values(found.responsible_kinds) == THREE_DUTIES
    assert (found.people, found.deadlines) == ((), ())


def test_a_text_that_orders_nothing_is_read_and_then_refused_as_a_directive():
    found = extract(cleaned("昭陵市气象台消息\n今天白天晴，气温二十度。"))
    assert tasks(found) == ()
    with pytest.raises(Refused, match="《昭陵市气象台消息》全文未见任务句式") as refusal:
        require_tasks(found)
    assert refusal.value.reasons[0].code == "no-task"
    assert refusal.value.reasons[0].remedy


def test_a_day_without_a_year_stays_so_when_the_published_day_lacks_it_too():
    found = extract(cleaned("昭陵新闻网6月24日讯（通讯员 李明）6月23日，昭陵市政府召开调度会。"))
    assert (found.published.value, found.date.value) == ("XXXX-06-24", "XXXX-06-23")
    assert (found.source.value, found.author.value) == ("昭陵新闻网", "李明")


def test_a_day_later_in_the_year_than_the_published_one_borrows_no_year():
    found = extract(cleaned("昭陵市召开会议\n发布时间：2026-01-04\n12月30日，会议召开。"))
    assert (found.published.value, found.date.value) == ("2026-01-04", "XXXX-12-30")


def test_people_are_found_only_with_a_post_and_a_name_the_sentence_ends():
    found = extract(
        cleaned(
            "会议由副县长欧阳明主持，县委书记李强调研。市领导包案、部门牵头。"
            "各级领导高度重视。县水利局局长周敏、乡长何田等参加。市委书记任组长。"
        )
    )
    people = [(p.name.value, p.role.value) for p in found.people]
    assert people == [
        ("欧阳明", "副县长"),
        ("李强", "县委书记"),
        ("周敏", "县水利局局长"),
        ("何田", "乡长"),
    ]


def test_nobody_is_named_when_two_lengths_of_the_name_fit():
    assert extract(cleaned("市长王就说，要抓好整改。")).people == ()


@pytest.mark.parametrize("piece", ["9月30日前完成80%，", "任务、", "市长李明、", "59个", "《法"])
def test_a_long_line_without_an_end_is_read_in_reasonable_work(piece):
    found = extract(cleaned(piece * 4000))
    assert found.title is None


def test_numbered_headings_that_are_no_work_are_no_tasks():
    found = extract(
        cleaned(
            "关于交办任务的通知\n一、总体要求\n（一）加强组织领导。\n二、主要任务\n"
            "1.黑臭水体整治。6月底前完成。\n2.总体目标。见附件。\n3.畜禽养殖污染治理：立行立改。\n"
            "三、保障措施\n1.队伍建设。加强培训。"
        )
    )
    assert names(found) == ["黑臭水体整治", "畜禽养殖污染治理"]
    assert [t.deadline.kind for t in tasks(found)] == [
        DeadlineKind.MONTH_END,
        DeadlineKind.IMMEDIATE,
    ]


def test_two_deadlines_for_one_task_are_shown_and_none_is_chosen():
    found = extract(
        cleaned(
            "重点任务如下：\n1.黑臭水体整治。2026年6月30日前完成甲段，2026年9月30日前完成乙段。"
        )
    )
    (task,) = tasks(found)
    assert task.deadline.kind is DeadlineKind.UNKNOWN
    assert task.deadline.alternatives == ("2026-06-30", "2026-09-30")


def test_a_flattened_table_with_masked_digits_yields_no_figure_task_or_deadline():
    found = extract(
        cleaned("序号|问题内容|责任单位|完成时限\n*|截污工程投资****万元|某局|*月*日前")
    )
    assert (found.figures, found.key_tasks, found.deadlines) == ((), (), ())


def test_numbers_are_kept_with_the_words_beside_them():
    found = extract(cleaned("整理出5大类59个问题。畜禽养殖治理任务103个，已完成52个，为期20天。"))
    figures = [(f.value.what, f.value.value, f.value.unit) for f in found.figures]
    assert figures == [("问题", "59", "个"), ("畜禽养殖治理任务", "103", "个")]


def test_the_json_form_has_every_key_and_null_for_what_is_absent():
    found = as_json(extract(cleaned("整改。")))
    assert list(found) == [
        *("title", "date", "published", "place", "issuer", "meeting", "source", "author"),
        *("people", "findings_sources", "key_tasks", "deadlines", "responsible_kinds"),
        *("problems", "figures", "cited_documents"),
    ]
    assert found["title"] is None
    assert found["people"] == []
    assert json.loads(json.dumps(found)) == found


def test_a_period_is_printed_with_both_ends():
    (deadline,) = as_json(extract(cleaned("公示期：2026年7月1日至7月7日。")))["deadlines"]
    assert (deadline["iso"], deadline["iso_end"]) == ("2026-07-01", "2026-07-07")
